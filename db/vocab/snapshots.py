"""Words of snapshots: for whom, how they left, what a scan of a free text finds."""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """For whom a snapshot is made."""

    MONITOR = "monitor"
    PUBLIC = "public"


class DeliveryChannel(StrEnum):
    """By what way a snapshot was handed over."""

    STICK = "stick"
    MAIL = "mail"
    DOCUMENT = "document"
    MESSENGER = "messenger"
    WEB = "web"
    OTHER = "other"


class FindKind(StrEnum):
    """What a scan takes a piece of a free text for."""

    NAME = "name"
    PHONE = "phone"
    MAIL = "mail"
    RESIDENT_NUMBER = "resident_number"
    HIDDEN = "hidden"
