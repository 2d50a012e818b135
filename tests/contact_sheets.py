"""Contact sheets: many pictures of one look on one small page, and pictures cut to a few colours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

import resources

WIDE, GAP, LINE = 300, 10, 20  # px of a picture on the sheet, between two, of its name
ACROSS = 8
COLOURS = 40
MOST = 400_000  # bytes of a sheet


def sheet(pictures: Sequence[tuple[str, Path]], target: Path) -> None:
    """Lay named pictures in rows of fields as the first one's shape; raise OSError for too large a sheet."""
    with Image.open(pictures[0][1]) as first:
        high = round(first.height * WIDE / first.width)
    rows = -(-len(pictures) // ACROSS)
    size = (ACROSS * (WIDE + GAP) + GAP, rows * (high + LINE + GAP) + GAP)
    page = Image.new("RGB", size, "#8a8f98")
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(resources.path("fonts", "PretendardGOV-SemiBold.ttf")), 13)
    for n, (name, path) in enumerate(pictures):
        x = GAP + (n % ACROSS) * (WIDE + GAP)
        y = GAP + (n // ACROSS) * (high + LINE + GAP)
        draw.text((x, y), name, fill="white", font=font)
        with Image.open(path) as picture:
            shown = ImageOps.contain(picture.convert("RGB"), (WIDE, high), Image.Resampling.LANCZOS)
        page.paste(shown, (x, y + LINE))
    colours = COLOURS
    while True:
        page.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= MOST:
            return
        colours //= 2
        if colours < 8:
            raise OSError(f"{target.name} is larger than {MOST:,} bytes")


def small(picture: Path, target: Path, width: int) -> None:
    """Save a picture at a width in a few colours."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(picture) as held:
        high = round(held.height * width / held.width)
        shown = held.convert("RGB").resize((width, high), Image.Resampling.LANCZOS)
    shown.quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)
