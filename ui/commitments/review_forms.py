"""Forms of the review workspace: a round, a comment, a finding and its action, a key."""

from __future__ import annotations

from db.vocab import ReviewKind
from gwangju_desktop import clock
from gwangju_desktop.commitments.words import REVIEWS
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import (
    answering,
    comments,
    findings,
    monitors,
    rounds,
)
from gwangju_desktop.snapshots import signing
from ui.energy.form_parts import filled, labelled
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, DateField, Dialog, Lines, beside
from ui.widgets.parts import Label

WIDTH = 620
WHOLE = C_("review", "The plan as a whole")
ENGLISH = C_("review", "In English")


def lines(title, value: str = "", height: int = 72, help: str = ""):
    """Return a field of several lines under its label."""
    return labelled(title, Lines(title, value, height), help)


def day(title, value=None):
    """Return a field of a day under its label."""
    return labelled(title, DateField(title, value))


def of_subjects(subjects, value=None, *, whole: bool = True):
    """Return a choice of a plan's commitments under its label."""
    options = [(one.id, f"{one.code} {named(one.title, one.title_en)}") for one in subjects]
    if whole:
        options.insert(0, (None, say(WHOLE)))
    title = C_("review", "Commitment")
    return labelled(title, Choice(options, title, value))


class RoundDialog(Dialog):
    """Plan a round of monitoring, or change what is said of one."""

    def __init__(self, parent, desk, plan_id: int, subjects, shown=None) -> None:
        self.desk, self.plan_id, self.shown = desk, plan_id, shown

        def kept(name: str):
            return getattr(shown, name) if shown is not None else ""

        kinds = [(kind.value, REVIEWS[kind]) for kind in ReviewKind]
        self.kind = labelled(
            C_("review", "Kind"),
            Choice(kinds, C_("review", "Kind"), kept("kind") or ReviewKind.SUBMISSION.value),
        )
        self.about = of_subjects(subjects, shown.commitment_id if shown else None)
        self.fields = {
            "title": labelled(C_("review", "Name"), filled(kept("title"))),
            "title_en": labelled(ENGLISH, filled(kept("title_en"))),
            "from_on": day(C_("review", "From"), kept("from_on") or None),
            "until_on": day(C_("review", "Until"), kept("until_on") or None),
            "due_on": day(C_("review", "Due on"), kept("due_on") or None),
            "department": labelled(C_("review", "Departments asked"), filled(kept("department"))),
            "asked": lines(C_("review", "What is asked"), kept("asked")),
            "asked_en": lines(ENGLISH, kept("asked_en")),
            "summary": lines(C_("review", "What came of it"), kept("summary")),
            "summary_en": lines(ENGLISH, kept("summary_en")),
            "source": labelled(
                C_("review", "Published report it quotes"),
                filled(kept("source")),
                N_("Only where answers are transcribed from a report that was published."),
            ),
        }
        of_what = beside(self.kind, self.about)
        of = self.fields
        super().__init__(
            parent,
            C_("review", "Edit round") if shown else C_("review", "Add round"),
            of_what,
            beside(of["title"], of["title_en"]),
            beside(of["from_on"], of["until_on"], of["due_on"]),
            of["department"],
            beside(of["asked"], of["asked_en"]),
            beside(of["summary"], of["summary_en"]),
            of["source"],
            width=WIDTH,
        )
        of_what.setVisible(shown is None)
        self.kind.field.currentIndexChanged.connect(self.on_kind)
        self.on_kind()

    def on_kind(self, _n: int = 0) -> None:
        """Offer a published source for official forms alone."""
        kind = ReviewKind(self.kind.value())
        self.fields["source"].setVisible(kind.form)
        if self.shown is None:
            self.about.setVisible(kind is not ReviewKind.INCEPTION)

    def confirm(self) -> None:
        values = {name: field.value() for name, field in self.fields.items()}
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        if self.shown is not None:
            self.desk.do(rounds.edit_review, **answers, id=self.shown.id, **values)
            return
        self.desk.do(
            rounds.add_review,
            **answers,
            plan_id=self.plan_id,
            kind=self.kind.value(),
            commitment_id=None if self.about.isHidden() else self.about.value(),
            **values,
        )


class CommentDialog(Dialog):
    """Say what a department holds of a question or of a round."""

    def __init__(
        self, parent, desk, review_id: int, heading: str, shown=None, subjects=(), **where
    ) -> None:
        self.desk, self.review_id, self.shown, self.where = desk, review_id, shown, where
        self.about = of_subjects(subjects)
        self.department = labelled(
            C_("review", "Department"), filled(shown.department if shown else "")
        )
        self.text = lines(C_("review", "Comment"), shown.text if shown else "", 96)
        self.text_en = lines(ENGLISH, shown.text_en if shown else "", 72)
        super().__init__(
            parent,
            C_("review", "Edit comment") if shown else C_("review", "Add comment"),
            Label(heading, "sec", "text2", wrap=True),
            self.about,
            self.department,
            self.text,
            self.text_en,
            width=WIDTH,
        )
        self.about.setVisible(bool(subjects))
        self.department.field.setFocus()

    def confirm(self) -> None:
        words = {
            "department": self.department.value(),
            "text": self.text.value(),
            "text_en": self.text_en.value(),
        }
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        if self.shown is not None:
            self.desk.do(comments.edit_comment, **answers, id=self.shown.id, **words)
        else:
            where = self.where or {"commitment_id": self.about.value()}
            self.desk.do(
                comments.add_comment, **answers, review_id=self.review_id, **words, **where
            )


class FindingDialog(Dialog):
    """Write down what a review found and what should follow."""

    def __init__(self, parent, desk, review_id: int, subjects, shown=None) -> None:
        self.desk, self.review_id, self.shown = desk, review_id, shown

        def kept(name: str):
            return getattr(shown, name) if shown is not None else ""

        self.about = of_subjects(subjects, shown.commitment_id if shown else None)
        self.fields = {
            "text": lines(C_("review", "Finding"), kept("text")),
            "text_en": lines(ENGLISH, kept("text_en")),
            "recommendation": lines(C_("review", "Recommendation"), kept("recommendation")),
            "recommendation_en": lines(ENGLISH, kept("recommendation_en")),
        }
        of = self.fields
        super().__init__(
            parent,
            C_("review", "Edit finding") if shown else C_("review", "Add finding"),
            self.about,
            beside(of["text"], of["text_en"]),
            beside(of["recommendation"], of["recommendation_en"]),
            width=WIDTH,
        )
        self.about.setVisible(shown is None)
        of["text"].field.setFocus()

    def confirm(self) -> None:
        words = {name: field.value() for name, field in self.fields.items()}
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        if self.shown is not None:
            self.desk.do(findings.edit_finding, **answers, id=self.shown.id, **words)
            return
        words["commitment_id"] = self.about.value()
        self.desk.do(findings.add_finding, **answers, review_id=self.review_id, **words)


class ActionDialog(Dialog):
    """Give an action on a finding."""

    def __init__(self, parent, desk, shown) -> None:
        self.desk, self.shown = desk, shown
        self.text = lines(C_("review", "Action"), shown.recommendation or shown.text)
        self.department = labelled(C_("review", "Department"), filled(""))
        self.due = day(C_("review", "Due on"))
        super().__init__(
            parent,
            C_("review", "Give an action"),
            Label(shown.text, "sec", "text2", wrap=True),
            self.text,
            beside(self.department, self.due),
            button=C_("review", "Give the action"),
            width=WIDTH,
        )
        self.department.field.setFocus()

    def confirm(self) -> None:
        if self.due.value() is None:
            raise UserError(N_("An action needs the day it is due on."))
        self.desk.do(
            findings.make_action,
            then=self.on_accepted,
            otherwise=self.on_refused,
            finding_id=self.shown.id,
            text=self.text.value(),
            department=self.department.value(),
            due_on=self.due.value(),
        )


class KeyDialog(Dialog):
    """Register the key a monitor signs with, its fingerprint compared with the monitor."""

    def __init__(self, parent, desk, people) -> None:
        self.desk = desk
        title = C_("review", "Monitor")
        options = [(one.person.id, f"{one.person.name} · {one.organisation}") for one in people]
        self.person = labelled(title, Choice(options, title, options[0][0] if options else None))
        self.key = lines(
            C_("review", "Public key or fingerprint"),
            "",
            96,
            N_("Paste the monitor’s public key, or type the fingerprint they read to you."),
        )
        self.on = day(C_("review", "Compared on"), clock.today())
        self.shown = Label("", "sec", wrap=True)
        super().__init__(
            parent,
            C_("review", "Register a monitor’s key"),
            self.person,
            self.key,
            self.shown,
            self.on,
            Label(
                N_(
                    "Compare the fingerprint by voice or on paper, not through the channel the key"
                    " came by: whoever can change the one could change the other."
                ),
                "cap",
                wrap=True,
            ),
            button=C_("review", "Register key"),
            icon="key-round",
            width=WIDTH,
        )
        self.shown.hide()
        self.key.field.textChanged.connect(self.on_typed)
        self.key.field.setFocus()

    def on_typed(self) -> None:
        """Show the fingerprint of a key that was pasted."""
        raw = signing.read_pem(self.key.value().strip().encode() + b"\n")
        if raw is not None:
            self.shown.say(N_("Its fingerprint: {words}"), words=signing.fingerprint(raw))
        self.shown.setVisible(raw is not None)
        self.adjustSize()

    def confirm(self) -> None:
        self.desk.do(
            monitors.register_key,
            then=self.on_accepted,
            otherwise=self.on_refused,
            person_id=self.person.value(),
            key=self.key.value(),
            compared_on=self.on.value(),
        )


class PublishedDialog(Dialog):
    """Transcribe an answer of a report that was published elsewhere."""

    def __init__(self, parent, desk, whole, question, commitment_id: int | None) -> None:
        self.desk, self.whole, self.question = desk, whole, question
        self.commitment_id = commitment_id
        title = C_("review", "Answer")
        options = [(one.code, one.label.said()) for one in question.answers]
        self.answer = labelled(title, Choice(options, title, options[0][0] if options else None))
        self.explanation = lines(C_("review", "Explanation"))
        self.explanation_en = lines(ENGLISH)
        self.source = labelled(C_("review", "Published report it quotes"), filled(whole.row.source))
        self.on = day(C_("review", "Published on"), whole.row.submitted_on)
        super().__init__(
            parent,
            C_("review", "Transcribe a published answer"),
            Label(question.text.said(), "sec", "text2", wrap=True),
            self.answer,
            beside(self.explanation, self.explanation_en),
            self.source,
            self.on,
            width=WIDTH,
        )
        self.answer.setVisible(bool(options))
        self.source.setEnabled(not whole.row.source)

    def confirm(self) -> None:
        if self.on.value() is None:
            raise UserError(N_("Give the day on which the report was published."))
        self.desk.do(
            answering.record_published_answer,
            then=self.on_accepted,
            otherwise=self.on_refused,
            review_id=self.whole.row.id,
            question=self.question.key,
            commitment_id=self.commitment_id,
            value=self.answer.value() or "",
            explanation=self.explanation.value(),
            explanation_en=self.explanation_en.value(),
            source=self.source.value(),
            answered_on=self.on.value(),
        )
