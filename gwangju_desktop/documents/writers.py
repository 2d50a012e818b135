"""One door to every format: a composed document in, the bytes of a file out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, Msg


def _pdf(composed: Composed) -> bytes:
    from gwangju_desktop.documents.press import press

    return press(composed).data


_WRITERS: Mapping[str, Callable[[Composed], bytes]] = {"pdf": _pdf}
# In the order they are offered.
FORMATS: tuple[str, ...] = tuple(_WRITERS)
LABELS: Mapping[str, Msg] = {"pdf": C_("format", "PDF")}


def formats(composed: Composed) -> tuple[str, ...]:
    """Return the formats a document has: one drawn by hand is PDF only."""
    if composed.drawn is not None:
        return ("pdf",)
    return FORMATS


def write(composed: Composed, suffix: str) -> bytes:
    """Return the file of a document; `suffix` is a format, with or without its dot.

    Raises UserError for a format the document does not have.
    """
    wanted = suffix.lower().lstrip(".")
    offered = formats(composed)
    if wanted not in offered:
        raise UserError(
            N_("“{title}” is not written as “{suffix}”."),
            hint=N_("Choose one of {known}."),
            title=composed.title,
            suffix=suffix,
            known=", ".join(offered),
        )
    return _WRITERS[wanted](composed)
