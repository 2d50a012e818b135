"""The attendance allowances of a meeting: who is paid how much, who is not, and why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from db.vocab import MeetingState
from gwangju_desktop.documents.money import in_words
from gwangju_desktop.meetings import allowances
from gwangju_desktop.meetings.documents import payment
from gwangju_desktop.members.rules import named
from gwangju_desktop.packs.saving import file_name
from gwangju_desktop.text import words
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, NN_, language, say
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, row


def who(one) -> Cell:
    """Show the name over organisation and post; for a substitute whose seat it is."""
    organisation = named(one.organisation_ko, one.organisation_en)
    sub = " ".join(part for part in (organisation, one.post) if part)
    if one.name != one.holder:
        sub = say(N_("Substitute for {name} · {office}"), name=one.holder, office=sub)
    return Cell(one.name, sub, role="secb", avatar=True)


def time(one) -> Cell:
    """Show how long somebody was there; a long meeting is marked."""
    if not one.minutes:
        return Cell("–", ink="text3")
    return Cell(payment.length(one.minutes, words()), ink="acc" if one.long else "")


def won(amount: int) -> Cell:
    """Show an amount, nothing for none."""
    return Cell(f"{amount:,}" if amount else "–", ink="" if amount else "text3")


def why(one) -> Cell:
    """Show why nothing is paid, or the exception that was made."""
    said = say(one.reason) if one.reason else ""
    if one.by_hand:
        return Cell(said, icon="pencil", ink="acc")
    return Cell(said, ink="text2")


SHEET = Table(
    columns=(
        Column("name", N_("Name · affiliation"), cell=who),
        Column("minutes", C_("payment", "Attended"), 80, "right", cell=time),
        Column("gross", C_("payment", "Allowance"), 82, "right", cell=lambda p: won(p.paid.gross)),
        Column(
            "tax",
            C_("payment", "Income tax"),
            86,
            "right",
            cell=lambda p: won(p.paid.tax),
            wide=True,
        ),
        Column(
            "local",
            C_("payment", "Local income tax"),
            124,
            "right",
            cell=lambda p: won(p.paid.local),
            wide=True,
        ),
        Column("net", C_("payment", "Paid out"), 76, "right", cell=lambda p: won(p.paid.net)),
        Column("reason", C_("payment", "Remark"), 160, cell=why),
    )
)


def save_sheet(work, *, meeting_id: int, target: Path, spoken: str) -> Path:
    """Write the payment sheet as a workbook; a job for `desk.work`."""
    with work.reading() as read:
        payment.write_workbook(read, target, meeting_id=meeting_id, language=spoken)
    return target


class PaymentsTab(QWidget):
    """The payment sheet of a meeting, with exceptions made by hand."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting = view, None
        self.sheet: allowances.PaySheet | None = None
        self.rows: dict[int, allowances.PayRow] = {}
        self.state, self.total = Chip(), Label("", "strong")
        self.terms = Label("", "cap", elide=True)
        self.checked = Label("", "cap", "warn", elide=True)
        self.list = RowList(RowTable(SHEET), C_("tab", "Allowances"), height=46, multi=True)
        self.pay = Button(N_("Pay all the same"), slot=self.on_pay)
        self.refuse = Button(N_("Do not pay"), slot=self.on_refuse)
        self.follow = Button(N_("As the rule says"), "ghost", slot=self.on_rule)
        self.tools = row(self.pay, self.refuse, self.follow, gap=6)
        view.writing(self.tools)
        self.workbook = Button(N_("Workbook…"), icon="file-spreadsheet")
        self.workbook.clicked.connect(self.on_workbook)
        self.print_button = Button(
            C_("payment", "Payment sheet"), icon="printer", slot=self.on_print
        )
        empty = State(
            "users",
            N_("Nobody is in office on that day"),
            N_("Add members to the body; they appear here by themselves."),
        )
        self.hollow = Hollow(self.list, empty)
        column(
            row(
                Label(C_("tab", "Allowances"), "h2"),
                self.state,
                (self.total, 1),
                self.workbook,
                self.print_button,
                margins=(28, 12, 16, 0),
                gap=8,
            ),
            row(
                (column(self.terms, self.checked, gap=2), 1),
                self.tools,
                margins=(28, 2, 16, 4),
                gap=10,
            ),
            (row(self.hollow, margins=(20, 0, 8, 8)), 1),
            gap=2,
            into=self,
        )
        self.list.selectionModel().selectionChanged.connect(self.on_chosen)
        self.list.opened.connect(self.on_opened)

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.list]

    # --- what is shown
    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail's payment sheet."""
        if self.meeting is None or self.meeting.id != meeting.id:
            self.list.clearSelection()
        self.meeting = meeting
        self.view.desk.read(allowances.pay_sheet, then=self.on_sheet, meeting_id=meeting.id)

    def on_sheet(self, sheet) -> None:
        if self.meeting is None or sheet.meeting_id != self.meeting.id:
            return
        self.sheet = sheet
        self.rows = {one.id: one for one in sheet.rows}
        current = self.list.current()
        paid, others = sheet.payees, sheet.others
        shown: list = []
        if paid:
            shown += [Group(C_("payment", "Paid"), len(paid)), *paid]
        if others:
            shown += [Group(N_("Not paid"), len(others)), *others]
        self.list.model().show(shown)
        if current in self.rows:
            self.list.choose(current)
        else:
            self.list.choose_first()
        self._say(sheet)
        self.on_chosen()

    def _say(self, sheet) -> None:
        opened = MeetingState(self.meeting.state) == MeetingState.OPENED
        if sheet.final:
            self.state.say("")
        elif opened:
            self.state.say(N_("Times still running"), "acc", "clock")
        else:
            self.state.say(N_("Not held yet"), "neu")
        total = sheet.total.net
        self.total.say(
            NN_("{n} person · {sum}", "{n} people · {sum}") if sheet.payees else "",
            n=len(sheet.payees),
            sum=in_words(total) if language() == "ko" else f"{total:,} won",
        )
        rule = payment.rule_line(sheet.terms, words())
        held = say(N_("Time: {time}"), time=payment.length(sheet.minutes, words()))
        self.terms.say(f"{rule} · {held}" if sheet.minutes else rule)
        self.checked.say(
            N_("Amounts and ground are to be checked before payment.")
            if sheet.terms.unverified
            else ""
        )
        self.checked.setVisible(sheet.terms.unverified)
        for part in (self.workbook, self.print_button):
            part.why_not("" if sheet.opened_at else say(N_("The meeting was not opened.")))

    def on_chosen(self, *_ignored) -> None:
        """Offer what can be done to the chosen ones."""
        chosen = [self.rows[id] for id in self.list.chosen() if id in self.rows]
        came = [one for one in chosen if one.minutes]
        self.pay.setVisible(any(not one.pays for one in came))
        self.refuse.setVisible(any(one.pays for one in chosen))
        self.follow.setVisible(any(one.by_hand for one in chosen))

    # --- what a person does
    def on_opened(self, id) -> None:
        """Enter makes the exception that the row offers."""
        one = self.rows[id]
        if self.view.desk.read_only:
            return
        if one.pays:
            self.on_refuse()
        elif one.minutes:
            self.on_pay()

    def on_pay(self) -> None:
        """Ask why somebody is paid against the rule."""
        self._except(True)

    def on_refuse(self) -> None:
        """Ask why somebody is not paid."""
        self._except(False)

    def on_rule(self) -> None:
        """Let the rule decide again."""
        self.view.desk.do(allowances.set_paid, ids=self.list.chosen(), paid=None)

    def _except(self, paid: bool) -> None:
        chosen = [self.rows[id] for id in self.list.chosen() if id in self.rows]
        fitting = [one for one in chosen if one.pays != paid and (one.minutes or not paid)]
        if fitting:
            ExceptionDialog(self.window(), self.view.desk, fitting, paid).open()

    def on_print(self) -> None:
        """Show the payment sheet as it will be printed."""
        from ui.documents.dialog import DocumentsDialog

        if self.sheet is not None:
            DocumentsDialog(self.window(), self.view.desk, "payment", self.sheet.meeting_id).open()

    def on_workbook(self) -> None:
        """Ask where to save the payment sheet as a workbook."""
        if self.sheet is None:
            return
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog = QFileDialog(
            self.window(),
            say(N_("Save the payment sheet")),
            QStandardPaths.writableLocation(documents),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(say(N_("Workbooks ({pattern})"), pattern="*.xlsx"))
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(
            file_name(f"{self.sheet.day:%Y-%m-%d}", self.sheet.title, say(payment.TITLE))
        )
        dialog.fileSelected.connect(self.on_save_to)
        dialog.open()

    def on_save_to(self, name: str) -> None:
        """Save the workbook; nothing but the office's own data is in it."""
        self.view.desk.work(
            save_sheet,
            title=N_("Saving the workbook"),
            then=self.on_saved,
            meeting_id=self.sheet.meeting_id,
            target=Path(name),
            spoken=language(),
        )

    def on_saved(self, target: Path) -> None:
        self.view.page.toast(C_("pack", "Saved: {name}"), name=target.name)


class ExceptionDialog(Dialog):
    """Why somebody is paid, or not paid, against the rule of the body."""

    def __init__(self, parent: QWidget, desk, rows, paid: bool) -> None:
        self.desk, self.ids, self.paid = desk, [one.id for one in rows], paid
        self.reason = Labelled(N_("Reason"), Field())
        names = ", ".join(one.name for one in rows[:3])
        more = len(rows) - 3
        said = Label("", "sec", "text2", wrap=True)
        if more > 0:
            said.say(N_("{names} and {n} more"), names=names, n=more)
        else:
            said.say(names)
        super().__init__(
            parent,
            N_("Pay all the same") if paid else N_("Do not pay"),
            said,
            self.reason,
            button=N_("Record the exception"),
        )

    def confirm(self) -> None:
        self.desk.do(
            allowances.set_paid,
            then=self.on_accepted,
            otherwise=self.on_refused,
            ids=self.ids,
            paid=self.paid,
            reason=self.reason.value(),
        )


TAB = PaymentsTab
