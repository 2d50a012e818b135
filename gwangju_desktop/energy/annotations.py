"""What explains a line: a policy, a heat wave, a change of method, with its days and its source."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.energy import Annotation, Indicator
from db.store import usecase
from db.vocab import AnnotationKind
from gwangju_desktop.energy import areas
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.text import N_

NO_ANNOTATION = N_("There is no annotation {id}.")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """One annotation; of every indicator when `indicator` is "", of every place when `area` is."""

    id: int
    indicator: str
    area: str
    kind: str
    first_on: dt.date
    last_on: dt.date | None
    text: str
    source: str
    sample: bool


def annotations(
    read: Session, *, indicator: str | None = None, area: str | None = None
) -> list[AnnotationRow]:
    """Return the annotations by their first day: all, or those that concern an indicator or area."""
    query = (
        select(Annotation.__table__, Indicator.code)
        .outerjoin(Indicator, Indicator.id == Annotation.indicator_id)
        .order_by(Annotation.first_on, Annotation.id)
    )
    if indicator is not None:
        query = query.where(or_(Annotation.indicator_id.is_(None), Indicator.code == indicator))
    if area is not None:
        query = query.where(Annotation.area.in_(("", area)))
    return [
        AnnotationRow(
            row.id,
            row.code or "",
            row.area,
            row.kind,
            row.first_on,
            row.last_on,
            row.text,
            row.source,
            row.sample,
        )
        for row in read.execute(query).all()
    ]


@usecase("Add annotation")
def add_annotation(
    tx: Session,
    *,
    text: str,
    first_on: dt.date,
    last_on: dt.date | None = None,
    kind: str = AnnotationKind.EVENT.value,
    indicator: str = "",
    area: str = "",
    source: str = "",
    sample: bool = False,
) -> int:
    """Note what explains a line; return its id.

    Without an indicator it stands under every line, without an area in every place. Raises
    UserError without words, with too many, for a last day before the first, an unknown indicator
    or area.
    """
    row = Annotation(
        sample=sample, **_asked(tx, text, first_on, last_on, kind, indicator, area, source)
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit annotation")
def edit_annotation(
    tx: Session,
    *,
    id: int,
    text: str,
    first_on: dt.date,
    last_on: dt.date | None = None,
    kind: str = AnnotationKind.EVENT.value,
    indicator: str = "",
    area: str = "",
    source: str = "",
) -> int:
    """Say an annotation otherwise; raises as `add_annotation`."""
    row = found(tx, Annotation, id, NO_ANNOTATION)
    change(row, _asked(tx, text, first_on, last_on, kind, indicator, area, source))
    return id


@usecase("Remove annotation")
def remove_annotation(tx: Session, *, id: int) -> int:
    """Take an annotation away."""
    tx.delete(found(tx, Annotation, id, NO_ANNOTATION))
    return id


def _asked(
    tx: Session,
    text: str,
    first_on: dt.date,
    last_on: dt.date | None,
    kind: str,
    indicator: str,
    area: str,
    source: str,
) -> dict[str, Any]:
    """Return the columns of an annotation, checked."""
    said = tidy({"text": text, "source": source}, ("text", "source"))
    words = required(said["text"], N_("An annotation needs its words."))
    if len(words) > LONGEST:
        raise UserError(
            N_("An annotation may have {most} letters; this has {n}."),
            hint=N_("Shorten it; it stands in the chart."),
            most=LONGEST,
            n=len(words),
        )
    if last_on is not None and last_on < first_on:
        raise UserError(N_("The last day is before the first."), hint=N_("Exchange the two days."))
    number = None
    if indicator:
        query = select(Indicator.id).where(Indicator.code == indicator)
        number = tx.scalars(query).one_or_none()
        if number is None:
            raise UserError(N_("There is no indicator {code}."), code=indicator)
    if area:
        areas.area(tx, area)
    return {
        "indicator_id": number,
        "area": area,
        "kind": AnnotationKind(kind).value,
        "first_on": first_on,
        "last_on": last_on,
        "text": " ".join(words.split()),
        "source": said["source"],
    }
