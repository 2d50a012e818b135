"""Signed snapshots handed out, and the key they are signed with."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.schema import polls  # noqa: F401 - a release points there
from db.vocab import DeliveryChannel


class SigningKey(Recorded):
    """The office's Ed25519 key; the private half is sealed under a passphrase.

    A key that follows another carries that one's signature over the succession (hex), so that who
    knows the old key may trust the new; `reason` says why the old one was retired.
    """

    __tablename__ = "signing_key"
    __searched__: ClassVar[str] = "found on the snapshots page"
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    fingerprint: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str]
    made_at: Mapped[dt.datetime]
    succeeds_id: Mapped[int | None] = mapped_column(
        ForeignKey("signing_key.id", ondelete="RESTRICT"), unique=True
    )
    succession: Mapped[str] = mapped_column(String(128), default="")
    reason: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[dt.datetime | None]


class Snapshot(Recorded):
    """One snapshot that left the office; its number is never used twice.

    `sha256` is of the whole file, `manifest_sha256` of the manifest the next one names as its
    predecessor; `rows` and `withheld` count the rows in it and the texts held back by review.
    """

    __tablename__ = "snapshot"
    __searched__: ClassVar[str] = "found on the snapshots page"
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    sequence: Mapped[int] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    file_name: Mapped[str]
    bytes: Mapped[int]
    rows: Mapped[int]
    withheld: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str]
    profile: Mapped[str]
    audit_id: Mapped[int]
    audit_hash: Mapped[str] = mapped_column(String(64))


class SnapshotDelivery(Recorded):
    """One handing over of a snapshot: to whom, by what way and when."""

    __tablename__ = "snapshot_delivery"
    __searched__: ClassVar[str] = "found on the snapshots page"

    id: Mapped[int] = id_column()
    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshot.id", ondelete="RESTRICT"), index=True
    )
    recipient: Mapped[str]
    channel: Mapped[str] = mapped_column(default=DeliveryChannel.STICK.value)
    delivered_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(default="")


class TextDecision(Recorded):
    """What a person decided of one find of the scan in one version of a free text.

    `kind` is a FindKind. `text_mark` is an HMAC of the text under the office's secret: another text needs another
    decision, and no word of it stands here. `start` and `length` count characters in NFC.
    """

    __tablename__ = "text_decision"
    __searched__: ClassVar[str] = "found on the snapshots page"
    __table_args__ = (
        UniqueConstraint(
            *("table_name", "column_name", "row_id", "text_mark", "start", "length"),
            name="uq_text_decision_place",
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    table_name: Mapped[str]
    column_name: Mapped[str]
    row_id: Mapped[int]
    text_mark: Mapped[str] = mapped_column(String(64))
    start: Mapped[int]
    length: Mapped[int]
    kind: Mapped[str]
    shown: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")


class PollRelease(Recorded):
    """The tables of one wave as one snapshot gave them out, so that the next gives no difference.

    `content` is canonical JSON of the cells, hidden ones as null; a wave released unchanged gets no
    further row.
    """

    __tablename__ = "poll_release"
    __searched__: ClassVar[str] = "figures; found by their poll"
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshot.id", ondelete="RESTRICT"), index=True
    )
    wave_id: Mapped[int] = mapped_column(
        ForeignKey("poll_wave.id", ondelete="RESTRICT"), index=True
    )
    profile: Mapped[str]
    content: Mapped[str]
