"""The line to the server breaks: what was asked waits, is done once, and the others hear of it."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QObject, Slot

from db.errors import Refused, Unreachable
from db.store import Store
from gwangju_desktop import settings
from tests.servers import Server, Wire
from tests.ui.conftest import spin
from ui import line
from ui.desk import Desk

NEVER = 3600.0  # s between two looks: what arrives in a test was announced


class Person(QObject):
    """Whoever sits before a desk: what came back, and what was told of the line."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.errors: list[Exception] = []
        self.heard: list[int] = []
        self.cuts: list[object] = []
        self.names: object = None
        self.office: object = None

    @Slot(object)
    def take(self, value) -> None:
        self.values.append(value)

    @Slot(object)
    def refuse(self, error) -> None:
        self.errors.append(error)

    @Slot(object)
    def hear(self, changes) -> None:
        self.heard.append(changes.id)

    @Slot(object)
    def cut(self, fault) -> None:
        self.cuts.append(fault)

    @Slot(object)
    def enter(self, office) -> None:
        self.office = office

    @Slot(object)
    def name(self, names) -> None:
        self.names = names


@contextmanager
def sitting(url: str) -> Iterator[tuple[Desk, Person]]:
    """Open an office at a desk."""
    desk, person = Desk(lambda: Store.open(url), poll=NEVER), Person()
    desk.changed.connect(person.hear)
    desk.cut.connect(person.cut)
    desk.failed.connect(person.refuse)
    desk.ready.connect(person.enter)
    desk.start()
    spin(lambda: person.office is not None)
    try:
        yield desk, person
    finally:
        desk.close()


def call(desk: Desk, person: Person, name: str) -> None:
    """Ask a desk to name the city."""
    desk.do(
        settings.change_setting,
        key=settings.CITY_EN,
        value=name,
        then=person.take,
        otherwise=person.refuse,
    )


def city(url: str) -> tuple[str, int]:
    """Return the city's name and how many entries the journal has."""
    with Store.open(url) as store, store.reading() as read:
        return settings.value(read, settings.CITY_EN), store.head()


def test_killed_connections_are_made_anew_and_nobody_is_told(qapp, own_server: Server) -> None:
    with sitting(own_server.url) as (one, first), sitting(own_server.url) as (two, second):
        call(one, first, "Before")
        spin(lambda: len(first.values) == 1 and len(second.heard) == 1)
        spin(lambda: two.store._ear is not None and one.store._ear is not None)
        assert own_server.kill_backends() >= 4
        call(one, first, "After")
        one.read(settings.names, then=first.name)
        spin(lambda: len(first.values) == 2 and first.names is not None)
        # The other's ear was cut off too; it listens again and looks for what it missed.
        spin(lambda: len(second.heard) == 2)
        assert [fault for fault in first.cuts if fault is not None] == []
        assert first.errors == second.errors == []
    assert city(own_server.url)[0] == "After"


def test_a_stopped_server_is_waited_for(qapp, own_server: Server) -> None:
    begun = city(own_server.url)[1]
    with sitting(own_server.url) as (desk, person):
        call(desk, person, "Before the stop")
        spin(lambda: person.values)
        own_server.stop()
        try:
            call(desk, person, "While it is stopped")
            desk.read(settings.names, then=person.name)
            spin(lambda: person.cuts and person.cuts[-1] is not None)
            assert desk.unwritten == 1 and desk.peek(settings.names) is None
        finally:
            own_server.start()
        spin(lambda: len(person.values) == 2 and person.names is not None)
        spin(lambda: person.cuts[-1] is None)
        assert person.errors == []
        desk.undo()
        spin(lambda: len(person.heard) == 3)
    assert city(own_server.url) == ("Before the stop", begun + 3)


class Torn(Store):
    """A store whose next commit reaches the server while its answer does not come back."""

    tear: Callable[[], None] | None = None

    def _remember(self, function, changes) -> None:
        if self.tear is not None:
            tear, self.tear = self.tear, None
            tear()
            raise Unreachable(self.office.place)
        super()._remember(function, changes)


def test_a_write_whose_answer_was_lost_is_not_doubled(qapp, own_server: Server, wire: Wire) -> None:
    url = own_server.url
    begun = city(url)[1]
    with sitting(url) as (_other, witness):
        desk, person = Desk(lambda: Torn.open(url), poll=NEVER), Person()
        desk.changed.connect(person.hear)
        desk.ready.connect(person.enter)
        desk.start()
        spin(lambda: person.office is not None)
        try:
            desk.store.tear = own_server.kill_backends
            call(desk, person, "Once")
            spin(lambda: person.values)
            assert person.values == [settings.CITY_EN] and person.errors == []
            spin(lambda: person.heard == [begun + 1] and witness.heard == [begun + 1])
            # It is this person's own change, so Ctrl+Z takes it back, and once.
            assert desk.store.undoable == "Change a setting"
            desk.undo()
            spin(lambda: person.heard == [begun + 1, begun + 2])
            assert desk.store.undoable is None
        finally:
            desk.close()
    assert city(url)[1] == begun + 2


def through(wire: Wire) -> str:
    """Return the office's address over a wire."""
    return f"postgresql+psycopg://postgres@127.0.0.1:{wire.port}/office"


# SQLAlchemy drops a connection that dies while it is being prepared instead of closing it.
@pytest.mark.filterwarnings(
    "ignore:.*BaseConnection.__del__:pytest.PytestUnraisableExceptionWarning"
)
def test_a_wire_cut_in_the_middle_of_writing_loses_and_doubles_nothing(
    qapp, own_server: Server, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the moment: each of the names is given once, in order."""
    begun = city(own_server.url)[1]
    count = 20
    monkeypatch.setattr(line, "WAITS", (0.0, 0.01))
    with sitting(through(wire)) as (desk, person):
        chance = random.Random(7)
        # From a broken greeting to two whole writes.
        wire.lengths = (chance.randint(2, 120) for _n in itertools.count())
        wire.cut()
        wire.mend()
        for n in range(count):
            call(desk, person, f"City {n}")
        spin(lambda: len(person.values) + len(person.errors) == count)
        wire.lengths = None
        assert person.errors == [] and wire.torn > 10
        spin(lambda: len(person.heard) == count)
        assert person.heard == list(range(begun + 1, begun + count + 1))
    with Store.open(own_server.url) as store:
        made = [
            changes.rows[0].after["value"]
            for changes in store.since(begun)
            if changes.rows[0].after is not None
        ]
    assert made == [f"City {n}" for n in range(count)]


def test_closing_does_not_wait_for_a_server_that_is_gone(
    qapp, own_server: Server, wire: Wire
) -> None:
    with sitting(through(wire)) as (desk, person):
        wire.cut()
        call(desk, person, "Nobody hears this")
        spin(lambda: person.cuts)
        desk.close()
        assert [type(error) for error in person.errors] in ([], [Unreachable])
    assert city(own_server.url)[0] != "Nobody hears this"


def test_a_refusal_is_told_as_what_it_is() -> None:
    told: list[Exception | None] = []
    answers: list[object] = [Unreachable("a"), Refused("a"), Refused("a"), 7]

    def act() -> object:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    kept = line.Line(told.append)
    assert kept.keep(act) == 7
    assert [type(fault) for fault in told] == [Refused, type(None)]
    kept.end()
    answers[:] = [Unreachable("a"), Unreachable("a")]
    with pytest.raises(Unreachable):
        kept.keep(act)
    assert answers == [] and kept.fault is not None
    with pytest.raises(Unreachable):
        kept.keep(lambda: 7)
