"""Every form of the members room and every state of its panes, one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtWidgets import QApplication, QWidget

from db.vocab import Decision
from gwangju_desktop import settings
from gwangju_desktop.members import candidates, filters, people, terms
from gwangju_desktop.members.letters.press import KINDS
from gwangju_desktop.members.memberships import end_membership
from gwangju_desktop.members.rulewords import kind
from ui.members.body_lines import TermLine
from ui.members.pickers import Masked
from ui.members.post_forms import HoldingDialog, PostSeatDialog
from ui.members.several import EndSeveral, FieldSeveral
from ui.widgets.forms import Dialog

PASTED = "이름\t소속\t직위\t휴대전화\n김새벽\t가상도시숲모임\t활동가\t010-0000-0001\n\t\t\t12\n"


class Vacated(NamedTuple):
    """A seat that fell vacant, whose it was, and somebody still in office."""

    person: int
    seat: int
    other: int


class Room:
    """The room of a window, and what was opened over it."""

    def __init__(self, window, rest: Callable[[QWidget], None], patient: bool = True) -> None:
        """`patient` waits until documents are drawn too."""
        self.window, self._rest, self.patient = window, rest, patient
        window.shell.go("members")
        self.page = window.shell.rooms.page("members")
        self.rest()

    def rest(self) -> None:
        """Let everything come that is to come."""
        self._rest(self.window)
        for _n in range(400 if self.patient else 0):
            busy = [form for form in self.forms() if not getattr(form, "settled", True)]
            if not busy:
                break
            self._rest(self.window)

    def pane(self, key: str):
        page = self.page.show_pane(key)
        self.rest()
        return page

    def do(self, usecase, **asked) -> None:
        self.window.shell.desk.do(usecase, **asked)
        self.rest()

    def forms(self) -> list[Dialog]:
        """Return the dialogs that are open, the front one last."""
        return [form for form in self.window.findChildren(Dialog) if form.isVisible()]

    def form(self, asks: Callable[[], None]) -> Dialog:
        """Open a form and return it."""
        asks()
        self.rest()
        return self.forms()[-1]

    def close(self) -> None:
        for form in reversed(self.forms()):
            form.reject()
        self.rest()
        QApplication.processEvents()


def prepare(room: Room) -> Vacated:
    """Enter what the sample has not: a term in preparation, a filter, a vacancy, a namesake."""
    page = room.pane("newterm")
    if page.plan is None or page.plan.term.done:
        room.do(terms.open_term, body_id=page.body_id)
    for n, name in enumerate(("강이슬", "도한결", "표나래"), start=1):
        room.do(
            candidates.add_candidate,
            term_id=page.plan.term.id,
            person={"name": name, "gender": "female"},
            organisation=f"가상시민모임 {n}",
            post="활동가",
        )
    seats = [seat.id for seat in page.plan.seats]
    room.do(candidates.decide_all, ids=seats[:4], decision=Decision.RENEW.value)
    room.do(candidates.decide_all, ids=seats[4:8], decision=Decision.REPLACE.value)
    room.do(filters.save_filter, name="9월에 끝나는 위촉직 위원", query={"capacity": "appointed"})
    roll = room.pane("roll")
    rows = [roll.model.row(n) for n in range(roll.model.rowCount())]
    appointed = [row for row in rows if row.capacity == "appointed"]
    room.do(people.add_person, name=appointed[0].name)
    gone = appointed[1]
    after = dt.date(2022, 3, 31)  # after the last meeting that has a sheet
    room.do(end_membership, id=gone.membership_id, ends_on=after, reason="resigned")
    renamed = {settings.OFFICE_NAME_KO: "가상시 지속가능발전 사무국"}
    day = dt.date(2022, 7, 1)
    room.do(settings.change_from, values=renamed, valid_from=day, source="가상 조례 제2조")
    return Vacated(gone.id, gone.membership_id, appointed[2].id)


def forms(room: Room, vacated: Vacated) -> Iterator[tuple[str, QWidget]]:
    """Yield the name of each form with the form while it stands open; `prepare` comes before."""
    for part in (_roll, _vacancy, _merging, _bodies, _posts, _newterm, _papers, _import):
        yield from part(room, vacated)
        room.close()


def _roll(room: Room, vacated: Vacated) -> Iterator[tuple[str, QWidget]]:
    roll = room.pane("roll")
    roll.open(vacated.other, "person")
    room.rest()
    card = roll.card
    for name, asks in (
        ("add-member", roll.on_add),
        ("add-membership", card.on_add),
        ("end-membership", card.on_end),
        ("edit-membership", card.rows[0].on_edit),
        ("erase", card.on_erase),
        ("save-filter", roll.tools.sifting.on_save),
        ("export", roll.on_export),
    ):
        yield name, room.form(asks)
        room.close()
    form = room.form(card.on_edit)
    yield "person", form
    for n, name in ((1, "names"), (2, "consents")):
        form.tabs.choose(n)
        form.on_tab(n)
        room.rest()
        yield f"person-{name}", form
    form.tabs.choose(0)
    form.on_tab(0)
    form.findChildren(Masked)[0].setText("010-****-1")
    form.on_confirm()
    room.rest()
    yield "person-refused", form
    room.close()
    ids = [roll.model.row(n).membership_id for n in range(2)]
    for several in (EndSeveral, FieldSeveral):
        yield several.__name__, room.form(several(room.window, roll.desk, ids).open)
        room.close()


def _vacancy(room: Room, vacated: Vacated) -> Iterator[tuple[str, QWidget]]:
    roll = room.pane("roll")
    roll.open(vacated.person, "person")
    room.rest()
    ended = next(row for row in roll.card.rows if row.seat.id == vacated.seat)
    form = room.form(ended.on_edit)
    yield "edit-ended", form
    form.on_fill()
    room.rest()
    yield "fill-vacancy", room.forms()[-1]


def _merging(room: Room, _vacated: Vacated) -> Iterator[tuple[str, QWidget]]:
    form = room.form(room.page.on_duplicates)
    yield "duplicates", form
    form.on_confirm()
    room.rest()
    yield "merge", room.forms()[-1]


def _import(room: Room, _vacated: Vacated) -> Iterator[tuple[str, QWidget]]:
    form = room.form(room.pane("roll").on_import)
    yield "import", form
    for text, name in (("", "import-refused"), (PASTED, "import-columns")):
        form.paste(text)
        room.rest()
        yield name, form
    form.on_confirm()
    room.rest()
    yield "import-preview", form


def _bodies(room: Room, _vacated: Vacated) -> Iterator[tuple[str, QWidget]]:
    page = room.pane("bodies")
    sheet, office = page.sheet, page.office
    for name, asks in (
        ("add-body", page.on_add_body),
        ("edit-body", sheet.on_edit),
        ("body-name", sheet.on_add_name),
        ("dissolve", sheet.on_dissolve),
        ("order", sheet.on_order),
        ("template", sheet.on_template),
        ("edit-term", TermLine(sheet, sheet.record.terms[-1]).on_edit),
    ):
        yield name, room.form(asks)
        room.close()
    kinds = {}
    for n in range(sheet.model.rowCount()):
        kinds.setdefault(kind(sheet.model.row(n).rule), n)
    for name, n in kinds.items():
        sheet.list.setCurrentIndex(sheet.model.index(n, 0))
        yield f"rule-{name}", room.form(sheet.on_edit_rule)
        room.close()
    page.show_one(0)
    room.rest()
    yield "office-names", room.form(office.on_change)
    room.close()
    dated = next(n for n in range(office.model.rowCount()) if office.model.row(n).period)
    for name, n in (("office-line", 0), ("office-period", dated)):
        office.list.setCurrentIndex(office.model.index(n, 0))
        yield name, room.form(office.on_edit)
        room.close()


def _posts(room: Room, _vacated: Vacated) -> Iterator[tuple[str, QWidget]]:
    page = room.pane("posts")
    card = page.card
    over = room.window, page.desk, card.post
    for name, asks in (
        ("add-post", page.on_add_post),
        ("edit-post", card.on_edit),
        ("change-holder", card.on_change),
        ("add-post-seat", card.on_seat),
        ("edit-post-seat", PostSeatDialog(*over, card.post.seats[0]).open),
        ("add-holding", card.on_past),
        ("edit-holding", HoldingDialog(*over, card.post.holdings[0]).open),
    ):
        yield name, room.form(asks)
        room.close()


def _newterm(room: Room, _vacated: Vacated) -> Iterator[tuple[str, QWidget]]:
    page = room.pane("newterm")
    for name, asks in (
        ("add-candidate", page.on_add),
        ("edit-candidate", page.on_edit),
        ("seat-field", page.on_field),
        ("term", page.on_edit_term),
        ("appoint", page.on_appoint),
    ):
        yield name, room.form(asks)
        room.close()
    yield "consultation", room.form(room.pane("inclusion").on_add)


def _papers(room: Room, _vacated: Vacated) -> Iterator[tuple[str, QWidget]]:
    form = room.form(room.pane("roll").on_print)
    for kind_ in KINDS:
        form.kind.field.choose(kind_)
        form.on_kind()
        room.rest()
        yield f"papers-{kind_}", form
