"""One door to every format: a composed document in, the bytes of a file out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.writer_xlsx import has_tables
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, Msg, words


def _pdf(composed: Composed) -> bytes:
    from gwangju_desktop.documents.press import press

    return press(composed).data


def _html(composed: Composed) -> bytes:
    from gwangju_desktop.documents.writer_html import write_html

    return write_html(composed)


def _hwpx(composed: Composed) -> bytes:
    from gwangju_desktop.documents.writer_hwpx import write_hwpx

    return write_hwpx(composed)


def _xlsx(composed: Composed) -> bytes:
    from gwangju_desktop.documents.writer_xlsx import write_xlsx

    return write_xlsx(composed)


def _txt(composed: Composed) -> bytes:
    from gwangju_desktop.documents.issuer import footer
    from gwangju_desktop.documents.plain import plain

    text = plain(composed)
    if composed.about.sample:
        text += f"\n{footer(composed.about, words(composed.language))}\n"
    # Editors on Windows tell Hangul in UTF-8 by the mark at its beginning.
    return text.replace("\n", "\r\n").encode("utf-8-sig")


# In the order they are offered.
_WRITERS: Mapping[str, Callable[[Composed], bytes]] = {
    "pdf": _pdf,
    "hwpx": _hwpx,
    "html": _html,
    "xlsx": _xlsx,
    "txt": _txt,
}
FORMATS: tuple[str, ...] = tuple(_WRITERS)
LABELS: Mapping[str, Msg] = {
    "pdf": C_("format", "PDF"),
    "hwpx": C_("format", "Hancom document (HWPX)"),
    "html": C_("format", "Web page (HTML)"),
    "xlsx": C_("format", "Tables (XLSX)"),
    "txt": C_("format", "Plain text (TXT)"),
}


def formats(composed: Composed) -> tuple[str, ...]:
    """Return the formats a document has: PDF only if drawn by hand, tables only if it has any."""
    if composed.drawn is not None:
        return ("pdf",)
    if has_tables(composed):
        return FORMATS
    return tuple(one for one in FORMATS if one != "xlsx")


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
