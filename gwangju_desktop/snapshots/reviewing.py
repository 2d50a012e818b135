"""Texts as they go out: every find masked unless a person decided to show it, and remembered."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.snapshots import TextDecision
from db.vocab import FindKind
from gwangju_desktop.snapshots import scanning
from gwangju_desktop.snapshots.scanning import Hidden, Span

AROUND = 40  # letters told before and after a find


@dataclass(frozen=True, slots=True)
class Place:
    """Where a find stands: in one version of one text, by the mark of that version."""

    table: str
    column: str
    row_id: int
    mark: str
    start: int
    length: int

    @property
    def code(self) -> str:
        """Return twelve letters that name the find to people who type commands."""
        parts = (self.table, self.column, self.row_id, self.mark, self.start, self.length)
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a find, and why."""

    shown: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Find:
    """One find with the letters around it; `checksum` of a registration number holds or does not.

    Of a registration number, here and in the letters around, only seven digits are told.
    `decision` is None while nobody has decided: then it is masked, as when masking was decided.
    """

    place: Place
    kind: FindKind
    excerpt_before: str
    found: str
    excerpt_after: str
    checksum: bool | None
    decision: Decision | None

    @property
    def shown(self) -> bool:
        """Say whether it goes out: a registration number never does."""
        return bool(self.decision and self.decision.shown) and self.may_be_shown

    @property
    def may_be_shown(self) -> bool:
        """Say whether a person may let it out (Personal Information Protection Act, art. 24-2)."""
        return self.kind is not FindKind.RESIDENT_NUMBER


Decisions = Mapping[Place, Decision]


def mark(secret: bytes, text: str) -> str:
    """Return what stands for a version of a text, of which no word can be read from it."""
    message = b"free text\0" + scanning.plain(text).encode("utf-8", "surrogatepass")
    return hmac.digest(secret, message, hashlib.sha256).hex()


def decisions(read: Session) -> dict[Place, Decision]:
    """Return everything that was decided, of texts as they are and as they were."""
    kept = TextDecision
    query = select(
        *(kept.table_name, kept.column_name, kept.row_id, kept.text_mark, kept.start, kept.length),
        *(kept.shown, kept.reason),
    )
    return {Place(*row[:6]): Decision(row[6], row[7]) for row in read.execute(query)}


@dataclass(slots=True)
class Reviewer:
    """Reviews the texts of one copy; counts by table.column what it masked, keeps every find.

    `blanked` maps each text in which something is shown to the same text with that masked too: in
    it a word that was let out here is looked for like any other.
    """

    secret: bytes
    decided: Decisions
    words: Hidden
    finds: list[Find] = field(default_factory=list)
    masked: dict[str, int] = field(default_factory=dict)
    blanked: dict[str, str] = field(default_factory=dict)

    @classmethod
    def without_decisions(cls, words: Hidden) -> Self:
        """Return one that masks whatever it finds."""
        return cls(b"", {}, words)

    def clean(self, values: Collection[str], *, free: bool) -> dict[str, str | None]:
        """Return each text as it goes out if nothing is found in it, else None."""
        words = self.words if free else _NONE
        if scanning.harmless(values, words):
            return {value: value for value in values}
        texts = {value: scanning.plain(value) for value in values}
        return {v: None if scanning.spans(text, words) else text for v, text in texts.items()}

    def text(self, where: tuple[str, str, int], value: str, *, free: bool) -> str:
        """Return a text as it goes out; `where` is its table, column and row.

        In a `free` one hidden words are looked for too; the others are names themselves.
        """
        text = scanning.plain(value)
        found = scanning.spans(text, self.words if free else _NONE)
        if not found:
            return text
        finds = self._finds(where, text, found)
        # A row without an id of its own cannot be named, hence not be decided on.
        if where[2]:
            self.finds += finds.values()
        out, count = scanning.masked(text, found, lambda span: finds[span].shown)
        if count:
            column = f"{where[0]}.{where[1]}"
            self.masked[column] = self.masked.get(column, 0) + count
        if count < len(found):
            self.blanked[out] = scanning.masked(text, found)[0]
        return out

    def _finds(self, where: tuple[str, str, int], text: str, found: list[Span]) -> dict[Span, Find]:
        version, told = mark(self.secret, text), text
        for span in found:
            if span.kind is FindKind.RESIDENT_NUMBER:
                told = told[: span.start] + starred(text[span.start : span.end]) + told[span.end :]
        return {
            span: Find(
                place := Place(*where, version, span.start, span.length),
                span.kind,
                told[max(span.start - AROUND, 0) : span.start],
                told[span.start : span.end],
                told[span.end : span.end + AROUND],
                scanning.checksum_holds(text[span.start : span.end])
                if span.kind is FindKind.RESIDENT_NUMBER
                else None,
                self.decided.get(place),
            )
            for span in found
        }

    def let_out(self) -> set[str]:
        """Return the hidden words that go out because a person decided so."""
        shown = {find.found for find in self.finds if find.shown}
        return shown.union(*map(self.words.within, shown))


_NONE = Hidden()


def starred(number: str) -> str:
    """Return a registration number with all digits but the first seven starred."""
    digits, letters = 0, []
    for letter in number:
        digits += letter.isdigit()
        letters.append("*" if letter.isdigit() and digits > 7 else letter)
    return "".join(letters)
