"""A profile as it is read: from its rows, or from the text that ships where there are none yet."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from db.schema.proposals import (
    ProfileCriterion,
    ProfileMove,
    ProfileRule,
    ProfileState,
    ProposalProfile,
)
from gwangju_desktop.proposals import spans
from gwangju_desktop.text import language

NATIONAL = "NATIONAL"


@dataclass(frozen=True, slots=True)
class StateWord:
    """What a profile calls a state, and where it stands in the pipeline."""

    name: str
    stage: str
    position: int
    name_ko: str = ""
    name_en: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A move a profile allows, and the guards it needs."""

    from_state: str
    to_state: str
    needs: tuple[str, ...]
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule from a day on: its text, where it stands, whether somebody read it there."""

    rule: str
    value: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    unverified: bool
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the assessment and its weight in percent."""

    id: int | None
    code: str
    name: str
    weight: int
    name_ko: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """How proposals are handled, with the rules in force on one day."""

    id: int | None
    code: str
    name: str
    basis: str
    states: Mapping[str, StateWord]
    moves: tuple[Move, ...]
    criteria: tuple[Criterion, ...]
    rules: Mapping[str, Rule] = field(default_factory=dict)

    def value(self, rule: str) -> Any:
        """Return a rule as it is read (Span, Threshold, bool, str …); None where there is none."""
        held = self.rules.get(rule)
        return None if held is None else spans.RULES[rule].read(held.value)

    def source(self, rule: str) -> str:
        """Return where a rule stands."""
        held = self.rules.get(rule)
        return "" if held is None else held.source

    def text(self, rule: str) -> str:
        """Say a rule in the current language."""
        held = self.rules.get(rule)
        return spans.said(rule, "" if held is None else held.value)

    def move(self, before: str, after: str) -> Move | None:
        """Return the move from a state to another, None where none leads there."""
        return next((m for m in self.moves if m.from_state == before and m.to_state == after), None)


@dataclass(frozen=True, slots=True)
class Whole:
    """A profile with its rules of all times."""

    id: int | None
    code: str
    position: int
    name_ko: str
    name_en: str
    basis: str
    standard: bool
    retired_on: dt.date | None
    states: Sequence[tuple[str, str, str, str, int | None]]
    moves: tuple[Move, ...]
    rules: tuple[Rule, ...]
    criteria: Sequence[tuple[int | None, str, str, str, int]]

    def on(self, day: dt.date) -> Profile:
        """Return the profile as it is on a day.

        A rule that begins later holds for earlier days too where there is no other: a letter of
        2021 is handled although only the text of 2023 was read.
        """
        held: dict[str, Rule] = {}
        for rule in sorted(self.rules, key=lambda r: r.valid_from):
            if rule.rule not in held or rule.valid_from <= day:
                held[rule.rule] = rule
        return Profile(
            self.id,
            self.code,
            named(self.name_ko, self.name_en),
            self.basis,
            {
                state: StateWord(named(ko, en), stage, place, ko, en, id)
                for place, (state, stage, ko, en, id) in enumerate(self.states)
            },
            self.moves,
            tuple(
                Criterion(id, code, named(ko, en), weight, ko, en)
                for id, code, ko, en, weight in self.criteria
            ),
            {key: held[key] for key in spans.RULES if key in held},
        )


def named(ko: str, en: str) -> str:
    """Return the name in the current language, the Korean one where there is no other."""
    return en if en and language() != "ko" else ko


@lru_cache
def shipped() -> tuple[Whole, ...]:
    """Return the profiles that ship: the national rule, and an example to be changed."""
    data = tomllib.loads(resources.path("proposals/profiles.toml").read_text("utf-8"))
    return tuple(_shipped(place, one) for place, one in enumerate(data["profile"]))


def _shipped(place: int, one: Mapping[str, Any]) -> Whole:
    return Whole(
        None,
        one["code"],
        place,
        one["name_ko"],
        one["name_en"],
        one["basis"],
        one["code"] == NATIONAL,
        None,
        [(key, s["stage"], s["ko"], s["en"], None) for key, s in one["states"].items()],
        tuple(
            Move(before, after, tuple(needs.split()))
            for before, ways in one["moves"].items()
            for after, needs in ways.items()
        ),
        tuple(
            Rule(
                line["rule"],
                line["value"],
                line["from"],
                line.get("to"),
                line["source"],
                line.get("unverified", False),
            )
            for line in one["rules"]
        ),
        [(None, key, c["ko"], c["en"], c["weight"]) for key, c in one["criteria"].items()],
    )


def load(read: Session, profile_id: int) -> Whole:
    """Read a profile with all its rows; raises NoResultFound when there is none of this id."""
    row = read.execute(
        select(ProposalProfile.__table__).where(ProposalProfile.id == profile_id)
    ).one()
    states = read.execute(
        select(ProfileState.__table__)
        .where(ProfileState.profile_id == profile_id)
        .order_by(ProfileState.position, ProfileState.id)
    ).all()
    moves = read.execute(
        select(ProfileMove.__table__)
        .where(ProfileMove.profile_id == profile_id)
        .order_by(ProfileMove.id)
    ).all()
    rules = read.execute(
        select(ProfileRule.__table__)
        .where(ProfileRule.profile_id == profile_id)
        .order_by(ProfileRule.valid_from)
    ).all()
    criteria = read.execute(
        select(ProfileCriterion.__table__)
        .where(ProfileCriterion.profile_id == profile_id)
        .order_by(ProfileCriterion.position, ProfileCriterion.id)
    ).all()
    return Whole(
        row.id,
        row.code,
        row.position,
        row.name_ko,
        row.name_en,
        row.basis,
        row.standard,
        row.retired_on,
        [(s.state, s.stage, s.name_ko, s.name_en, s.id) for s in states],
        tuple(Move(m.from_state, m.to_state, tuple(m.needs.split()), m.id) for m in moves),
        tuple(
            Rule(r.rule, r.value, r.valid_from, r.valid_to, r.source, r.unverified, r.id)
            for r in rules
        ),
        [(c.id, c.code, c.name_ko, c.name_en, c.weight) for c in criteria],
    )
