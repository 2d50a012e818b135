"""A server of one's own: what is stopped here must not be another test's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.store import Store
from tests.servers import Server, Wire, served


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server of this module's with an empty office."""
    with served() as server:
        Store.create(server.url).close()
        yield server


@pytest.fixture
def wire(own_server: Server) -> Iterator[Wire]:
    """A wire to that server."""
    made = Wire(own_server.socket)
    yield made
    made.close()
