"""A made-up plan of 500 commitments, 10 milestones each, 20 evidence files a milestone.

Written past the journal: it must not take minutes. The files themselves are not there.
"""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from db.store import Store
from gwangju_desktop.commitments import plans

COMMITMENTS, MILESTONES, FILES = 500, 10, 20
TODAY = dt.date(2022, 3, 11)
BEGIN = dt.date(2021, 8, 1)


def make(path: Path, commitments: int = COMMITMENTS) -> Path:
    """Write an office with one plan of so many commitments."""
    with Store.create(path) as store:
        plan = store.run(
            plans.add_plan, code="BENCH", title="예시 실행계획", starts=202108, ends=202212
        ).value
    pick = random.Random(7)
    base = sqlite3.connect(path)
    base.execute("PRAGMA synchronous = OFF")
    base.execute("UPDATE action_plan SET submitted_on = '2021-07-30'")
    owners, steps, files, evidence, claims, answers = [], [], [], [], [], []
    for owner in range(1, commitments + 1):
        owners.append(
            {
                "id": owner,
                "plan_id": plan,
                "code": f"BENCH{owner:04}",
                "position": owner * 1024,
                "title": f"예시 이행과제 {owner}",
                "starts": 202108,
                "ends": 202206 + owner % 6,
                "open_values": "participation",
                "edition": 1,
            }
        )
        if owner % 3 == 0:
            answers.append(_answer(owner))
        for number in range(1, MILESTONES + 1):
            step = len(steps) + 1
            due = BEGIN + dt.timedelta(days=30 * number + pick.randint(-10, 10))
            done = due < TODAY and pick.random() < 0.8
            steps.append(
                {
                    "id": step,
                    "commitment_id": owner,
                    "position": number * 1024,
                    "number": number,
                    "title": f"예시 세부 이행과제 {owner}-{number}",
                    "output": "예시 보고서",
                    "starts_on": (due - dt.timedelta(days=30)).isoformat(),
                    "due_on": due.isoformat(),
                    "completed_on": due.isoformat() if done else None,
                    "state": "completed" if done else "not_started",
                    "weight": pick.randint(1, 5),
                    "sample": 1,
                }
            )
            for rank in range(FILES):
                file = len(files) + 1
                files.append({"id": file, "sha256": f"{file:064x}", "name": f"{file}.pdf"})
                evidence.append(
                    {
                        "id": file,
                        "plan_id": plan,
                        "commitment_id": owner if rank else None,
                        "file_id": file,
                        "position": rank * 1024,
                        "kind": "document",
                        "title": f"예시 증빙 {file}",
                        "obtained_on": due.isoformat(),
                        "disclosure": "members",
                        "sample": 1,
                    }
                )
                claims.append(
                    {
                        "id": file,
                        "evidence_id": file,
                        "position": 1024,
                        "claim": "예시 산출물이 나왔다",
                        "milestone_id": step,
                    }
                )
    review = {
        "id": 1,
        "plan_id": plan,
        "kind": "closing",
        "position": 1024,
        "submitted_on": "2022-02-01",
        "state": "submitted",
    }
    for table, rows in (
        ("commitment", owners),
        ("milestone", steps),
        ("stored_file", files),
        ("evidence", evidence),
        ("evidence_claim", claims),
        ("review", [review]),
        ("review_answer", answers),
    ):
        _write(base, table, rows)
    base.commit()
    base.execute("ANALYZE")
    base.close()
    return path


def _answer(owner: int) -> dict[str, Any]:
    return {
        "id": owner,
        "review_id": 1,
        "commitment_id": owner,
        "question": "1.1",
        "origin": "published",
        "value": "limited",
        "answered_on": "2022-02-01",
    }


def _write(base: sqlite3.Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, with an empty text or 0 where a column may not be null."""
    columns = base.execute(f"PRAGMA table_info({table})").fetchall()
    filled = {
        name: "" if "CHAR" in kind or "TEXT" in kind else 0
        for _id, name, kind, needed, _default, _key in columns
        if needed
    }
    names = [column[1] for column in columns]
    base.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        ([{**filled, **row}.get(name) for name in names] for row in rows),
    )
