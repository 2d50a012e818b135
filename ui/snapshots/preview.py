"""What a copy would hold and what would stay back, beside the form that makes it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget

from db.vocab import Profile
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.snapshots import previewing
from ui import alerts, theme
from ui.snapshots.facts import Details, megabytes, named
from ui.snapshots.texts import TextsDialog
from ui.text import N_, NN_, say
from ui.widgets.page import State
from ui.widgets.parts import Align, Button, Label, column, row, rule, scrolled

HIGH = 330  # px at 100 % text size that the list takes at least


def look(work, *, profile: Profile):
    """Work out the preview on the work's own thread."""
    return previewing.preview(
        work, profile=profile, progress=work.progress, cancelled=work.cancelled
    )


class PreviewPane(QFrame):
    """What goes and what stays, worked out in the background for the profile chosen."""

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk, self.work, self.found, self.profile = desk, None, None, Profile.MONITOR
        self.title = Label(N_("What goes and what stays"), "h3")
        self.sums = Label("", "cap", wrap=True)
        self.lines = Details()
        self.pane = scrolled(column(self.lines, None, margins=(0, 0, 12, 0), gap=0))
        self.state = State("search", N_("Working out what would go"), "")
        self.state.layout().setContentsMargins(0, 8, 0, 8)
        self.state.hint.setMinimumWidth(theme.px(200))
        self.front = QStackedWidget()
        for face in (self.state, self.pane):
            self.front.addWidget(face)
        self.undecided = Label("", "sec", "warn", wrap=True)
        self.review = Button(N_("Look at the expressions…"), slot=self.on_review)
        self.review.setAutoDefault(False)
        self.decide = column(self.undecided, row(self.review, None), gap=6)
        self.decide.hide()
        column(self.title, self.sums, (self.front, 1), self.decide, gap=8, into=self)
        self.front.setMinimumHeight(theme.px(HIGH))

    # --- asking
    def show_profile(self, profile: Profile) -> None:
        """Work out what would go for a profile, in place of what was asked before."""
        self.stop()
        self.profile = profile
        self.ask()

    def ask(self) -> None:
        """Work it out anew."""
        self.found = None
        self.front.setCurrentWidget(self.state)
        self.state.title.say(N_("Working out what would go"))
        self.state.hint.say("")
        self.sums.say("")
        self.decide.hide()
        self.work = self.desk.work(
            look,
            title=N_("Working out what would go"),
            then=self.on_found,
            otherwise=self.on_failed,
            profile=self.profile,
        )

    def stop(self) -> None:
        """Ask for nothing any more."""
        if self.work is not None and not self.work.over:
            self.work.cancel()
        self.work = None

    # --- what came
    def on_found(self, found) -> None:
        """Show a preview, unless another profile was chosen meanwhile."""
        if found.profile != self.profile:
            return
        self.work, self.found = None, found
        self._fill()

    def _fill(self) -> None:
        found = self.found
        parts = [Label(N_("Goes out"), "secb")]
        parts += [_line(named(one), f"{one.rows:,}") for one in found.going if one.rows]
        if found.evidence_files:
            size = megabytes(found.evidence_bytes)
            files = say(N_("Public evidence files ({size})"), size=size)
            parts.append(_line(files, f"{found.evidence_files:,}"))
        parts += [rule(), Label(N_("Stays in the office"), "secb")]
        parts += [_line(named(one), _counted(one)) for one in found.staying]
        if found.waves_as_before:
            waves = say(N_("Poll waves that stay as an earlier copy gave them"))
            parts.append(_line(waves, f"{found.waves_as_before:,}"))
        self.lines.put(*parts)
        self.front.setCurrentWidget(self.pane)
        self.sums.say(
            N_("{rows} rows · {masked} texts masked · {cells} figures of small groups hidden"),
            rows=f"{found.rows:,}",
            masked=f"{found.masked:,}",
            cells=f"{found.hidden_cells:,}",
        )
        self.undecided.say(
            NN_(
                "{n} expression nobody has decided on stays masked.",
                "{n} expressions nobody has decided on stay masked.",
            ),
            n=found.undecided,
        )
        self.decide.setVisible(found.undecided > 0)
        # What came under the list must not lie over it.
        self.window().adjustSize()

    def on_failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self.work = None
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            sentence = say(N_("The program failed; the details are in the log."))
        self.state.title.say(N_("What would go could not be worked out"))
        self.state.hint.say(sentence)

    def on_review(self) -> None:
        """Let a person decide; what would go is worked out again afterwards."""
        self.asked = TextsDialog(self.window(), self.desk, profile=self.profile)
        self.asked.finished.connect(self.on_reviewed)
        self.asked.open()

    def on_reviewed(self, _result: int) -> None:
        self.ask()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and self.found is not None:
            self._fill()


def _line(what: str, count: str):
    """Return one line: what, and how many of it at the right."""
    return row((Label(what, "sec", wrap=True), 1), (Label(count, "sec"), Align.AlignTop), gap=12)


def _counted(one: previewing.Staying) -> str:
    """Say how many values stay, or of how many columns nobody counts them."""
    if one.count is None:
        return say(NN_("{n} column", "{n} columns"), n=one.columns)
    return say(NN_("{n:,} value", "{n:,} values"), n=one.count)
