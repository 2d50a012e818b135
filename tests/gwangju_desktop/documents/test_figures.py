"""Figures on paper: round axes, black and white, every number in words, nothing outside."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.documents.blocks import Block
from gwangju_desktop.documents.canvas import Canvas
from gwangju_desktop.documents.figures import (
    MOST_LINES,
    Bar,
    BarFigure,
    LineFigure,
    LineSeries,
    Note,
    NoteLines,
    Seat,
    SeatPlan,
    ticks,
    years,
)
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.documents.writer_pdf import Sheet, Writer

ACTUAL = LineSeries(
    "실적",
    ((2015, 931), (2016, 945), (2019, 952), (2021, 915)),
    notes=(Note(3, "실적 915"),),
    gaps=frozenset({2, 3}),
)
TARGET = LineSeries(
    "목표 경로", ((2018, 961), (2030, 529), (2045, 0)), True, (Note(1, "2030 529"), Note(2, "0"))
)
LINES = LineFigure((ACTUAL, TARGET), years(2015, 2045, [2021, 2030]), ticks(0, 961), "실적과 목표")
BARS = BarFigure(
    (Bar("광산구", 3412, "3,412", ("▲ 2.1%",), True), Bar("동구", 0, "0", ("–",))),
    "자치구",
    ("전년 대비",),
)


def drawn(*blocks: Block) -> bytes:
    theme = Theme()
    canvas = Canvas(title="그림", author="가상", language="ko-KR", link_text="", accessible=True)
    writer = Writer(canvas, theme)
    for stack in Layout(metrics(), theme).flow(blocks):
        writer.sheet(Sheet("그림", "1 / 1", "", "", "", stack))
    return canvas.finish()


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    said = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return said


numbers = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))


@settings(max_examples=200, deadline=None)
@given(numbers, numbers)
def test_axes_are_round_few_and_wide_enough(one, other):
    low, high = sorted((one, other))
    found = ticks(low, high)
    assert 2 <= len(found) <= MOST_LINES
    assert found[0] <= min(low, 0) + 1e-6
    assert found[-1] >= max(high, 0) - 1e-6
    steps = {round(b - a, 9) for a, b in pairwise(found)}
    assert max(steps) - min(steps) <= 1e-6 * max(abs(high), abs(low), 1)


def test_lines_say_their_numbers_at_the_points():
    text = text_of(drawn(LINES))
    for word in ("실적", "목표 경로", "실적 915", "2030 529", "2015", "2045", "1,000", "250"):
        assert word in text


def test_bars_say_values_and_changes():
    text = text_of(drawn(BARS))
    for word in ("광산구", "3,412", "▲ 2.1%", "동구", "전년 대비"):
        assert word in text


@pytest.mark.parametrize("block", [LINES, BARS])
def test_a_figure_is_one_element_with_its_words_and_no_colour(block):
    with pikepdf.open(io.BytesIO(drawn(block))) as pdf:
        figures = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        assert [str(one.Alt) for one in figures] == [block.alternative]
        content = pdf.pages[0].Contents.read_bytes()
    assert not re.search(rb"(?<![\w.])(rg|RG|k|K|sc|SC|scn|SCN)(?![\w.])", content)


def test_what_is_planned_is_dashed_and_what_was_measured_is_not():
    with pikepdf.open(io.BytesIO(drawn(LINES))) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert b"[4 3] 0 d" in content
    assert b"[] 0 d" in content


def test_a_year_without_figures_is_a_gap():
    with pikepdf.open(
        io.BytesIO(drawn(LineFigure((ACTUAL,), (2015, 2021), (0, 1000), "x")))
    ) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    paths = re.findall(r"0 G \[\] 0 d (.*?) S Q", content)
    # One path is the legend's, one joins 2015 and 2016; nothing bridges the years in between.
    assert [path.count(" l") for path in paths] == [1, 1]


points = st.lists(
    st.tuples(st.integers(1990, 2100), st.floats(-1e6, 1e6, allow_nan=False)),
    min_size=1,
    max_size=12,
    unique_by=lambda point: point[0],
).map(sorted)


@settings(max_examples=20, deadline=None)
@given(points, st.text(max_size=40))
def test_any_line_with_any_words_is_drawn_inside_the_page(found, words):
    series = LineSeries(words, tuple(found), notes=tuple(Note(n, words) for n in range(len(found))))
    values = [value for _year, value in found]
    xs = years(found[0][0], found[-1][0], [])
    figure = LineFigure((series,), xs, ticks(min(values), max(values)), words)
    with pikepdf.open(io.BytesIO(drawn(figure))) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
        box = [float(value) for value in pdf.pages[0].MediaBox]
    for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+) [ml](?= )", content):
        assert box[0] <= float(x) <= box[2]
        assert box[1] <= float(y) <= box[3]


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 120), st.text(max_size=60))
def test_seats_are_drawn_however_many_there_are(count, name):
    seats = tuple(Seat(n + 1, name, name, n == 0, n / count, n / count) for n in range(count))
    assert text_of(drawn(SeatPlan(seats, "앞", name))).count("앞") >= 1


def test_lines_to_write_on_are_no_content():
    with pikepdf.open(io.BytesIO(drawn(NoteLines(5)))) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert b"/Artifact BMC" in content
    assert b"/MCID" not in content
