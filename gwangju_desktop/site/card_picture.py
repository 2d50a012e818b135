"""Draw a card as a PNG of 1200 × 630, what social networks show of a page."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import resources
from gwangju_desktop.site.cards import Card

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
MARGIN, TOP, FOOT = 72, 56, 86
BLUE_EDGE = 14
TITLE_SIZES = (54, 48, 42, 36)
MOST_LINES = 3
GAP = 18


def png(card: Card) -> bytes:
    """Draw a card; the same card gives the same bytes."""
    from PIL import Image, ImageDraw

    colours = _colours()
    image = Image.new("RGB", (WIDTH, HEIGHT), colours["page"])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, BLUE_EDGE, HEIGHT), fill=colours["acc"])
    y = _head(draw, card, colours)
    bottom = _foot(draw, card, colours)
    y = _title(draw, card.title, y + 30, colours)
    if card.figure:
        size = _fitting(card.figure, (92, 76, 60, 48), WIDTH - 2 * MARGIN)
        y += GAP
        draw.text((MARGIN, y), _nfc(card.figure), colours["acc"], _font("Bold", size))
        y += round(size * 1.3)
    beside = bool(card.figure and card.bars)
    for text in card.lines:
        room = (bottom - y) // 42 if not card.bars else 1
        for line in _wrapped(text, _font("Regular", 30), WIDTH - 2 * MARGIN, max(room, 1)):
            if y + 40 <= bottom:
                draw.text((MARGIN, y), line, colours["text2"], _font("Regular", 30))
                y += 42
    if card.bars:
        _bars(draw, card, y + GAP, bottom, colours, thin=beside)
    out = io.BytesIO()
    # Few colours on plain paper: a palette keeps the edges of letters and a third of the bytes.
    few = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG")
    return out.getvalue()


def _head(draw: ImageDraw, card: Card, colours: dict[str, str]) -> int:
    font = _font("SemiBold", 28)
    right = WIDTH - MARGIN
    for text, ink, paper in (
        (card.said, colours["accOn"], colours["acc"]),
        (card.sample, colours["warn"], colours["warnBg"]),
    ):
        if text:
            wide = round(font.getlength(_nfc(text))) + 36
            draw.rounded_rectangle((right - wide, TOP - 8, right, TOP + 42), 8, fill=paper)
            draw.text((right - wide + 18, TOP), _nfc(text), ink, font)
            right -= wide + 14
    room = right - MARGIN - 20
    size = _fitting(card.office, (28, 26, 24, 22), room, "SemiBold")
    own = _font("SemiBold", size)
    office = next(_wrapped(card.office, own, room, 1), "")
    draw.text((MARGIN, TOP + 17), office, colours["text"], own, anchor="lm")
    return TOP + 44


def _foot(draw: ImageDraw, card: Card, colours: dict[str, str]) -> int:
    y = HEIGHT - FOOT
    draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=colours["line2"], width=2)
    font = _font("Regular", 25)
    note = next(_wrapped(card.note, font, WIDTH - 2 * MARGIN, 1), "")
    draw.text((MARGIN, y + 22), note, colours["text3"], font)
    return y - GAP


def _title(draw: ImageDraw, text: str, y: int, colours: dict[str, str]) -> int:
    wide = WIDTH - 2 * MARGIN
    for size in TITLE_SIZES:
        font = _font("Bold", size)
        lines = list(_wrapped(text, font, wide, MOST_LINES))
        if len(lines) <= 2 and not lines[-1].endswith("…"):
            break
    for line in lines:
        draw.text((MARGIN, y), line, colours["text"], font)
        y += round(size * 1.34)
    return y


def _bars(
    draw: ImageDraw, card: Card, y: int, bottom: int, colours: dict[str, str], *, thin: bool
) -> None:
    count = len(card.bars)
    step = min((bottom - y) // count, 50 if thin else 62)
    if step < 30:
        return
    font = _font("Regular", min(28, step - 8))
    bold = _font("SemiBold", min(28, step - 8))
    values = max(bold.getlength(bar.value) for bar in card.bars) + 20
    most = round((WIDTH - 2 * MARGIN) * 0.56)
    labels = min(max(font.getlength(_nfc(bar.label)) for bar in card.bars), most) + 24
    left = MARGIN + round(labels)
    wide = WIDTH - MARGIN - round(values) - left
    for bar in card.bars:
        high = max(step - 20, 14)
        label = next(_wrapped(bar.label, font, round(labels) - 24, 1), "")
        middle = y + step // 2
        draw.text((MARGIN, middle), label, colours["text"], font, anchor="lm")
        edge = left + max(round(wide * min(bar.share, 1.0)), 3)
        draw.rectangle(
            (left, middle - high // 2, left + wide, middle + high // 2), colours["neuBg"]
        )
        draw.rectangle((left, middle - high // 2, edge, middle + high // 2), colours["d1"])
        draw.text((WIDTH - MARGIN, middle), bar.value, colours["text"], bold, anchor="rm")
        y += step


def _wrapped(text: str, font: FreeTypeFont, wide: int, most: int) -> Iterator[str]:
    """Give a text in lines no wider than that, broken at spaces, and what does not fit as …"""
    words = _nfc(text).split()
    lines: list[str] = []
    line = ""
    for word in words:
        for part in _parts(word, font, wide):
            tried = f"{line} {part}" if line and part is word else line + part
            if line and font.getlength(tried) > wide:
                lines.append(line)
                tried = part
            line = tried
    if line:
        lines.append(line)
    if len(lines) > most:
        last = lines[most - 1]
        while last and font.getlength(last + "…") > wide:
            last = last[:-1]
        lines[most - 1 :] = [last.rstrip() + "…"]
    yield from lines


def _parts(word: str, font: FreeTypeFont, wide: int) -> Sequence[str]:
    """Break a word that is wider than a line."""
    if font.getlength(word) <= wide:
        return (word,)
    parts, part = [], ""
    for sign in word:
        if font.getlength(part + sign) > wide:
            parts.append(part)
            part = ""
        part += sign
    return [*parts, part]


def _fitting(text: str, sizes: Sequence[int], wide: int, weight: str = "Bold") -> int:
    """Return the largest size in which a text stands on one line."""
    return next((s for s in sizes if _font(weight, s).getlength(_nfc(text)) <= wide), sizes[-1])


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


@cache
def _font(weight: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    file = resources.path("fonts", f"PretendardGOV-{weight}.ttf")
    # Bytes, because a folder with Hangul in its name is no path FreeType can open everywhere.
    return ImageFont.truetype(
        io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC
    )


@cache
def _colours() -> dict[str, str]:
    tokens = json.loads(resources.path("tokens.json").read_text(encoding="utf-8"))
    light: dict[str, str] = tokens["color"]["light"]
    return light
