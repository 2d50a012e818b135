"""What leaves the office: one action for every column, and how each action is carried out."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import string
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import Any

import resources
from db import vocab
from db.vocab import Profile
from gwangju_desktop import clock
from gwangju_desktop.snapshots import scanning

ACTIONS = ("keep", "code", "bucket", "review", "drop", "omit")
SHOWN = ("keep", "code", "bucket", "review")
RULES = (
    "seated",
    "public_paper",
    "public_file",
    "public_evidence",
    "open_item",
    "published",
    "received",
    "consented",
    "reply_published",
    "named",
    "of_named",
    "open_file",
    "enough_alike",
)
# A rule of PUBLIC that lets out a part of what the rule of MONITOR does, by the latter.
STRICTER = {"seated": ("named",), "public_file": ("open_file",)}
# What these hold back are whole texts: their words are everybody's.
WHOLE_TEXTS = ("received", "consented", "reply_published", "public_evidence", "enough_alike")
OPTIONS = {"only", "sought", "named", "of", "ko", "en"}
SAME = "same"
SHORTEST_SOUGHT = 4
# Among thousands of proposers names of two letters are words as well.
SHORTEST_NAMED = 3

_BASE32 = string.ascii_uppercase + "234567"
_CLOSED_WORDS = frozenset(
    str(member)
    for enum in vars(vocab).values()
    if isinstance(enum, type) and issubclass(enum, StrEnum)
    for member in enum
)


class PolicyGap(Exception):
    """The policy and the tables disagree; nothing may be built until somebody decides."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a column is treated as it is, in both languages."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class ColumnPolicy:
    """What happens to one column; `only` is a rule its row must pass, `of` the table it refers to.

    A `named` one holds names, which are looked for in free texts though they are short.
    """

    name: str
    action: str
    ground: str
    ko: str
    en: str
    only: str = ""
    sought: bool = False
    named: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class TablePolicy:
    """What happens to one table; `label` is the column that names a row to people.

    `needs` is a link that must lead to a row for its own row to be disclosed, if any.
    """

    name: str
    ko: str
    en: str
    label: str
    columns: tuple[ColumnPolicy, ...]
    needs: ColumnPolicy | None = None

    @property
    def shown(self) -> tuple[ColumnPolicy, ...]:
        """Return the columns that go into a snapshot."""
        return tuple(c for c in self.columns if c.action in SHOWN)


@dataclass(frozen=True, slots=True)
class Policy:
    """The disclosure policy for one profile; `version` goes into every manifest."""

    version: int
    profile: Profile
    grounds: Mapping[str, Ground]
    tables: Mapping[str, TablePolicy]
    smallest: int

    def k(self, chosen: int | None) -> int:
        """Return below how many people nothing is told: what the office chose, and never less."""
        return max(self.smallest, chosen or 0)

    def check(self, columns: Mapping[str, Iterable[str]]) -> None:
        """Compare with the tables as they are; raises PolicyGap naming every column that differs."""
        here = {f"{t.name}.{c.name}" for t in self.tables.values() for c in t.columns}
        there = {f"{table}.{name}" for table, names in columns.items() for name in names}
        if here != there:
            missing, gone = sorted(there - here), sorted(here - there)
            raise PolicyGap(f"not in the policy: {missing}; no longer in the tables: {gone}")


def load(profile: Profile = Profile.MONITOR) -> Policy:
    """Read the policy for a profile; raises PolicyGap where a line says nothing that can be done.

    A line of PUBLIC that would show more than MONITOR's is such a one.
    """
    data = tomllib.loads(resources.path("disclosure.toml").read_text(encoding="utf-8"))
    smallest = data["limit"]["smallest_group"]["value"]
    grounds = {
        code: Ground(
            **{tongue: said.replace("{k}", str(smallest)) for tongue, said in words.items()}
        )
        for code, words in data["ground"].items()
    }
    tables = {name: _table(name, entry, grounds, profile) for name, entry in data["table"].items()}
    return Policy(data["version"], profile, grounds, tables, smallest)


def shows_no_more(public: ColumnPolicy, monitor: ColumnPolicy) -> bool:
    """Say whether a column's treatment in PUBLIC shows nothing that MONITOR's holds back."""
    if public.action not in SHOWN:
        return True
    if public.action != monitor.action and not (
        monitor.action == "keep" and public.action in ("bucket", "review")
    ):
        return False
    return monitor.only in ("", public.only) or public.only in STRICTER.get(monitor.only, ())


def _table(
    name: str, entry: dict[str, Any], grounds: Mapping[str, Ground], profile: Profile
) -> TablePolicy:
    whole = entry.get("public")
    out = whole.get("drop") if isinstance(whole, dict) and len(whole) == 1 else None
    if whole != SAME and out not in grounds:
        raise PolicyGap(f"{name}: what of it is public is not said")
    columns = tuple(
        _treated(name, c, line, grounds, whole if profile is Profile.PUBLIC else None)
        for c, line in entry["column"].items()
    )
    label = entry.get("label", "")
    if label not in [c.name for c in columns if c.action in SHOWN]:
        if label and profile is Profile.MONITOR:
            raise PolicyGap(f"{name}: the label {label} is not disclosed")
        label = ""
    needs = next((c for c in columns if c.name == entry.get("needs")), None)
    if "needs" in entry and not (needs and needs.of):
        raise PolicyGap(f"{name}: {entry['needs']} is no link to another table")
    return TablePolicy(name, entry["ko"], entry["en"], label, columns, needs)


def _treated(
    table: str,
    name: str,
    line: dict[str, Any],
    grounds: Mapping[str, Ground],
    whole: str | dict[str, str] | None,
) -> ColumnPolicy:
    """Return a column's treatment: MONITOR's where `whole` is None, else PUBLIC's.

    `whole` is what the policy says of the whole table in PUBLIC.
    """
    rest = {key: value for key, value in line.items() if key != "public"}
    monitor = _column(table, name, rest, grounds)
    own = line.get("public")
    public = monitor
    if own is not None:
        kept: dict[str, Any] = {key: rest[key] for key in ("ko", "en", "of") if key in rest}
        public = _column(table, name, {**kept, **own}, grounds, sought=monitor.action == "drop")
    if not shows_no_more(public, monitor) or (own is not None and whole not in (None, SAME)):
        raise PolicyGap(f"{table}.{name}: {line}")
    if isinstance(whole, dict) and monitor.action in SHOWN:
        # Values that MONITOR shows stand in other places too, so they are not searched for.
        return replace(monitor, action="drop", ground=whole["drop"], only="", sought=False)
    return monitor if whole is None else public


def _column(
    table: str,
    name: str,
    line: dict[str, Any],
    grounds: Mapping[str, Ground],
    *,
    sought: bool = True,
) -> ColumnPolicy:
    """Return what a line says; `sought` tells whether what it drops is searched for unasked."""
    actions = [word for word in line if word in ACTIONS]
    unknown = set(line) - OPTIONS - set(ACTIONS)
    ground = line[actions[0]] if actions else ""
    known_rule = line.get("only", "") in ("", *RULES)
    if len(actions) != 1 or unknown or ground not in grounds or not known_rule:
        raise PolicyGap(f"{table}.{name}: {line}")
    action = actions[0]
    return ColumnPolicy(
        name=name,
        action=action,
        ground=ground,
        ko=line["ko"],
        en=line["en"],
        only=line.get("only", ""),
        sought=(action == "drop" and sought) or bool(line.get("sought")),
        named=bool(line.get("named")),
        of=line.get("of", ""),
    )


class Coder:
    """Turns ids into codes that are the same in every snapshot of one office and say nothing.

    A code is the first 60 bits of HMAC-SHA256(secret, table, id) in base32 (RFC 4648).
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._known: dict[str, dict[int, str]] = {}

    def __call__(self, table: str, number: int) -> str:
        """Return the code of one id."""
        return self._known.get(table, {}).get(number) or self.many(table, (number,))[number]

    def many(self, table: str, numbers: Iterable[int | None]) -> dict[int, str]:
        """Return the codes of many ids by id, None being none, with all that were made before."""
        known = self._known.setdefault(table, {})
        begun = hmac.new(self._secret, table.encode() + b"\0", hashlib.sha256)
        three = _three_letters()
        for number in set(numbers).difference(known):
            if number is not None:
                code = begun.copy()
                code.update(b"%d" % number)
                n = int.from_bytes(code.digest()[:8], "big") >> 4
                known[number] = (
                    f"{three[n >> 45]}{three[n >> 30 & _15]}{three[n >> 15 & _15]}{three[n & _15]}"
                )
        return known


_15 = (1 << 15) - 1


@lru_cache(maxsize=1)
def _three_letters() -> list[str]:
    """Return what 15 bits are in base32."""
    return ["".join(letters) for letters in product(_BASE32, repeat=3)]


def day(moment: dt.datetime) -> str:
    """Cut a moment to its day on the office's wall clock."""
    return clock.local(moment).date().isoformat()


def sought_forms(value: object) -> str | None:
    """Return the text to look for in place of a dropped value, or None when it identifies nobody.

    Closed words of the schema (a role, a reply) stand in every copy anyway, and shorter values
    than SHORTEST_SOUGHT characters are found everywhere.
    """
    if not isinstance(value, str) or value in _CLOSED_WORDS:
        return None
    text = scanning.plain(value).strip()
    return text if len(text) >= SHORTEST_SOUGHT else None
