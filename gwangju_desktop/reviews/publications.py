"""Where results of monitoring and news of a plan were published, with a copy of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment
from db.schema.papers import StoredFile
from db.schema.reviews import Publication, Review
from db.store import usecase
from db.vocab import PublicationChannel
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence.intake import FileFacts
from gwangju_desktop.forms import change, found, required, tidy, writable
from gwangju_desktop.reviews import rounds
from gwangju_desktop.text import N_

FIELDS = ("channel", "title", "title_en", "url", "published_on", "note")
NO_PUBLICATION = N_("There is no publication {id}.")
NO_TITLE = N_("Say what was published.")


@usecase("Add publication")
def add_publication(
    tx: Session,
    *,
    plan_id: int,
    channel: str,
    title: str,
    published_on: dt.date,
    commitment_id: int | None = None,
    review_id: int | None = None,
    copy: FileFacts | None = None,
    **values: str,
) -> int:
    """Note where something was published; `copy` is what the intake said of a saved copy.

    The other values are title_en, url and note. Raises UserError without a title, for a day to
    come, and for what was neither linked nor copied.
    """
    found(tx, ActionPlan, plan_id, rounds.NO_PLAN)
    if commitment_id is not None:
        commitment = found(tx, Commitment, commitment_id, rounds.NO_COMMITMENT)
        if commitment.plan_id != plan_id:
            raise UserError(rounds.NO_COMMITMENT, id=commitment_id)
    if review_id is not None:
        review = found(tx, Review, review_id, rounds.NO_REVIEW)
        if review.plan_id != plan_id:
            raise UserError(rounds.NO_REVIEW, id=review_id)
    fields = _checked({"channel": channel, "title": title, "published_on": published_on, **values})
    row = Publication(
        plan_id=plan_id,
        commitment_id=commitment_id,
        review_id=review_id,
        file_id=_copy(tx, copy),
        **fields,
    )
    _demand_trace(row)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit publication")
def edit_publication(tx: Session, *, id: int, copy: FileFacts | None = None, **values: Any) -> int:
    """Change FIELDS of a publication, or give it a (better) copy."""
    row = found(tx, Publication, id, NO_PUBLICATION)
    change(row, _checked(values))
    if copy is not None:
        row.file_id = _copy(tx, copy)
    _demand_trace(row)
    return id


@usecase("Remove publication")
def remove_publication(tx: Session, *, id: int) -> None:
    """Take a publication off the list; its copy stays in the store."""
    tx.delete(found(tx, Publication, id, NO_PUBLICATION))


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, FIELDS)
    if "channel" in fields:
        fields["channel"] = PublicationChannel(fields["channel"]).value
    if "title" in fields:
        required(fields["title"], NO_TITLE)
    day = fields.get("published_on")
    if day is not None and day > clock.today():
        raise UserError(N_("{day:full} is a day to come; nothing is published then yet."), day=day)
    return fields


def _demand_trace(row: Publication) -> None:
    if not row.url and row.file_id is None:
        raise UserError(
            N_("A publication needs its address or a copy of it."),
            hint=N_("A page may be gone when somebody asks: a copy is better than a link."),
        )


def _copy(tx: Session, copy: FileFacts | None) -> int | None:
    if copy is None:
        return None
    file = tx.scalars(select(StoredFile).where(StoredFile.sha256 == copy.sha256)).first()
    if file is None:
        file = StoredFile(sha256=copy.sha256, name=writable(copy.name), bytes=copy.bytes)
        tx.add(file)
        tx.flush()
    return file.id
