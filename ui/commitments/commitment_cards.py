"""What stands beside the milestones: own status, the monitors' rating, notes, adjustments, days."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from db.vocab import Completion, OwnStatus
from gwangju_desktop.commitments.words import ORIGINS
from gwangju_desktop.members.rules import named
from ui import theme
from ui.commitments import shown
from ui.commitments.overview_rows import DEADLINES, Due
from ui.models.rows import RowTable
from ui.text import C_, N_, day, say
from ui.widgets.lists import RowList
from ui.widgets.painted import Chip, Painted
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row, rule

DIMENSIONS = {
    "verifiable": C_("rating", "Verifiable"),
    "relevance": C_("rating", "Relevance"),
    "ambition": C_("rating", "Ambition"),
    "opened.information": C_("rating", "Opened: information"),
    "opened.participation": C_("rating", "Opened: participation"),
    "opened.accountability": C_("rating", "Opened: accountability"),
}
NO_PEN = Qt.PenStyle.NoPen
NOTES = 4  # notes shown until all are asked for


def card(*parts) -> QWidget:
    """Return parts in a card."""
    box = frame("card")
    column(*parts, margins=(16, 12, 14, 14), gap=7, into=box)
    return box


class StatusCard(QWidget):
    """The own status: what is worked out, what was set by hand, why it is late."""

    by_hand, back, caused, completed, reopened = (Signal() for _n in range(5))

    def __init__(self, page) -> None:
        super().__init__()
        self.desk = page.desk
        self.chip = Chip()
        self.why = Label("", "sec", wrap=True)
        self.reason = Label("", "body", wrap=True)
        self.since = Label("", "cap", wrap=True)
        self.cause = Label("", "sec", wrap=True)
        self.no_cause = row(
            (Icon("triangle-alert", "warn"), Align.AlignTop),
            (Label(N_("The cause of the delay is lacking."), "sec", "warn", wrap=True), 1),
            gap=6,
        )
        self.set = Button(C_("own status", "Set by hand"), slot=self.by_hand)
        self.clear = Button(C_("own status", "Back to what is worked out"), slot=self.back)
        self.write = Button(C_("milestone", "Cause of the delay"), slot=self.caused)
        self.finish = Button(C_("commitment", "Complete"), icon="check", slot=self.completed)
        self.reopen = Button(C_("commitment", "Take the completion back"), slot=self.reopened)
        page.writing(self.set, self.clear, self.write, self.finish, self.reopen)
        column(
            card(
                row(Label(C_("commitment", "Own status"), "h3"), None, self.chip),
                self.reason,
                self.since,
                self.why,
                self.no_cause,
                self.cause,
                row(self.finish, self.write, self.set, None, gap=6),
                row(self.clear, self.reopen, None, gap=6),
            ),
            into=self,
        )

    def show_whole(self, whole) -> None:
        """Show the status of a commitment."""
        one = whole.row
        icon = shown.ICONS.get(one.status, "")
        self.chip.say(shown.STATUSES[one.status], shown.tone(one.status), icon)
        self.reason.setVisible(one.overridden)
        self.since.setVisible(one.overridden)
        if one.overridden:
            self.reason.say(one.status_reason)
            self.since.say(N_("Set by hand on {day:full}"), day=one.status_on)
            self.why.say(
                N_("Worked out: {status} – {why}"),
                status=shown.STATUSES[one.status_computed],
                why=str(one.status_why),
            )
        else:
            self.why.say(str(one.status_why))
        late = OwnStatus.LATE in (one.status, one.status_computed)
        cause = named(one.delay_cause, whole.delay_cause_en)
        self.no_cause.setVisible(late and not one.delay_cause)
        self.cause.setVisible(bool(cause))
        if cause:
            self.cause.say(N_("Cause of the delay: {cause}"), cause=cause)
        if self.desk.read_only:
            return
        done = one.completed_on is not None
        self.clear.setVisible(one.overridden)
        self.write.setVisible(late or bool(one.delay_cause))
        ready = one.completed == one.milestones and not done
        self.finish.setVisible(ready and one.milestones > 0)
        self.reopen.setVisible(done)


class Scale(Painted):
    """The five steps of the official scale; the monitors' one is filled."""

    def __init__(self) -> None:
        self.value = ""
        super().__init__(44)

    def show_value(self, value: str) -> None:
        """Show a completion; "" for none."""
        self.value = value
        self.renew()

    def sentence(self) -> str:
        if not self.value:
            return say(N_("Not rated by the monitoring body yet."))
        steps = list(Completion)
        at = steps.index(Completion(self.value)) + 1
        words = N_("{value}, step {n} of {all}")
        return say(words, value=shown.completion(self.value), n=at, all=len(steps))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        steps = list(Completion)
        gap, high = theme.px(4), theme.px(10)
        wide = (area.width() - gap * (len(steps) - 1)) / len(steps)
        for n, step in enumerate(steps):
            box = QRectF(area.x() + n * (wide + gap), area.y() + 4, wide, high)
            chosen = step == self.value
            painter.setPen(QPen(theme.color("acc" if chosen else "line2"), 1))
            painter.setBrush(theme.color("acc" if chosen else "page"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(theme.font("capb" if self.value else "cap"))
        painter.setPen(theme.color("text" if self.value else "text3"))
        line = QRectF(area.x(), area.y() + high + theme.px(8), area.width(), theme.px(18))
        if not self.value:
            painter.drawText(line, Align.AlignLeft, say(C_("rating", "Not rated")))
            return
        n = steps.index(Completion(self.value))
        words = shown.completion(self.value)
        room = painter.fontMetrics().horizontalAdvance(words) + 2
        left = area.x() + n * (wide + gap) + wide / 2 - room / 2
        left = min(max(area.x(), left), area.right() - room)
        painter.drawText(QRectF(left, line.y(), room, line.height()), Align.AlignLeft, words)


class RatingCard(QWidget):
    """What the monitors said, read-only, and what the program would suggest, for reference."""

    wanted = Signal()

    def __init__(self, page) -> None:
        super().__init__()
        self.scale = Scale()
        self.who = Label("", "cap", wrap=True)
        self.others = Label("", "sec", wrap=True)
        self.suggested = Label("", "sec", wrap=True)
        self.lock = Label(
            N_("Only the monitoring body sets it; departments comment."), "cap", wrap=True
        )
        self.more = Button(N_("To the monitoring"), "link", "arrow-right", slot=self.wanted)
        column(
            card(
                row(
                    Icon("lock", "text2"), Label(C_("rating", "Completion"), "h3"), None, self.more
                ),
                self.scale,
                self.who,
                self.others,
                rule(),
                self.suggested,
                self.lock,
            ),
            into=self,
        )

    def show_whole(self, whole) -> None:
        """Show the ratings of a commitment."""
        rating = whole.ratings.get("completion")
        value = rating.value if rating is not None else None
        self.scale.show_value(value or "")
        self.who.setVisible(rating is not None)
        if rating is not None and value:
            self.who.say(given(rating))
        elif rating is not None:
            parts = [f"{who}: {shown.completion(code)}" for who, code in rating.differing]
            self.who.say(
                N_("The monitors differ and have no joint answer. {answers}"),
                answers=" · ".join(parts),
            )
        said = []
        for key, label in DIMENSIONS.items():
            other = whole.ratings.get(key)
            if other is not None:
                answer = answered(key, other.value) if other.value else say(N_("Monitors differ"))
                said.append(f"{say(label)}: {answer} · {given(other)}")
        self.others.setVisible(bool(said))
        self.others.say("\n".join(said))
        suggested = whole.suggested
        if suggested.code:
            self.suggested.say(
                N_("Suggested (for reference): {value}. {why}"),
                value=shown.COMPLETIONS[suggested.code],
                why=suggested.reason(),
            )
        else:
            self.suggested.say(N_("Suggested (for reference): none. {why}"), why=suggested.reason())


def given(rating) -> str:
    """Say who gave a rating, when, and how it came."""
    said = [", ".join(rating.who), day(rating.on, "full"), say(ORIGINS[rating.origin])]
    if rating.agreed:
        said.insert(1, say(C_("rating", "joint answer")))
    if rating.provisional:
        said.append(say(C_("rating", "not handed in yet")))
    return " · ".join(filter(None, (*said, rating.source)))


def answered(dimension: str, code: str) -> str:
    """Name an answer of the official forms; the code itself where no form has it."""
    from gwangju_desktop.reviews import forms

    _kind, question = forms.rated(dimension)
    return question.label(code)


class Note(QWidget):
    """One progress note with its day."""

    changed = Signal(object)
    removed = Signal(object)

    def __init__(self, page) -> None:
        super().__init__()
        self.note = None
        self.head = Label("", "capb", wrap=True)
        self.text = Label("", "sec", wrap=True)
        self.edit = Button("", "ghost", "pencil", name=N_("Edit the note"), slot=self.on_edit)
        self.drop = Button("", "ghost", "trash-2", name=N_("Remove the note"), slot=self.on_drop)
        page.writing(self.edit, self.drop)
        column(row((self.head, 1), self.edit, self.drop, gap=0), self.text, gap=0, into=self)

    def show_note(self, note) -> None:
        """Show a NoteRow."""
        self.note = note
        said = [day(note.noted_on, "full"), note.department]
        if note.number is not None:
            said.append(say(C_("progress note", "milestone {n}"), n=note.number))
        self.head.say(" · ".join(filter(None, said)))
        self.text.say(named(note.text, note.text_en))

    def on_edit(self) -> None:
        self.changed.emit(self.note)

    def on_drop(self) -> None:
        self.removed.emit(self.note)


class NotesCard(QWidget):
    """Progress notes, the newest first."""

    added = Signal()
    changed = Signal(object)
    removed = Signal(object)

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.notes, self.all = page, (), False
        self.lines: list[Note] = []
        self.none = Label(N_("Nobody has written how it goes."), "sec", wrap=True)
        self.add = Button(C_("progress note", "Write"), icon="pencil", slot=self.added)
        self.more = Button("", "link", slot=self.on_more)
        page.writing(self.add)
        self.held = column(gap=8)
        column(
            card(
                row(Label(C_("commitment", "Progress notes"), "h3"), None, self.add),
                self.none,
                self.held,
                row(self.more, None),
            ),
            into=self,
        )

    def show_whole(self, whole) -> None:
        """Show the notes of a commitment."""
        self.notes = tuple(
            sorted(whole.notes, key=lambda one: (one.noted_on, one.id), reverse=True)
        )
        self.lay_notes()

    def lay_notes(self) -> None:
        """Lay the notes under each other, a few of them until all are asked for."""
        few = self.notes if self.all else self.notes[:NOTES]
        while len(self.lines) < len(few):
            line = Note(self.page)
            line.changed.connect(self.changed)
            line.removed.connect(self.removed)
            self.lines.append(line)
            self.held.layout().addWidget(line)
        for n, line in enumerate(self.lines):
            line.setVisible(n < len(few))
            if n < len(few):
                line.show_note(few[n])
        self.none.setVisible(not self.notes)
        self.more.setVisible(len(self.notes) > len(few))
        self.more.say(N_("All {n}"), n=len(self.notes))

    def on_more(self) -> None:
        self.all = True
        self.lay_notes()


class EditionsCard(QWidget):
    """The adjustments: why, who was consulted, and what each changed."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Label] = []
        self.held = column(gap=4)
        column(card(Label(C_("commitment", "Adjustments"), "h3"), self.held), into=self)

    def show_whole(self, whole) -> None:
        """Show the adjustments of a commitment, the latest first."""
        said = []
        for one in reversed(whole.editions):
            said += edition(one)
        while len(self.lines) < len(said):
            self.lines.append(Label("", "sec", wrap=True))
            self.held.layout().addWidget(self.lines[-1])
        for n, line in enumerate(self.lines):
            line.setVisible(n < len(said))
            if n < len(said):
                role, text = said[n]
                line.ink("text" if role == "strong" else "text2")
                line.say(text)
        self.setVisible(bool(said))


def edition(one) -> list[tuple[str, str]]:
    """Return the lines of an adjustment: role and words."""
    if one.closed_on is None:
        head = say(N_("Being adjusted since {day:full}"), day=one.adjusted_on)
    else:
        words = N_("Edition {n} · {day:full}")
        head = say(words, n=one.edition + 1, day=one.adjusted_on)
    lines = [("strong", head), ("sec", named(one.reason, one.reason_en))]
    consulted = " · ".join(filter(None, (one.meeting, one.consulted)))
    if consulted:
        lines.append(("sec", say(N_("Consulted: {who}"), who=consulted)))
    for change in one.changes:
        field = say(change.field, **change.values)
        before, after = change.before or "–", change.after or "–"
        lines.append(("sec", f"{field}: {before} → {after}"))
    return lines


class DaysCard(QWidget):
    """The deadlines that follow from a commitment; Enter opens what one is about."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple = ()
        self.list = RowList(
            RowTable(DEADLINES), C_("commitment", "Deadlines"), height=48, header=False, fit=True
        )
        self.list.opened.connect(self.on_opened)
        column(card(Label(C_("commitment", "Deadlines"), "h3"), self.list), into=self)

    def show_whole(self, whole) -> None:
        """Show the deadlines of a commitment that are not met."""
        self.rows = tuple(one for one in whole.deadlines if one.done_on is None)
        self.list.model().show([Due(n, one) for n, one in enumerate(self.rows)])
        self.setVisible(bool(self.rows))

    def on_opened(self, n) -> None:
        self.opened.emit(self.rows[n])
