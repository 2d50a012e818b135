"""Where a claim of evidence counts: a milestone, a number of the co-creation record, a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from db.vocab import ReviewKind
from gwangju_desktop import clock
from gwangju_desktop.commitments import counts, queries
from gwangju_desktop.commitments.words import REVIEWS
from gwangju_desktop.evidence import evidence
from gwangju_desktop.evidence.rows import ClaimRow
from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import forms
from ui.energy.form_parts import filled, labelled
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, Dialog, Labelled, Lines, beside
from ui.widgets.parts import Label, column

WIDTH = 620
PLAN = 0  # stands for the plan among the ids of commitments
FORMS = (ReviewKind.INCEPTION, ReviewKind.CLOSING)


@dataclass(frozen=True, slots=True)
class Links:
    """What claims of one plan can be linked to."""

    commitments: tuple
    milestones: tuple
    counts: tuple


def links(read, *, plan_id: int) -> Links:
    """Read what claims of a plan can be linked to."""
    today = clock.today()
    return Links(
        tuple(queries.commitments(read, plan_id=plan_id, today=today)),
        tuple(queries.milestones(read, plan_id=plan_id, today=today)),
        tuple(_flat(counts.record(read, plan_id))),
    )


def _flat(rows):
    for one in rows:
        yield one
        yield from _flat(one.parts)


class Linked(QWidget):
    """Two choices: of which commitment, or of the plan; and what of it."""

    def __init__(self, links: Links, commitment_id: int | None, claim: ClaimRow | None = None):
        super().__init__()
        self.links = links
        of = N_("The claim speaks of")
        owners = [(PLAN, C_("evidence", "The plan as a whole"))]
        owners += [
            (one.id, f"{one.code} {named(one.title, one.title_en)}") for one in links.commitments
        ]
        owner, place = _where(claim) if claim is not None else (commitment_id or PLAN, None)
        self.owner = labelled(of, Choice(owners, of, owner))
        where = C_("evidence", "What of it")
        self.place: Labelled = labelled(where, Choice([], where))
        self.owner.field.currentIndexChanged.connect(self.on_owner)
        column(beside(self.owner, self.place), into=self)
        self.on_owner()
        if place is not None:
            self.place.field.choose(place)

    def choose(self, commitment_id: int | None) -> None:
        """Speak of another commitment, or of the plan."""
        self.owner.field.choose(commitment_id or PLAN)
        self.on_owner()

    def on_owner(self, _n: int = 0) -> None:
        """Offer what there is of the chosen commitment or of the plan."""
        self.place.field.show_options(self._places(self.owner.field.value()))

    def _places(self, owner: int) -> list[tuple[tuple, str]]:
        places: list[tuple[tuple, str]] = []
        if owner != PLAN:
            places += [
                (
                    ("milestone", one.id),
                    say(
                        C_("evidence", "Milestone {n}: {title}"),
                        n=one.number,
                        title=named(one.title, one.title_en),
                    ),
                )
                for one in self.links.milestones
                if one.commitment_id == owner
            ]
        else:
            places += [(("count", one.id), _count(one)) for one in self.links.counts]
        for kind in FORMS:
            form = forms.form(kind)
            asked = form.of_plan() if owner == PLAN else form.of_commitment()
            places += [
                (
                    ("question", kind.value, one.key),
                    question_text(kind, one),
                )
                for one in asked
            ]
        if owner != PLAN:
            places.append((("whole",), say(C_("evidence", "The commitment as a whole"))))
        return places

    def value(self) -> dict[str, Any]:
        """Return the links of a claim."""
        owner, place = self.owner.value(), self.place.value()
        blank: dict[str, Any] = {
            "commitment_id": None,
            "milestone_id": None,
            "count_id": None,
            "form": "",
            "question": "",
        }
        if place is None:
            return blank
        if place[0] == "milestone":
            return blank | {"milestone_id": place[1]}
        if place[0] == "count":
            return blank | {"count_id": place[1]}
        asked_of = {"commitment_id": owner or None}
        if place[0] == "question":
            return blank | asked_of | {"form": place[1], "question": place[2]}
        return blank | asked_of


def question_text(kind: str, asked: forms.Question) -> str:
    """Name a question with its form and number; some forms number theirs in the wording."""
    said = asked.text.said()
    numbered = said if said.startswith(asked.key) else f"{asked.key} {said}"
    return f"{say(REVIEWS[kind])} {numbered}"


def _count(one) -> str:
    number = "" if one.number is None else f": {one.number}"
    return f"{named(one.label, one.label_en)}{number}"


def _where(claim: ClaimRow) -> tuple[int, tuple]:
    """Return whom a claim speaks of and what of it."""
    owner = claim.commitment_id or PLAN
    if claim.milestone_id is not None:
        return owner, ("milestone", claim.milestone_id)
    if claim.count_id is not None:
        return PLAN, ("count", claim.count_id)
    if claim.form:
        return owner, ("question", claim.form, claim.question)
    return owner, ("whole",)


class ClaimDialog(Dialog):
    """Say in one sentence what a piece of evidence proves, in both languages, and where."""

    def __init__(self, page, held, links: Links, claim: ClaimRow | None = None) -> None:
        self.desk, self.held, self.row = page.desk, held, claim
        said = N_("What it proves, in one sentence")
        self.claim = labelled(said, Lines(said, claim.claim if claim else "", 56))
        self.english = labelled(
            C_("evidence", "In English"),
            filled(claim.claim_en if claim else ""),
            N_("The official forms are filled in English; it may follow later."),
        )
        self.linked = Linked(links, held.commitment_id, claim)
        super().__init__(
            page.window(),
            N_("Edit claim") if claim else N_("Add claim"),
            Label(named(held.title, held.title_en), "sec", wrap=True),
            self.claim,
            self.english,
            self.linked,
            button=N_("Save") if claim else C_("button", "Add"),
            width=WIDTH,
        )
        self.claim.field.setFocus()

    def confirm(self) -> None:
        values = {
            "claim": self.claim.value(),
            "claim_en": self.english.value(),
            **self.linked.value(),
        }
        if self.row is None:
            self._do(evidence.add_claim, evidence_id=self.held.id, **values)
        else:
            self._do(evidence.edit_claim, claim_id=self.row.id, **values)

    def _do(self, usecase, **values) -> None:
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)
