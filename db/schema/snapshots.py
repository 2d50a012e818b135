"""Signed snapshots handed out, and the key they are signed with."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column


class SigningKey(Recorded):
    """The office's Ed25519 key; the private half is encrypted under a passphrase."""

    __tablename__ = "signing_key"
    __searched__: ClassVar[str] = "found on the snapshots page"
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    fingerprint: Mapped[str] = mapped_column(unique=True)
    public_pem: Mapped[str]
    private_pem: Mapped[str]
    made_at: Mapped[dt.datetime]


class Snapshot(Recorded):
    """One snapshot that left the office; its number is never used twice."""

    __tablename__ = "snapshot"
    __searched__: ClassVar[str] = "found on the snapshots page"
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    sequence: Mapped[int] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    sha256: Mapped[str] = mapped_column(String(64))
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str]
    profile: Mapped[str]
    audit_id: Mapped[int]
    audit_hash: Mapped[str] = mapped_column(String(64))
