"""The rules of a plan: what is due when, what is suggested, what an official upload takes.

Each is a row with the days it holds and its source; a plan without the row has the value that
ships in resources/commitments/rules.toml.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from db.schema.commitments import ActionPlan, PlanRule
from db.store import usecase
from db.vocab import PlanRuleKey
from gwangju_desktop.commitments.months import (
    add_months,
    checked_month,
    first_day,
    last_day,
    month_number,
    month_of,
    month_text,
)
from gwangju_desktop.commitments.words import RULES
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_

__all__ = [
    "ALWAYS",
    "NO_PLAN",
    "Limits",
    "RuleRow",
    "Shipped",
    "add_months",
    "checked_month",
    "first_day",
    "last_day",
    "limits",
    "month_number",
    "month_of",
    "month_text",
    "of_plan",
    "of_plans",
    "remove_rule",
    "rule",
    "rules",
    "set_rule",
    "shipped",
    "write",
]

# The first day of a rule that has held since the plan began.
ALWAYS = dt.date(1900, 1, 1)
EVE = dt.timedelta(days=1)
NO_PLAN = N_("There is no action plan {id}.")
NO_RULE = N_("There is no rule {id} of an action plan.")
# What a rule may be: a custom of years or a share beyond 100 is a slip of the finger.
_MOST: dict[str, int] = {
    PlanRuleKey.INCEPTION_MONTHS: 60,
    PlanRuleKey.CLOSING_MONTHS: 60,
    PlanRuleKey.WEB_MONTHS: 60,
    PlanRuleKey.LIMITED_BELOW: 100,
    PlanRuleKey.COMPLETE_FROM: 100,
    PlanRuleKey.BEST_FILES: 100,
    PlanRuleKey.BEST_MEGABYTES: 500,
    PlanRuleKey.CHECK_DAYS: 366,
    PlanRuleKey.NOTE_DAYS: 366,
    PlanRuleKey.COPY_MONTHS: 60,
}


@dataclass(frozen=True, slots=True)
class Shipped:
    """One rule as it ships; `verified` tells a number read in its source from a custom.

    `source_en` is the source in English where it is written in Korean.
    """

    key: str
    value: int
    source: str
    source_en: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of a plan from a day on; `current` says that it holds on the day asked for."""

    id: int
    rule: str
    value: int
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    unverified: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """Per cent of the weight: suggested limited below the first, complete from the second."""

    limited_below: int = 50
    complete_from: int = 100


@lru_cache(maxsize=1)
def shipped() -> dict[str, Shipped]:
    """Return the rules a new plan begins with, by key, in the order they are shown in."""
    data = tomllib.loads(resources.path("commitments/rules.toml").read_text("utf-8"))
    return {row["key"]: Shipped(**row) for row in data["rule"]}


def source_text(row: RuleRow) -> str:
    """Return the source in the language spoken; an office's own words stay as they are."""
    ours = shipped()[row.rule]
    return named(row.source, ours.source_en if row.source == ours.source else "")


def write(tx: Session, plan_id: int) -> None:
    """Give a new plan its rows."""
    for one in shipped().values():
        tx.add(
            PlanRule(
                plan_id=plan_id,
                rule=one.key,
                value=str(one.value),
                valid_from=ALWAYS,
                source=one.source,
                unverified=not one.verified,
            )
        )


def rule(read: Session, plan_id: int, key: str, on: dt.date) -> int:
    """Return the value of one rule of a plan on a day."""
    return of_plans(read, on).get(plan_id, {}).get(key, shipped()[key].value)


def of_plans(read: Session, on: dt.date) -> dict[int, dict[str, int]]:
    """Return all rules of every plan that has rows, as they hold on a day."""
    held: dict[int, dict[str, int]] = {}
    rows = read.execute(
        select(PlanRule.plan_id, PlanRule.rule, PlanRule.value)
        .where(PlanRule.valid_from <= on)
        .where(PlanRule.valid_to.is_(None) | (PlanRule.valid_to >= on))
        .order_by(PlanRule.valid_from, PlanRule.id)
    )
    for plan_id, key, value in rows:
        held.setdefault(plan_id, _shipped())[key] = int(value)
    return held


def of_plan(read: Session, plan_id: int, on: dt.date) -> Mapping[str, int]:
    """Return all rules of one plan as they hold on a day."""
    return of_plans(read, on).get(plan_id) or _shipped()


def limits(held: Mapping[str, int] | None) -> Limits:
    """Return the limits of the suggestion among the rules of one plan."""
    ours = _shipped() | dict(held or {})
    return Limits(ours[PlanRuleKey.LIMITED_BELOW], ours[PlanRuleKey.COMPLETE_FROM])


def rules(read: Session, plan_id: int, on: dt.date) -> list[RuleRow]:
    """List the rows of one plan in the order of the shipped rules, the latest of each first."""
    order = list(shipped())
    rows = [
        RuleRow(
            row.id,
            row.rule,
            int(row.value),
            row.valid_from,
            row.valid_to,
            row.source,
            row.unverified,
            row.valid_from <= on and (row.valid_to is None or row.valid_to >= on),
        )
        for row in read.execute(
            select(
                PlanRule.id,
                PlanRule.rule,
                PlanRule.value,
                PlanRule.valid_from,
                PlanRule.valid_to,
                PlanRule.source,
                PlanRule.unverified,
            ).where(PlanRule.plan_id == plan_id)
        )
    ]
    return sorted(rows, key=lambda row: (order.index(row.rule), -row.valid_from.toordinal()))


@usecase("Set rule of the action plan")
def set_rule(
    tx: Session,
    *,
    plan_id: int,
    rule: str,
    value: int,
    source: str,
    valid_from: dt.date | None = None,
    unverified: bool = False,
) -> int:
    """Let a rule have a value from a day on, by default since the plan began; return its row's id.

    The row before it ends the day before. Raises UserError without a source, for a number that
    can be none of this rule, and for a limit of “limited” above the one of “complete”.
    """
    found(tx, ActionPlan, plan_id, NO_PLAN)
    key = PlanRuleKey(rule).value
    fields = tidy({"source": source}, ("source",))
    if not fields["source"]:
        raise UserError(
            N_("A rule needs its source."),
            hint=N_("Name the document, or say that it is the office's own custom."),
        )
    if not 1 <= value <= _MOST[key]:
        raise UserError(
            N_("“{rule}” takes a whole number from 1 to {most}."), rule=RULES[key], most=_MOST[key]
        )
    first = valid_from or ALWAYS
    rows = _rows(tx, plan_id, key)
    row = next((one for one in rows if one.valid_from == first), None)
    if row is None:
        row = PlanRule(plan_id=plan_id, rule=key, valid_from=first, **fields, value=str(value))
        tx.add(row)
        rows.append(row)
    change(row, {**fields, "value": str(value), "unverified": unverified})
    _chain(rows)
    tx.flush()
    _refuse_crossed(tx, plan_id, first)
    return row.id


@usecase("Remove rule of the action plan")
def remove_rule(tx: Session, *, rule_id: int) -> None:
    """Take away a rule that was entered by mistake; the one before holds again.

    Raises UserError for the only one of its kind.
    """
    row = found(tx, PlanRule, rule_id, NO_RULE)
    rows = [one for one in _rows(tx, row.plan_id, row.rule) if one is not row]
    if not rows:
        raise UserError(N_("“{rule}” has no other value; change it instead."), rule=RULES[row.rule])
    tx.delete(row)
    tx.flush()
    _chain(rows)


def _shipped() -> dict[str, int]:
    return {key: one.value for key, one in shipped().items()}


def _rows(tx: Session, plan_id: int, key: str) -> list[PlanRule]:
    query = select(PlanRule).where(PlanRule.plan_id == plan_id, PlanRule.rule == key)
    return list(tx.scalars(query))


def _chain(rows: list[PlanRule]) -> None:
    """Let each row end the day before the next one begins."""
    rows.sort(key=lambda one: one.valid_from)
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        change(row, {"valid_to": after.valid_from - EVE if after else None})


def _refuse_crossed(tx: Session, plan_id: int, on: dt.date) -> None:
    held = limits(of_plan(tx, plan_id, on))
    if held.limited_below > held.complete_from:
        raise UserError(
            N_("“Limited” would be suggested up to {low} %, “complete” already from {high} %."),
            hint=N_("Change the other limit first."),
            low=held.limited_below,
            high=held.complete_from,
        )
