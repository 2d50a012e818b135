"""The dialogs of a new term: its days, a candidate, the appointment."""

from __future__ import annotations

from PySide6.QtCore import Signal

from db.vocab import Channel
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import appointing, candidates, preparation, queries, terms
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import CHANNELS
from ui.members.person_forms import SEXES
from ui.members.pickers import Completing, PersonPicker
from ui.text import C_, N_, NN_
from ui.widgets.forms import (
    Check,
    Choice,
    DateField,
    Dialog,
    Field,
    Labelled,
    Lines,
    NumberField,
    beside,
)
from ui.widgets.parts import Label, column


class TermDialog(Dialog):
    """The days of a body's first term, or of any term already there."""

    def __init__(self, parent, desk, body_id: int, row=None, *, first=None, last=None) -> None:
        self.desk, self.body_id, self.row = desk, body_id, row
        number = row.number if row else 1
        self.number = Labelled(
            N_("Number of the term"), NumberField(N_("Number of the term"), number, low=1)
        )
        self.first = Labelled(
            N_("First day"), DateField(N_("First day"), row.starts_on if row else first, 0)
        )
        self.last = Labelled(
            N_("Last day"),
            DateField(N_("Last day"), row.ends_on if row else last, 0),
            N_("Empty: by the body's rule."),
        )
        self.follow = Check(N_("Members leave with the term on its new last day"))
        super().__init__(
            parent,
            N_("Edit term") if row else N_("Enter the present term"),
            self.number,
            beside(self.first, self.last),
            *([self.follow] if row else []),
        )

    def confirm(self) -> None:
        first = self.first.value()
        if first is None:
            raise UserError(N_("The first day is needed."))
        values = {
            "number": self.number.value() or 1,
            "starts_on": first,
            "ends_on": self.last.value(),
        }
        done = {"then": self.on_accepted, "otherwise": self.on_refused}
        if self.row:
            follow = self.follow.isChecked()
            self.desk.do(terms.edit_term, id=self.row.id, with_members=follow, **values, **done)
        else:
            self.desk.do(terms.add_term, body_id=self.body_id, **values, **done)


class Picker(PersonPicker):
    """A person picker where a name nobody has is a new person's."""

    found = Signal()

    def __init__(self, desk) -> None:
        super().__init__(desk, N_("Name"))

    def on_found(self, people) -> None:
        super().on_found(people)
        self.found.emit()

    def namesakes(self) -> int:
        """Count the known people of just this name."""
        typed = self.text().strip()
        offered = {id for called, id in self.known.items() if called.split(" · ")[0] == typed}
        return len(offered) if typed else 0


class CandidateDialog(Dialog):
    """A candidate: somebody the office knows, or somebody new."""

    def __init__(self, parent, desk, term_id: int, row=None, *, field: str = "") -> None:
        self.desk, self.term_id, self.row = desk, term_id, row
        self.name = Labelled(N_("Name"), Picker(desk), N_("Somebody known is offered as you type."))
        self.sex = Labelled(N_("Sex"), Choice(SEXES, N_("Sex"), row.gender if row else None))
        self.youth = Check(N_("Young person (for the youth quota)"), bool(row and row.youth))
        self.organisation = Labelled(N_("Organisation"), Completing())
        self.post = Labelled(N_("Post"), Field())
        self.field = Labelled(N_("Field of the seat"), Field())
        self.channel = Labelled(
            N_("How found"),
            Choice(
                CHANNELS.items(),
                N_("How found"),
                row.channel if row else Channel.RECOMMENDED.value,
            ),
        )
        self.recommender = Labelled(N_("Recommended by"), Field())
        self.others = Labelled(
            N_("Other committees (said)"),
            NumberField(N_("Other committees (said)"), row.other_bodies if row else None),
        )
        self.papers = {
            name: Check(label, bool(row and getattr(row, name)))
            for name, label in preparation.PAPERS.items()
        }
        self.note = Labelled(N_("Note"), Lines(N_("Note"), row.note if row else "", 52))
        self.field.field.setText(row.field if row else field)
        if row:
            self.organisation.field.setText(named(row.organisation_ko, ""))
            self.post.field.setText(row.post)
            self.recommender.field.setText(row.recommender)
        self.youth.setMinimumHeight(self.sex.field.sizeHint().height())
        person = [self.name, beside(self.sex, Labelled("", self.youth))]
        super().__init__(
            parent,
            N_("Edit candidate {name}") if row else N_("Add candidate"),
            *([] if row else person),
            beside(self.organisation, self.post),
            beside(self.field, self.others),
            beside(self.channel, self.recommender),
            Label(N_("Papers that are in"), "secb"),
            beside(*list(self.papers.values())[:2]),
            beside(*list(self.papers.values())[2:]),
            self.note,
            button=N_("Save") if row else C_("button", "Add"),
            width=520,
            **({"name": row.name} if row else {}),
        )
        desk.read(queries.organisations, then=self.organisation.field.show_known)
        self.name.field.typing.connect(self.on_name)
        self.name.field.found.connect(self.on_name)

    def on_name(self) -> None:
        """Say whether that is somebody known; what is known of them is not asked again."""
        field = self.name.field
        known, namesakes = field.value(), field.namesakes()
        for part in (self.sex.field, self.youth):
            part.setEnabled(known is None)
        if known is not None:
            self.name.help.say(N_("Known to the office: no new person is added."))
        elif namesakes:
            self.name.help.say(
                N_("{n} people have this name. Choose one of them, or go on to add another."),
                n=namesakes,
            )
        else:
            self.name.help.say(N_("Somebody known is offered as you type."))

    def values(self) -> dict:
        """Return what was typed of the candidate."""
        return {
            "organisation": self.organisation.value(),
            "post": self.post.value(),
            "field": self.field.value(),
            "channel": self.channel.value(),
            "recommender": self.recommender.value(),
            "other_bodies": self.others.value(),
            "note": self.note.value(),
            **{name: box.value() for name, box in self.papers.items()},
        }

    def confirm(self) -> None:
        done = {"then": self.on_accepted, "otherwise": self.on_refused}
        if self.row:
            self.desk.do(candidates.edit_candidate, id=self.row.id, **self.values(), **done)
            return
        name, known = self.name.field.text().strip(), self.name.field.value()
        person = {"name": name, "gender": self.sex.value(), "youth": self.youth.value() or None}
        who = {"person_id": known} if known else {"person": person}
        self.desk.do(candidates.add_candidate, term_id=self.term_id, **who, **self.values(), **done)


class FieldDialog(Dialog):
    """For which field the chosen seats are."""

    def __init__(self, parent, desk, ids: list[int], held: str, known: list[str]) -> None:
        self.desk, self.ids = desk, ids
        self.field = Labelled(N_("Field of the seat"), Completing())
        self.field.field.setText(held)
        self.field.field.show_known(known)
        title = NN_("Field of {n} seat", "Field of {n} seats")
        super().__init__(parent, title, self.field, n=len(ids), width=360)

    def confirm(self) -> None:
        self.desk.do(
            candidates.set_field,
            then=self.on_accepted,
            otherwise=self.on_refused,
            ids=self.ids,
            field=self.field.value(),
        )


class AppointDialog(Dialog):
    """The one step that appoints everybody chosen; the button names how many."""

    def __init__(self, parent, desk, plan, verdicts=()) -> None:
        self.desk, self.plan = desk, plan
        self.day = Labelled(
            N_("Day of appointment"),
            DateField(N_("Day of appointment"), plan.term.starts_on, 0),
        )
        vacant = sum(seat.decision == "vacant" for seat in plan.seats) + max(0, plan.free)
        super().__init__(
            parent,
            N_("Appoint the members of term {n}"),
            Label(
                N_(
                    "{renewed} reappointed and {fresh} new members take their seats in one step;"
                    " {vacant} seats stay vacant. Undo takes it back whole."
                ),
                "sec",
                wrap=True,
                renewed=len(plan.renewed),
                fresh=len(plan.chosen),
                vacant=vacant,
            ),
            *self._broken(verdicts),
            self.day,
            button=N_("Appoint"),
            n=plan.term.number,
        )
        self.button.say(NN_("Appoint the {n} chosen", "Appoint the {n} chosen"), n=plan.appointing)

    def _broken(self, verdicts) -> list:
        """Return what the new term would break: it is said, not forbidden."""
        found = [verdict.sentence for verdict in verdicts if verdict.ok is False]
        lines = [Label(sentence, "sec", "bad", wrap=True) for sentence in found]
        head = Label(N_("With these members the body does not keep:"), "secb")
        return [column(head, *lines, gap=4)] if lines else []

    def confirm(self) -> None:
        self.desk.do(
            appointing.appoint,
            then=self.on_accepted,
            otherwise=self.on_refused,
            term_id=self.plan.term.id,
            on=self.day.value(),
        )
