"""Pages to pictures in a child process: PDFium must not draw foreign pages inside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwangju_desktop import child

_SECONDS = 20.0
# A picture's largest side in pixels; beyond it a page is only a way to fill the memory.
_LARGEST = 6000


def render(asked: dict[str, Any]) -> dict[str, Any]:
    """Draw pages of `asked["file"]`, `asked["width"]` pixels wide, into `asked["folder"]`.

    Answers `{"count": pages of the file, "pictures": [{"page", "path", "width", "height"}]}`, or
    `{"why": code}`.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(asked["file"])
    except pypdfium2.PdfiumError as error:
        return {"why": "encrypted" if "assword" in str(error) else "broken"}
    try:
        count = len(document)
        pictures = [
            _picture(document[number], number, int(asked["width"]), Path(asked["folder"]))
            for number in asked["pages"]
            if 0 <= number < count
        ]
    finally:
        document.close()
    return {"count": count, "pictures": pictures}


def _picture(page: Any, number: int, width: int, folder: Path) -> dict[str, Any]:
    wide, high = page.get_size()
    # A hair less, or rounding up adds a pixel to the width asked for.
    scale = min(width / wide, _LARGEST / max(wide, high)) * (1 - 1e-6)
    image = page.render(scale=scale).to_pil()
    page.close()
    path = folder / f"page-{number + 1:04}-{width}.png"
    image.save(path, compress_level=1)
    return {"page": number, "path": str(path), "width": image.width, "height": image.height}


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a PNG file; `page` counts from 0, sizes in pixels."""

    page: int
    path: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Pages drawn, and how many pages the file has."""

    count: int
    pictures: tuple[Picture, ...]


def waiting() -> child.Spare:
    """Return a child for pictures that may wait for its question; its owner closes it."""
    return child.Spare("pdf.pages", seconds=_SECONDS)


def pictures(
    file: Path,
    pages: Sequence[int],
    *,
    width: int,
    folder: Path,
    cancelled: Callable[[], bool] | None = None,
    spare: child.Spare | None = None,
) -> Preview:
    """Draw pages (counted from 0) as PNG files `width` pixels wide into an existing folder.

    A `spare` child answers sooner. Raises ChildFailed with `why`; a file PDFium cannot read is `broken`.
    """
    asked = {
        "file": str(file),
        "pages": list(pages),
        "width": width,
        "folder": str(folder),
    }
    told = (spare or waiting()).run(asked, cancelled)
    if "why" in told:
        raise child.ChildFailed("broken", told["why"])
    drawn = (
        Picture(one["page"], Path(one["path"]), one["width"], one["height"])
        for one in told["pictures"]
    )
    return Preview(told["count"], tuple(drawn))
