"""Verdicts on a body's rules, live: a strip of bars and chips, and a list with the sources."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtWidgets import QLayout, QWidget

from db.vocab import BodyRuleKey
from gwangju_desktop.members import checks, profiles
from gwangju_desktop.members.checks import LABELS
from ui.members.meters import BalanceBar, LeastBar
from ui.text import C_, N_, day, say
from ui.widgets.painted import Chip
from ui.widgets.parts import Icon, Label, column, row

# A change of one of these may change a verdict.
WATCHED = ("membership", "person", "body", "body_rule", "organisation", "post")
OTHERS = (
    BodyRuleKey.NON_OFFICIALS,
    BodyRuleKey.MOST_COMMITTEES,
    BodyRuleKey.MOST_TERMS,
    checks.TERMS_ENDING,
    checks.SUNSET,
    checks.SEATS,
)


def look(verdict) -> tuple[str, str]:
    """Return the tone and the icon of a verdict."""
    if verdict.ok:
        return "ok", "check"
    if verdict.ok is False:
        return "bad", "triangle-alert"
    if verdict.rule == checks.SEATS:
        return "neu", ""
    dated = verdict.rule in (checks.TERMS_ENDING, checks.SUNSET)
    return "warn", "clock" if dated else "circle-alert"


def brief(verdict) -> str:
    """Return the verdict's numbers in a few words."""
    return say(verdict.brief, **verdict.value)


class Judged(QWidget):
    """A widget that asks for a body's verdicts, and asks again when something changes them."""

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.asked: dict = {}
        self.found: list = []
        desk.changed.connect(self.on_changed)

    def show_body(self, body_id: int, on, with_people=(), without=()) -> None:
        """Show the verdicts on a body on a day, as it is or with and without these people."""
        self.asked = {
            "body_id": body_id,
            "on": on,
            "with_people": list(with_people),
            "without": list(without),
        }
        self.ask()

    def ask(self) -> None:
        """Ask for the verdicts."""
        self.desk.read(checks.verdicts, then=self.on_verdicts, otherwise=self.on_gone, **self.asked)

    def on_verdicts(self, found) -> None:
        self.found = found
        self.renew()

    def on_gone(self, _error) -> None:
        """The body was taken back: show nothing of it."""
        self.on_verdicts([])

    def renew(self) -> None:
        """Write the verdicts into the widgets."""

    def on_changed(self, changes) -> None:
        if self.asked and changes.touches(*WATCHED):
            self.ask()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.found:
            QTimer.singleShot(0, self, self.renew)
        super().changeEvent(event)


class RatioStrip(Judged):
    """One line over a list: the sexes and the youth as bars, what else is wrong as chips."""

    told = Signal(bool)  # whether there is anything to show

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.sexes, self.youth = BalanceBar(110), LeastBar(70)
        self.sexes_word = Label(N_("Appointed, by sex"), "capb")
        self.youth_word = Label(C_("verdict", "Youth"), "capb")
        self.sexes_chip, self.youth_chip = Chip(), Chip()
        self.chips = [Chip() for _rule in OTHERS]
        self.more = Chip()
        self.line = row(
            self.sexes_word,
            self.sexes,
            self.sexes_chip,
            self.youth_word,
            self.youth,
            self.youth_chip,
            *self.chips,
            self.more,
            None,
            gap=8,
            into=self,
        )
        # Its parts give way to the width there is, not the window to its parts.
        self.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.hide_all()

    def hide_all(self) -> None:
        """Show nothing yet."""
        for part in (*self._bars(), *self.chips, self.more):
            part.hide()

    def _bars(self) -> tuple[QWidget, ...]:
        return (
            self.sexes_word,
            self.sexes,
            self.sexes_chip,
            self.youth_word,
            self.youth,
            self.youth_chip,
        )

    def renew(self) -> None:
        held = {verdict.rule: verdict for verdict in self.found}
        self._show_sexes(held.get(BodyRuleKey.GENDER_MOST))
        self._show_youth(held.get(BodyRuleKey.YOUTH_LEAST))
        shown = [held[rule] for rule in OTHERS if rule in held]
        # What is wrong stands before what is near; what is right is not said here.
        shown = [v for v in shown if v.ok is False] + [v for v in shown if v.ok is None]
        shown = [v for v in shown if v.rule != checks.SEATS or v.ok is False]
        for chip in self.chips[len(shown) :]:
            chip.say("")
        for chip, verdict in zip(self.chips, shown, strict=False):
            chip.say(f"{say(LABELS[verdict.rule])} {brief(verdict)}", *look(verdict))
        self.told.emit(bool(shown) or not all(part.isHidden() for part in self._bars()))
        self.fit()

    def _show_sexes(self, verdict) -> None:
        there = verdict is not None and verdict.value["appointed"] > 0
        for part in self._bars()[:3]:
            part.setVisible(there)
        if there:
            value = verdict.value
            limit = profiles.read_fraction(verdict.limit)
            self.sexes.show_counts(value["female"], value["male"], value["unknown"], limit)
            self.sexes_chip.say(brief(verdict), *look(verdict))

    def _show_youth(self, verdict) -> None:
        there = verdict is not None and verdict.value["appointed"] > 0
        for part in self._bars()[3:]:
            part.setVisible(there)
        self.youth_chip.say("")
        if there:
            value = verdict.value
            self.youth.show_counts(value["count"], value["appointed"], value["least"])
            self.youth_chip.say(brief(verdict), *look(verdict))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        # Not now: a part hidden while its layout is at work keeps its place.
        QTimer.singleShot(0, self, self.fit)

    def fit(self) -> None:
        """Leave out the words beside the bars first, then the bars, then the last chips."""
        held = {verdict.rule: verdict for verdict in self.found}
        sexes, youth = BodyRuleKey.GENDER_MOST, BodyRuleKey.YOUTH_LEAST
        there = [
            rule in held and held[rule].value["appointed"] > 0
            for rule in (sexes, sexes, youth, youth)
        ]
        optional = (self.sexes_word, self.sexes, self.youth_word, self.youth)
        for part, shown in zip(optional, there, strict=True):
            part.setVisible(shown)
        chips = [chip for chip in (self.youth_chip, *self.chips) if chip.sentence()]
        for chip in chips:
            chip.show()
        self.more.say("")
        for part in (self.youth_word, self.sexes, self.youth, self.sexes_word):
            if self._needed() <= self.width():
                break
            part.hide()
        hidden = 0
        while chips and self._needed() > self.width():
            chips.pop().hide()
            hidden += 1
            self.more.say(C_("verdict", "+{n}"), "neu", n=hidden)
        # Parts hidden and shown in one go leave the layout where it was.
        self.layout().invalidate()
        self.layout().activate()

    def _needed(self) -> int:
        layout = self.layout()
        parts = [layout.itemAt(n).widget() for n in range(layout.count())]
        shown = [part for part in parts if part is not None and not part.isHidden()]
        widths = (max(part.sizeHint().width(), part.minimumWidth()) for part in shown)
        return sum(widths) + layout.spacing() * max(0, len(shown) - 1)


class VerdictLine(QWidget):
    """One verdict of a list: what it is about, its numbers, its sentence, its source."""

    def __init__(self) -> None:
        super().__init__()
        self.icon = Icon("check", "ok", 14)
        self.title, self.chip = Label("", "secb", elide=True), Chip()
        self.sentence = Label("", "sec", wrap=True)
        self.source = Label("", "cap", wrap=True)
        self.mark = Chip()
        column(
            row(self.icon, (self.title, 1), self.chip, gap=6),
            self.sentence,
            row((self.source, 1), self.mark, gap=6),
            gap=3,
            into=self,
        )

    def show_verdict(self, verdict) -> None:
        """Write one verdict."""
        tone, icon = look(verdict)
        ink = {"neu": "text2"}.get(tone, tone)
        self.icon.show_icon(icon or "circle-dot", ink)
        self.title.say(LABELS[verdict.rule])
        self.chip.say(brief(verdict), tone)
        self.sentence.say(verdict.sentence)
        since = say(N_("since {day:full}"), day=verdict.since) if verdict.since else ""
        self.source.say(" · ".join(filter(None, (verdict.source, since))))
        self.source.setVisible(bool(self.source.text()))
        self.mark.say(N_("Unverified") if verdict.unverified else "", "warn")


class Verdicts(Judged):
    """Every verdict on a body, one under the other, for inspectors."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.title, self.sum = Label(N_("Checks"), "h3"), Chip()
        self.on = Label("", "cap")
        self.lines = [VerdictLine() for _rule in LABELS]
        column(row(self.title, self.on, None, self.sum), *self.lines, gap=14, into=self)
        for line in self.lines:
            line.hide()

    def renew(self) -> None:
        wrong = sum(verdict.ok is False for verdict in self.found)
        open_ = sum(verdict.ok is None and look(verdict)[0] == "warn" for verdict in self.found)
        if wrong:
            self.sum.say(N_("{n} not kept"), "bad", "triangle-alert", n=wrong)
        elif open_:
            self.sum.say(N_("{n} to look at"), "warn", "clock", n=open_)
        else:
            self.sum.say(N_("All kept") if self.found else "", "ok", "check")
        self.on.say(N_("on {day}"), day=day(self.asked["on"], "full"))
        for n, line in enumerate(self.lines):
            if n < len(self.found):
                line.show_verdict(self.found[n])
            line.setVisible(n < len(self.found))
