"""Figures on paper: round axes, black and white, every number in words, nothing outside."""

from __future__ import annotations

import io
import re
from dataclasses import replace
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
    TimelineFigure,
    TimeRow,
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

TIMES = TimelineFigure(
    (
        TimeRow("이행과제 전체", (0.0, 300.0), (0.0, 240.0), "지연", strong=True),
        TimeRow("1. 시민 교육", (0.0, 90.0), (10.0, 80.0), "완료 2021. 10. 20."),
        TimeRow("2. 길고 긴 이름을 가진 세부 이행과제 " * 3, (90.0, 300.0), None, "시작 전"),
    ),
    ((0.0, "21. 8."), (150.0, "22. 1."), (300.0, "22. 6.")),
    ("계획", "실적", "오늘"),
    ("세부 이행과제", "상태"),
    "세부 이행과제 3개의 일정",
    today=240.0,
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


def test_a_timeline_says_its_rows_and_its_days_and_draws_today_dashed():
    data = drawn(TIMES)
    text = text_of(data)
    for word in (
        "이행과제 전체",
        "시민 교육",
        "완료 2021. 10. 20.",
        "22. 1.",
        "계획",
        "실적",
        "오늘",
    ):
        assert word in text
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    # One in the legend, one through the rows.
    assert content.count(b"[3 2] 0 d") == 2
    late = replace(TIMES, today=301.0)
    with pikepdf.open(io.BytesIO(drawn(late))) as pdf:
        assert pdf.pages[0].Contents.read_bytes().count(b"[3 2] 0 d") == 1


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), max_size=6),
    st.text(max_size=90),
)
def test_any_timeline_is_drawn_inside_the_page(found, words):
    spans = [(min(pair), max(pair)) for pair in found]
    rows = tuple(TimeRow(words, span, span, words) for span in spans)
    figure = replace(TIMES, rows=rows, alternative=words)
    with pikepdf.open(io.BytesIO(drawn(figure))) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
        box = [float(value) for value in pdf.pages[0].MediaBox]
    for x, y, wide, _high in re.findall(r"(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re", content):
        assert box[0] <= float(x) and float(x) + float(wide) <= box[2]
        assert box[1] <= float(y) <= box[3]


@pytest.mark.parametrize("block", [LINES, BARS, TIMES])
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
