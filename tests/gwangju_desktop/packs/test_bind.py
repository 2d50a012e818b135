"""Papers stand upright on A4, above the foot, whatever their page says of itself."""

from __future__ import annotations

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from db.vocab import IssueKind
from gwangju_desktop.packs.bind import BAND, PageFacts, place
from gwangju_desktop.packs.model import PaperData, Stamp
from gwangju_desktop.packs.pack import write_pack
from tests.gwangju_desktop.packs.made import A3_LANDSCAPE, A4, STARTS, Leaf, clean_paper, pack_data

SIDE = st.floats(5, 7000)


def through(matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def shown(facts: PageFacts) -> list[tuple[float, float]]:
    """The corners of the box upon the sheet: lower left, lower right, upper left as read."""
    x0, y0, x1, y1 = facts.box
    corners = {
        0: [(x0, y0), (x1, y0), (x0, y1)],
        90: [(x1, y0), (x1, y1), (x0, y0)],
        180: [(x1, y1), (x0, y1), (x1, y0)],
        270: [(x0, y1), (x0, y0), (x1, y1)],
    }[facts.rotate]
    return [through(place(facts).matrix, *corner) for corner in corners]


@settings(max_examples=120, deadline=None)
@given(
    st.floats(-500, 500),
    st.floats(-500, 500),
    SIDE,
    SIDE,
    st.sampled_from([0, 90, 180, 270]),
    st.floats(0.1, 3),
    st.floats(0, 1) | st.none(),
)
def test_every_box_lands_upright_inside_its_sheet(x, y, wide, high, rotate, unit, low):
    facts = PageFacts((x, y, x + wide, y + high), rotate, unit, low)
    placed = place(facts)
    lower_left, lower_right, upper_left = shown(facts)
    assert lower_left[1] == pytest.approx(lower_right[1], abs=0.01)
    assert lower_left[0] == pytest.approx(upper_left[0], abs=0.01)
    assert lower_right[0] > lower_left[0]
    assert upper_left[1] > lower_left[1]
    width, height = placed.size
    slack = 1 + max(width, height) * 0.02
    assert -slack <= lower_left[0] <= lower_right[0] <= width + slack
    assert -slack <= lower_left[1] <= upper_left[1] <= height + slack
    if low is not None and placed.scale < 1:
        ink = lower_left[1] + low * (upper_left[1] - lower_left[1])
        assert ink >= BAND - 0.01 or lower_left[1] >= BAND - 0.01


LEAVES = {
    "portrait": Leaf(),
    "landscape A3": Leaf(A3_LANDSCAPE),
    "turned right": Leaf(A4, 90),
    "upside down": Leaf(A4, 180),
    "turned left": Leaf(A4, 270),
    "cropped": Leaf((800, 1100), 0, (100, 120, 695, 962)),
    "cropped and turned": Leaf((800, 1100), 90, (100, 120, 695, 962)),
    "half size, unit 2": Leaf((297.64, 420.94), 0, None, 2.0),
}


def test_bound_pages_look_as_they_did_and_are_numbered_upright(tmp_path):
    clean = clean_paper(tmp_path, list(LEAVES.values()))
    target = tmp_path / "pack.pdf"
    # A draft's mark would lie over the pictures.
    stamp = Stamp(IssueKind.ISSUE, 1, STARTS, "00000000")
    facts = write_pack(pack_data([PaperData("자료", clean)]), target, stamp=stamp)
    first = facts.references["paper-1"]
    bound, alone = pypdfium2.PdfDocument(target), pypdfium2.PdfDocument(clean)
    try:
        for number, name in enumerate(LEAVES):
            page = bound[first - 1 + number]
            text = page.get_textpage().get_text_range()
            assert f"{first + number} / {facts.pages}" in text, name
            assert page.get_rotation() == 0
            folio = folio_box(page, f"{first + number} / {facts.pages}")
            width, _ = page.get_size()
            assert folio[2] > width * 0.85, name
            assert folio[3] < BAND, name
            assert folio[2] - folio[0] > folio[3] - folio[1], name
            assert same_picture(page, alone[number]), name
    finally:
        bound.close()
        alone.close()


def folio_box(page, folio: str) -> tuple[float, float, float, float]:
    """The box of the page number in points."""
    text = page.get_textpage()
    found = text.search(folio)
    index, count = found.get_next()
    boxes = [text.get_charbox(index + n) for n in range(count)]
    left, low, right, high = zip(*boxes, strict=True)
    return min(left), min(low), max(right), max(high)


def same_picture(bound, alone) -> bool:
    """Compare a bound page without its foot with the paper alone, scaled and hung from the top."""
    sheet = bound.render(scale=1).to_pil().convert("L")
    paper = alone.render(scale=1).to_pil().convert("L")
    inked = ImageChops.invert(paper).getbbox()
    foot = Image.new("L", (sheet.width, round(BAND)), 255)
    sheet.paste(foot, (0, sheet.height - round(BAND)))
    box = ImageChops.invert(sheet).getbbox()
    # The made page's ink is one frame: after scaling it has the same shape and lies alike.
    scale = (box[2] - box[0]) / (inked[2] - inked[0])
    assert (box[3] - box[1]) / (inked[3] - inked[1]) == pytest.approx(scale, rel=0.05)
    cut, whole = sheet.crop(box), paper.crop(inked).resize((box[2] - box[0], box[3] - box[1]))
    difference = ImageChops.difference(cut, whole).point(lambda value: 255 if value > 128 else 0)
    different = sum(difference.tobytes()) / 255 / (cut.width * cut.height)
    return different < 0.06
