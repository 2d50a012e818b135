"""The painted parts: each says in words what it paints, and paints it where it belongs."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from db.vocab import ProposalStage
from gwangju_desktop.proposals.clocks import Pause, count
from gwangju_desktop.proposals.rows import Event, StageCount
from gwangju_desktop.proposals.spans import Span
from gwangju_desktop.text import N_
from ui import theme
from ui.proposals.pipeline import Pipeline
from ui.proposals.timeline import BARE, ROW, Timeline
from ui.proposals.track import Track

BEGINS = dt.date(2022, 2, 10)
MONTH = Span(1, "month")


@pytest.fixture
def shown(dressed, qtbot):
    """Show a widget of a width and lay it out."""

    def show(widget, width: int = 420):
        qtbot.addWidget(widget)
        widget.setFixedWidth(width)
        widget.show()
        dressed.processEvents()
        return widget

    return show


def counts(**figures) -> list[StageCount]:
    return [StageCount(stage.value, *figures.get(stage.name, (0, 0, 0))) for stage in ProposalStage]


def test_the_pipeline_says_what_is_soon_and_over_and_chooses_by_click_and_key(shown):
    pipeline = shown(Pipeline(), 700)
    pipeline.show_counts(counts(REVIEW=(6, 2, 1), CLOSED=(1041, 0, 0)))
    review = pipeline.steps[1]
    assert review.accessibleName() == "부서 검토, 6건, 1건 지남, 2건 임박"
    assert pipeline.steps[-1].accessibleName() == "처리 완료, 1,041건"
    chosen: list[str] = []
    pipeline.chosen.connect(chosen.append)
    QTest.mouseClick(review, Qt.MouseButton.LeftButton)
    assert chosen == ["review"] and review.isChecked()
    QTest.mouseClick(pipeline.steps[3], Qt.MouseButton.LeftButton)
    assert chosen[-1] == "reply" and not review.isChecked()
    pipeline.steps[3].setFocus()
    QTest.keyClick(pipeline.steps[3], Qt.Key.Key_Space)
    assert chosen[-1] == "" == pipeline.stage
    pipeline.pick(6)
    assert chosen[-1] == "closed"


def test_a_clock_that_runs_is_filled_up_to_today(shown):
    track = shown(Track())
    clock = count(BEGINS, MONTH)
    track.show_clock(clock, dt.date(2022, 2, 24))
    assert clock.due_on == dt.date(2022, 3, 10)
    assert track.ink == "acc"
    assert (
        track.accessibleName() == "2022. 2. 10. 접수, 2022. 3. 10. 기한, 오늘 · 14일째, 14일 남음"
    )
    assert _inks(track, 0.2) == "acc"
    assert _inks(track, 0.8) == "track"
    track.show_clock(clock, dt.date(2022, 3, 8))
    assert track.ink == "warn"


def test_what_is_over_due_stands_out_and_begins_at_the_last_day(shown):
    track = shown(Track())
    track.show_clock(count(BEGINS, MONTH), dt.date(2022, 4, 7))
    assert track.ink == "bad"
    assert "28일 경과" in track.accessibleName()
    assert _inks(track, 0.3) == "acc"
    assert _inks(track, 0.8) == "bad"


def test_pauses_are_hatched_and_the_clock_that_stands_still_says_so(shown):
    track = shown(Track())
    pause = Pause("supplement", dt.date(2022, 2, 15), dt.date(2022, 2, 28))
    clock = count(BEGINS, MONTH, [pause])
    track.show_clock(clock, dt.date(2022, 2, 20))
    assert "오늘 · 기한 멈춤" in track.accessibleName()
    assert "기한 제외 14일" in track.accessibleName()
    track.show_clock(clock, dt.date(2022, 3, 10))
    at = [_inks(track, share / 200) for share in range(26, 76)]
    assert {"raised", "text3"} & set(at)
    assert _inks(track, 0.6) == "acc"


def test_a_clock_that_ended_shows_the_day_and_not_today(shown):
    track = shown(Track())
    track.show_clock(count(BEGINS, MONTH), dt.date(2022, 6, 1), dt.date(2022, 3, 4))
    assert track.ink == "ok"
    assert "3. 4. 처리 · 22일째" in track.accessibleName()
    assert "경과" not in track.accessibleName()
    track.show_clock(None, dt.date(2022, 6, 1))
    assert track.accessibleName() == ""


def _inks(track: Track, share: float) -> str:
    """Return the token of the colour the bar has at a share of its width."""
    picture = track.grab().toImage()
    ratio = picture.devicePixelRatio()
    y = round((track.height() - theme.px(16 + 3) - theme.px(6)) * ratio)
    found = picture.pixelColor(QPoint(round(share * track.width() * ratio), y)).name()
    inks = {
        theme.color(ink).name(): ink for ink in ("bad", "acc", "track", "d3", "text3", "raised")
    }
    return inks.get(found, found)


def test_the_timeline_folds_long_words_and_old_events(shown):
    long = "거점 14곳을 먼저 늘리고 재배치는 예산을 협의한 뒤에 정하기로 하였습니다. " * 4
    events = [
        Event(
            dt.date(2022, 3, 10 - n),
            None,
            "check",
            "ok",
            N_("Department opinions"),
            detail=long if n == 0 else "",
        )
        for n in range(5)
    ]
    timeline = shown(Timeline())
    timeline.show_events(events, 3)
    assert timeline.folded == 2
    assert [line.isVisible() for line in timeline.lines] == [True, True, True]
    first, second = timeline.lines[:2]
    assert (first.height(), second.height()) == (theme.px(ROW), theme.px(BARE))
    assert first.accessibleName().startswith("2022. 3. 10., ")
    assert long.strip() in first.accessibleName()
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert first.height() > theme.px(ROW) + 10
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert first.height() == theme.px(ROW)
    timeline.show_events(events)
    assert timeline.folded == 0 and len(timeline.lines) == 5
