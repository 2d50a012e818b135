"""What can be done to the rules of a body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Body, BodyRule
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.members import profiles
from gwangju_desktop.members.people import check_days
from gwangju_desktop.text import N_

NO_BODY = N_("There is no body {id}.")
NO_RULE = N_("There is no rule {id}.")
NO_SOURCE = N_("A rule needs its source (ordinance and article).")
EVE = dt.timedelta(days=1)


@usecase("Set the body's rule")
def set_rule(
    tx: Session,
    *,
    body_id: int,
    rule: str,
    value: str,
    valid_from: dt.date,
    source: str,
    unverified: bool = False,
) -> int:
    """Give a body one rule from a day on; the rule before it ends on the eve.

    A later rule stays: the new one then ends on its eve. Raises UserError for a value that is none.
    """
    body = found(tx, Body, body_id, NO_BODY)
    fields = tidy({"value": value, "source": source}, ("value", "source"))
    fields["source"] = required(fields["source"], NO_SOURCE)
    profiles.RULES[rule].read(fields["value"])
    held = tx.scalars(
        select(BodyRule)
        .where(BodyRule.body_id == body.id, BodyRule.rule == rule)
        .order_by(BodyRule.valid_from)
    ).all()
    for known in held:
        if known.valid_from == valid_from:
            change(known, {**fields, "unverified": unverified})
            return known.id
    for known in held:
        if known.valid_from < valid_from and (
            known.valid_to is None or known.valid_to >= valid_from
        ):
            known.valid_to = valid_from - EVE
    later = [known.valid_from for known in held if known.valid_from > valid_from]
    row = BodyRule(
        body_id=body.id,
        rule=rule,
        valid_from=valid_from,
        valid_to=min(later) - EVE if later else None,
        unverified=unverified,
        **fields,
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Set the body's rules")
def set_rules(
    tx: Session,
    *,
    body_id: int,
    valid_from: dt.date,
    source: str,
    rules: Mapping[str, str],
) -> list[int]:
    """Give a body several rules of one source from a day on."""
    return [
        set_rule(tx, body_id=body_id, rule=rule, value=value, valid_from=valid_from, source=source)
        for rule, value in rules.items()
    ]


@usecase("Apply the rule profile")
def apply_template(tx: Session, *, body_id: int, template: str, valid_from: dt.date) -> list[int]:
    """Give a body every rule of a profile that ships, each from its own day where that is later."""
    shipped = {known.key: known for known in profiles.templates()}
    known = shipped.get(template)
    if known is None:
        raise UserError(
            N_("There is no rule profile “{template}”."),
            hint=N_("Choose one of {known}."),
            template=template,
            known=", ".join(shipped),
        )
    return [
        set_rule(
            tx,
            body_id=body_id,
            rule=entry.rule,
            value=entry.value,
            valid_from=max(valid_from, entry.since or valid_from),
            source=entry.source,
            unverified=entry.unverified,
        )
        for entry in known.rules.values()
    ]


@usecase("End the body's rule")
def end_rule(tx: Session, *, id: int, valid_to: dt.date) -> int:
    """End a rule on its last day; from then on the default holds."""
    row = found(tx, BodyRule, id, NO_RULE)
    check_days(row.valid_from, valid_to)
    row.valid_to = valid_to
    return id


@usecase("Remove the body's rule")
def remove_rule(tx: Session, *, id: int) -> int:
    """Take a rule away; the one before it holds on to the day this one ended."""
    row = found(tx, BodyRule, id, NO_RULE)
    before = tx.scalars(
        select(BodyRule).where(
            BodyRule.body_id == row.body_id,
            BodyRule.rule == row.rule,
            BodyRule.valid_to == row.valid_from - EVE,
        )
    ).first()
    tx.delete(row)
    if before is not None:
        before.valid_to = row.valid_to
    return id
