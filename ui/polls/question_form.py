"""The form of one question: its words, how it is answered, and what there is to choose."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import questions
from gwangju_desktop.polls.words import KINDS
from ui import theme
from ui.polls.option_lines import Lines, role_line
from ui.polls.series_forms import filled
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, Dialog, Field, Labelled, NumberField
from ui.widgets.forms import Lines as Paragraph
from ui.widgets.parts import Button, Icon, Label, row

WITH_PARTS = {
    QuestionKind.RANKING: C_("poll form", "Places"),
    QuestionKind.GRID: C_("poll form", "Rows"),
}
WITHOUT_OPTIONS = frozenset({QuestionKind.NUMBER, QuestionKind.OPEN})
# A scale of agreement in five points, from the lowest.
AGREEMENT = (
    C_("poll scale", "Strongly disagree"),
    C_("poll scale", "Disagree"),
    C_("poll scale", "Neither agree nor disagree"),
    C_("poll scale", "Agree"),
    C_("poll scale", "Strongly agree"),
)
PLACE = C_("poll form", "Place {n}")
WIDTH, WRAPPED = 784, 640


class QuestionForm(Dialog):
    """A question of a series' bank; `row_` is the `QuestionRow` of one that is there.

    Where people have answered it already, saving keeps what they were asked and makes another
    edition.
    """

    edits = ("poll_question", "row")

    def __init__(self, parent, desk, poll_id: int, code: str = "", row_=None) -> None:
        self.desk, self.poll_id, self.row = desk, poll_id, row_
        self._make_words(row_, code)
        self._make_answers(row_)
        locked = row_ is not None and row_.locked
        said = Label(
            N_(
                "People have answered this question. A change of its words or options makes a new"
                " edition for waves to come; the answers stay with the old one."
            ),
            "sec",
            wrap=True,
        )
        # A window is never lower than its wrapped lines would be at their least width.
        for wrapped in (said, self.options.help, self.consent):
            wrapped.setMinimumWidth(theme.px(WRAPPED))
        self.lock = row(Icon("lock", "warn"), (said, 1))
        super().__init__(
            parent,
            N_("Change the question") if row_ else N_("New question"),
            self.lock,
            row(self.code, self.kind, self.most, self.low, self.high, None, gap=12),
            self.title,
            self.title_en,
            self.wording,
            self.wording_en,
            self.options,
            self.parts,
            row(self.attribute, self.sensitive, self.english, None, gap=18),
            self.consent,
            width=WIDTH,
        )
        self.lock.setVisible(locked)
        self.kind.field.currentIndexChanged.connect(self.on_kind)
        self.english.clicked.connect(self.on_english)
        self.sensitive.clicked.connect(self.on_sensitive)
        self.on_kind()
        self.on_english()
        self.on_sensitive()
        (self.title if code or row_ else self.code).field.setFocus()
        # What was hidden just now counts only once the form is shown.
        QTimer.singleShot(0, self, self.adjustSize)

    def _make_words(self, question, code: str) -> None:
        self.code = Labelled(C_("poll form", "Code"), Field("", C_("poll form", "Code"), width=96))
        self.code.field.setText(question.code if question else code)
        self.kind = Labelled(
            C_("poll form", "Kind"),
            Choice(
                [(one.value, KINDS[one]) for one in QuestionKind],
                C_("poll form", "Kind"),
                question.kind.value if question else QuestionKind.SINGLE.value,
                width=150,
            ),
        )
        self.title = filled(
            C_("poll form", "Short title"),
            question.title if question else "",
            hint=N_("As it stands in lists and charts"),
        )
        self.title_en = filled(
            C_("poll form", "Title in English"), question.title_en if question else ""
        )
        self.wording = Labelled(
            C_("poll form", "Wording"),
            Paragraph(C_("poll form", "Wording"), question.wording if question else "", height=60),
        )
        self.wording_en = Labelled(
            C_("poll form", "Wording in English"),
            Paragraph(
                C_("poll form", "Wording in English"),
                question.wording_en if question else "",
                height=60,
            ),
        )
        self.attribute = Check(
            N_("Tables can be split by it"), bool(question and question.attribute)
        )
        self.sensitive = Check(C_("poll form", "Sensitive"), bool(question and question.sensitive))
        self.english = Check(N_("English too"), _bilingual(question))
        self.consent = Label(
            N_(
                "Political opinion, health and the like need a consent of their own"
                " (Personal Information Protection Act, article 23)."
            ),
            "cap",
            "warn",
            wrap=True,
        )

    def _make_answers(self, question) -> None:
        most = C_("poll form", "Choices at most")
        self.most = Labelled(
            most,
            NumberField(most, question.max_choices if question else None, low=1, high=99, width=96),
        )
        low, high = C_("poll form", "Smallest number"), C_("poll form", "Largest number")
        self.low = Labelled(low, Field("", low, width=96))
        self.high = Labelled(high, Field("", high, width=96))
        self.five = Button(C_("poll form", "Five points"), "link", slot=self.on_five)
        self.options = Labelled(
            C_("poll form", "Options"),
            Lines(
                C_("poll form", "Add an option"),
                self.five,
                Button(C_("poll form", "+ Don’t know"), "link", slot=self.on_dont_know),
                Button(C_("poll form", "+ No answer"), "link", slot=self.on_no_answer),
                Button(C_("poll form", "+ None"), "link", slot=self.on_none),
                Button(C_("poll form", "+ Other"), "link", slot=self.on_other),
                roles=True,
            ),
            help=say(N_("Enter begins the next line, a pasted list becomes lines, Alt+↑↓ moves.")),
        )
        self.parts = Labelled(
            C_("poll form", "Rows"), Lines(C_("poll form", "Add a row"), roles=False)
        )
        for field in (self.options.field, self.parts.field):
            field.add.setAutoDefault(False)
        if question is None:
            self.options.field.show_lines([None, None])
            return
        for bound, value in ((self.low, question.low), (self.high, question.high)):
            bound.field.setText("" if value is None else f"{value:g}")
        self.options.field.show_lines(
            {
                "code": one.code,
                "label": one.label,
                "label_en": one.label_en,
                "role": one.role.value,
                "value": one.value,
            }
            for one in question.options
        )
        self.parts.field.show_lines(
            {"code": one.code, "label": one.label, "label_en": one.label_en}
            for one in question.parts
        )

    def adjustSize(self) -> None:
        """Be no higher than the parts that are shown."""
        super().adjustSize()
        if self.scroller is None:
            self.resize(self.width(), min(self.height(), self._least(self.width())))

    # --- slots
    def on_kind(self, *_chosen) -> None:
        """Show what this kind of question has."""
        kind = QuestionKind(self.kind.field.value())
        self.most.setVisible(kind is QuestionKind.MULTIPLE)
        self.low.setVisible(kind is QuestionKind.NUMBER)
        self.high.setVisible(kind is QuestionKind.NUMBER)
        self.options.setVisible(kind not in WITHOUT_OPTIONS)
        self.five.setVisible(kind in (QuestionKind.SCALE, QuestionKind.GRID))
        # The rows of a grid may be scales, whose means need the points.
        self.options.field.show_more(points=kind in (QuestionKind.SCALE, QuestionKind.GRID))
        self.parts.setVisible(kind in WITH_PARTS)
        if kind in WITH_PARTS:
            self.parts.label.say(WITH_PARTS[kind])
            if not self.parts.field.lines:
                self._begin_parts(kind)
        self.adjustSize()

    def _begin_parts(self, kind: QuestionKind) -> None:
        """Begin with three places of a ranking, or an empty row of a grid."""
        places = range(1, 4) if kind is QuestionKind.RANKING else ()
        self.parts.field.show_lines(
            [{"code": str(n), "label": say(PLACE, n=n)} for n in places] or [None]
        )

    def on_english(self) -> None:
        """Show the fields for the words in English."""
        english = self.english.value()
        self.title_en.setVisible(english)
        self.wording_en.setVisible(english)
        self.options.field.show_more(english=english)
        self.parts.field.show_more(english=english)
        self.adjustSize()

    def on_sensitive(self) -> None:
        self.consent.setVisible(self.sensitive.value())
        self.adjustSize()

    def on_five(self) -> None:
        """Fill in a scale of agreement."""
        self.options.field.show_lines(
            {"code": str(n), "label": say(words), "value": float(n)}
            for n, words in enumerate(AGREEMENT, 1)
        )
        self.options.field.fit()

    def on_dont_know(self) -> None:
        role_line(self.options.field, OptionRole.DONT_KNOW, "98")

    def on_no_answer(self) -> None:
        role_line(self.options.field, OptionRole.NO_ANSWER, "99")

    def on_none(self) -> None:
        role_line(self.options.field, OptionRole.NONE, "97")

    def on_other(self) -> None:
        role_line(self.options.field, OptionRole.OTHER, "96")

    def values(self) -> dict[str, object]:
        """Return the question as the use cases take it."""
        kind = QuestionKind(self.kind.field.value())
        return {
            "code": self.code.value(),
            "kind": kind.value,
            "title": self.title.value(),
            "title_en": self.title_en.value(),
            "wording": self.wording.value(),
            "wording_en": self.wording_en.value(),
            "options": [] if kind in WITHOUT_OPTIONS else self.options.value(),
            "parts": self.parts.value() if kind in WITH_PARTS else [],
            "max_choices": self.most.value() if kind is QuestionKind.MULTIPLE else None,
            "low": _bound(self.low) if kind is QuestionKind.NUMBER else None,
            "high": _bound(self.high) if kind is QuestionKind.NUMBER else None,
            "attribute": self.attribute.value(),
            "sensitive": self.sensitive.value(),
        }

    def confirm(self) -> None:
        usecase = questions.edit_question if self.row else questions.add_question
        more = {"id": self.row.id} if self.row else {"poll_id": self.poll_id}
        self.desk.do(
            usecase, then=self.on_accepted, otherwise=self.on_refused, **more, **self.values()
        )


def _bound(field: Labelled) -> float | None:
    """Return a bound; raise UserError when it is no number."""
    typed = field.value().replace(",", "")
    if not typed:
        return None
    try:
        return float(typed)
    except ValueError as error:
        message = N_("This is not a number: {typed}")
        field.wrong(say(message, typed=typed))
        raise UserError(message, typed=typed) from error


def _bilingual(question) -> bool:
    """Say whether a question has words in English."""
    if question is None:
        return False
    inner = (one.label_en for one in (*question.options, *question.parts))
    return any((question.title_en, question.wording_en, *inner))
