"""100,000 proposals in, and the one that looks alike among them, on both databases.

Figures are printed beside what they are compared with in the same run; a machine shared with others
says nothing in milliseconds alone.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db import search
from db.schema.proposals import Proposal
from db.store import Store, usecase
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.proposals import profiles, similar
from gwangju_desktop.proposals.importing import apply, columns, preview
from tests.benchmarks import measured

PROPOSALS = 100_000
SINGLE = 500
ASKED = 30
ROWS_GOAL, ALIKE_GOAL_MS = 5_000, 200
HEAD = ("접수번호", "접수일", "제목", "내용", "제안자", "처리상태")
ENDINGS = (
    "",
    "을",
    "를",
    "의",
    "에",
    "에서",
    "이",
    "가",
    "은",
    "는",
    "와",
    "과",
    "로",
    "합니다",
    "하는",
)


def made_up(count: int) -> Source:
    """Return a list of made-up proposals of some 200 characters, words as unequal as in texts."""
    chance = random.Random(7)
    syllables = [chr(0xAC00 + chance.randrange(11_172)) for _ in range(400)]
    words = [
        "".join(chance.choices(syllables, k=chance.choice((2, 2, 3, 3, 4)))) for _ in range(6000)
    ]
    weights = [1 / (n + 10) for n in range(len(words))]

    def said(length: int) -> str:
        chosen = chance.choices(words, weights, k=length)
        return " ".join(word + chance.choice(ENDINGS) for word in chosen)

    rows = [
        (
            f"예시-{n}",
            f"2021-{n % 12 + 1:02}-{n % 28 + 1:02}",
            said(5),
            said(40),
            f"가상{n % 900}",
            ("접수", "답변완료")[n % 2],
        )
        for n in range(count)
    ]
    lines = tuple(range(1, count + 2))
    return Source("예시.csv", "csv", "utf-8", (HEAD, *rows), lines, 0)


@usecase("Add one by one")
def one_by_one(tx: Session, *, count: int) -> int:
    profiles.ensure(tx)
    profile = profiles.standard(tx)
    source = made_up(count)
    for n, (_line, row) in enumerate(source.rows):
        day = dt.date.fromisoformat(row[1])
        tx.add(
            Proposal(
                profile_id=profile,
                since_on=day,
                received_on=day,
                channel="web",
                title=row[2],
                text=row[3],
                fingerprint=f"{n:064x}",
            )
        )
    tx.flush()
    return count


def taken(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def late(times: list[float]) -> str:
    ordered = sorted(1e3 * one for one in times)
    at = ordered[int(0.95 * len(ordered))]
    return f"median {statistics.median(ordered):.0f} ms, p95 {at:.0f}, most {ordered[-1]:.0f}"


@pytest.mark.timeout(3000)
def test_a_hundred_thousand_in_and_one_alike(store: Store) -> None:
    kind = store.office.dialect
    single = SINGLE / taken(lambda: store.run(one_by_one, count=SINGLE))
    store.undo()
    source = made_up(PROPOSALS)
    mapping = columns.guess(source)

    def look() -> None:
        with store.reading() as read:
            plan = preview.plan(read, source=source, mapping=mapping)
            assert plan.counts["refused"] == 0
            assert plan.added == PROPOSALS

    looked = PROPOSALS / taken(look)
    cpu = time.process_time()
    written = PROPOSALS / taken(
        lambda: store.run(apply.import_proposals, source=source, mapping=mapping)
    )
    cpu = PROPOSALS / (time.process_time() - cpu)
    with store.reading() as read:
        rows = len(search.find(read.connection(), "예시-99999", limit=5))
    assert rows == 1
    what = f"{PROPOSALS:,} proposals ({kind})"
    measured.figure(f"{what}, preview", looked, "rows/s")
    note = f"{cpu:,.0f} rows/s by the processor's clock"
    measured.figure(f"{what}, imported", written, "rows/s", ROWS_GOAL, more=True, note=note)
    alone = f"single rows without history ({single:,.0f} rows/s)"
    measured.figure(f"{what}, imported, times as fast", written / single, beside=alone, more=True)
    chance = random.Random(11)
    whole, titles, plain, worked = [], [], [], []
    with store.reading() as read:
        for _ in range(ASKED):
            row = source.cells[1 + chance.randrange(PROPOSALS)]
            title, text = row[2], " ".join(row[3].split()[:30])
            started, cpu = time.perf_counter(), time.process_time()
            found = similar.similar(read, title=title, text=text)
            whole.append(time.perf_counter() - started)
            worked.append(time.process_time() - cpu)
            assert found[0].title == title
            started = time.perf_counter()
            assert similar.similar(read, title=title)[0].title == title
            titles.append(time.perf_counter() - started)
            started = time.perf_counter()
            search.find(read.connection(), title)
            plain.append(time.perf_counter() - started)
    ratio = statistics.median(whole) / statistics.median(plain)
    measured.times(f"{what}, those alike by title and text", whole, ALIKE_GOAL_MS)
    measured.times(f"{what}, the same of the processor", worked, ALIKE_GOAL_MS)
    measured.times(f"{what}, those alike by a title typed", titles)
    note = f"{statistics.median(plain) * 1e3:.0f} ms the search"
    measured.figure(f"{what}, alike", ratio, beside="a plain search for the title", note=note)
    again = PROPOSALS / taken(
        lambda: store.run(apply.import_proposals, source=source, mapping=mapping)
    )
    measured.figure(f"{what}, the same file again, nothing written", again, "rows/s")
