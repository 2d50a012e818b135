"""A question as somebody draws it up: checked for what its kind needs, and made ready to keep."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.vocab import MISSING, OptionRole, QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import required, tidy
from gwangju_desktop.text import N_, Msg

OPTION_FIELDS = ("code", "label", "label_en", "role", "value")
PART_FIELDS = ("code", "label", "label_en")
# What was asked; a change of it after the first answer is another edition.
SUBSTANCE = ("code", "kind", "wording", "max_choices", "low", "high")
# What it is called here; none of it was before the eyes of who answered.
NAMING = ("title", "title_en", "wording_en", "attribute", "sensitive")
FIELDS = (*SUBSTANCE, *NAMING)

WITH_OPTIONS = frozenset(QuestionKind) - {QuestionKind.NUMBER, QuestionKind.OPEN}
WITH_PARTS = frozenset({QuestionKind.RANKING, QuestionKind.GRID})

NO_CODE = N_("A question needs a code.")
NO_OPTIONS = N_("The question “{code}” has no options.")
ADD_OPTIONS = N_("Add what may be chosen.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A question ready to be kept: its columns, and those of its options and parts in order."""

    fields: dict[str, Any]
    options: tuple[dict[str, Any], ...]
    parts: tuple[dict[str, Any], ...]


def draft(
    fields: Mapping[str, Any],
    options: Iterable[Mapping[str, Any]],
    parts: Iterable[Mapping[str, Any]],
) -> Draft:
    """Check a question and fill in what follows from the rest; raise UserError for what is wrong.

    The points of a scale, where none are given, are its codes if these are numbers, else 1, 2, ….
    """
    kept = tidy(fields, FIELDS)
    kept["code"] = code = required(kept.get("code", ""), NO_CODE)
    kind = kept["kind"] = QuestionKind(kept["kind"]).value
    kept["wording_hash"] = wording_hash(kept.get("wording", ""))
    given = [_option(code, one) for one in options]
    rows = [_part(code, one) for one in parts]
    _refuse_twice(code, given, N_("The question “{code}” has two options with the code “{twice}”."))
    _refuse_twice(code, rows, N_("The question “{code}” has two rows with the code “{twice}”."))
    if kind in WITH_OPTIONS and not given:
        raise UserError(NO_OPTIONS, hint=ADD_OPTIONS, code=code)
    if kind not in WITH_OPTIONS and given:
        raise UserError(
            N_("The question “{code}” is answered without options."),
            hint=N_("Remove the options or choose another kind of question."),
            code=code,
        )
    # The rows of a grid may be scales; then its options have points, never made up here.
    pointed = kind == QuestionKind.GRID and any(o["value"] is not None for o in given)
    if kind == QuestionKind.SCALE or pointed:
        _give_points(code, given)
    else:
        for option in given:
            option["value"] = None
    _check_parts(code, kind, given, rows)
    kept["max_choices"] = _most(code, kind, given, kept.get("max_choices"))
    kept["low"], kept["high"] = _bounds(code, kind, kept.get("low"), kept.get("high"))
    return Draft(kept, tuple(given), tuple(rows))


def wording_hash(wording: str) -> str:
    """Return by what one wording is told from another; "" where there is none.

    Blanks count for nothing, nor do letters composed otherwise: spreadsheets break lines in the
    middle of a Korean word.
    """
    letters = "".join(unicodedata.normalize("NFC", wording).split())
    return hashlib.sha256(letters.encode()).hexdigest() if letters else ""


def evened(text: str) -> str:
    """Return a text with its letters composed (NFC) and one blank between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _option(code: str, given: Mapping[str, Any]) -> dict[str, Any]:
    kept = {"label_en": "", "role": OptionRole.NORMAL, "value": None} | tidy(given, OPTION_FIELDS)
    kept["role"] = OptionRole(kept["role"]).value
    return _named(code, kept, N_("An option of the question “{code}” has no code or no words."))


def _part(code: str, given: Mapping[str, Any]) -> dict[str, Any]:
    kept = {"label_en": ""} | tidy(given, PART_FIELDS)
    return _named(code, kept, N_("A row of the question “{code}” has no code or no words."))


def _named(code: str, kept: dict[str, Any], message: Msg) -> dict[str, Any]:
    if not kept.get("code") or not kept.get("label"):
        raise UserError(message, hint=N_("Fill both in."), code=code)
    return kept


def _refuse_twice(code: str, rows: Sequence[Mapping[str, Any]], message: Msg) -> None:
    for found, n in Counter(row["code"] for row in rows).items():
        if n > 1:
            raise UserError(message, hint=N_("Give each its own code."), code=code, twice=found)


def _give_points(code: str, options: list[dict[str, Any]]) -> None:
    points = [o for o in options if o["role"] == OptionRole.NORMAL]
    for option in options:
        if option["role"] != OptionRole.NORMAL:
            option["value"] = None
    if not points:
        raise UserError(NO_OPTIONS, hint=ADD_OPTIONS, code=code)
    if all(option["value"] is None for option in points):
        numbers = [_number(option["code"]) for option in points]
        for n, (option, number) in enumerate(zip(points, numbers, strict=True), 1):
            option["value"] = float(n) if None in numbers else number
    values = [option["value"] for option in points]
    if None in values or len(set(values)) < len(values):
        raise UserError(
            N_("Each point of the scale “{code}” needs a value of its own."),
            hint=N_("Correct the values of its options."),
            code=code,
        )
    for option in points:
        option["value"] = float(option["value"])


def _number(code: str) -> float | None:
    try:
        return float(int(code))
    except ValueError:
        return None


def _check_parts(
    code: str,
    kind: str,
    options: Sequence[Mapping[str, Any]],
    parts: Sequence[Mapping[str, Any]],
) -> None:
    if kind not in WITH_PARTS:
        if parts:
            raise UserError(
                N_("The question “{code}” is of a kind that has no rows."),
                hint=N_("Remove the rows or choose another kind of question."),
                code=code,
            )
        return
    if not parts:
        missing = {
            QuestionKind.RANKING: N_("The question “{code}” has no places to rank."),
            QuestionKind.GRID: N_("The question “{code}” has no rows."),
        }
        raise UserError(missing[QuestionKind(kind)], hint=N_("Add at least one."), code=code)
    real = sum(option["role"] not in MISSING for option in options)
    if kind == QuestionKind.RANKING and len(parts) > real:
        raise UserError(
            N_("The question “{code}” asks for {places} places among {options} options."),
            hint=N_("Remove places or add options."),
            code=code,
            places=len(parts),
            options=real,
        )


def _most(
    code: str, kind: str, options: Sequence[Mapping[str, Any]], most: int | None
) -> int | None:
    if kind != QuestionKind.MULTIPLE or most is None:
        return None
    if not 1 <= most <= len(options):
        raise UserError(
            N_("Up to {most} of {options} options cannot be chosen at the question “{code}”."),
            hint=N_("Correct how many may be chosen at most."),
            code=code,
            most=most,
            options=len(options),
        )
    return most


def _bounds(
    code: str, kind: str, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    if kind != QuestionKind.NUMBER:
        return None, None
    if low is not None and high is not None and low > high:
        raise UserError(
            N_("The smallest number of “{code}” is above its largest."),
            hint=N_("Correct the bounds."),
            code=code,
        )
    return low, high
