"""Who a row is about: somebody the office knows, somebody new, or a question.

By uid; else by name and organisation; else by name and telephone or mail; by the name alone only
when there is one and the person importing agreed. Two people are never made one silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from gwangju_desktop.members.importing.fields import FIELDS
from gwangju_desktop.members.importing.known import HeldPerson, Known, name_key
from gwangju_desktop.members.importing.model import (
    NEW,
    SKIP,
    Change,
    Choice,
    Kind,
    Options,
    Row,
    Somebody,
)
from gwangju_desktop.members.people import NO_NAME
from gwangju_desktop.sheets.model import Remark, remark
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from gwangju_desktop.members.importing.preview import Entry

_ERASED = N_("This person was erased from the office and may not come back with a file.")
_TWO_LINES = N_("Line {line} says something else of the same person: {field}.")
_SEVERAL = N_("Several people are called {name} and fit this row.")
_ONLY_NAME = N_("{name} is known, but nothing besides the name says that it is the same person.")
_TAKEN = N_("Line {line} already stands for {name} ({organisation}).")
_SAME_AS = N_("The same person: {name} ({organisation})")
_SOMEBODY_NEW = N_("Somebody else: add a new person")
_LEAVE_OUT = N_("Leave this row out")
LEAVE_OUT = Choice(SKIP, remark(_LEAVE_OUT))
ANOTHER = Choice(NEW, remark(N_("Somebody else of the same name: add a new person")))
# What a row says of a person and not of a seat.
_FACTS = {key: field.column for key, field in FIELDS.items() if field.of == "person"}


class Finder:
    """Find the person of each row."""

    def __init__(self, known: Known, options: Options, choices: Mapping[int, str]) -> None:
        self.known, self.options, self.choices = known, options, choices
        self.claimed: dict[int, int] = {}
        self.found: dict[int, Somebody] = {}

    def find(self, entries: Iterable[Entry]) -> None:
        """Give every entry its person, or refuse it, or make it a conflict."""
        groups: dict[tuple[str, ...], list[Entry]] = {}
        for entry in entries:
            if not entry.name and entry.told.get("uid") not in self.known.by_uid:
                entry.refuse(NO_NAME)
            elif entry.told.get("uid") in self.known.erased:
                entry.refuse(_ERASED)
            else:
                groups.setdefault(self._group(entry), []).append(entry)
        for key, group in groups.items():
            who = self._person(key[0], group)
            if who is not None:
                for entry in group:
                    entry.who = who

    def _group(self, entry: Entry) -> tuple[str, ...]:
        told = entry.told
        if self.choices.get(entry.line) == NEW and "uid" not in told:
            return ("line", str(entry.line))
        if "uid" in told:
            return ("uid", str(told["uid"]))
        if "external" in told:
            # The name too: lists give several people the number of somebody unknown.
            return ("external", str(told["external"]), name_key(entry.name))
        return ("name", name_key(entry.name), name_key(told.get("organisation", "")))

    def _person(self, by: str, group: list[Entry]) -> Somebody | None:
        first = group[0]
        uid = str(first.told.get("uid", ""))
        if uid in self.known.by_uid:
            return self._held(self.known.by_uid[uid])
        chosen = self.choices.get(first.line, "")
        if chosen == NEW or uid:
            return Somebody(uid=uid)
        likely = self._candidates(group)
        if chosen.startswith("person:"):
            wanted = int(chosen.partition(":")[2])
            if wanted in {one.id for one in likely}:
                return self._held(wanted)
        found = self._surest(likely, group)
        if len(found) == 1:
            return self._claim(found[0], by, group)
        if not likely:
            return Somebody()
        if found:
            self._ask(group, remark(_SEVERAL, name=first.name), found)
        else:
            self._ask(group, remark(_ONLY_NAME, name=first.name), likely)
        return None

    def _candidates(self, group: list[Entry]) -> list[HeldPerson]:
        """Return the people of that name whom nothing in the rows contradicts."""
        ids = self.known.by_name.get(name_key(group[0].name), [])
        found = []
        for one in (self.known.people[id] for id in ids):
            against = (
                entry.told[key] != one.values[column]
                for entry in group
                for key, column in (("hanja", "hanja"), ("gender", "gender"))
                if key in entry.told and one.values[column]
            )
            if not any(against):
                found.append(one)
        return found

    def _surest(self, likely: list[HeldPerson], group: list[Entry]) -> list[HeldPerson]:
        organisations = {
            name_key(entry.told["organisation"]) for entry in group if "organisation" in entry.told
        }
        by_organisation = [one for one in likely if one.organisations & organisations]
        if by_organisation:
            return by_organisation
        contacts = {
            _contact(entry.told[key])
            for entry in group
            for key in ("phone", "email")
            if key in entry.told
        }
        by_contact = [
            one
            for one in likely
            if contacts & {_contact(one.values["phone"]), _contact(one.values["email"])} - {""}
        ]
        if by_contact:
            return by_contact
        return likely if len(likely) == 1 and self.options.same_name else []

    def _claim(self, one: HeldPerson, by: str, group: list[Entry]) -> Somebody | None:
        """Two numbers of a file are two people, even when one held person would fit both."""
        taken = self.claimed.setdefault(one.id, group[0].line)
        if by == "external" and taken != group[0].line:
            why = remark(_TAKEN, line=taken, name=one.values["name"], organisation=_from(one))
            self._ask(group, why, [])
            return None
        return self._held(one.id)

    def _held(self, id: int) -> Somebody:
        return self.found.setdefault(id, Somebody(id))

    def _ask(self, group: list[Entry], why: Remark, candidates: list[HeldPerson]) -> None:
        choices = [
            Choice(
                f"person:{one.id}",
                remark(_SAME_AS, name=one.values["name"], organisation=_from(one)),
            )
            for one in candidates
        ]
        choices.append(Choice(NEW, remark(_SOMEBODY_NEW)))
        for entry in group:
            # One answer settles all rows of the person.
            mine = (*choices, LEAVE_OUT) if entry is group[0] else ()
            entry.row = Row(
                entry.line, "conflict", entry.name, entry.where, why, choices=tuple(mine)
            )


def facts(who: Somebody, entry: Entry, held: HeldPerson | None) -> list[Change] | None:
    """Take what a row says of its person; return what that changes, None when it was refused."""
    told = {_FACTS[key]: value for key, value in entry.told.items() if key in _FACTS}
    if held is not None and "uid" not in entry.told:
        # Somebody found by another name keeps the one the office knows.
        told.pop("name", None)
    for name, value in told.items():
        if who.facts.get(name, value) != value:
            why = remark(_TWO_LINES, line=who.line, field=_title(name))
            told_apart = bool({"uid", "external"} & entry.told.keys())
            choices = () if told_apart else (ANOTHER, LEAVE_OUT)
            kind: Kind = "conflict" if choices else "refused"
            entry.row = Row(entry.line, kind, entry.name, entry.where, why, choices=choices)
            return None
    changes = []
    for name, value in told.items():
        if held is not None and name not in who.facts and held.values[name] != value:
            changes.append(Change(_key(name), held.values[name], value))
    who.facts.update(told)
    who.line = who.line or entry.line
    names = entry.told.get("aliases", ())
    known = (*held.aliases, held.values["name"]) if held is not None else ()
    if held is None or "; ".join(held.aliases) != "; ".join(names):
        fresh = [name for name in names if name not in (*known, *who.aliases)]
        if fresh and held is not None:
            changes.append(Change("aliases", tuple(held.aliases), (*held.aliases, *fresh)))
        who.aliases += fresh
    who.needed = True
    return changes


def _key(column: str) -> str:
    return next(key for key, name in _FACTS.items() if name == column)


def _title(column: str) -> Any:
    return FIELDS[_key(column)].title


def _contact(text: str) -> str:
    """Return a number's digits, or an address in one case."""
    if "@" in text:
        return text.casefold().strip()
    digits = "".join(character for character in text if character.isdigit())
    return digits if len(digits) > 6 else ""


def _from(one: HeldPerson) -> str:
    named = [seat.organisation for seat in reversed(one.seats) if seat.organisation]
    named += [held.organisation for held in one.affiliations]
    return named[0] if named else "–"
