"""What leaves the office: one action for every column, and how each action is carried out."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import resources
from db import vocab
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
)
# What these hold back are whole texts: their words are everybody's.
WHOLE_TEXTS = ("received", "consented", "reply_published", "public_evidence")
OPTIONS = {"only", "sought", "named", "of", "ko", "en"}
SHORTEST_SOUGHT = 4
# Among thousands of proposers names of two letters are words as well.
SHORTEST_NAMED = 3

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
    """The disclosure policy; `version` goes into every manifest."""

    version: int
    profile: str
    grounds: Mapping[str, Ground]
    tables: Mapping[str, TablePolicy]

    def check(self, columns: Mapping[str, Iterable[str]]) -> None:
        """Compare with the tables as they are; raises PolicyGap naming every column that differs."""
        here = {f"{t.name}.{c.name}" for t in self.tables.values() for c in t.columns}
        there = {f"{table}.{name}" for table, names in columns.items() for name in names}
        if here != there:
            missing, gone = sorted(there - here), sorted(here - there)
            raise PolicyGap(f"not in the policy: {missing}; no longer in the tables: {gone}")


def load() -> Policy:
    """Read the policy; raises PolicyGap where a line says nothing that can be done."""
    data = tomllib.loads(resources.path("disclosure.toml").read_text(encoding="utf-8"))
    grounds = {code: Ground(**words) for code, words in data["ground"].items()}
    tables = {name: _table(name, entry, grounds) for name, entry in data["table"].items()}
    return Policy(data["version"], data["profile"], grounds, tables)


def _table(name: str, entry: dict[str, Any], grounds: Mapping[str, Ground]) -> TablePolicy:
    columns = tuple(_column(name, c, line, grounds) for c, line in entry["column"].items())
    label = entry.get("label", "")
    if label and label not in [c.name for c in columns if c.action in SHOWN]:
        raise PolicyGap(f"{name}: the label {label} is not disclosed")
    needs = next((c for c in columns if c.name == entry.get("needs")), None)
    if "needs" in entry and not (needs and needs.of):
        raise PolicyGap(f"{name}: {entry['needs']} is no link to another table")
    return TablePolicy(name, entry["ko"], entry["en"], label, columns, needs)


def _column(
    table: str, name: str, line: dict[str, Any], grounds: Mapping[str, Ground]
) -> ColumnPolicy:
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
        sought=action == "drop" or bool(line.get("sought")),
        named=bool(line.get("named")),
        of=line.get("of", ""),
    )


@dataclass(slots=True)
class Coder:
    """Turns ids into codes that are the same in every snapshot of one office and say nothing."""

    secret: bytes
    _known: dict[tuple[str, int], str] = field(default_factory=dict)

    def __call__(self, table: str, number: int) -> str:
        """Return the first 60 bits of HMAC-SHA256(secret, table, id) in base32."""
        code = self._known.get((table, number))
        if code is None:
            message = f"{table}\0{number}".encode()
            digest = hmac.digest(self.secret, message, hashlib.sha256)
            code = base64.b32encode(digest[:8])[:12].decode()
            self._known[table, number] = code
        return code


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
