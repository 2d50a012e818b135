"""A small picture in a document, such as the office's logo: read once, kept as plain pixels."""

from __future__ import annotations

import base64
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gwangju_desktop import child
from gwangju_desktop.documents.blocks import Align, Block
from gwangju_desktop.documents.drawn import draws, measures
from gwangju_desktop.documents.layout import Fit, Layout
from gwangju_desktop.documents.pdf_file import text_string
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from gwangju_desktop.documents.writer_pdf import Writer

# A logo printed 60 mm wide at 300 dots an inch has 700 pixels across.
MOST_PIXELS = 700
_MOST_BYTES = 8 << 20
_SECONDS, _MEMORY = 15.0, 900
_MOST_AREA = 40_000_000
# The office keeps it among its settings, with every change of it.
_MOST_KEPT = 200_000
_FORMATS = ("PNG", "JPEG")
_AFTER = 4.0


@dataclass(frozen=True, eq=False)
class Picture(Block):
    """Pixels on white in a box of points; `alternative` says what they show."""

    png: bytes
    width: float
    height: float
    alternative: str
    align: Align = "left"


def taken(data: bytes, name: str) -> bytes:
    """Return a picture somebody chose as a small PNG on white, nothing else of the file kept.

    Raises UserError for what is no PNG or JPEG, is too large, or cannot be read.
    """
    from PIL import Image, UnidentifiedImageError

    if len(data) > _MOST_BYTES:
        raise _refused(name)
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_AREA:
                raise _refused(name)
            image.thumbnail((MOST_PIXELS, MOST_PIXELS))
            clear = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _refused(name) from None
    flat = Image.new("RGB", clear.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    while True:
        out = io.BytesIO()
        flat.save(out, "PNG")
        if out.tell() <= _MOST_KEPT:
            return out.getvalue()
        flat = flat.resize((max(1, flat.width * 2 // 3), max(1, flat.height * 2 // 3)))


def chosen(path: Path) -> bytes:
    """Return the picture in a file as `taken` does, read in a child: it comes from elsewhere."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _refused(path.name)
        told = child.run("picture.take", {"file": str(path)}, seconds=_SECONDS, memory_mb=_MEMORY)
    except (OSError, child.ChildFailed):
        raise _refused(path.name) from None
    if "png" not in told:
        raise _refused(path.name)
    return base64.b64decode(told["png"])


def take_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Answer `{"png": base64}` for `asked["file"]`, `{"why": "refused"}` for what is no picture."""
    path = Path(asked["file"])
    try:
        return {"png": base64.b64encode(taken(path.read_bytes(), path.name)).decode()}
    except UserError:
        return {"why": "refused"}


def picture(png: bytes, *, height: float, most: float, alternative: str, align: Align) -> Picture:
    """Return a picture `height` points high, at most `most` points wide."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as image:
        wide = height * image.width / image.height
    scale = min(1.0, most / wide)
    return Picture(png, wide * scale, height * scale, alternative, align)


def data_address(block: Picture) -> str:
    """Return the picture as an address that holds its own data."""
    return f"data:image/png;base64,{base64.b64encode(block.png).decode()}"


def _refused(name: str) -> UserError:
    return UserError(
        N_("{file} is not a picture that can be used."),
        hint=N_("Choose a PNG or JPEG file of at most 8 MB."),
        file=name,
    )


@measures(Picture)
def _measure(_layout: Layout, block: Picture, width: float) -> Fit:
    return Fit(block, width, block.height, 0, _AFTER, block.height, True)


@draws(Picture)
def _draw(writer: Writer, fit: Fit, x: float, y: float, parent: Node) -> None:
    """Draw a picture as an inline image: small ones need no object of their own."""
    from PIL import Image

    block = fit.block
    assert isinstance(block, Picture)
    with Image.open(io.BytesIO(block.png)) as image:
        wide, high = image.size
        pixels = zlib.compress(image.convert("RGB").tobytes(), 9)
    free = fit.width - block.width
    x += {"left": 0.0, "centre": free / 2, "right": free}[block.align]
    said = base64.a85encode(pixels).decode()
    canvas = writer.canvas
    with canvas.marked(Node("Figure", parent, f"/Alt{text_string(block.alternative)}")):
        canvas.put(
            f"q {block.width:.2f} 0 0 {block.height:.2f} {x:.2f} {y - block.height:.2f} cm\n"
            f"BI /W {wide} /H {high} /CS /RGB /BPC 8 /F [/A85 /Fl] ID\n{said}~>\nEI Q"
        )
