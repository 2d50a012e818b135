"""The form of documents: how long after a change its page is there, and what a format costs."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from gwangju_desktop import offices
from gwangju_desktop.documents import writers
from gwangju_desktop.members.letters.making import compose
from tests.benchmarks import measured
from tests.benchmarks.stopwatch import shown, wait
from ui.settings.paper import PaperDialog

ROUNDS, GOAL_MS, FORMAT_GOAL_MS = 9, 300, 500
PAUSE = 1.0  # a person looks at the page before the next change, in seconds
DAY = dt.date(2022, 3, 11)


def test_the_page_after_a_change_of_its_form(sample_office: Path) -> None:
    with shown(sample_office) as window:
        dialog = PaperDialog(window, window.shell.desk)
        dialog.open()
        wait(lambda: dialog.preview.file is not None and dialog.settled)
        times = []
        for n in range(ROUNDS):
            until = time.monotonic() + PAUSE
            wait(lambda until=until: time.monotonic() > until)
            began = time.perf_counter()
            dialog.margins["left"].field.setText(str(20 + n))
            wait(lambda: dialog.making is not None)
            wait(lambda: dialog.settled and not dialog.preview.view.leaves[0].old)
            times.append(time.perf_counter() - began)
        dialog.reject()
    measured.times("form of documents, change to page", times, GOAL_MS)


def test_the_formats_of_a_member_list(sample_office: Path) -> None:
    with offices.opened(sample_office) as store, store.reading() as read:
        made = compose(read, kind="roster", body_id=1, on=DAY)
        for suffix in writers.FORMATS:
            times = []
            for _n in range(ROUNDS):
                began = time.perf_counter()
                writers.write(made, suffix)
                times.append(time.perf_counter() - began)
            measured.times(f"member list as {suffix}", times, FORMAT_GOAL_MS)
