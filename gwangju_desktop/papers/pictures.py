"""Scans and photographs to PDF pages, in a child process: pictures are foreign files too.

Scans with a resolution keep their size on paper; others are fitted on A4. A photograph's JPEG data
is taken as it is, without the camera's notes (where it was taken, with what, when).
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any, NamedTuple

from gwangju_desktop.packs.scrubbing import Refused

# 100 megapixels are A3 at 600 dpi; beyond that a picture is only a way to fill the memory.
MOST_PIXELS = 100_000_000
MOST_FRAMES = 500
_A4 = (595.28, 841.89)
_MARGIN = 42.5  # 15 mm
_USUAL_DPI = 150.0
# Screens and cameras write 72 or 96 without meaning it.
_SCANNED_DPI = (100.0, 1300.0)
# From this share of a sheet's width on, a picture is a scan of the whole sheet.
_WHOLE_SHEET = 0.85
_LARGEST_SHEET = 1200.0  # points, the long side of A3
# A camera's orientation to degrees against the clock; mirrored ones are redrawn instead.
_UPRIGHT = {1: 0, 3: 180, 6: 270, 8: 90}
_ORIENTATION = 0x0112
# Kept of a JPEG: JFIF, colour profile, Adobe's note on colours. Others tell of place and camera.
_KEPT_MARKERS = (0xE0, 0xE2, 0xEE)


class _Placed(NamedTuple):
    """A page's size and the picture's rectangle on it, in points."""

    page: tuple[float, float]
    x: float
    y: float
    width: float
    height: float


def write_pdf(source: Path, target: Path) -> int:
    """Write a picture as PDF, a page a frame, and return how many.

    Raises Refused for what is no picture, has too many frames or too many pixels.
    """
    import pikepdf
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # Ours is checked before anything is decoded.
    try:
        with Image.open(source, formats=("PNG", "JPEG", "TIFF")) as image, pikepdf.new() as pdf:
            count = getattr(image, "n_frames", 1)
            if count > MOST_FRAMES:
                raise Refused("pages")
            for number in range(count):
                image.seek(number)
                if image.width * image.height > MOST_PIXELS:
                    raise Refused("size")
                turned = _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
                if image.format == "JPEG" and image.mode in ("L", "RGB") and turned is not None:
                    _add_jpeg(pdf, source, image, turned)
                else:
                    _add_pixels(pdf, ImageOps.exif_transpose(image), _dpi(image))
            pdf.save(target)
            return count
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused("broken") from error


def _add_jpeg(pdf: Any, source: Path, image: Any, turned: int) -> None:
    import pikepdf

    data = _without_notes(source.read_bytes())
    wide, high = image.size
    if turned in (90, 270):
        wide, high = high, wide
    stream = pdf.make_stream(data, Filter=pikepdf.Name.DCTDecode)
    space = pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB
    _describe(stream, image.size, space, 8)
    _add_page(pdf, stream, _place(wide, high, _dpi(image)), turned)


def _add_pixels(pdf: Any, image: Any, dpi: float | None) -> None:
    import pikepdf

    plain = _flat(image)
    stream = pdf.make_stream(zlib.compress(plain.tobytes(), 6), Filter=pikepdf.Name.FlateDecode)
    space = pikepdf.Name.DeviceRGB if plain.mode == "RGB" else pikepdf.Name.DeviceGray
    _describe(stream, plain.size, space, 1 if plain.mode == "1" else 8)
    wide, high = plain.size
    _add_page(pdf, stream, _place(wide, high, dpi), 0)


def _flat(image: Any) -> Any:
    """Return a picture as black and white, grey or colours; what shines through lies on white."""
    from PIL import Image

    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode.startswith(("I;16", "I", "F")):
        # Scanners write 16 bits of grey, which other conversions cut off at 255.
        return image.point(lambda value: value / 256).convert("L")
    if "A" in image.mode or "transparency" in image.info:
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(white, over).convert("RGB")
    return image.convert("RGB")


def _describe(stream: Any, size: tuple[int, int], space: Any, bits: int) -> None:
    import pikepdf

    stream.Type = pikepdf.Name.XObject
    stream.Subtype = pikepdf.Name.Image
    stream.Width, stream.Height = size
    stream.ColorSpace = space
    stream.BitsPerComponent = bits


def _add_page(pdf: Any, stream: Any, placed: _Placed, turned: int) -> None:
    import pikepdf

    x, y, wide, high = placed.x, placed.y, placed.width, placed.height
    matrix = {
        0: (wide, 0, 0, high, x, y),
        90: (0, high, -wide, 0, x + wide, y),
        180: (-wide, 0, 0, -high, x + wide, y + high),
        270: (0, -high, wide, 0, x, y + high),
    }[turned]
    page = pdf.add_blank_page(page_size=placed.page).obj
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=stream))
    numbers = " ".join(f"{value:.3f}" for value in matrix)
    page.Contents = pdf.make_stream(f"q {numbers} cm /Picture Do Q".encode())


def _dpi(image: Any) -> float | None:
    """Return the resolution a picture tells, when it can be true."""
    told = image.info.get("dpi")
    if not told:
        return None
    dpi = float(min(told))
    return dpi if _SCANNED_DPI[0] <= dpi <= _SCANNED_DPI[1] else None


def _place(wide: int, high: int, dpi: float | None) -> _Placed:
    """Lay a picture of so many pixels on a sheet."""
    width, height = (side * 72 / (dpi or _USUAL_DPI) for side in (wide, high))
    sheet = _A4 if high >= wide else (_A4[1], _A4[0])
    whole = min(width / sheet[0], height / sheet[1]) >= _WHOLE_SHEET
    if dpi and whole and max(width, height) <= _LARGEST_SHEET:
        return _Placed((width, height), 0, 0, width, height)
    room = sheet[0] - 2 * _MARGIN, sheet[1] - 2 * _MARGIN
    scale = min(1.0, room[0] / width, room[1] / height)
    width, height = width * scale, height * scale
    # Pictures hang from the top as papers do; the foot stays free.
    return _Placed(sheet, (sheet[0] - width) / 2, sheet[1] - _MARGIN - height, width, height)


def _without_notes(data: bytes) -> bytes:
    """Return JPEG data without what the camera wrote beside the picture."""
    out, place = bytearray(data[:2]), 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xDA:
            break
        length = 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        noted = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not noted or marker in _KEPT_MARKERS:
            out += data[place : place + length]
        place += length
    return bytes(out) + data[place:]
