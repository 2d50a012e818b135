"""The decision on the item in front: outcome, counts with their arithmetic, the text decided."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import (
    ItemState,
    MeetingState,
    Outcome,
    Verdict,
    VoteMethod,
)
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import deciding, rules, votes
from gwangju_desktop.meetings.retelling import retold
from gwangju_desktop.meetings.words import OUTCOMES, VOTE_METHODS
from ui import alerts
from ui.meetings.changed import Changed
from ui.meetings.counts import Counts
from ui.meetings.voting import Votes
from ui.text import C_, N_, words
from ui.widgets.forms import Choice, Field, Lines
from ui.widgets.painted import Chip, Segment
from ui.widgets.parts import Align, Button, Icon, KeyCap, Label, column, row

# Short, for the bar of choices; the whole words stand on paper and in the chip.
SHORT = {
    Outcome.AS_PROPOSED: C_("outcome, short", "As is"),
    Outcome.AMENDED: C_("outcome, short", "Amend"),
    Outcome.CONDITIONAL: C_("outcome, short", "Terms"),
    Outcome.NOTED: C_("outcome, short", "Noted"),
    Outcome.DEFERRED: C_("outcome, short", "Defer"),
    Outcome.REJECTED: C_("outcome, short", "Reject"),
    Outcome.RETURNED: C_("outcome, short", "Return"),
    Outcome.WITHDRAWN: C_("outcome, short", "Withdraw"),
}
ORDER = tuple(SHORT)
TONES = {
    Outcome.AS_PROPOSED: "ok",
    Outcome.AMENDED: "ok",
    Outcome.CONDITIONAL: "ok",
    Outcome.NOTED: "neu",
    Outcome.DEFERRED: "warn",
    Outcome.REJECTED: "bad",
    Outcome.RETURNED: "warn",
    Outcome.WITHDRAWN: "neu",
}
# How a vote counted here and now may be taken; the others have their own form.
METHODS = (VoteMethod.SHOW_OF_HANDS, VoteMethod.SECRET, VoteMethod.CONSENSUS)
UNCOUNTED = "uncounted"
REASONED = (Outcome.CONDITIONAL, Outcome.RETURNED, Outcome.DEFERRED, Outcome.WITHDRAWN)


class DecisionBlock(QWidget):
    """What the body decides on the item in front, and what it decided."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.item, self.meeting, self.panel = view, None, None, None
        self.touched = self.filled = False
        self.state = Chip()
        self.take_back = Button(N_("Take back"), "link", slot=self.on_take_back)
        self.excerpt = Button(N_("Decision sheet"), "link", slot=self.on_excerpt)
        view.writing(self.take_back)
        self._form()
        self._said()
        self.votes = Votes(self)
        column(
            row(
                Label(C_("panel", "Decision"), "h3"),
                self.state,
                None,
                self.excerpt,
                self.take_back,
                gap=8,
            ),
            self.blocked_row,
            self.form,
            self.said,
            self.votes,
            gap=8,
            into=self,
        )
        self.hide()

    def _form(self) -> None:
        self.outcomes = Segment(SHORT.values(), 0, N_("Outcome"))
        self.outcomes.chosen.connect(self.on_outcome)
        methods = [(method.value, VOTE_METHODS[method]) for method in METHODS]
        methods.append((UNCOUNTED, N_("Majority, not counted")))
        self.method = Choice(methods, N_("Way of voting"))
        self.method.currentIndexChanged.connect(self.on_method)
        self.counts = Counts()
        self.counts.changed.connect(self.on_counts)
        self.counts.confirmed.connect(self.on_decide)
        self.entitled = Label("", "cap", "text3", elide=True)
        self.text = Lines(N_("Text of the decision"))
        self.text.textChanged.connect(self.on_text)
        self.change = Changed()
        self.remark = Field(N_("Condition or reason"))
        self.refusal = Label("", "sec", "bad", wrap=True)
        self.refusal_row = row(
            (Icon("circle-alert", "bad"), Align.AlignTop), (self.refusal, 1), gap=8
        )
        self.blocked = Label("", "sec", "text2", wrap=True)
        self.blocked_row = row(
            (Icon("circle-alert", "warn"), Align.AlignTop), (self.blocked, 1), gap=8
        )
        self.unanimous = Button(N_("No objection"), icon="check", slot=self.on_no_objection)
        self.confirm = Button(N_("Record the decision"), "primary", slot=self.on_decide)
        self.form = column(
            self.outcomes,
            row(self.method, (self.entitled, 1), gap=10),
            self.counts,
            self.text,
            self.change,
            self.remark,
            self.refusal_row,
            row(
                self.unanimous,
                KeyCap("Ctrl+Shift+Enter"),
                None,
                KeyCap("Ctrl+Enter"),
                self.confirm,
                gap=8,
            ),
            gap=8,
        )

    def _said(self) -> None:
        self.resolution = Label("", "sec", wrap=True)
        self.reason = Label("", "cap", "text2", wrap=True)
        self.explained = Label("", "cap", "text2", wrap=True)
        self.said = column(self.resolution, self.reason, self.explained, gap=4)

    # --- what is shown
    @property
    def deciding(self) -> bool:
        """Say whether the item in front may be decided now by who sits here."""
        return (
            self.meeting is not None
            and self.item is not None
            and self.meeting.state == MeetingState.OPENED
            and not self.view.desk.read_only
            and self.item.state not in (ItemState.DECIDED, ItemState.WITHDRAWN)
        )

    def show_item(self, item, meeting) -> None:
        """Show an ItemDetail, or nothing."""
        other = self.item is None or item is None or item.id != self.item.id
        decided = not other and self.item.outcome != item.outcome
        self.item, self.meeting = item, meeting
        if other or decided:
            self._empty()
        business = item is not None and meeting is not None and rules.numbered(item.kind)
        held = business and not MeetingState(meeting.state).ahead
        self.setVisible(held and (self.deciding or item.outcome is not None))
        if held:
            self._show_state()
            self.view.desk.read(deciding.panel, then=self.on_panel, item_id=item.id)

    def _empty(self) -> None:
        """Forget what was typed for another item, or before it was decided."""
        self.panel, self.touched, self.filled = None, False, False
        self.counts.clear()
        self.outcomes.choose(0)
        self.method.setCurrentIndex(0)
        self.remark.clear()
        self.text.clear()
        self.change.hide()
        self.refusal_row.hide()
        self.blocked_row.hide()
        self.votes.show_none()

    def _show_state(self) -> None:
        item, open_ = self.item, self.deciding
        outcome = Outcome(item.outcome) if item.outcome else None
        self.form.setVisible(open_)
        self.said.setVisible(not open_ and outcome is not None)
        self.state.say(OUTCOMES[outcome] if outcome else "", TONES[outcome] if outcome else "neu")
        opened = self.meeting.state == MeetingState.OPENED
        self.take_back.setVisible(
            opened and item.state == ItemState.DECIDED and not self.view.desk.read_only
        )
        self.excerpt.setVisible(item.state == ItemState.DECIDED and outcome is not None)
        if outcome is not None:
            self.resolution.say(item.resolution)
            self.resolution.setVisible(bool(item.resolution))
            self.reason.say(item.remark)
            self.reason.setVisible(bool(item.remark))
        if open_:
            self._offer(deciding.outcomes_for(item.kind))

    def _offer(self, outcomes) -> None:
        for n, outcome in enumerate(ORDER):
            self.outcomes.parts[n].setVisible(outcome in outcomes)
        if self.outcome not in outcomes:
            self.outcomes.choose(ORDER.index(outcomes[0]))

    def on_panel(self, panel) -> None:
        """Show how the item stands."""
        if self.item is None or panel.item_id != self.item.id:
            return
        refused, blocked = _refused(self.panel), _refused(panel)
        if refused != blocked:
            # It told how things stood before.
            self.refusal_row.hide()
        self.panel = panel
        self.votes.show_panel(panel, self.deciding)
        self._explain(panel)
        if not self.deciding:
            self.blocked_row.hide()
            return
        self.counts.judge_by(panel.standing)
        message = N_("May vote: {names}")
        if panel.aside:
            message = N_("May vote: {names}. Recused: {aside}")
        self.entitled.say(message, names=", ".join(panel.entitled), aside=", ".join(panel.aside))
        if not self.filled:
            self._fill(panel)
        told = not self.refusal_row.isHidden() and self.refusal.text() == blocked
        self.blocked_row.setVisible(bool(blocked) and not told)
        self.blocked.say(blocked)
        for part in (self.counts, self.method, self.unanimous):
            part.setEnabled(not blocked)
        self.confirm.why_not(blocked)
        self.counts.sentence.setVisible(not blocked)
        self.on_outcome()

    def _fill(self, panel) -> None:
        """Offer the wording that stands to the vote, and the outcome that goes with it."""
        self.filled = True
        self.text.setPlainText(panel.wording)
        amended = panel.wording != self.item.request
        offered = deciding.outcomes_for(self.item.kind)
        if amended and Outcome.AMENDED in offered:
            self.outcomes.choose(ORDER.index(Outcome.AMENDED))

    def _explain(self, panel) -> None:
        on_item = [vote for vote in panel.votes if vote.subject == "item" and vote.explanation]
        self.explained.say(retold(on_item[-1].explanation, words()) if on_item else "")
        self.explained.setVisible(bool(on_item))

    @property
    def outcome(self) -> Outcome:
        """Return the outcome that is chosen."""
        return ORDER[self.outcomes.current()]

    def on_outcome(self, n: int | None = None) -> None:
        """Show what this outcome needs."""
        if n is not None:
            self.touched = True
        self.remark.setVisible(self.outcome in REASONED)
        self.on_text()

    def on_method(self, _n: int = 0) -> None:
        """Count, or say what was seen without counting."""
        self.counts.setVisible(self.method.value() != UNCOUNTED)

    def on_counts(self) -> None:
        """Propose the outcome that follows from what is typed, unless one was chosen by hand."""
        if self.touched or self.item is None:
            return
        try:
            outcome = self.counts.outcome()
        except UserError:
            return
        if outcome is None:
            return
        if outcome.verdict == Verdict.LOST and self.outcome in votes.ADOPTED:
            self.outcomes.choose(ORDER.index(Outcome.REJECTED))
        elif outcome.verdict == Verdict.CARRIED and self.outcome == Outcome.REJECTED:
            amended = self.text.value() != self.item.request
            self.outcomes.choose(ORDER.index(Outcome.AMENDED if amended else Outcome.AS_PROPOSED))
        self.on_outcome()

    def on_text(self) -> None:
        """Show what changes against what was asked."""
        if self.item is None:
            return
        request, text = self.item.request, self.text.value()
        changed = bool(request) and bool(text) and text != request
        self.change.setVisible(changed and self.outcome in votes.ADOPTED)
        if changed:
            self.change.show_change(request, text)

    # --- what a person does
    def on_no_objection(self) -> None:
        """Record that nobody objected: one key."""
        if not self.deciding:
            return
        if self.panel is None or not self.filled:
            self.view.desk.do(votes.no_objection, otherwise=self.on_refused, item_id=self.item.id)
            return
        outcome = self.outcome
        if outcome == Outcome.REJECTED:
            outcome = Outcome.AS_PROPOSED
        self._settle(outcome, method=VoteMethod.NO_OBJECTION.value)

    def on_decide(self) -> None:
        """Record the vote that is typed and what the chair declares."""
        if not self.deciding:
            return
        method = self.method.value()
        try:
            if method == UNCOUNTED:
                lost = self.outcome == Outcome.REJECTED
                verdict = Verdict.LOST if lost else Verdict.CARRIED
                self._settle(self.outcome, uncounted=verdict.value)
            else:
                self._settle(
                    self.outcome,
                    method=method,
                    counts=self.counts.value(),
                    chair_in_favour=self.counts.in_favour(),
                )
        except UserError as error:
            self.on_refused(error)

    def _settle(self, outcome: Outcome, **asked) -> None:
        adopted = outcome in votes.ADOPTED or outcome == Outcome.NOTED
        self.refusal_row.hide()
        self.view.desk.do(
            deciding.settle,
            otherwise=self.on_refused,
            item_id=self.item.id,
            outcome=outcome.value,
            resolution=self.text.value() if adopted else "",
            remark=self.remark.value(),
            **asked,
        )

    def on_refused(self, error: Exception) -> None:
        """Say why it was refused where it was typed."""
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            return
        self.refusal.say(sentence)
        self.refusal_row.show()
        if sentence == self.blocked.text():
            self.blocked_row.hide()

    def on_amend(self) -> None:
        """Move an amendment to the item in front."""
        if self.deciding and self.panel is not None:
            self.votes.on_move()

    def on_second_amendment(self) -> None:
        """Second the amendment in front that nobody seconded yet."""
        if self.votes.second.isVisibleTo(self):
            self.votes.on_second()

    def on_take_back(self) -> None:
        """Open the decided item again."""
        if self.item is not None:
            self.view.desk.do(votes.undecide, item_id=self.item.id)

    def on_excerpt(self) -> None:
        """Show the decision sheet as it will be printed."""
        from ui.documents.dialog import DocumentsDialog

        if self.item is not None and self.item.state == ItemState.DECIDED:
            DocumentsDialog(self.window(), self.view.desk, "excerpt", self.item.id).open()


def _refused(panel) -> str:
    """Return why no vote can be recorded, empty where one can."""
    if panel is None or panel.refusal is None:
        return ""
    return alerts.sentence(panel.refusal) or ""


BLOCK = DecisionBlock
