"""Search everything: 100,000 people and 50 MB of what papers say, from a key to the painted records."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from db.texts import put
from gwangju_desktop import search_records
from tests.benchmarks import large, measured
from tests.benchmarks.stopwatch import Heart, Painter, shown, wait
from ui.window import Window

MEGABYTES, PAGE_LETTERS, FILE_PAGES = 50, 1_700, 40
ROUNDS = 6
PAINTED_GOAL_MS, GAP_GOAL_MS = 40, 16
WORDS = ("김", "김민", "기후위", "에너지 전환", "climate", "ㄱㅁㅅ", "없는말씀")
SAID = (
    *("탄소중립", "에너지 전환", "위원회", "자치구별 전력 사용량", "공동주택", "기후위기 대응"),
    *("예산", "시행계획", "수요 반응", "climate action", "온실가스 배출", "시민 제안", "보고"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the office: people as elsewhere, and files of 40 pages each."""
    path = large.make(tmp_path_factory.mktemp("large") / "office.gwoffice")
    pick = random.Random(20_450_101)
    files = MEGABYTES * 1024 * 1024 // (2 * PAGE_LETTERS * FILE_PAGES) * 100 // 116
    with Store.open(path) as store:

        def keep(tx, *, first: int) -> None:
            for n in range(first, min(first + 10, files)):
                put(tx, f"{n:064x}", [_page(pick) for _ in range(FILE_PAGES)])

        for first in range(0, files, 10):
            store.run(keep, first=first)
    base = sqlite3.connect(path)
    _attach(base, files)
    length = base.execute("SELECT sum(length(CAST(text AS BLOB))) FROM file_text").fetchone()[0]
    base.commit()
    base.close()
    print(f"\n{files} files, {length / 2**20:.0f} MB of text, seed 20450101")
    return path


def _attach(base: sqlite3.Connection, files: int) -> None:
    """Make the files evidence of a plan, so that each leads somewhere."""
    base.execute(
        "INSERT INTO action_plan(id, code, title, title_en, starts, ends, url, source, note, version)"
        " VALUES (1, '가상', '가상 실행계획', '', 202101, 202212, '', '', '', 1)"
    )
    base.executemany(
        "INSERT INTO stored_file(id, sha256, name, bytes, pages, version) VALUES (?, ?, ?, 1, ?, 1)",
        [(n + 1, f"{n:064x}", f"가상 {n}.pdf", FILE_PAGES) for n in range(files)],
    )
    base.executemany(
        "INSERT INTO evidence(plan_id, file_id, position, kind, title, title_en, url, obtained_on,"
        " obtained_from, disclosure, ground, note, sample, version)"
        " VALUES (1, ?, ?, 'file', ?, '', '', '2022-01-01', '', 'public', '', '', 1, 1)",
        [(n + 1, n, f"가상 증빙 {n}") for n in range(files)],
    )


def _page(pick: random.Random) -> str:
    words: list[str] = []
    length = 0
    while length < PAGE_LETTERS:
        # Syllables of no word between the words, as numbers and names stand in papers.
        word = pick.choice(SAID) if pick.random() < 0.5 else _syllables(pick)
        words.append(word)
        length += len(word) + 1
    return " ".join(words)


def _syllables(pick: random.Random) -> str:
    return "".join(chr(0xAC00 + pick.randrange(11_172)) for _ in range(pick.randint(2, 4)))


@pytest.fixture
def window(office: Path, tmp_path: Path, monkeypatch, qapp) -> Iterator[Window]:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))
    with shown(office) as window:
        yield window


def test_the_query_alone(office: Path) -> None:
    """Measure finding 20 records without a window."""
    with Store.open(office, write=False) as store, store.reading() as read:
        for words in WORDS:
            times = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                found = search_records.find(read, words=words, limit=20)
                times.append(time.perf_counter() - began)
            measured.times(
                f"search of everything, “{words}” ({len(found)} records)", times, PAINTED_GOAL_MS
            )


def test_from_a_key_to_painted_records(window: Window) -> None:
    """Measure from a key in the palette to the records painted, and the window's longest gap."""
    shell = window.shell
    shell.on_search()
    palette = shell.palette
    wait(lambda: palette.isVisible() and shell.desk.idle)
    painted, heart = Painter(palette.list.viewport()), Heart()
    told: list[float] = []
    palette.list.model().modelReset.connect(lambda: told.append(time.perf_counter()))
    gaps: list[float] = []
    for words in WORDS:
        times = []
        for _ in range(ROUNDS):
            palette.field.setText("")
            wait(lambda: shell.desk.idle)
            told.clear()
            heart.begin()
            began = time.perf_counter()
            palette.field.setText(words)
            wait(lambda: shell.desk.idle and told and painted.at > told[-1])
            times.append(painted.at - began)
            gaps.append(heart.longest)
        measured.times(
            f"search of everything, a key to painted records “{words}”", times, PAINTED_GOAL_MS
        )
    measured.times("search of everything, the window's longest gap", gaps, GAP_GOAL_MS)
    palette.close()
