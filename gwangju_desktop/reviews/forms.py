"""The official forms a monitoring body fills in, question by question, in both languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import resources
from db.vocab import ReviewKind
from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in both languages; the Korean is our translation of what the form says."""

    ko: str
    en: str

    def said(self, language: str | None = None) -> str:
        """Return it in a language, by default the one spoken."""
        return self.en if (language or text.language()) == "en" else self.ko


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer a question allows."""

    code: str
    label: Pair


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `rates` is the dimension of a commitment its answer is, or "".

    Without `answers` only words are asked for. `read` says that the English wording was read in
    `source`; where it was not, the official page is to be compared before the form is sent.
    """

    key: str
    section: Pair
    text: Pair
    per: Literal["plan", "commitment"]
    answers: tuple[Answer, ...]
    rates: str
    evidence: bool
    read: bool
    source: str

    def label(self, code: str, language: str | None = None) -> str:
        """Return what an answer is called; a code that is none is shown as it is."""
        found = next((answer for answer in self.answers if answer.code == code), None)
        return found.label.said(language) if found else code

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of its answers."""
        return tuple(answer.code for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Form:
    """An official form: `kind` is a ReviewKind."""

    kind: str
    title: Pair
    source: str
    questions: tuple[Question, ...]

    def question(self, key: str) -> Question:
        """Return a question by its key; raises UserError when the form has none such."""
        found = next((one for one in self.questions if one.key == key), None)
        if found is None:
            raise UserError(
                N_("The form “{form}” has no question {key}."), form=self.title.said(), key=key
            )
        return found

    def of_plan(self) -> tuple[Question, ...]:
        """Return the questions asked once of the plan."""
        return tuple(one for one in self.questions if one.per == "plan")

    def of_commitment(self) -> tuple[Question, ...]:
        """Return the questions asked of each commitment."""
        return tuple(one for one in self.questions if one.per == "commitment")


def form(kind: str) -> Form:
    """Return the official form of a kind; raises UserError for a round that has none."""
    found = _forms().get(kind)
    if found is None:
        raise UserError(
            N_("A round of this kind has no official form."),
            hint=N_("The inception report and the end-of-commitment report have one."),
        )
    return found


def form_of(kind: str) -> Form | None:
    """Return the official form of a kind, None for a round that has none."""
    return _forms().get(kind)


def rated(dimension: str) -> tuple[str, Question]:
    """Return the form and the question whose answer is a dimension; KeyError when none is."""
    for kind, one in _forms().items():
        for question in one.questions:
            if question.rates == dimension:
                return kind, question
    raise KeyError(dimension)


def dimensions() -> tuple[str, ...]:
    """Return every dimension a commitment is rated in, in the order of the forms."""
    return tuple(q.rates for one in _forms().values() for q in one.questions if q.rates)


@lru_cache(maxsize=1)
def _forms() -> dict[str, Form]:
    data = tomllib.loads(resources.path("commitments/forms.toml").read_text("utf-8"))
    scales = {
        name: tuple(Answer(one["code"], _pair(one)) for one in scale["answers"])
        for name, scale in data["scale"].items()
    }
    return {
        kind: Form(
            ReviewKind(kind).value,
            _pair(facts),
            facts["source"],
            tuple(_question(row, scales) for row in data["question"] if row["form"] == kind),
        )
        for kind, facts in data["form"].items()
    }


def _question(row: dict[str, Any], scales: dict[str, tuple[Answer, ...]]) -> Question:
    return Question(
        row["key"],
        Pair(row["section_ko"], row["section_en"]),
        _pair(row),
        row["per"],
        scales[row["scale"]],
        row.get("rates", ""),
        row["evidence"],
        row["read"],
        row["source"],
    )


def _pair(row: dict[str, Any]) -> Pair:
    return Pair(row["ko"], row["en"])
