"""What is copied from a crash, logged or told of a server holds no password and no record."""

from __future__ import annotations

import pytest

from db.engine import open_engines
from db.errors import Refused, Unreachable
from db.store import Store
from gwangju_desktop.server.address import parted, without_password
from tests.servers import Wire
from tests.ui.server.test_line import through
from ui import alerts
from ui.server import door

SECRET = "tell-nobody"


def told(wire: Wire) -> Exception:
    """Return what opening an office with a password raises."""
    url = through(wire).replace("postgres@", f"postgres:{SECRET}@")
    with pytest.raises((Refused, Unreachable)) as raised:
        Store.open(url)
    return raised.value


def test_the_details_of_a_fault_hold_no_password(qapp, wire: Wire) -> None:
    wire.cut()
    error = told(wire)
    assert SECRET not in alerts.details(error) and SECRET not in str(error)
    assert SECRET not in (alerts.sentence(error) or "")


def test_an_address_is_kept_and_shown_without_it(qapp, wire: Wire) -> None:
    url = through(wire).replace("postgres@", f"postgres:{SECRET}@")
    assert parted(url)[1] == SECRET
    kept = door.hidden(url)
    assert SECRET not in kept and kept == without_password(url)
    assert door.called(kept) == "office · 127.0.0.1"
    office = open_engines(url)
    assert SECRET not in office.place and SECRET not in repr(office)
    office.dispose()
