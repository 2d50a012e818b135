"""What a scan found in the texts of a copy: shown or masked, decided by a person, find by find."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from db.vocab import FindKind, Profile
from gwangju_desktop import search_records
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import policy, reviewing, texts
from ui import alerts, theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Check, Dialog, Field, Labelled
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row, rule

ALL, OPEN, CLOSED = range(3)
WIDE, HIGH = 1040, 600
DETAILS = 300  # px at 100 % text size
EXCERPT = 88


def look(work, *, profile: Profile):
    """Scan the texts and look into the evidence files on the work's own thread."""
    rules = policy.load(profile)
    found, held = texts.look_through(work, rules, work.cancelled)
    return texts.lines(work, rules, found, held)


def place(read, *, table: str, id: int):
    """Return the page and the record that show a row, None when no page does."""
    return search_records.where(read, table, id)


@dataclass(frozen=True, slots=True)
class FindRow:
    """A find as the list shows it."""

    id: int
    line: texts.Line

    @property
    def find(self) -> reviewing.Find:
        """Return what was found."""
        return self.line.find


def _what(one: FindRow) -> Cell:
    find = one.find
    around = f"{find.excerpt_before}{find.found}{find.excerpt_after}"
    return Cell(texts.one_line(find.found), sub=texts.one_line(around), role="secb")


def _where(one: FindRow) -> Cell:
    table, field, record = texts.where(one.line)
    return Cell(record or table, sub=f"{table} · {field}")


def _decision(one: FindRow) -> Cell:
    if one.find.decision is None:
        return Cell(chip=say(C_("find", "undecided")), tone="warn")
    if one.find.shown:
        return Cell(chip=say(C_("find", "shown")), tone="info")
    return Cell(chip=say(C_("find", "masked")), tone="ok")


FINDS = Table(
    name="snapshot_texts",
    columns=(
        Column("what", N_("Expression"), cell=_what),
        Column("kind", C_("review copies", "Kind"), 112, cell=lambda one: Cell(_kind(one))),
        Column("where", C_("find", "Where"), 190, cell=_where, wide=True),
        Column("decision", C_("find", "Decision"), 100, cell=_decision),
    ),
)


def _kind(one: FindRow) -> str:
    return say(texts.word(one.find.kind))


class Excerpt(QPlainTextEdit):
    """A find among the words around it, the find marked; all of it plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.span = (0, 0)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(say(N_("The words around it")))
        self.dress()

    def show_find(self, find: reviewing.Find | None) -> None:
        """Show one find, or nothing."""
        parts = (find.excerpt_before, find.found, find.excerpt_after) if find else ("", "", "")
        # Qt counts in UTF-16, and a letter beyond its plane is two.
        start, length = (len(part.encode("utf-16-le")) // 2 for part in parts[:2])
        self.span = (start, length)
        self.setPlainText("".join(parts))
        self._mark()

    def dress(self) -> None:
        """Take font, height and colours of the present scheme."""
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.px(EXCERPT))
        self._mark()

    def _mark(self) -> None:
        start, length = self.span
        mark, looks = QTextEdit.ExtraSelection(), QTextCharFormat()
        looks.setBackground(theme.color("warnBg"))
        looks.setForeground(theme.color("warn"))
        looks.setFont(theme.font("strong"))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, looks
        self.setExtraSelections([mark] if length else [])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(N_("The words around it")))
        super().changeEvent(event)


class TextsDialog(Dialog):
    """List what was found; the arrows decide, Enter goes on to the next undecided one.

    `undecided` counts what is left; a click on the record's name closes the dialog and opens it.
    """

    def __init__(self, parent, desk, *, profile: Profile = Profile.MONITOR) -> None:
        self.desk, self.profile, self.work = desk, profile, None
        self.lines: list[texts.Line] = []
        self.taken = 0  # decisions of this dialog, hence what undo may take back
        self.found = None
        self.progress = Label("", "secb")
        self.filter = Segment(
            (C_("find", "All"), C_("find", "Undecided"), C_("find", "Decided")), name=N_("Show")
        )
        self.undo = Button(N_("Undo"), icon="undo-2", slot=self.on_undo)
        self.mask_all = Button(N_("Mask all undecided"), slot=self.on_mask_all)
        self.list = RowList(RowTable(FINDS), N_("Expressions"), height=52)
        self.list.setMinimumHeight(theme.px(150))
        self.none = State("search", N_("Looking through the texts"), "")
        self.front = Hollow(self.list, self.none)
        super().__init__(
            parent,
            N_("Expressions to look at before giving out"),
            Label(
                N_(
                    "What is undecided stays masked. A decision holds for this version of the"
                    " text, in copies for monitors and in public ones."
                ),
                "sec",
                wrap=True,
            ),
            row(self.progress, self.filter, None, self.undo, self.mask_all),
            (row((self.front, 1), self._details(), gap=16), 1),
            button=N_("Close"),
            width=760,
            kind="default",
        )
        self.cancel_button.hide()
        # Enter means the next find, and in the reason's field that it may be shown.
        self.button.setDefault(False)
        for one in (self.button, *self.findChildren(Button)):
            one.setAutoDefault(False)
        self.list.previewed.connect(self.on_chosen)
        self.filter.chosen.connect(self.on_filter)
        self.reason.returnPressed.connect(self.on_show)
        for keys, slot in (
            ("Left", self.on_mask),
            ("M", self.on_mask),
            ("Right", self.on_show),
            ("S", self.on_show),
            ("Return", self.on_next),
            ("Enter", self.on_next),
        ):
            key = QShortcut(QKeySequence(keys), self.list, slot)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.on_undo)
        desk.changed.connect(self.on_changed)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        self.scan()

    def _details(self):
        self.kind = Label("", "strong", wrap=True)
        self.record = Button("", "link", slot=self.on_record)
        self.where = Label("", "cap", wrap=True)
        self.excerpt = Excerpt()
        self.note = Label("", "cap", wrap=True)
        self.same = Check("")
        self.reason = Field("", N_("Reason"))
        self.why = Labelled(N_("Reason"), self.reason)
        self.mask = Button(N_("← Mask"), "primary", slot=self.on_mask)
        self.show_it = Button(N_("Show →"), slot=self.on_show)
        self.again = Button(C_("find", "Take back"), "ghost", slot=self.on_again)
        self.details = column(
            self.kind,
            self.record,
            self.where,
            self.excerpt,
            self.note,
            rule(),
            self.same,
            self.why,
            row(self.mask, self.show_it, None),
            row(self.again, None),
            None,
        )
        self.details.setFixedWidth(theme.px(DETAILS))
        return self.details

    @property
    def undecided(self) -> int:
        """Return how many finds nobody has decided on."""
        return sum(line.find.decision is None for line in self.lines)

    # --- looking through
    def scan(self) -> None:
        """Look the office through in the background."""
        self.details.setEnabled(False)
        self.details.setVisible(bool(self.lines))
        self.work = self.desk.work(
            look,
            title=N_("Looking through the texts"),
            then=self.on_scanned,
            otherwise=self.on_unscanned,
            profile=self.profile,
        )

    def on_scanned(self, lines: list[texts.Line]) -> None:
        first = not self.lines
        self.work, self.lines = None, lines
        if first and self.undecided:
            self.filter.choose(OPEN)
        self._fill()
        self.list.setFocus()

    def on_unscanned(self, error: Exception) -> None:
        self.work = None
        if isinstance(error, Cancelled):
            return
        self.none.title.say(N_("The texts could not be looked through"))
        self.none.hint.say(alerts.sentence(error) or "")
        if alerts.sentence(error) is None:
            alerts.tell(error)

    def on_changed(self, _changes) -> None:
        self.desk.read(reviewing.decisions, then=self.on_decisions)

    def on_decisions(self, decided: reviewing.Decisions) -> None:
        self.lines = [
            replace(line, find=replace(line.find, decision=decided.get(line.find.place)))
            for line in self.lines
        ]
        if self.work is None:
            self._fill()

    # --- what is shown
    def _fill(self) -> None:
        at = self.list.currentIndex().row()
        current = self.list.current()
        wanted = self.filter.current()
        rows = [
            FindRow(n, line)
            for n, line in enumerate(self.lines, 1)
            if wanted == ALL or (line.find.decision is None) == (wanted == OPEN)
        ]
        self._say_none()
        self.list.model().show(rows)
        if current in {one.id for one in rows}:
            self.list.choose(current)
        elif rows:
            self.list.choose(rows[min(max(at, 0), len(rows) - 1)].id)
        self.on_chosen(self.list.current())
        count = len(self.lines)
        self.progress.say(texts.PROGRESS, n=count, done=count - self.undecided)
        self.undo.setEnabled(self.taken > 0)
        self.mask_all.setEnabled(self.undecided > 0)
        for one in (self.progress, self.filter, self.undo, self.mask_all):
            one.setVisible(bool(self.lines))

    def _say_none(self) -> None:
        if not self.lines:
            title, hint = (
                N_("Nothing to decide on"),
                N_(
                    "No name, contact or number that is not disclosed stands in a text that goes out."
                ),
            )
        elif not self.undecided:
            title, hint = N_("Everything is decided"), N_("Under “All” decisions can be changed.")
        else:
            title, hint = N_("Nothing is decided yet"), ""
        self.none.icon.show_icon("circle-check", "ok")
        self.none.title.say(title)
        self.none.hint.say(hint)

    def on_filter(self, _n: int) -> None:
        self._fill()
        self.list.setFocus()

    def on_chosen(self, id) -> None:
        line = self.lines[id - 1] if id is not None and self.list.model().rowCount() else None
        self.details.setEnabled(line is not None)
        self.details.setVisible(line is not None)
        self.excerpt.show_find(line.find if line else None)
        self.same.setChecked(False)
        self.same.setVisible(line is not None and len(self._alike(line)) > 1)
        self.found = None
        self.record.hide()
        if line is None:
            for label in (self.kind, self.where, self.note):
                label.say("")
            return
        table, field, record = texts.where(line)
        self.kind.say(texts.word(line.find.kind))
        self.where.say(" · ".join(part for part in (table, field, record) if part))
        self.note.say(*self._said(line))
        self.note.setVisible(bool(self.note.text()))
        self.same.say(SAME, n=len(self._alike(line)))
        self.show_it.why_not("" if line.find.may_be_shown else NEVER)
        self.again.setVisible(line.find.decision is not None)
        self.desk.read(
            place, then=self.on_place, table=line.find.place.table, id=line.find.place.row_id
        )

    def _said(self, line: texts.Line) -> tuple[str]:
        find = line.find
        if find.kind is FindKind.RESIDENT_NUMBER and find.checksum is not None:
            return (CHECKS if find.checksum else FAILS,)
        if find.decision is not None and find.decision.reason:
            return (texts.decided(find),)
        return ("",)

    def on_place(self, found: search_records.Found | None) -> None:
        self.found = found
        self.record.setVisible(found is not None)
        if found is not None:
            self.record.say(N_("Open “{title}”"), title=_short(found.title))

    def on_record(self) -> None:
        found = self.found
        if found is None:
            return
        shell = self.parentWidget().window().shell
        self.close()
        table, id = found.record
        shell.go(found.page, id, table)

    # --- deciding
    def _chosen(self) -> texts.Line | None:
        id = self.list.current()
        return self.lines[id - 1] if id is not None and self.work is None else None

    def _alike(self, line: texts.Line) -> list[reviewing.Find]:
        wanted = texts.expression(line.find)
        return [one.find for one in self.lines if texts.expression(one.find) == wanted]

    def _wanted(self) -> list[reviewing.Find]:
        line = self._chosen()
        if line is None:
            return []
        return self._alike(line) if self.same.value() else [line.find]

    def on_mask(self) -> None:
        self._decide(self._wanted(), shown=False)

    def on_show(self) -> None:
        finds = self._wanted()
        if finds and not finds[0].may_be_shown:
            self.on_refused(UserError(NEVER))
        elif finds and not self.reason.value():
            self.why.wrong(say(N_("Say why this may be shown.")))
            self.reason.setFocus()
        else:
            self._decide(finds, shown=True)

    def on_mask_all(self) -> None:
        self._decide(texts.undecided(line.find for line in self.lines), shown=False)

    def on_again(self) -> None:
        self._run(texts.undecide_texts, self._wanted())

    def _decide(self, finds: list[reviewing.Find], *, shown: bool) -> None:
        self.why.right()
        self._run(
            texts.decide_texts, finds, shown=shown, reason=self.reason.value() if shown else ""
        )

    def _run(self, usecase, finds: list[reviewing.Find], **asked) -> None:
        if finds:
            self.refusal_row.hide()
            self.desk.do(usecase, then=self.on_did, otherwise=self.on_refused, finds=finds, **asked)

    def on_did(self, _count: int) -> None:
        self.taken += 1
        self.list.setFocus()

    def on_refused(self, error: Exception) -> None:
        super().on_refused(error)
        if isinstance(error, UserError) and error.message == texts.CHANGED:
            self.scan()

    def on_undo(self) -> None:
        if self.taken:
            self.taken -= 1
            self.desk.undo()

    def on_next(self) -> None:
        """Go to the next undecided find, round the end."""
        model, here = self.list.model(), self.list.currentIndex().row()
        count = model.rowCount()
        for step in range(1, count + 1):
            n = (here + step) % count
            if model.row(n).find.decision is None:
                self.list.choose(model.id_at(n))
                return

    def done(self, result: int) -> None:
        """Close; a scan that still runs is stopped."""
        if self.work is not None:
            self.work.cancel()
        super().done(result)


def decide_on_texts(parent, desk, *, profile: Profile = Profile.MONITOR) -> TextsDialog:
    """Open the dialog over a window; its `finished` tells when it closed."""
    dialog = TextsDialog(parent.window(), desk, profile=profile)
    dialog.open()
    return dialog


def _short(title: str) -> str:
    return title if len(title) <= 24 else title[:23] + "…"


SAME = NN_("The same expression, {n} time", "The same expression, {n} times")
NEVER = N_("A resident registration number is never shown.")
CHECKS = N_("The last digit follows from the others: take it out of the record.")
FAILS = N_("The last digit does not follow from the others; numbers since October 2020 have none.")
