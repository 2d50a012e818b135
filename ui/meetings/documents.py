"""The documents of a meeting, before, at and after it: what state each is in, one button each."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from db.vocab import ItemState, MeetingKind, MeetingState, Outcome
from gwangju_desktop import clock
from gwangju_desktop.catalogue import entries, fitting
from gwangju_desktop.meetings import queries
from gwangju_desktop.meetings.words import STATES
from gwangju_desktop.outgoing import queries as outgoing
from gwangju_desktop.outgoing.queries import OutgoingRow
from ui.documents.dispatch import number, tone
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, Pane, column, row, rule

BEFORE = ("plan", "notice", "data-request", "observers", "agenda", "roster", "ballots")
AT = ("attendance", "scenario", "record-sheets", "seating", "plates")
AFTER = ("report", "minutes", "excerpt", "comparison", "actions", "payment")
GROUPS = (
    (C_("documents", "Before the meeting"), BEFORE),
    (C_("documents", "At the meeting"), AT),
    (C_("documents", "After the meeting"), AFTER),
)
WRITTEN_DOWN = (MeetingState.DRAFTED, MeetingState.CONFIRMED, MeetingState.PUBLISHED)
STILL_ON = (MeetingState.OPENED, MeetingState.POSTPONED, MeetingState.CANCELLED)
# Reasons that hold for good: such a document is not the meeting's at all.
NEVER = (fitting.NOT_SITTING, fitting.ONLY_WRITTEN)
OF_ROOMS = ("seating", "plates")


@dataclass(frozen=True, slots=True)
class Line:
    """One document of a meeting: what it is about, why it cannot be made, where it stands."""

    name: str
    label: Msg
    id: int
    options: dict = field(default_factory=dict)
    of: str = ""
    why_not: Msg | None = None
    outgoing: bool = False
    sent: OutgoingRow | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Return what the line is known by."""
        return self.name, self.id


def lines(read, *, meeting_id: int) -> tuple[int, dict[str, list[Line]]]:
    """Return the documents of a meeting by name, those of its decided items included."""
    rows = outgoing.of_meeting(read, meeting_id=meeting_id, today=clock.today())
    sent = {(row.kind, row.about_id): row for row in rows}
    found: dict[str, list[Line]] = {}
    for one in entries.of_meeting(read, meeting_id=meeting_id):
        entry = one.entry
        if one.why_not in NEVER:
            continue
        found.setdefault(entry.name, []).append(
            Line(
                entry.name,
                entry.label,
                one.id,
                one.options,
                why_not=one.why_not,
                outgoing=entry.outgoing,
                sent=sent.get((entry.name, one.id)),
            )
        )
    for item in queries.agenda(read, meeting_id=meeting_id):
        for name in _of_item(item):
            entry = entries.ENTRIES[name]
            line = Line(
                name,
                entry.label,
                item.id,
                of=" ".join(part for part in (item.item_number, item.title) if part),
                outgoing=entry.outgoing,
                sent=sent.get((name, item.id)),
            )
            found.setdefault(name, []).append(line)
    return meeting_id, found


def _of_item(item) -> tuple[str, ...]:
    if item.state != ItemState.DECIDED or item.number is None or item.outcome is None:
        return ()
    return ("excerpt", "comparison") if item.outcome == Outcome.AMENDED else ("excerpt",)


class DocumentLine(QWidget):
    """One document: its name, its number in the city's system, its state, its button."""

    def __init__(self, tab) -> None:
        super().__init__()
        self.tab, self.line = tab, None
        self.label, self.of = Label("", "secb").shrink(), Label("", "sec", elide=True)
        self.number, self.state = Label("", "cap").shrink(), Chip()
        self.button = Button(C_("documents", "View"), slot=self.on_open)
        column(
            row(
                self.label,
                (self.of, 1),
                self.number,
                self.state,
                self.button,
                margins=(0, 2, 0, 2),
                gap=10,
            ),
            rule(),
            gap=0,
            into=self,
        )

    def show_line(self, line: Line, meeting) -> None:
        """Show a document of a meeting."""
        self.line = line
        self.label.say(line.label)
        why_not = say(line.why_not) if line.why_not else ""
        self.of.say(why_not or line.of)
        self.of.ink("text3" if why_not else "text2")
        self.button.setAccessibleName(f"{say(line.label)} {line.of}".strip())
        self.button.why_not(why_not)
        self._say_state(line, meeting)

    def _say_state(self, line: Line, meeting) -> None:
        self.number.say(number(line.sent))
        if line.sent is not None:
            self.state.say(line.sent.state, *tone(line.sent))
        elif line.name == "minutes" and meeting.state in WRITTEN_DOWN:
            done = meeting.state == MeetingState.PUBLISHED
            self.state.say(STATES[meeting.state], "ok" if done else "neu")
        else:
            self.state.say("")

    def on_open(self) -> None:
        """Show the document."""
        self.tab.show_document(self.line)


class DocumentsTab(QWidget):
    """Every document of the meeting by when it is needed."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting = view, None
        self.lines: dict[tuple[str, int], DocumentLine] = {}
        self.sums = Label("", "cap", elide=True)
        self.groups = [column(Label(title, "h3"), 4, rule(), gap=0) for title, _names in GROUPS]
        inside = self.inside = QWidget()
        column(*self.groups, None, margins=(28, 4, 24, 16), gap=18, into=inside)
        self.pane = Pane(inside)
        column(
            row(Label(C_("tab", "Documents"), "h2"), (self.sums, 1), margins=(28, 12, 24, 8)),
            (self.pane, 1),
            gap=0,
            into=self,
        )

    def panes(self) -> list:
        """Return the stops of F6."""
        buttons = (one.button for one in self.lines.values() if one.button.isEnabled())
        return [next(buttons, self.pane)]

    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail's documents."""
        self.meeting = meeting
        self.view.desk.read(lines, then=self.on_lines, meeting_id=meeting.id)

    def on_lines(self, told) -> None:
        """Show the documents; lines that stay keep their focus."""
        meeting_id, found = told
        if self.meeting is None or meeting_id != self.meeting.id:
            return
        old, self.lines = self.lines, {}
        missing = OF_ROOMS if self.meeting.kind == MeetingKind.WRITTEN else ()
        for group, (_title, names) in zip(self.groups, GROUPS, strict=True):
            shown_names = [name for name in names if name not in missing]
            here = [line for name in shown_names for line in found.get(name, ())]
            for place, line in enumerate(here):
                shown = old.pop(line.key, None) or DocumentLine(self)
                shown.show_line(line, self.meeting)
                # Under the title, a space and a rule.
                group.layout().insertWidget(3 + place, shown)
                self.lines[line.key] = shown
            group.setVisible(bool(here))
        self._order()
        for gone in old.values():
            gone.hide()
            gone.deleteLater()
        sent = [one.line.sent for one in self.lines.values() if one.line.sent is not None]
        waiting = sum(one.waiting for one in sent)
        self.sums.say(
            N_("{n} documents · not dispatched yet {waiting}")
            if waiting
            else NN_("{n} document", "{n} documents"),
            n=len(self.lines),
            waiting=waiting,
        )

    def _order(self) -> None:
        """Put first what is needed now: once the meeting is over, its results."""
        over = self.meeting.state not in STILL_ON and not MeetingState(self.meeting.state).ahead
        wanted = [*self.groups[2:], *self.groups[:2]] if over else self.groups
        layout = self.inside.layout()
        for place, group in enumerate(wanted):
            if layout.indexOf(group) != place:
                layout.removeWidget(group)
                layout.insertWidget(place, group)

    # --- what a person does
    def show_document(self, line: Line) -> None:
        """Open a document in the dialog of documents."""
        from ui.documents.dialog import DocumentsDialog

        DocumentsDialog(self.window(), self.view.desk, line.name, line.id, **line.options).open()

    def on_report(self) -> None:
        """Open the report of the meeting."""
        if self.meeting is not None:
            self.show_document(Line("report", entries.ENTRIES["report"].label, self.meeting.id))


TAB = DocumentsTab
