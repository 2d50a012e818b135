"""A made-up office with proposals, a meeting in its room and what follows from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from db.schema.energy import Indicator
from db.schema.meetings import AgendaItem, Meeting
from db.schema.proposals import Proposal
from db.store import Store, usecase
from db.vocab import ItemState, MeetingState, Outcome, ProposalChannel, ProposalState
from gwangju_desktop import clock
from gwangju_desktop.meetings import actions, agenda, usecases
from gwangju_desktop.members import usecases as members
from gwangju_desktop.proposals import profiles
from gwangju_desktop.threads import walk

TODAY = dt.date(2022, 3, 11)
HELD = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)


@usecase("Made in a test")
def made(tx, *, entity, rows: list[dict]) -> list[int]:
    """Add rows as they are; returns their ids."""
    added = [entity(**values) for values in rows]
    tx.add_all(added)
    tx.flush()
    return [row.id for row in added]


@usecase("Changed in a test")
def changed(tx, *, entity, id: int, **values) -> None:
    """Set columns of a row."""
    row = tx.get_one(entity, id)
    for name, value in values.items():
        setattr(row, name, value)


@usecase("Given its profiles in a test")
def profiled(tx) -> int | None:
    """Write the profiles that ship; return the standard one."""
    profiles.ensure(tx)
    return profiles.standard(tx)


@dataclass
class Office:
    """An office on 11 March 2022 with a body and one meeting ahead."""

    store: Store
    body: int = 0
    profile: int = 0
    meeting: int = 0
    numbers: int = field(default=0)

    @classmethod
    def of(cls, store: Store) -> Office:
        """Found it."""
        clock.fix(TODAY)
        office = cls(store)
        office.body = store.run(members.add_body, name_ko="가상위원회", name_en="Made-up").value
        office.profile = store.run(profiled).value
        office.meeting = office.meet()
        return office

    def make(self, entity, **values) -> int:
        """Add one row as it is."""
        return self.store.run(made, entity=entity, rows=[values]).value[0]

    def set(self, entity, id: int, **values) -> None:
        """Change one row as it is."""
        self.store.run(changed, entity=entity, id=id, **values)

    def meet(self, at: dt.datetime = HELD, **values) -> int:
        """Plan a meeting."""
        return self.store.run(usecases.add_meeting, body_id=self.body, starts_at=at, **values).value

    def proposal(self, **values) -> int:
        """Receive a proposal."""
        self.numbers += 1
        given = {
            "profile_id": self.profile,
            "number": f"2022-{self.numbers:03}",
            "state": ProposalState.REVIEW.value,
            "since_on": dt.date(2022, 2, 27),
            "channel": ProposalChannel.WEB.value,
            "received_on": dt.date(2022, 2, 27),
            "due_on": dt.date(2022, 3, 28),
            "title": f"가상 제안 {self.numbers}",
            "fingerprint": f"{self.numbers:064}",
        }
        return self.make(Proposal, **{**given, **values})

    def item(self, title: str = "가상 안건", meeting_id: int | None = None, **values) -> int:
        """Put an item on an agenda."""
        meeting_id = meeting_id or self.meeting
        return self.store.run(agenda.add_item, meeting_id=meeting_id, title=title, **values).value

    def decide(self, item_id: int, outcome: Outcome = Outcome.AS_PROPOSED, day=None) -> None:
        """Let a body have decided on an item."""
        when = dt.datetime.combine(day or TODAY, dt.time(15), clock.KST)
        self.set(
            AgendaItem,
            item_id,
            state=ItemState.DECIDED.value,
            outcome=outcome.value,
            decided_at=when,
        )

    def close(self, meeting_id: int | None = None) -> None:
        """Let a meeting be over."""
        self.set(Meeting, meeting_id or self.meeting, state=MeetingState.CLOSED.value)

    def action(self, item_id: int, text: str = "가상 조치", due: dt.date | None = None) -> int:
        """Give an action with an item."""
        return self.store.run(
            actions.add_action,
            text=text,
            department="가상과",
            due_on=due or dt.date(2022, 4, 20),
            item_id=item_id,
        ).value

    def indicator(self, code: str = "power") -> int:
        """Add an indicator."""
        return self.make(
            Indicator,
            code=code,
            position=1024,
            section="energy",
            name_ko="전력 사용량",
            name_en="Electricity",
            unit="MWh",
        )

    def thread(self, table: str, id: int, **asked) -> walk.Thread:
        """Read a thread on the office's day."""
        with self.store.reading() as read:
            return walk.thread(read, table=table, id=id, today=clock.today(), **asked)
