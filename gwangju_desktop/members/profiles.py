"""The rules a body is held to: each one a value with a day and a source, never a constant here.

A value is kept as text, so that a snapshot shows it as it is: a share "> 1/2 enrolled" (more than)
or ">= 2/3 enrolled" (at least), a fraction "6/10", a whole number "7", "yes" or "no", a word, a
number format "제{n}회". An empty number means no limit.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

import resources
from db.schema.members import BodyRule
from db.vocab import (
    BodyRuleKey,
    Confirmation,
    CountBase,
    CountMode,
    Deputies,
    Openness,
    Speakers,
    TaxMode,
    TieRule,
    WrittenBase,
)
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.rules import Share
from gwangju_desktop.text import N_, Msg

_SHARE = re.compile(r"(>=?) (\d{1,4})/(\d{1,4}) (enrolled|present|votes)")
_FRACTION = re.compile(r"(\d{1,4})/(\d{1,4})")
BAD_VALUE = N_("“{value}” is no value for this rule.")


def read_share(text: str) -> Share:
    """Read a share; raises UserError for a text that is none, or one of more than the whole."""
    found = _SHARE.fullmatch(text)
    if found is None or not 0 < int(found[2]) <= int(found[3]):
        raise UserError(BAD_VALUE, hint=N_("Write it as “> 1/2 enrolled”."), value=text)
    return Share(int(found[2]), int(found[3]), found[1] == ">", CountBase(found[4]))


def read_fraction(text: str) -> tuple[int, int] | None:
    """Read a fraction of at most the whole; empty is no limit."""
    if not text:
        return None
    found = _FRACTION.fullmatch(text)
    if found is None or not int(found[2]) > 0 or int(found[1]) > int(found[2]):
        raise UserError(BAD_VALUE, hint=N_("Write it as “6/10”."), value=text)
    return int(found[1]), int(found[2])


def read_number(text: str) -> int | None:
    """Read a whole number of days, months, years or times; empty is no limit."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise UserError(BAD_VALUE, hint=N_("Write a whole number, or nothing."), value=text)
    return int(text)


def read_amount(text: str) -> int | None:
    """Read an amount in won; empty is none."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 8):
        raise UserError(BAD_VALUE, hint=N_("Write an amount in won, figures only."), value=text)
    return int(text)


def read_flag(text: str) -> bool:
    """Read yes or no."""
    if text not in ("yes", "no"):
        raise UserError(BAD_VALUE, hint=N_("Write “yes” or “no”."), value=text)
    return text == "yes"


def read_tie(text: str) -> str:
    """Read what an even vote means."""
    return _one_of(TieRule, text)


def read_count_mode(text: str) -> str:
    """Read how days are counted."""
    return _one_of(CountMode, text)


def read_openness(text: str) -> str:
    """Read whether sittings are open to spectators."""
    return _one_of(Openness, text)


def read_deputies(text: str) -> str:
    """Read whether substitutes may come, and vote."""
    return _one_of(Deputies, text)


def read_written(text: str) -> str:
    """Read what a written resolution's majority counts from."""
    return _one_of(WrittenBase, text)


def read_confirmation(text: str) -> str:
    """Read how minutes are confirmed."""
    return _one_of(Confirmation, text)


def read_speakers(text: str) -> str:
    """Read how minutes name who spoke."""
    return _one_of(Speakers, text)


def read_tax(text: str) -> str:
    """Read how an allowance is taxed."""
    return _one_of(TaxMode, text)


def read_format(text: str) -> str:
    """Read a number format; it must hold `{n}`."""
    if "{n}" not in text or re.sub(r"\{(n|YYYY|YY)\}", "", text).count("{"):
        raise UserError(
            BAD_VALUE,
            hint=N_("Write it as “제(n)회” with n and YYYY in curly brackets."),
            value=text,
        )
    return text


def _one_of(words: Any, text: str) -> str:
    known = [str(word) for word in words]
    if text not in known:
        raise UserError(
            BAD_VALUE, hint=N_("Choose one of {known}."), value=text, known=", ".join(known)
        )
    return text


@dataclass(frozen=True, slots=True)
class Declared:
    """One rule a body may have: what it is called, and how its text is read."""

    label: Msg
    read: Callable[[str], Any]


RULES: dict[str, Declared] = {
    BodyRuleKey.QUORUM: Declared(N_("Opening quorum"), read_share),
    BodyRuleKey.DECISION: Declared(N_("Deciding majority"), read_share),
    BodyRuleKey.TIE: Declared(N_("Even vote"), read_tie),
    BodyRuleKey.RECUSED_PRESENT: Declared(N_("Recused members count as present"), read_flag),
    BodyRuleKey.NOTICE_DAYS: Declared(N_("Days of notice"), read_number),
    BodyRuleKey.MATERIAL_DAYS: Declared(N_("Days papers go out before"), read_number),
    BodyRuleKey.COUNT_MODE: Declared(N_("How days are counted"), read_count_mode),
    BodyRuleKey.MINUTES_MONTHS: Declared(N_("Months until minutes are public"), read_number),
    BodyRuleKey.TERM_YEARS: Declared(N_("Years of a term"), read_number),
    BodyRuleKey.MOST_TERMS: Declared(N_("Most appointments in a row"), read_number),
    BodyRuleKey.MOST_COMMITTEES: Declared(N_("Most committees a person"), read_number),
    BodyRuleKey.REMAINDER: Declared(N_("A vacancy is filled for the rest of the term"), read_flag),
    BodyRuleKey.CARRY_OVER: Declared(N_("Members serve until a successor is appointed"), read_flag),
    BodyRuleKey.GENDER_MOST: Declared(N_("One sex at most (of appointed)"), read_fraction),
    BodyRuleKey.YOUTH_LEAST: Declared(N_("Youth at least (of appointed)"), read_fraction),
    BodyRuleKey.NON_OFFICIALS: Declared(N_("Non-officials hold the majority"), read_flag),
    BodyRuleKey.MEETING_NUMBER: Declared(N_("Number of a meeting"), read_format),
    BodyRuleKey.ITEM_NUMBER: Declared(N_("Number of an item"), read_format),
    BodyRuleKey.OPENNESS: Declared(N_("Sittings are open"), read_openness),
    BodyRuleKey.DEPUTIES: Declared(N_("Substitutes"), read_deputies),
    BodyRuleKey.WRITTEN: Declared(N_("Majority of a written resolution"), read_written),
    BodyRuleKey.CONFIRMATION: Declared(N_("How minutes are confirmed"), read_confirmation),
    BodyRuleKey.REVIEW_DAYS: Declared(N_("Days to review draft minutes"), read_number),
    BodyRuleKey.SPEAKERS: Declared(N_("Speakers in the minutes"), read_speakers),
    BodyRuleKey.ALLOWANCE: Declared(N_("Attendance allowance (won)"), read_amount),
    BodyRuleKey.ALLOWANCE_LONG: Declared(N_("More for a long meeting (won)"), read_amount),
    BodyRuleKey.ALLOWANCE_HOURS: Declared(N_("A meeting is long after (hours)"), read_number),
    BodyRuleKey.ALLOWANCE_TAX: Declared(N_("Tax on the allowance"), read_tax),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule in force: its text, where it stands, whether somebody read it there.

    `own` says the body has it entered; else it is the default. `since` is None for a default
    without a day.
    """

    rule: str
    value: str
    source: str
    unverified: bool
    own: bool = True
    since: dt.date | None = None
    until: dt.date | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """All rules of a body on one day."""

    entries: Mapping[str, Entry]

    def value(self, rule: str) -> Any:
        """Return a rule's value: Share, (num, den), int, bool or str; None where there is no limit."""
        entry = self.entries.get(rule)
        return None if entry is None else RULES[rule].read(entry.value)

    def source(self, rule: str) -> str:
        """Return where a rule stands."""
        entry = self.entries.get(rule)
        return "" if entry is None else entry.source


@dataclass(frozen=True, slots=True)
class Template:
    """A rule profile that ships: the rules of an ordinance, each with its source."""

    key: str
    name_ko: str
    name_en: str
    source: str
    rules: Mapping[str, Entry]


@lru_cache
def templates() -> tuple[Template, ...]:
    """Return the profiles that ship (domain: 각종위원회, 기후위기대응위원회, 광주연대, 에너지위원회)."""
    return tuple(
        Template(t["key"], t["name_ko"], t["name_en"], t["source"], _entries(t["rules"]))
        for t in _data()["template"]
    )


@lru_cache
def defaults() -> Mapping[str, Entry]:
    """Return what a body without rules of its own is held to."""
    return _entries(_data()["default"], own=False)


@lru_cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.path("rules/profiles.toml").read_text("utf-8"))


def _entries(lines: Mapping[str, Any], own: bool = True) -> dict[str, Entry]:
    return {
        rule: Entry(
            rule,
            line["value"],
            line["source"],
            line.get("unverified", False),
            own,
            line.get("from"),
        )
        for rule, line in lines.items()
    }


def entry_of(row: Any) -> Entry:
    """Return a rule that a body has of its own."""
    return Entry(
        row.rule,
        row.value,
        row.source,
        row.unverified,
        True,
        row.valid_from,
        row.valid_to,
        row.id,
    )


def in_force(read: Session, body_id: int, day: dt.date) -> Profile:
    """Return the rules a body has on a day: its own, else the defaults in force on that day."""
    found = read.execute(
        select(BodyRule.__table__)
        .where(
            BodyRule.body_id == body_id,
            BodyRule.valid_from <= day,
            or_(BodyRule.valid_to.is_(None), BodyRule.valid_to >= day),
        )
        .order_by(BodyRule.valid_from)
    )
    return held(found.all(), day)


def held(own: Iterable[Any], day: dt.date) -> Profile:
    """Return the rules in force on a day from a body's own of that day, the latest last.

    Where it has none of its own, the defaults of that day hold. Pure.
    """
    entries = {
        rule: entry
        for rule, entry in defaults().items()
        if entry.since is None or entry.since <= day
    }
    for row in own:
        entries[row.rule] = entry_of(row)
    return Profile({rule: entries[rule] for rule in RULES if rule in entries})
