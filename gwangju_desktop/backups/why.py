"""What a backup was made for, and which use cases one is made ahead of."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from gwangju_desktop.text import C_, N_, Msg


class Why(StrEnum):
    """What a backup was made for; the codes stand in manifests."""

    ASKED = "asked"
    TIMED = "timed"
    CLOSING = "closing"
    BEFORE = "before"
    IMPORT = "import"
    ERASURE = "erasure"
    CONVERSION = "conversion"
    RESTORE = "restore"
    TAKING = "taking"


WORDS: dict[str, Msg] = {
    Why.ASKED: C_("backup", "by hand"),
    Why.TIMED: N_("after half an hour of work"),
    Why.CLOSING: N_("on leaving the office"),
    Why.BEFORE: N_("before a large step"),
    Why.IMPORT: N_("before an import"),
    Why.ERASURE: N_("before an erasure"),
    Why.CONVERSION: N_("before a conversion"),
    Why.RESTORE: N_("before a restore"),
    Why.TAKING: N_("before a copy was taken over"),
}
UNKNOWN = C_("backup", "not known")

Made = TypeVar("Made", bound=Callable[..., Any])


def saved_first(why: Why) -> Callable[[Made], Made]:
    """Mark a use case ahead of which the window makes a backup when anything is unsaved."""

    def mark(function: Made) -> Made:
        function.saved_first = why  # type: ignore[attr-defined]
        return function

    return mark


def reason(usecase: object) -> Why | None:
    """Return what a backup ahead of a use case is made for, None for one that needs none."""
    return getattr(usecase, "saved_first", None)
