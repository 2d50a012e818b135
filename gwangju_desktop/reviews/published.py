"""What was published of a plan, its commitments and reviews, as frozen rows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.commitments import Commitment
from db.schema.papers import StoredFile
from db.schema.reviews import Publication
from db.vocab import PublicationChannel
from gwangju_desktop.reviews.rows import PublicationRow


def publications(
    read: Session,
    plan_id: int | None = None,
    commitment_id: int | None = None,
    review_id: int | None = None,
) -> list[PublicationRow]:
    """Return what was published, the latest first."""
    query = (
        select(Publication, Commitment.code, StoredFile.name, StoredFile.sha256, StoredFile.bytes)
        .outerjoin(Commitment, Commitment.id == Publication.commitment_id)
        .outerjoin(StoredFile, StoredFile.id == Publication.file_id)
        .order_by(Publication.published_on.desc(), Publication.id.desc())
    )
    for column, wanted in (
        (Publication.plan_id, plan_id),
        (Publication.commitment_id, commitment_id),
        (Publication.review_id, review_id),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    return [
        PublicationRow(
            row.Publication.id,
            row.Publication.plan_id,
            row.Publication.commitment_id,
            row.code or "",
            row.Publication.review_id,
            row.Publication.channel,
            row.Publication.title,
            row.Publication.title_en,
            row.Publication.url,
            row.Publication.published_on,
            row.Publication.note,
            row.name or "",
            row.sha256 or "",
            row.bytes or 0,
        )
        for row in read.execute(query)
    ]


def published_web(read: Session, plan_id: int) -> dt.date | None:
    """Return the last day on which something of a plan was put on its web page."""
    return read.scalar(
        select(func.max(Publication.published_on)).where(
            Publication.plan_id == plan_id, Publication.channel == PublicationChannel.WEB.value
        )
    )
