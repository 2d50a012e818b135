"""Somebody's PDF to a clean normal form; runs in a child process that may die without harm.

Normal form: every page is `/Paper Do` over one form with its own resources. The page keeps its
box, /Rotate and /UserUnit, and says in /Ink how far down and up its ink reaches (shares of the
height). Nothing else is kept: no notes, actions, scripts, fields, files, metadata, tags.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, NamedTuple

from gwangju_desktop.packs import layers
from gwangju_desktop.packs.burning import Picture, burn, changed_pages, ink, picture
from gwangju_desktop.packs.scrubbing import PAGE_KEYS, Refused, pick, scrub, untag

MOST_PAGES = 500
# Largest side of a page in points, 5.08 m (PDF 1.7, annex C).
LONGEST_SIDE = 14_400.0
_SMALLEST_SIDE = 3.0
_ACTIVE_ROOT = ("/AA", "/AcroForm", "/AF", "/Collection")
_ACTIVE_NAMES = ("/JavaScript", "/EmbeddedFiles")
_ACTIVE_NOTES = ("/Widget", "/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D")


def take(asked: dict[str, Any]) -> dict[str, Any]:
    """Write the normal form of `asked["source"]` into `asked["folder"]`.

    `asked["picture"]` says that it is a picture, `asked["password"]` opens a locked PDF. Answers `{"ok", "pages", "clean", "boxes", "warnings", "changed"}`, the boxes as [x0, y0, x1, y1, rotate,
    unit, ink or None], or `{"why": code}`; the codes are explained in packs.papers.
    """
    import pikepdf

    source, folder = Path(asked["source"]), Path(asked["folder"])
    try:
        if asked.get("picture"):
            from gwangju_desktop.papers import pictures

            pictures.write_pdf(source, folder / "picture.pdf")
            source = folder / "picture.pdf"
        return _take(source, folder / "clean.pdf", asked.get("password", ""))
    except Refused as refusal:
        return {"why": refusal.code}
    except pikepdf.PasswordError:
        return {"why": "encrypted"}
    except MemoryError:
        return {"why": "memory"}
    except Exception as error:  # Damage of any kind costs this paper only.
        return {"why": "broken", "detail": f"{type(error).__name__}: {error}"[:200]}


def _take(source: Path, target: Path, password: str) -> dict[str, Any]:
    import pikepdf

    redrawn, pictures = _draw(source, password)
    warnings: list[str] = []
    with (
        pikepdf.open(source, password=password) as original,
        pikepdf.open(io.BytesIO(redrawn) if redrawn else source, password=password) as pdf,
        pikepdf.new() as clean,
    ):
        if len(pdf.pages) != len(pictures):
            raise Refused("broken")  # Two readers see two documents: one of them is deceived.
        if _active(pdf):
            warnings.append("active")
        off = layers.hidden(pdf)
        if off:
            warnings.append("layers")
        if not _all_fonts_embedded(pdf):
            warnings.append("fonts")
        seen: layers.Seen = set()
        cut: layers.Seen = set()
        boxes: list[list[Any]] = []
        for number, page in enumerate(pdf.pages):
            geometry = _geometry(page)
            if redrawn and "/Annots" in page.obj:
                burn(pdf, page, original.pages[number], off)
            if off:
                layers.cut_page(pdf, page, off, cut)
            form = _form(pdf, page, geometry.box, seen)
            new = clean.add_blank_page().obj
            new.MediaBox = pikepdf.Array(geometry.box)
            new.Rotate = geometry.rotate
            if geometry.unit != 1:
                new.UserUnit = geometry.unit
            inked = ink(pictures[number])
            if inked:
                new.Ink = pikepdf.Array(inked)
            new.Contents = clean.make_stream(b"/Paper Do")
            own = clean.copy_foreign(pdf.make_indirect(form))
            new.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Paper=own))
            boxes.append([*geometry.box, geometry.rotate, geometry.unit, inked])
        generate = pikepdf.ObjectStreamMode.generate
        clean.save(target, object_stream_mode=generate, deterministic_id=True)
    changed = changed_pages(target, pictures) if redrawn or off else []
    if changed:
        warnings.append("notes")
    return {
        "ok": True,
        "pages": len(boxes),
        "clean": str(target),
        "boxes": boxes,
        "warnings": warnings,
        "changed": changed,
    }


def _draw(source: Path, password: str) -> tuple[bytes, list[Picture]]:
    """Let PDFium draw every page once, which gives notes and fields an appearance.

    Returns the file saved with those appearances (empty when it has no notes), and the pictures.
    """
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(source, password=password or None)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if "assword" in str(error) else "broken") from None
    try:
        if not 0 < len(document) <= MOST_PAGES:
            raise Refused("pages" if len(document) else "broken")
        document.init_forms()
        pictures: list[Picture] = []
        notes = False
        for number in range(len(document)):
            page = document[number]
            if max(page.get_size()) > LONGEST_SIDE:
                raise Refused("size")
            notes = notes or raw.FPDFPage_GetAnnotCount(page.raw) > 0
            pictures.append(picture(page, forms=True))
            page.close()
        saved = io.BytesIO()
        if notes:
            document.save(saved)
        return saved.getvalue(), pictures
    finally:
        document.close()


class _Geometry(NamedTuple):
    """The visible box in user space, clockwise degrees to turn it, points a unit."""

    box: list[float]
    rotate: int
    unit: float


def _geometry(page: Any) -> _Geometry:
    media, crop = _ordered(page.mediabox), _ordered(page.cropbox)
    box = [
        max(crop[0], media[0]),
        max(crop[1], media[1]),
        min(crop[2], media[2]),
        min(crop[3], media[3]),
    ]
    if box[2] - box[0] < _SMALLEST_SIDE or box[3] - box[1] < _SMALLEST_SIDE:
        box = media
    unit = float(page.obj.get("/UserUnit", 1))
    longest = max(box[2] - box[0], box[3] - box[1]) * unit
    if not _SMALLEST_SIDE <= longest <= LONGEST_SIDE:
        raise Refused("size")
    return _Geometry(box, int(_inherited(page.obj, "/Rotate", 0)) // 90 % 4 * 90, unit)


def _ordered(box: Any) -> list[float]:
    x0, y0, x1, y1 = (float(value) for value in box)
    return [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]


def _inherited(node: Any, key: str, default: Any) -> Any:
    for _ in range(50):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            break
        node = node.Parent
    return default


def _form(pdf: Any, page: Any, box: list[float], seen: set[tuple[int, int]]) -> Any:
    """Return a page's content as one form that needs nothing from outside."""
    import pikepdf

    resources = page.resources
    for key in list(page.obj.keys()):
        if key not in PAGE_KEYS:
            del page.obj[key]
    pick(resources)
    page.contents_coalesce()
    body = page.obj.get("/Contents")
    if not isinstance(body, pikepdf.Stream):
        body = pdf.make_stream(b"")
    untag(body)
    scrub(resources, seen)
    form = pdf.make_stream(body.read_raw_bytes())
    for key in ("/Filter", "/DecodeParms"):
        if key in body:
            form[key] = body[key]
    form.Type = pikepdf.Name.XObject
    form.Subtype = pikepdf.Name.Form
    form.FormType = 1
    form.BBox = pikepdf.Array(box)
    form.Resources = resources
    if "/Group" in page.obj:
        scrub(page.obj.Group, seen)
        form.Group = page.obj.Group
    return form


def _active(pdf: Any) -> bool:
    """Tell whether there is more than pages: scripts, actions, fields, files."""
    import pikepdf

    root = pdf.Root
    names = root.get("/Names", {})
    opening = root.get("/OpenAction")
    # An array only says which page to show first.
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo":
        return True
    if any(key in root for key in _ACTIVE_ROOT) or any(key in names for key in _ACTIVE_NAMES):
        return True
    return any(
        "/AA" in page.obj
        or any(str(note.get("/Subtype")) in _ACTIVE_NOTES for note in page.obj.get("/Annots", []))
        for page in pdf.pages
    )


def _all_fonts_embedded(pdf: Any) -> bool:
    import pikepdf

    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != "/Font":
            continue
        if "/DescendantFonts" in thing or thing.get("/Subtype") == "/Type3":
            continue
        descriptor: Any = thing.get("/FontDescriptor", {})
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            return False
    return True
