"""The lists of one profile: rules with their days and sources, states, moves, criteria."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gwangju_desktop import clock
from gwangju_desktop.proposals import guards, profile_rows, profiles, spans
from gwangju_desktop.proposals.words import STAGES, STATES
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, NN_, day, say


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule: what is in force, and what follows it, if anything does."""

    rule: str
    held: profile_rows.Rule | None
    coming: profile_rows.Rule | None


@dataclass(frozen=True, slots=True)
class StateLine:
    """A state and what the profile calls it."""

    state: str
    word: profile_rows.StateWord


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move and what the profile calls its ends."""

    move: profile_rows.Move
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the pane shows of one profile; `id` is None for one that ships."""

    id: int | None
    code: str
    name_ko: str
    name_en: str
    name: str
    basis: str
    standard: bool
    retired_on: dt.date | None
    proposals: int
    rules: tuple[RuleLine, ...]
    states: tuple[StateLine, ...]
    moves: tuple[MoveLine, ...]
    criteria: tuple[profile_rows.Criterion, ...]


def listed(read):
    """Return the office's profiles."""
    return profiles.listed(read)


def shown(read, *, code: str) -> Shown | None:
    """Return one profile whole, by its code; None for one that is gone."""
    row = next((one for one in profiles.listed(read) if one.code == code), None)
    if row is None:
        return None
    today = clock.today()
    if row.id is None:
        whole = next(one for one in profile_rows.shipped() if one.code == code)
    else:
        whole = profile_rows.load(read, row.id)
    profile = whole.on(today)
    held = profile.rules
    later = sorted((one for one in whole.rules if one.valid_from > today), key=begins, reverse=True)
    coming = {one.rule: one for one in later if one != held.get(one.rule)}
    states = sorted(profile.states.items(), key=lambda one: one[1].position)
    names = {state: word.name for state, word in states}
    return Shown(
        row.id,
        code,
        whole.name_ko,
        whole.name_en,
        row.name,
        whole.basis,
        row.standard,
        row.retired_on,
        row.proposals,
        tuple(RuleLine(key, held.get(key), coming.get(key)) for key in spans.RULES),
        tuple(StateLine(state, word) for state, word in states),
        tuple(
            MoveLine(one, names.get(one.from_state, one.from_state), names[one.to_state])
            for one in profile.moves
            if one.to_state in names
        ),
        tuple(profile.criteria),
    )


def begins(rule) -> dt.date:
    """Return the day a rule begins."""
    return rule.valid_from


def rule_value(line: RuleLine) -> Cell:
    """Show the value in force, and the one that follows."""
    if line.held is None:
        return Cell(say(C_("profile rule", "none")), ink="text3")
    sub = ""
    if line.coming is not None:
        sub = say(
            N_("from {since:full}: {value}"),
            since=line.coming.valid_from,
            value=spans.said(line.rule, line.coming.value),
        )
    return Cell(spans.said(line.rule, line.held.value), sub, role="secb")


def rule_source(line: RuleLine) -> Cell:
    """Show where it stands and since when."""
    rule = line.held
    if rule is None:
        return Cell("–", ink="text3")
    return Cell(rule.source, day(rule.valid_from, "full") + " ~", ink="text2")


def rule_mark(line: RuleLine) -> Cell:
    """Mark a value nobody has read in its source."""
    rule = line.held
    if rule is None or not rule.unverified:
        return Cell()
    return Cell(chip=say(C_("profile rule", "Unverified")), tone="warn")


def profile_name(row) -> Cell:
    """Show a profile with how many proposals it has."""
    sub = say(NN_("{n:,} proposal", "{n:,} proposals"), n=row.proposals)
    gone = row.retired_on is not None
    return Cell(row.name, sub, ink="text3" if gone else "", role="sec" if gone else "secb")


def profile_mark(row) -> Cell:
    """Mark the standard one, and one that takes no new proposals."""
    if row.retired_on is not None:
        return Cell(chip=say(C_("profile", "Retired")), tone="neu")
    return Cell(chip=say(C_("profile", "Standard")) if row.standard else "", tone="acc")


PROFILES = Table(
    columns=(
        Column("name", C_("profile", "Profile"), cell=profile_name),
        Column("mark", width=84, cell=profile_mark),
    )
)
RULES = Table(
    columns=(
        Column(
            "rule",
            C_("profile", "Rule"),
            210,
            cell=lambda line: Cell(say(spans.RULES[line.rule].label)),
        ),
        Column("value", C_("profile rule", "Value"), 190, cell=rule_value),
        Column("source", N_("Source"), cell=rule_source),
        Column("mark", width=116, cell=rule_mark),
    )
)
STATE_LIST = Table(
    columns=(
        Column("name", C_("profile", "State"), cell=lambda s: Cell(s.word.name, role="secb")),
        Column(
            "usual",
            N_("Usually called"),
            180,
            cell=lambda s: Cell(say(STATES[s.state]), ink="text2"),
        ),
        Column(
            "stage",
            C_("profile", "Stage"),
            110,
            cell=lambda s: Cell(chip=say(STAGES[s.word.stage]), tone="acc"),
        ),
    )
)
MOVE_LIST = Table(
    columns=(
        Column("before", C_("move", "From"), 150, cell=lambda m: Cell(m.before)),
        Column("after", C_("move", "To"), 150, cell=lambda m: Cell(m.after, role="secb")),
        Column(
            "needs",
            N_("What it needs"),
            cell=lambda m: Cell(
                ", ".join(say(guards.label(name)) for name in guards.needs(m.move)) or "–",
                ink="text2",
            ),
        ),
    )
)
CRITERIA = Table(
    columns=(
        Column("name", N_("Criterion"), cell=lambda c: Cell(c.name, role="secb")),
        Column(
            "weight",
            N_("Weight"),
            110,
            "right",
            cell=lambda c: Cell(f"{c.weight}%"),
        ),
    )
)
