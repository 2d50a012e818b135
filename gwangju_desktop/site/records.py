"""What the registers' pages share: what is withheld and why, days left, records as links."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gwangju_desktop.site.copy import Copy, Record, text_of
from gwangju_desktop.site.marked import Marked
from gwangju_desktop.text import C_, NN_, Msg, Words

WITHHELD = C_("site", "Not published")
_LEFT = NN_("{n} day left", "{n} days left")
_OVER = NN_("{n} day overdue", "{n} days overdue")
_TODAY = C_("site", "Due today")
_IN = NN_("in {n} day", "in {n} days")
_ON_DAY = C_("site", "Today")
SOON_DAYS = 7
# What may stand in an address as it is; another number would need signs that links must escape.
_PLAIN = re.compile(r"[0-9A-Za-z가-힣][0-9A-Za-z가-힣_-]{0,79}")
_FROM = ("proposal", "item", "action", "finding", "commitment", "review_finding")
_TO = ("proposal", "item", "action", "indicator", "commitment")


@dataclass(frozen=True, slots=True)
class Left:
    """How long until a day, or how long since; `tone` is "bad", "warn", "ok" or ""."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Place:
    """A record as a link: what it is, its title, its page ("" where it has none)."""

    kind: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The copy in one language, as the registers' pages ask for it."""

    copy: Copy
    say: Words
    texts: Marked = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", Marked(self.say))

    @property
    def language(self) -> str:
        """Return the pages' language."""
        return self.say.language

    def facts(self, **more: Any) -> dict[str, Any]:
        """Return what every template of the registers is given, and more."""
        own = self.texts
        return {
            "own": own.own,
            "paragraphs": own.paragraphs,
            "marked": own.marked,
            "ground": self.ground,
            "withheld": self.say(WITHHELD),
            **more,
        }

    def text(self, row: Record, name: str) -> str:
        """Return a paired text in the pages' language."""
        return text_of(row, name, self.language)

    def word(self, table: str, column: str, code: object) -> str:
        """Return what the copy calls a closed word."""
        return self.copy.word(table, column, code, self.language)

    def ground(self, table: str, column: str) -> str:
        """Return why values of a column were withheld, "" where none were."""
        grounds = [
            str(row[f"ground_{self.language}"])
            for row in self.copy.by("withheld", "table_name", table)
            if row["column_name"] == column and row["count"]
        ]
        return " ".join(dict.fromkeys(grounds))

    def left(self, value: object, *, ahead: bool = False) -> Left | None:
        """Say how many days are left to a day of the copy, or over; None for no day.

        `ahead` says when something takes place, instead of by when it is due.
        """
        day = day_of(value)
        if day is None:
            return None
        n = (day - self.copy.day).days
        if ahead:
            return Left(self.say(_ON_DAY) if n == 0 else self.say(_IN, n=n), "info")
        if n < 0:
            return Left(self.say(_OVER, n=-n), "bad")
        if n == 0:
            return Left(self.say(_TODAY), "warn")
        return Left(self.say(_LEFT, n=n), "warn" if n <= SOON_DAYS else "")

    def place(self, kind: str, code: object) -> Place | None:
        """Return a record as a link, None for one the copy does not have."""
        table = _TABLES.get(kind, kind)
        row = self.copy.one(table, code)
        return _PLACES[kind](self, row) if row else None

    def thread(self, kind: str, code: object) -> tuple[list[Place], list[Place]]:
        """Return what a record came from and what it led to, by the links people made."""
        before = self._ends("thread_link", f"to_{kind}_id", code, "from", _FROM)
        after = self._ends("thread_link", f"from_{kind}_id", code, "to", _TO)
        return before, after

    def _ends(
        self, table: str, column: str, code: object, side: str, kinds: tuple[str, ...]
    ) -> list[Place]:
        found = []
        for row in self.copy.by(table, column, code):
            for kind in kinds:
                place = self.place(kind, row.get(f"{side}_{kind}_id"))
                if place is not None:
                    found.append(place)
        return list(dict.fromkeys(found))


def day_of(value: object) -> dt.date | None:
    """Read a day or the day of a moment of the copy, None for none."""
    return dt.date.fromisoformat(str(value)[:10]) if value else None


def latest(*values: object) -> dt.date | None:
    """Return the last of some days, None where there is none."""
    return max((day for day in map(day_of, values) if day is not None), default=None)


def in_order(rows: list[Record]) -> list[Record]:
    """Return rows by their position, then their code."""
    return sorted(rows, key=lambda row: (row.get("position") or 0, str(row["id"])))


def joined(*texts: object) -> str:
    """Return texts as the search finds a page by them."""
    return " ".join(str(text) for text in texts if text not in (None, ""))


def meeting_title(pages: Pages, row: Record) -> str:
    """Return what a meeting is called; on English pages by its kind, number and day."""
    if pages.language == "ko" and row.get("title"):
        return str(row["title"])
    kind = pages.word("meeting", "kind", row["kind"])
    number = f" {row['number']}" if row.get("number") else ""
    return f"{kind}{number} ({str(row['starts_at'])[:10]})"


def meeting_address(code: object) -> str:
    """Return the address of a meeting's page."""
    return f"meetings/{code}.html"


def item_title(pages: Pages, row: Record) -> str:
    """Return what an item is called; one of a closed sitting by the title that is open."""
    return str(row.get("title") or row.get("open_title") or pages.say(WITHHELD))


def proposal_title(pages: Pages, row: Record) -> str:
    """Return a proposal's title, or that it is not published."""
    return str(row.get("title") or pages.say(WITHHELD))


def proposal_address(row: Record) -> str:
    """Return the address of a proposal's page: its public number, or its code."""
    return f"proposals/{_name(row.get('number'), row['id'])}.html"


def commitment_address(row: Record) -> str:
    """Return the address of a commitment's page: its public code, or the copy's own."""
    return f"commitments/{_name(row.get('code'), row['id'])}.html"


def _name(public: object, code: object) -> str:
    said = str(public or "")
    # A page of the section itself has its own address.
    taken = said in ("index", "form")
    return said if _PLAIN.fullmatch(said) and not taken else str(code)


_TABLES = {
    "item": "agenda_item",
    "finding": "poll_finding",
}
_PROPOSAL = C_("site record", "Proposal")
_ITEM = C_("site record", "Agenda item")
_ACTION = C_("site record", "Action")
_FINDING = C_("site record", "Poll finding")
_COMMITMENT = C_("site record", "Commitment")
_REVIEW = C_("site record", "Finding of the monitors")
_INDICATOR = C_("site record", "Indicator")


def _of_proposal(pages: Pages, row: Record) -> Place:
    said = f"{row['number']} {proposal_title(pages, row)}" if row.get("number") else ""
    return _said(pages, _PROPOSAL, said, proposal_address(row))


def _of_item(pages: Pages, row: Record) -> Place:
    address = f"{meeting_address(row['meeting_id'])}#item-{row['id']}"
    return _said(pages, _ITEM, item_title(pages, row), address)


def _of_action(pages: Pages, row: Record) -> Place:
    address = f"meetings/actions.html#action-{row['id']}"
    return _said(pages, _ACTION, str(row.get("text") or ""), address)


def _of_finding(pages: Pages, row: Record) -> Place:
    asked = pages.copy.one("wave_question", row["wave_question_id"])
    wave = pages.copy.one("poll_wave", asked.get("wave_id"))
    address = f"polls/{wave['poll_id']}/{wave['id']}.html#q-{asked['id']}" if wave else ""
    return _said(pages, _FINDING, str(row.get("sentence") or ""), address)


def _of_commitment(pages: Pages, row: Record) -> Place:
    said = f"{row['code']} {pages.text(row, 'title')}"
    return _said(pages, _COMMITMENT, said, commitment_address(row))


def _of_review(pages: Pages, row: Record) -> Place:
    held = pages.copy.one("commitment", row.get("commitment_id"))
    address = f"{commitment_address(held)}#findings" if held else ""
    return _said(pages, _REVIEW, pages.text(row, "text"), address)


def _of_indicator(pages: Pages, row: Record) -> Place:
    return _said(pages, _INDICATOR, pages.text(row, "name"), f"energy/{row['code']}.html")


def _said(pages: Pages, kind: Msg, title: str, address: str) -> Place:
    return Place(pages.say(kind), title or pages.say(WITHHELD), address)


_PLACES: dict[str, Callable[[Pages, Record], Place]] = {
    "proposal": _of_proposal,
    "item": _of_item,
    "action": _of_action,
    "finding": _of_finding,
    "commitment": _of_commitment,
    "review_finding": _of_review,
    "indicator": _of_indicator,
}
