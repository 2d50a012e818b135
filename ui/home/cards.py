"""The cards of the first page."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QFrame, QWidget

from gwangju_desktop import clock
from gwangju_desktop.members.broken import broken_rules
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import words
from ui import theme
from ui.text import C_, N_, Msg, day, say
from ui.widgets.meters import Quorum
from ui.widgets.painted import Chip, Swatch
from ui.widgets.parts import Align, Button, Icon, Label, Policy, column, row, rule


class Card(QFrame):
    """A raised box; cards stand on this page only."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.setObjectName("card")
        # Not Maximum: words that wrap would be given the height of one line.
        self.setSizePolicy(Policy.Preferred, Policy.Preferred)


class MeetingCard(Card):
    """The next meeting: when, where, whether enough will come, what is left to prepare."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.id: int | None = None
        self.left = Chip()
        self.title = Label("", "h2", wrap=True)
        self.meta = Label("", "sec", wrap=True)
        self.open_button = Button(N_("Prepare the meeting"), "primary", slot=self.on_open)
        self.verdict, self.meter = Chip(), Quorum()
        self.coming, self.silent, self.away = (Label("", "secb") for _n in range(3))
        self.checks = column(gap=6)
        self._meeting = None
        kind = row(self.left, Label(N_("Next meeting"), "cap"), None)
        head = row(
            (column(kind, self.title, self.meta, gap=5), 1), (self.open_button, Align.AlignTop)
        )
        shares = row(
            *self._share("acc", C_("replies", "Coming"), self.coming),
            *self._share("accLine", C_("replies", "No reply"), self.silent),
            *self._share("track", C_("replies", "Not coming"), self.away),
            None,
            gap=5,
        )
        forecast = column(
            row(Label(N_("Quorum forecast"), "h3"), self.verdict, None),
            self.meter,
            shares,
            None,
            gap=8,
        )
        ready = column(Label(N_("Preparation"), "h3"), self.checks, None, gap=8)
        self.there = column(
            head, rule(), row((forecast, 3), (ready, 2), gap=30), margins=(16, 14, 16, 14), gap=12
        )
        self.none = row(
            Icon("calendar-days", "text3", 20),
            (Label(N_("No meeting is planned"), "h3"), 1),
            self.page.writing(Button(N_("New meeting"), icon="plus", slot=page.on_new)),
            margins=(16, 14, 16, 14),
            gap=10,
        )
        self.none.hide()
        column(self.there, self.none, gap=0, into=self)

    def _share(self, ink: str, words: Msg, number: Label) -> list[QWidget | int]:
        return [Swatch(ink), Label(words, "cap", "text2"), number, 8]

    def show_meeting(self, meeting) -> None:
        """Show a NextMeeting, or that there is none."""
        self._meeting = meeting
        self.there.setVisible(meeting is not None)
        self.none.setVisible(meeting is None)
        if meeting is None:
            return
        self.id = meeting.id
        self._say()
        self.meter.show_counts(meeting.coming, meeting.silent, meeting.enrolled, meeting.required)
        self.coming.say(str(meeting.coming))
        self.silent.say(str(meeting.silent))
        self.away.say(str(meeting.not_coming))
        if meeting.forecast:
            self.verdict.say(N_("Quorum expected"), "ok", "check")
        else:
            short = meeting.required - meeting.coming
            self.verdict.say(N_("{n} short of the quorum"), "warn", "triangle-alert", n=short)
        self._show_checks(meeting.checks)

    def _say(self) -> None:
        meeting = self._meeting
        self.left.say(N_("D-{n}") if meeting.days_left else N_("Today"), "acc", n=meeting.days_left)
        korean = words().language == "ko"
        body = meeting.body_ko if korean or not meeting.body_en else meeting.body_en
        self.title.say(f"{body} {meeting.title}")
        self.meta.say(
            N_("{starts:when}–{ends:time} · {place} · chaired by {chair}")
            if meeting.presiding
            else N_("{starts:when}–{ends:time} · {place}"),
            starts=meeting.starts_at,
            ends=meeting.ends_at,
            place=meeting.place,
            chair=meeting.presiding,
        )

    def _show_checks(self, checks) -> None:
        layout = self.checks.layout()
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        for check in checks:
            late = check.due is not None and not check.finished
            icon = Icon("circle-check", "ok") if check.finished else Icon("circle-dashed", "warn")
            note = Label("", "cap")
            if check.finished:
                note.say("")
            elif check.total > 1:
                note.say(f"{check.done}/{check.total}")
            elif late:
                note.say(N_("by {due:short}"), due=check.due)
            line = row(icon, (Label(check.label, "sec", elide=True), 1), note, gap=8)
            layout.addWidget(line)

    def on_open(self) -> None:
        self.page.go("meetings", self.id, "meeting")

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and self._meeting is not None:
            self._say()


class RulesCard(Card):
    """The rules bodies do not keep today; hidden where all are kept."""

    MOST = 5

    def __init__(self, page) -> None:
        super().__init__(page)
        self.sum, self.lines = Chip(), column(gap=2)
        self.more = Label("", "cap")
        column(
            row(Label(N_("Rules of bodies"), "h3"), None, self.sum),
            self.lines,
            self.more,
            margins=(16, 14, 16, 14),
            gap=6,
            into=self,
        )
        self._bodies: dict[Button, int] = {}
        self.hide()

    def look(self) -> None:
        """Ask which rules are not kept."""
        self.page.desk.read(broken_rules, then=self.on_broken, today=clock.today())

    def on_broken(self, broken) -> None:
        layout = self.lines.layout()
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        self._bodies = {}
        for one in broken[: self.MOST]:
            body = Button(named(one.body_ko, one.body_en), "link", slot=self.on_body)
            self._bodies[body] = one.body_id
            said = Label(f"{say(one.label)} {say(one.brief, **one.values)}", "sec", elide=True)
            body.setAccessibleDescription(one.sentence)
            layout.addWidget(row(body, (said, 1), gap=4))
        left = len(broken) - self.MOST
        self.more.say(N_("and {n} more") if left > 0 else "", n=left)
        self.more.setVisible(left > 0)
        self.sum.say(N_("{n} not kept"), "bad", "triangle-alert", n=len(broken))
        self.setVisible(bool(broken))

    def on_body(self) -> None:
        self.page.go("members", self._bodies[self.sender()], "body")


class ChangesCard(Card):
    """The last entries of the journal."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.lines = column(gap=7)
        self.more = Button(C_("history", "Show all"), "link", slot=self.on_more)
        column(
            row(Label(N_("Latest changes"), "h3"), None, self.more),
            self.lines,
            margins=(16, 14, 16, 14),
            into=self,
        )
        self._shown: tuple = ()

    def on_more(self) -> None:
        """Go to the history of the office."""
        self.page.go("history")

    def show_changes(self, changes, today: dt.date) -> None:
        """Show journal entries, the newest first."""
        if changes == self._shown:
            return
        self._shown = changes
        layout = self.lines.layout()
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        for change in changes:
            same = change.at.date() == dt.datetime.now(change.at.tzinfo).date()
            at = Label(f"{change.at:%H:%M}" if same else day(change.at.date()), "cap")
            at.setFixedWidth(theme.px(52))
            told = {"undo": N_("Undone: {what}"), "redo": N_("Done again: {what}")}
            named_told = {
                "undo": N_("Undone: {what} · {subject}"),
                "redo": N_("Done again: {what} · {subject}"),
            }
            if change.subject:
                message = named_told.get(change.kind, N_("{what} · {subject}"))
            else:
                message = told.get(change.kind, N_("{what}"))
            values = {"what": Msg(change.label), "subject": change.subject}
            what = Label(message, "sec", elide=True, **values)
            layout.addWidget(row(at, (what, 1), gap=0))
        self.setVisible(bool(changes))
