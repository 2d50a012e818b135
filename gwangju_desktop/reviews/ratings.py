"""What monitors rate commitments: their completion and the other dimensions of the forms.

Read only. A rating is an answer to one question of an official form and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.reviews import Review, ReviewAnswer
from db.vocab import AnswerOrigin, ReviewState
from gwangju_desktop.reviews import forms
from gwangju_desktop.reviews.people import people_of
from gwangju_desktop.reviews.standing import stands

# A round handed in counts before one that is still under way.
_HANDED_IN = (ReviewState.SUBMITTED.value, ReviewState.CLOSED.value)


@dataclass(frozen=True, slots=True)
class Rating:
    """What a commitment was rated in one dimension, by whom and when.

    `value` is None where two monitors differ and none of the two is chosen: then `differing` has
    who said what. `agreed` says that it is the joint answer. `provisional` says that the round it
    is from was not handed in yet. `source` is the report of a published one.
    """

    dimension: str
    value: str | None
    who: tuple[str, ...]
    on: dt.date
    origin: str
    review_id: int
    agreed: bool = False
    differing: tuple[tuple[str, str], ...] = ()
    source: str = ""
    provisional: bool = False


class _Said(NamedTuple):
    """One answer that stands: what was said, by whom, under which round."""

    review_id: int
    value: str
    person: str
    of_body: bool
    agreed: tuple[str, ...]
    on: dt.date
    origin: str
    source: str


def of(
    read: Session, commitment_ids: Iterable[int], dimensions: Collection[str] | None = None
) -> dict[int, dict[str, Rating]]:
    """Return the ratings of commitments by id and dimension; only what was rated is there.

    The joint answer of the latest round handed in that has one; else, in the latest round with an
    answer, what the monitors say: one value where they are one or agree, none where they differ.
    A round under way counts only where none was handed in. `dimensions` are those wanted, by
    default all.
    """
    wanted = set(commitment_ids)
    found: dict[int, dict[str, Rating]] = {id: {} for id in wanted}
    asked = {
        (kind, question.key): question.rates
        for kind, question in (forms.rated(one) for one in dimensions or forms.dimensions())
    }
    held: dict[tuple[int, str], list[tuple[bool, _Said]]] = defaultdict(list)
    rows = _answers(read, {key for _, key in asked})
    names = _names(read, {id for row in rows for id in _ids(row)})
    for row in rows:
        dimension = asked.get((row.kind, row.question))
        if dimension is None or row.commitment_id not in wanted:
            continue
        said = _Said(
            row.review_id,
            row.value,
            names.get(row.person_id, ""),
            row.person_id is None,
            # Two who agreed may have turned out to be one person.
            tuple(dict.fromkeys(names.get(int(id), "") for id in row.agreed or ())),
            row.answered_on,
            row.origin,
            row.source if row.origin == AnswerOrigin.PUBLISHED else "",
        )
        held[row.commitment_id, dimension].append((row.state in _HANDED_IN, said))
    for (commitment, dimension), answers in held.items():
        done = [said for handed_in, said in answers if handed_in]
        found[commitment][dimension] = _rating(
            dimension, done or [said for _, said in answers], provisional=not done
        )
    return found


def _answers(read: Session, questions: set[str]) -> Sequence[Any]:
    """Return the ratings that stand, those of the latest round first."""
    query = (
        select(
            ReviewAnswer.review_id,
            ReviewAnswer.commitment_id,
            ReviewAnswer.question,
            ReviewAnswer.value,
            ReviewAnswer.person_id,
            ReviewAnswer.agreed,
            ReviewAnswer.answered_on,
            ReviewAnswer.origin,
            Review.kind,
            Review.state,
            Review.source,
        )
        .join(Review, Review.id == ReviewAnswer.review_id)
        .where(
            ReviewAnswer.commitment_id.is_not(None),
            stands(),
            ReviewAnswer.value != "",
            ReviewAnswer.question.in_(questions),
        )
        .order_by(Review.position.desc(), Review.id.desc(), ReviewAnswer.id)
    )
    return read.execute(query).all()


def _ids(row: Any) -> list[int]:
    own = [] if row.person_id is None else [row.person_id]
    return own + [int(id) for id in row.agreed or ()]


def _names(read: Session, ids: set[int]) -> dict[int, str]:
    """Return the names of people; one found twice goes by the name kept."""
    return {id: one.name for id, one in people_of(read, ids).items()}


def _rating(dimension: str, answers: list[_Said], *, provisional: bool) -> Rating:
    """Return the rating of answers, the latest round's first."""
    for review_id in dict.fromkeys(said.review_id for said in answers):
        for said in reversed([one for one in answers if one.review_id == review_id]):
            # A published answer of nobody in particular is the monitoring body's.
            if said.agreed or said.of_body:
                return _chosen(dimension, said, said.agreed, provisional)
    latest = [said for said in answers if said.review_id == answers[0].review_id]
    if len({said.value for said in latest}) == 1:
        last = max(latest, key=lambda said: said.on)
        return _chosen(dimension, last, tuple(said.person for said in latest), provisional)
    return Rating(
        dimension,
        None,
        tuple(said.person for said in latest),
        max(said.on for said in latest),
        latest[-1].origin,
        latest[-1].review_id,
        differing=tuple((said.person, said.value) for said in latest),
        provisional=provisional,
    )


def _chosen(dimension: str, said: _Said, who: tuple[str, ...], provisional: bool) -> Rating:
    return Rating(
        dimension,
        said.value,
        who,
        said.on,
        said.origin,
        said.review_id,
        agreed=bool(said.agreed),
        source=said.source,
        provisional=provisional,
    )
