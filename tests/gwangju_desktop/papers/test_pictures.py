"""Scans and photographs become pages: upright, in their size, without the camera's notes."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from gwangju_desktop.packs.papers import Facts, Trouble, examine

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
A4 = (595.28, 841.89)


def drawn(size=(800, 600)) -> Image.Image:
    """A white picture, red in its upper left corner, blue in its lower right one."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    wide, high = size
    pen.rectangle((0, 0, wide // 4, high // 4), fill="red")
    pen.rectangle((wide * 3 // 4, high * 3 // 4, wide, high), fill="blue")
    return image


def taken(path: Path, folder: Path) -> Facts:
    found = examine(path, folder)
    assert isinstance(found, Facts), found
    return found


def seen(clean: Path, number: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(clean)
    try:
        return document[number].render(scale=1).to_pil().convert("RGB")
    finally:
        document.close()


def corners(image: Image.Image) -> tuple[str, ...]:
    """Where red and blue stand: their middle as upper/lower and left/right."""
    found = []
    for colour in (RED, BLUE):
        points = [
            (x, y)
            for x in range(0, image.width, 4)
            for y in range(0, image.height, 4)
            if sum(abs(a - b) for a, b in zip(image.getpixel((x, y)), colour, strict=True)) < 90
        ]
        assert points
        found.append(points[len(points) // 2])
    (rx, ry), (bx, by) = found
    return ("left" if rx < bx else "right", "above" if ry < by else "below")


@pytest.mark.parametrize("name", ["그림.png", "그림.jpg", "그림.tiff", "투명.png", "색표.png"])
def test_a_picture_is_a_page_that_shows_it(name, tmp_path):
    path = tmp_path / name
    mode = {"투명.png": "RGBA", "색표.png": "P"}.get(name, "RGB")
    drawn().convert(mode).save(path)
    clean = taken(path, tmp_path)
    assert clean.pages == 1
    page = seen(clean.clean)
    assert page.width > page.height
    assert corners(page) == ("left", "above")


def test_a_scan_keeps_its_size_and_a_frame_is_a_page(tmp_path):
    path = tmp_path / "스캔 자료.tif"
    sheet = drawn((1240, 1754))
    sheet.save(path, save_all=True, append_images=[sheet.convert("1"), sheet], dpi=(150, 150))
    found = taken(path, tmp_path)
    assert found.pages == 3
    with pikepdf.open(found.clean) as pdf:
        for page in pdf.pages:
            box = [float(value) for value in page.mediabox]
            assert box[2:] == pytest.approx(A4, abs=1)
    assert corners(seen(found.clean, 2)) == ("left", "above")


def test_a_photograph_stands_upright_and_forgets_where_it_was_taken(tmp_path):
    path = tmp_path / "현장 사진.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "secret camera"
    exif[0x8825] = {1: "N", 2: (35.0, 9.0, 36.0)}
    drawn((1600, 1200)).save(path, exif=exif, comment=b"secret comment")
    assert b"secret camera" in path.read_bytes()
    found = taken(path, tmp_path)
    page = seen(found.clean)
    assert page.height > page.width
    assert corners(page) == ("right", "above")
    assert b"secret" not in found.clean.read_bytes()
    with pikepdf.open(found.clean) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        assert not any(b"secret" in stream.read_raw_bytes() for stream in streams)
        pictures = [s for s in streams if s.get("/Subtype") == "/Image"]
        # Its own data, not packed a second time.
        assert [picture.Filter for picture in pictures] == [pikepdf.Name.DCTDecode]


def test_sixteen_bits_of_grey_are_not_cut_off(tmp_path):
    path = tmp_path / "회색.png"
    Image.new("I;16", (400, 500), 40_000).save(path)
    page = seen(taken(path, tmp_path).clean)
    middle = page.getpixel((page.width // 2, 200))
    assert middle[0] == pytest.approx(40_000 / 256, abs=3)


def test_broken_and_swollen_pictures_are_refused(tmp_path):
    cut = tmp_path / "잘린.png"
    drawn().save(cut)
    cut.write_bytes(cut.read_bytes()[:200])
    assert examine(cut, tmp_path) == Trouble("broken")
    swollen = tmp_path / "부푼.png"
    Image.new("1", (11_000, 11_000), 1).save(swollen)
    assert swollen.stat().st_size < 1_000_000
    assert examine(swollen, tmp_path) == Trouble("size")
    many = tmp_path / "많은.tif"
    dot = Image.new("1", (8, 8))
    dot.save(many, save_all=True, append_images=[dot] * 500)
    assert examine(many, tmp_path) == Trouble("pages")
