"""The columns of the roll: what each shows, which are chosen on this PC, the popup that asks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame

from gwangju_desktop import clock
from gwangju_desktop.members import listing, memberships, people
from gwangju_desktop.members.rules import SOON_DAYS, named
from gwangju_desktop.members.words import CAPACITIES, ROLES
from ui import theme
from ui.models.rows import Cell, Column, Table
from ui.settings import kept
from ui.text import C_, N_, day, language, say
from ui.widgets.forms import Check
from ui.widgets.parts import Label, column

CHOSEN = "columns/members/chosen"
NAME = "name"


def organisation(member) -> str:
    """Return where somebody comes from, in the current language."""
    return named(member.organisation_ko, member.organisation_en)


def who(member) -> Cell:
    """Show the name over organisation and post, and that the person is made up."""
    sub = " ".join(filter(None, (organisation(member), member.post)))
    if member.fictional:
        sub = " · ".join(filter(None, (sub, say(N_("Made up")))))
    return Cell(member.name, sub, role="secb", avatar=True)


def seats(member) -> Cell:
    """Show the role where it is one, else the bodies."""
    names = member.bodies_en if language() == "en" else member.bodies
    role = "" if member.role in ("", "member") else say(ROLES[member.role])
    first = " ".join(filter(None, (names[0] if names else "", role)))
    return Cell(" · ".join([first, *names[1:]]))


def until(member) -> Cell:
    """Show the last day: amber within a month, red when it has passed or cannot be renewed."""
    if member.ends_on is None:
        return Cell(say(N_("In office")) if member.starts_on else "–")
    left = (member.ends_on - clock.today()).days
    ink = ""
    if left <= SOON_DAYS:
        spent = member.most is not None and member.appointments >= member.most
        ink = "bad" if left < 0 or spent else "warn"
    return Cell(day(member.ends_on, "full"), ink=ink)


def came(member) -> Cell:
    """Show the share of meetings attended."""
    if member.came is None:
        return Cell("–")
    return Cell(f"{member.came:.0%}", bar=member.came, ink="acc" if member.came > 0.6 else "d3")


def renewed(member) -> Cell:
    """Show which appointment in a row it is, of how many the body's rule allows."""
    if not member.ends_on:
        return Cell("–")
    most = "" if member.most is None else f"/{member.most}"
    return Cell(f"{member.appointments}{most}")


def term(member) -> Cell:
    """Show the term of the body (제n기)."""
    return Cell(say(C_("term", "Term {n}"), n=member.term) if member.term else "–")


MEMBERS = Table(
    name="members",
    ids=listing.member_ids,
    rows=listing.member_rows,
    sort="name",
    follows={"person": "id", "membership": "person_id", "attendance": "person_id"},
    derived=frozenset({"organisation", "body", "meeting", "term"}),
    columns=(
        Column(NAME, N_("Name · affiliation"), sort="name", cell=who, edit=people.edit_person),
        Column("post", N_("Post"), 130, edit=memberships.edit_membership),
        Column(
            "field",
            C_("member", "Field"),
            96,
            sort="field",
            edit=memberships.edit_membership,
            cell=lambda m: Cell(m.field or "–"),
        ),
        Column(
            "capacity",
            N_("Capacity"),
            84,
            sort="capacity",
            cell=lambda m: Cell(say(CAPACITIES[m.capacity]) if m.capacity else "–"),
        ),
        Column("bodies", N_("Body"), 150, sort="bodies", wide=True, cell=seats),
        Column("term", C_("column", "Term"), 80, sort="term", cell=term),
        Column(
            "starts_on",
            N_("Since"),
            112,
            sort="starts_on",
            wide=True,
            cell=lambda m: Cell(day(m.starts_on, "full")),
        ),
        Column("ends_on", N_("Term ends"), 108, sort="ends_on", cell=until),
        Column("appointments", N_("Appointments"), 84, "center", sort="appointments", cell=renewed),
        Column("came", N_("Attendance rate"), 130, sort="came", wide=True, cell=came),
        Column("phone", N_("Mobile"), 130, cell=lambda m: Cell(m.phone or "–")),
        Column("email", N_("E-mail"), 190, cell=lambda m: Cell(m.email or "–")),
    ),
)
# Contact data is in no list by default; terms and posts stand in the card and under the name.
USUAL = (NAME, "field", "capacity", "bodies", "starts_on", "ends_on", "appointments", "came")


def chosen() -> tuple[str, ...]:
    """Return the columns chosen on this PC; the name is always one."""
    known = [column.key for column in MEMBERS.columns]
    wanted = kept.text(CHOSEN).split(" ") if kept.text(CHOSEN) else USUAL
    return tuple(key for key in known if key in wanted or key == NAME)


class ColumnsPopup(QFrame):
    """A box to tick for every column; `changed` after each tick."""

    changed = Signal()

    def __init__(self, parent) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(say(N_("Columns")))
        held = chosen()
        self.checks = {
            declared.key: Check(declared.title, declared.key in held)
            for declared in MEMBERS.columns
            if declared.key != NAME
        }
        for check in self.checks.values():
            check.toggled.connect(self.on_toggled)
        note = Label(N_("Numbers and addresses stay masked in the list."), "cap", wrap=True)
        note.setMaximumWidth(theme.px(190))
        column(
            Label(N_("Columns"), "h3"),
            *self.checks.values(),
            note,
            margins=(16, 12, 16, 12),
            gap=8,
            into=self,
        )

    def on_toggled(self, _on: bool) -> None:
        keys = [key for key, check in self.checks.items() if check.isChecked()]
        kept.keep(CHOSEN, " ".join([NAME, *keys]))
        self.changed.emit()

    def open_under(self, button) -> None:
        """Show the popup under a button, its right edge at the button's."""
        self.adjustSize()
        corner = button.mapTo(self.parentWidget(), QPoint(button.width(), button.height() + 4))
        self.move(corner - QPoint(self.width(), 0))
        self.show()
        self.raise_()
        next(iter(self.checks.values())).setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().focusChanged.connect(self.on_focus)

    def on_focus(self, _was, now) -> None:
        """Close when the focus goes elsewhere in the window."""
        if now is not None and not self.isAncestorOf(now):
            self.close()

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
