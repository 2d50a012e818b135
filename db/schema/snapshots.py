"""Signed snapshots handed out, and the key they are signed with."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column


class SigningKey(Recorded):
    """The office's Ed25519 key; the private half is sealed under a passphrase."""

    __tablename__ = "signing_key"
    __searched__: ClassVar[str] = "found on the snapshots page"
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    fingerprint: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str]
    made_at: Mapped[dt.datetime]


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
