"""The institutions of a plan and of its commitments, by what they do, in the template's order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from db.vocab import InstitutionRole
from gwangju_desktop.commitments import adjusting, institutions, queries
from gwangju_desktop.commitments.rows import InstitutionRow
from gwangju_desktop.commitments.words import ROLES
from gwangju_desktop.members.rules import named
from ui.commitments.adjust import PromiseLine
from ui.commitments.plan_face import ListFace, Ordered
from ui.energy.form_parts import filled, labelled
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, language, say, words
from ui.widgets.forms import Choice, Dialog, beside
from ui.widgets.parts import Button, Label, row

NOT_NOW = N_("Begin an adjustment first: the promise was submitted.")
WHOLE = C_("institution", "The plan as a whole")


def _name(one) -> Cell:
    return Cell(named(one.name, one.name_en), role="secb")


def _other(one) -> Cell:
    if not one.name_en:
        return Cell(chip=say(C_("plan text", "No English")), tone="warn")
    return Cell(one.name_en if language() == "ko" else one.name, ink="text2")


class InstitutionForm(Dialog):
    """Name an institution and what it does; of a frozen promise only its English may change."""

    edits = ("plan_institution", "id")

    def __init__(
        self,
        parent,
        desk,
        plan_id: int,
        commitment_id: int | None,
        where: str,
        shown,
        *,
        frozen: bool = False,
    ) -> None:
        self.desk, self.id = desk, shown.id if shown else None
        self.where = {"plan_id": plan_id, "commitment_id": commitment_id}
        self.role = labelled(
            C_("institution", "What it does"),
            Choice(
                [(one.value, ROLES[one]) for one in InstitutionRole],
                C_("institution", "What it does"),
                shown.role if shown else InstitutionRole.LEAD.value,
            ),
        )
        self.name = labelled(C_("institution", "Name"), filled(shown.name if shown else ""))
        self.name_en = labelled(
            C_("institution", "Name in English"), filled(shown.name_en if shown else "")
        )
        super().__init__(
            parent,
            C_("form", "Edit the institution") if shown else N_("New institution"),
            beside(self.role, labelled(C_("institution", "Listed under"), _fixed(where))),
            self.name,
            self.name_en,
            button=N_("Save") if shown else C_("button", "Add"),
            width=520,
        )
        self.role.setEnabled(not frozen)
        self.name.setEnabled(not frozen)
        (self.name_en if frozen else self.name).field.setFocus()

    def confirm(self) -> None:
        values = {
            "role": self.role.value(),
            "name": self.name.value(),
            "name_en": self.name_en.value(),
        }
        use, more = institutions.add_institution, self.where
        if self.id is not None:
            use, more = institutions.edit_institution, {"institution_id": self.id}
        self.desk.do(use, then=self.on_accepted, otherwise=self.on_refused, **values, **more)


def _fixed(words: str):
    """Return a field that only shows words."""
    field = filled(words)
    field.setReadOnly(True)
    field.setFocusPolicy(field.focusPolicy().NoFocus)
    return field


class InstitutionsFace(ListFace):
    """Who leads, who helps and who endorsed, of the plan or of the commitment chosen above."""

    NAME = C_("plan face", "Institutions")
    NOTHING = (
        "building-2",
        N_("No institution is named yet"),
        N_("The template asks for the lead institutions and the stakeholders that help them."),
    )
    TABLE = Table(
        (
            Column("name", C_("institution", "Name"), cell=_name),
            Column("other", C_("institution", "In the other language"), 340, cell=_other),
        ),
        move=institutions.move_institution,
    )
    TOUCHES = ("plan_institution", "commitment", "commitment_edition")
    HEIGHT = 38
    REMOVE = staticmethod(institutions.remove_institution)

    def __init__(self, page) -> None:
        self.editions: dict[int, tuple] = {}
        super().__init__(page)

    # --- what a face is made of
    def make_model(self) -> RowTable:
        return Ordered(self.TABLE, self)

    def tools(self) -> Sequence:
        self.where = Choice([(None, WHOLE)], C_("institution", "Listed under"))
        self.title = Label("", "cap", elide=True)
        self.where.activated.connect(self.on_where)
        self.add = Button(N_("Add institution"), icon="plus", slot=self.on_add)
        self.page.writing(self.add)
        self.promise = PromiseLine(self.page)
        return (self.where, (self.title, 1), self.copy, self.remove, self.edit, self.add)

    def above(self) -> Sequence:
        return (row(self.promise, margins=(28, 0, 24, 8)),)

    # --- what is shown
    def show_plan(self, plan) -> None:
        """Offer the plan and its commitments to choose from."""
        offers = [(one.id, one.code) for one in self.page.place.commitments]
        self.where.show_options([(None, WHOLE), *offers], self.where.value())
        super().show_plan(plan)

    def ask(self) -> None:
        """Ask for the institutions of what is chosen."""
        self.desk.read(
            listed, then=self.on_listed, plan_id=self.plan.id, commitment_id=self.where.value()
        )

    def on_listed(self, found) -> None:
        """List them by what they do."""
        rows, editions = found
        id = self.where.value()
        submitted = self.plan.submitted_on is not None and id is not None
        of = next((one for one in self.page.place.commitments if one.id == id), None)
        title = named(of.title, of.title_en) if of is not None else ""
        self.title.say(title)
        self.promise.show_promise(id, f"{self.where.currentText()} {title}", submitted, editions)
        self.on_rows(rows)

    def grouped(self, rows: list) -> list:
        order = list(ROLES)
        lines: list = []
        for role, found in groupby(
            sorted(rows, key=lambda one: order.index(one.role)), key=lambda one: one.role
        ):
            held = list(found)
            lines += [Group(ROLES[role], len(held)), *held]
        return lines

    def form_text(self) -> str:
        """Return the names in English, a line each under what they do."""
        english = words("en")
        lines: list[str] = []
        for role, message in ROLES.items():
            held = [one.name_en or one.name for one in self.rows if one.role == role]
            if held:
                lines += [f"{english(message)}:", *held]
        return "\n".join(lines)

    def on_previewed(self, id) -> None:
        super().on_previewed(id)
        self.copy.setEnabled(bool(self.rows))
        if not self.desk.read_only:
            self.add.why_not(NOT_NOW if self.promise.frozen else "")

    def removable(self, shown) -> bool:
        return not self.promise.frozen

    def movable(self) -> bool:
        return not self.promise.frozen

    def siblings(self, one, other) -> bool:
        return isinstance(other, InstitutionRow) and one.role == other.role

    def move_row(self, shown, target, by: int) -> None:
        # The list is by role, the kept order is one for all roles.
        order = [one.id for one in self.rows]
        by = order.index(target.id) - order.index(shown.id)
        self.desk.do(institutions.move_institution, institution_id=shown.id, by=by)

    def form(self, shown) -> InstitutionForm:
        return InstitutionForm(
            self.window(),
            self.desk,
            self.plan.id,
            self.where.value(),
            self.where.currentText(),
            shown,
            frozen=self.promise.frozen,
        )

    def take_away(self, shown) -> None:
        self.desk.do(institutions.remove_institution, institution_id=shown.id)

    def open(self, id: int, table: str) -> None:
        """Show an institution, whatever it is listed under."""
        self._wanted = id
        self.desk.read(_owner, then=self.on_owner, plan_id=self.plan.id, id=id)

    # --- slots
    def on_owner(self, commitment_id: int | None) -> None:
        self.where.choose(commitment_id)
        self.ask()

    def on_where(self, _n: int) -> None:
        """Show the institutions of what was chosen."""
        self.ask()


def listed(read, *, plan_id: int, commitment_id: int | None):
    """Return the institutions, and the adjustments of the commitment they are of."""
    rows = institutions.institutions(read, plan_id=plan_id, commitment_id=commitment_id)
    editions = () if commitment_id is None else adjusting.editions(read, commitment_id)
    return rows, tuple(editions)


def _owner(read, *, plan_id: int, id: int) -> int | None:
    """Return the commitment an institution is listed under, None for the plan."""
    for one in queries.commitments(read, plan_id=plan_id):
        rows = institutions.institutions(read, plan_id=plan_id, commitment_id=one.id)
        if any(row.id == id for row in rows):
            return one.id
    return None
