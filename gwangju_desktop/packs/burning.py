"""Notes, stamps and filled fields become part of the page they lie on.

FPDFPage_Flatten is not used: it resets the page's boxes to Letter and loses highlights. Instead
PDFium makes every note's appearance, these are drawn into the page (ISO 32000-1, 12.5.5), and
pictures before and after are compared.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from gwangju_desktop.packs import layers

_HIDDEN, _NO_VIEW = 2, 32
# Share of differing pixels that is only noise of scaling.
_NOISE = 0.0005
_DARKER_THAN_PAPER = 200


class Picture(NamedTuple):
    """A page in grey at 24 dpi: enough to see ink, and to notice that a stamp has gone."""

    width: int
    height: int
    stride: int
    pixels: bytes


def picture(page: Any, *, forms: bool) -> Picture:
    """Draw a PDFium page; with `forms` also the fields somebody filled."""
    bitmap = page.render(scale=24 / 72, grayscale=True, may_draw_forms=forms)
    return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def ink(drawn: Picture) -> list[float] | None:
    """Return the lowest and highest inked row as shares of the height from the bottom."""
    width, height, stride, pixels = drawn
    rows = [
        row
        for row in range(height)
        if min(pixels[row * stride : row * stride + width]) < _DARKER_THAN_PAPER
    ]
    if not rows:
        return None
    return [round(1 - (rows[-1] + 1) / height, 4), round(1 - rows[0] / height, 4)]


def burn(pdf: Any, page: Any, original: Any, off: layers.Seen) -> None:
    """Draw the appearances of a page's notes into its content.

    `original` is the same page before PDFium made appearances for notes that had none; `off` are
    the layers whose notes nobody sees.
    """
    import pikepdf

    resources = pikepdf.Dictionary(page.resources)
    own: Any = resources.get("/XObject", {})
    forms = pikepdf.Dictionary(own)
    resources.XObject = forms
    page.obj.Resources = resources
    before = list(original.obj.get("/Annots", []))
    operators: list[str] = []
    for number, note in enumerate(page.obj.get("/Annots", [])):
        look = None if layers.is_off(note.get("/OC"), off) else _appearance(note)
        if look is None:
            continue
        made = number < len(before) and "/AP" not in before[number]
        matrix = _placed(note, look, made=made)
        forms[f"/Note{number}"] = look
        operators.append(f"q {matrix} cm /Note{number} Do Q")
    if operators:
        page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
        page.contents_add(pdf.make_stream(("\nQ\n" + "\n".join(operators)).encode()))


def _appearance(note: Any) -> Any:
    """Return the form that shows a note, or None when it shows nothing."""
    import pikepdf

    if int(note.get("/F", 0)) & (_HIDDEN | _NO_VIEW):
        return None
    if note.get("/Subtype") in ("/Popup", "/Link"):
        return None
    look = note.get("/AP", {}).get("/N")
    if isinstance(look, pikepdf.Dictionary) and not isinstance(look, pikepdf.Stream):
        look = look.get(str(note.get("/AS", "/Off")))
    return look if isinstance(look, pikepdf.Stream) else None


def _placed(note: Any, look: Any, *, made: bool) -> str:
    """Return the matrix that brings an appearance's box into the note's rectangle."""
    if made and note.get("/Subtype") != "/Widget":
        return "1 0 0 1 0 0"  # PDFium's own appearances are in the page's coordinates.
    a, b, c, d, e, f = (float(value) for value in look.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    left, low, right, high = (float(value) for value in look.BBox)
    xs = [a * x + c * y + e for x in (left, right) for y in (low, high)]
    ys = [b * x + d * y + f for x in (left, right) for y in (low, high)]
    x0, y0, x1, y1 = (float(value) for value in note.Rect)
    wide = abs(x1 - x0) / ((max(xs) - min(xs)) or 1)
    tall = abs(y1 - y0) / ((max(ys) - min(ys)) or 1)
    dx = min(x0, x1) - min(xs) * wide
    dy = min(y0, y1) - min(ys) * tall
    return f"{wide:.5f} 0 0 {tall:.5f} {dx:.3f} {dy:.3f}"


def changed_pages(clean: Path, before: list[Picture]) -> list[int]:
    """Return the pages of the clean copy, from 1, that do not look as they did."""
    import pypdfium2

    changed = []
    document = pypdfium2.PdfDocument(clean)
    try:
        for number, old in enumerate(before):
            page = document[number]
            new = picture(page, forms=False)
            page.close()
            if not _alike(old, new):
                changed.append(number + 1)
    finally:
        document.close()
    return changed


def _alike(old: Picture, new: Picture) -> bool:
    if old[:2] != new[:2]:
        return False
    pairs = zip(old.pixels, new.pixels, strict=True)
    different = sum(abs(one - other) > 40 for one, other in pairs)
    return different <= _NOISE * len(new.pixels)
