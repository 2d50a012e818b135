"""Drawn sheets and clean papers to one PDF.

A paper's page is a form under a sheet that carries the foot, placed by one matrix: /Rotate,
CropBox, UserUnit and A3 are a row of numbers, resources cannot clash, and the page order is right
from the start.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import Cancelled

A4 = (210 * MM, 297 * MM)
# The foot's band, which no paper's ink may reach.
BAND = 15 * MM
# Enlarging or shrinking by less than this is not worth losing the true size.
_NEARLY_WHOLE = 0.985
# What qpdf writes as the second half of the identifier when asked for a constant one; it stands in
# the last object, the table of objects.
_SAME_ID = b"31415926535897932384626433832795"
_CHUNK = 1 << 18
_END = 64


class PageFacts(NamedTuple):
    """A clean page: visible box, clockwise degrees, points a unit, lowest ink (share) or None."""

    box: tuple[float, float, float, float]
    rotate: int
    unit: float
    low: float | None


class Placing(NamedTuple):
    """A sheet's size in points, the form's matrix, and the scale against the original."""

    size: tuple[float, float]
    matrix: tuple[float, ...]
    scale: float


@lru_cache(4096)
def place(facts: PageFacts) -> Placing:
    """Fit a page upright upon A4, portrait or landscape, above the band if its ink reaches it."""
    x0, y0, x1, y1 = facts.box
    wide, high = (x1 - x0) * facts.unit, (y1 - y0) * facts.unit
    if facts.rotate in (90, 270):
        wide, high = high, wide
    size = A4 if high >= wide * 0.99 else (A4[1], A4[0])
    scale = min(1.0, size[0] / wide, size[1] / high)
    if scale > _NEARLY_WHOLE:
        scale = 1.0
    base = size[1] - high * scale  # Papers hang from the sheet's top edge.
    if facts.low is not None and base + facts.low * high * scale < BAND:
        scale = min(size[0] / wide, (size[1] - BAND) / high, 1.0)
        base = size[1] - high * scale
    k = scale * facts.unit
    turned = {
        0: (k, 0.0, 0.0, k, -k * x0, -k * y0),
        90: (0.0, -k, k, 0.0, -k * y0, k * x1),
        180: (-k, 0.0, 0.0, -k, k * x1, k * y1),
        270: (0.0, k, -k, 0.0, k * y1, -k * x0),
    }[facts.rotate]
    shift = (size[0] - wide * scale) / 2
    matrix = (*turned[:4], turned[4] + shift, turned[5] + base)
    return Placing(size, matrix, scale)


@dataclass(frozen=True, slots=True, eq=False)
class BoundPaper:
    """A clean copy held open while a pack is made, and the facts of its pages."""

    pdf: Any
    forms: tuple[Any, ...]
    pages: tuple[PageFacts, ...]

    @classmethod
    def open(cls, path: Path) -> BoundPaper:
        """Open a clean copy; raises OSError or pikepdf.PdfError when it is not one."""
        import pikepdf

        pdf = pikepdf.open(path)
        pages = [page.obj for page in pdf.pages]
        forms = tuple(page.Resources.XObject.Paper for page in pages)
        return cls(pdf, forms, tuple(_facts(page) for page in pages))


def _facts(page: Any) -> PageFacts:
    x0, y0, x1, y1 = (float(value) for value in page.MediaBox)
    inked = page.get("/Ink")
    low = None if inked is None else float(inked[0])
    unit = float(page.get("/UserUnit", 1))
    return PageFacts((x0, y0, x1, y1), int(page.get("/Rotate", 0)), unit, low)


class Slot(NamedTuple):
    """The sheet (counted from 0) that a page of a paper goes under."""

    sheet: int
    paper: BoundPaper
    page: int


def bind(
    drawn: bytes,
    slots: Sequence[Slot],
    target: Path,
    *,
    step: Callable[[], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Hang the papers' pages under their sheets and write the file; `step` is called for each.

    Raises Cancelled when `cancelled()` turns true.
    """
    if not slots:
        target.write_bytes(drawn)
        return
    import pikepdf

    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        sheets = [page.obj for page in pdf.pages]
        shared = sheets[0].Resources  # All sheets share one dictionary.
        font, state = shared.Font, shared.ExtGState
        off: list[Any] = []
        seen: set[int] = set()
        for slot in slots:
            if cancelled and cancelled():
                raise Cancelled
            if id(slot.paper) not in seen:
                seen.add(id(slot.paper))
                off.extend(_hidden(pdf, slot.paper))
            form = pdf.copy_foreign(slot.paper.forms[slot.page])
            matrix = place(slot.paper.pages[slot.page]).matrix
            numbers = " ".join(f"{value:.5f}" for value in matrix)
            form.Matrix = pikepdf.Object.parse(f"[{numbers}]".encode())
            papers = pikepdf.Dictionary(Paper=form)
            resources = pikepdf.Dictionary(Font=font, ExtGState=state, XObject=papers)
            sheets[slot.sheet].Resources = resources
            if step:
                step()
        if off:
            layers = pikepdf.Dictionary(OFF=pikepdf.Array(off), Order=pikepdf.Array())
            pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array(off), D=layers)
        # Not deterministic_id: its MD5 of the whole file costs as much as the writing, see seal().
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)


def seal(target: Path) -> str:
    """Give a bound file an identifier made from what it holds and return its SHA-256 in hex."""
    with target.open("r+b", buffering=0) as file:
        start = _last_object(file)
        digest = hashlib.sha256()
        piece = memoryview(bytearray(_CHUNK))
        file.seek(0)
        left = start
        while left:
            read = file.readinto(piece[: min(_CHUNK, left)])
            digest.update(piece[:read])
            left -= read
        tail = file.read()
        whole = digest.copy()
        whole.update(tail)
        tail = tail.replace(_SAME_ID, whole.hexdigest()[: len(_SAME_ID)].encode())
        file.seek(start)
        file.write(tail)
    digest.update(tail)
    return digest.hexdigest()


def _last_object(file: FileIO) -> int:
    """Return where the table of objects begins, which the file's end names."""
    file.seek(-_END, os.SEEK_END)
    return int(file.read().rpartition(b"startxref")[2].split()[0])


def _hidden(pdf: Any, paper: BoundPaper) -> list[Any]:
    """Return a paper's layers that are off, as objects of the pack: they stay off."""
    layers = paper.pdf.Root.get("/OCProperties")
    if layers is None:
        return []
    groups = layers.D.OFF
    if not groups.is_indirect:
        groups = paper.pdf.make_indirect(groups)
    return list(pdf.copy_foreign(groups))
