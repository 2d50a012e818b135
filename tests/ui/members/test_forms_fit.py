"""Every form of the room in both languages: no words clipped, nothing nameless."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtCore import QSize

from tests.ui.conftest import rest
from tests.ui.members.states import Room, forms, prepare
from tests.ui.seeing import clipped, nameless
from ui.alerts import CrashDialog
from ui.widgets.forms import Dialog

QUIET = 0.01  # seconds: a form asks little, and what it asks for keeps the window busy


def test_every_form_fits_in_both_languages(window, monkeypatch) -> None:
    screen = SimpleNamespace(availableSize=lambda: QSize(1366, 728))
    monkeypatch.setattr(Dialog, "screen", lambda _self: screen)
    room = Room(window, lambda one: rest(one, QUIET), patient=False)
    vacated = prepare(room)
    found, seen = {}, set()
    for language in ("ko", "en"):
        window.shell.speak(language)
        room.rest()
        for name, form in forms(room, vacated):
            seen.add(name)
            assert window.findChild(CrashDialog) is None, name
            if bad := clipped(form) + nameless(form):
                found[language, name] = bad
    assert not found, "\n".join(f"{key}: {bad}" for key, bad in found.items())
    assert len(seen) > 50
