"""Typing one ballot by keys: what digits mean at each question, without any widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from db.vocab import MISSING, QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

ONE = frozenset({QuestionKind.SINGLE, QuestionKind.SCALE})
TYPED = frozenset({QuestionKind.NUMBER, QuestionKind.OPEN})


class Entry:
    """The answer to one question while it is typed.

    `keys` are what is typed for each option: its code where all codes are numbers, else its
    place. `given` is the answer so far: a code; a list of codes; of a ranking a list by places;
    of a grid a dict by rows; a text. `at` is the row of a grid that is next.
    """

    def __init__(self, asked) -> None:
        self.asked, self.question = asked, asked.question
        self.id = asked.question_id
        codes = [option.code for option in self.question.options]
        numbers = all(code.isdecimal() for code in codes)
        self.keys = codes if numbers else [str(n) for n in range(1, len(codes) + 1)]
        self.alone = {
            o.code for o in self.question.options if o.role in MISSING or o.role == "none"
        }
        self.buffer, self.at = "", 0
        self.given: Any = None
        self.clear()

    @property
    def kind(self) -> QuestionKind:
        """Return the kind of question."""
        return self.question.kind

    @property
    def blank(self) -> bool:
        """Say whether nothing was marked."""
        return not self.given

    def clear(self) -> None:
        """Leave the question blank."""
        self.buffer, self.at = "", 0
        empty: dict[QuestionKind, Any] = {
            QuestionKind.MULTIPLE: [],
            QuestionKind.RANKING: [],
            QuestionKind.GRID: {},
        }
        self.given = empty.get(self.kind, "")

    def type(self, digit: str) -> bool:
        """Take a digit; say whether it chose something. One that may begin a longer key waits."""
        self.buffer += digit
        longer = [key for key in self.keys if key.startswith(self.buffer)]
        if self.buffer in self.keys and len(longer) == 1:
            return self.settle()
        if not longer:
            typed, self.buffer = self.buffer, ""
            raise UserError(
                N_("There is no option {typed} here."),
                hint=N_("Type one of the numbers beside the options."),
                typed=typed,
            )
        return False

    def settle(self) -> bool:
        """Choose what was typed so far; say whether that is an option."""
        typed, self.buffer = self.buffer, ""
        if typed not in self.keys:
            return False
        self.choose(self.question.options[self.keys.index(typed)].code)
        return True

    def choose(self, code: str, part: str | None = None) -> None:
        """Choose an option, or take it back; raise UserError for one choice too many."""
        if self.kind in ONE:
            self.given = "" if self.given == code else code
        elif self.kind is QuestionKind.MULTIPLE:
            self._toggle(code)
        elif self.kind is QuestionKind.RANKING:
            self._rank(code)
        elif self.kind is QuestionKind.GRID:
            rows = [one.code for one in self.question.parts]
            at = rows.index(part) if part is not None else min(self.at, len(rows) - 1)
            self.given = {**self.given, rows[at]: code}
            self.at = min(at + 1, len(rows))

    def _toggle(self, code: str) -> None:
        if code in self.given:
            self.given = [one for one in self.given if one != code]
            return
        # None of these, don't know and no answer stand alone.
        if code in self.alone or self.alone & set(self.given):
            self.given = [code]
            return
        most = self.question.max_choices
        if most and len(self.given) >= most:
            raise UserError(
                N_("At most {most} may be chosen here."),
                hint=N_("Type the number of a marked option to take it back."),
                most=most,
            )
        order = [option.code for option in self.question.options]
        self.given = sorted([*self.given, code], key=order.index)

    def _rank(self, code: str) -> None:
        if code in self.given:
            self.given = self.given[: self.given.index(code)]
            return
        if len(self.given) >= len(self.question.parts):
            raise UserError(
                N_("All {n} places are taken."),
                hint=N_("Type the number of a ranked option to take it back."),
                n=len(self.question.parts),
            )
        self.given = [*self.given, code]

    def back(self) -> None:
        """Take back what was typed or chosen last."""
        if self.buffer:
            self.buffer = self.buffer[:-1]
        elif self.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING):
            self.given = self.given[:-1]
        elif self.kind is QuestionKind.GRID:
            rows = [one.code for one in self.question.parts]
            self.at = max(0, self.at - 1)
            self.given = {part: code for part, code in self.given.items() if part != rows[self.at]}
        else:
            self.given = ""

    def mark(self, code: str, part: str | None = None) -> str:
        """Return the sign beside an option: a tick, its place in a ranking, or nothing."""
        if self.kind is QuestionKind.RANKING:
            return str(self.given.index(code) + 1) if code in self.given else ""
        if self.kind is QuestionKind.GRID:
            return "✓" if part is not None and self.given.get(part) == code else ""
        if self.kind is QuestionKind.MULTIPLE:
            return "✓" if code in self.given else ""
        return "✓" if self.given == code else ""

    def value(self) -> Any:
        """Return the answer as a ballot keeps it, None where it is blank; UserError for no number."""
        self.settle()
        if self.blank:
            return None
        if self.kind is QuestionKind.NUMBER:
            try:
                return float(str(self.given).replace(",", ""))
            except ValueError as error:
                raise UserError(
                    N_("“{typed}” is no number."),
                    hint=N_("Type the number as it stands on the ballot."),
                    typed=self.given,
                ) from error
        if self.kind is QuestionKind.RANKING:
            empty = [None] * (len(self.question.parts) - len(self.given))
            return [*self.given, *empty]
        return self.given

    def show(self, given: Any) -> None:
        """Take an answer as a ballot keeps it."""
        self.clear()
        if given is None:
            return
        if self.kind is QuestionKind.NUMBER:
            self.given = f"{given:g}"
        elif self.kind is QuestionKind.RANKING:
            self.given = [one for one in given if one is not None]
        elif self.kind is QuestionKind.GRID:
            self.given = dict(given)
            self.at = len(self.question.parts)
        elif self.kind is QuestionKind.MULTIPLE:
            self.given = list(given)
        else:
            self.given = given


class Ballot:
    """One ballot: an entry a question, and who is asked what."""

    def __init__(self, asked: Sequence[Any]) -> None:
        self.entries = [Entry(one) for one in asked]
        self.by_id = {entry.id: entry for entry in self.entries}

    def applies(self, entry: Entry) -> bool:
        """Say whether the answers so far lead to a question."""
        before = self.by_id.get(entry.asked.ask_if_id)
        if before is None:
            return True
        if not self.applies(before):
            return False
        given = before.given
        chosen = given.values() if isinstance(given, dict) else given
        codes = {chosen} if isinstance(chosen, str) else set(chosen)
        return bool(codes & set(entry.asked.ask_if or ()))

    def step(self, at: int, by: int) -> int | None:
        """Return the next question (or, with -1, the one before) that is asked; None at the end."""
        at += by
        while 0 <= at < len(self.entries):
            if self.applies(self.entries[at]):
                return at
            at += by
        return None

    def clear(self) -> None:
        """Begin another."""
        for entry in self.entries:
            entry.clear()

    def show(self, answers: Mapping[int, Any]) -> None:
        """Take the answers of a ballot that is kept."""
        for entry in self.entries:
            entry.show(answers.get(entry.id))

    def value(self) -> dict[int, Any]:
        """Return the answers by question's id, those left blank or not asked left out."""
        found = {}
        for entry in self.entries:
            given = entry.value() if self.applies(entry) else None
            if given is not None:
                found[entry.id] = given
        return found
