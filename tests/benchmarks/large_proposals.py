"""An office of 100,000 made-up proposals, written past the journal: it must not take minutes."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from pathlib import Path

from db import search
from db.store import Store, usecase
from gwangju_desktop.proposals import profiles
from tests.benchmarks.large import FAMILY, GIVEN

PROPOSALS = 100_000
TODAY = dt.date(2022, 3, 11)
PLACES = ("동구", "서구", "남구", "북구", "광산구")
THINGS = (
    "공공자전거",
    "햇빛발전소",
    "버스 정류장",
    "옥상 텃밭",
    "재활용품",
    "에너지 사용량",
    "나무",
)
DEEDS = ("확대", "설치", "공개", "점검", "지도 만들기", "안내", "지원")
WORDS = (
    "출퇴근 승용차를 줄이는 데 도움이 됩니다",
    "주거지역에 더 많이 필요합니다",
    "climate action for everybody",
    "어르신과 어린이가 함께 쓸 수 있습니다",
    "전기 요금과 온실가스를 함께 줄입니다",
    "시민이 직접 참여하는 길을 열어 주십시오",
)
DEPARTMENTS = ("교통정책과", "에너지산업과", "자원순환과", "회계과", "기후환경정책과", "")
FIELDS = ("energy", "buildings", "transport", "waste", "")
DISTRICTS = ("29110", "29140", "29155", "29170", "29200", "")
CHANNELS = ("web", "messenger", "letter", "telephone", "meeting")
# (state, how many of a hundred, whether a clock runs)
STATES = (
    ("received", 4, True),
    ("review", 6, True),
    ("opinion", 3, True),
    ("tabled", 2, True),
    ("replied", 40, False),
    ("done", 25, False),
    ("transferred", 10, False),
    ("closed", 10, False),
)


@usecase("Begin")
def begin(tx) -> int:
    """Write the profiles that ship; return the id of the standard one."""
    profiles.ensure(tx)
    tx.flush()
    found = profiles.standard(tx)
    assert found is not None
    return found


def make(path: Path, proposals: int = PROPOSALS) -> Path:
    """Write an office with so many proposals, each with a proposer, half with a number elsewhere."""
    store = Store.create(path)
    profile = store.run(begin).value
    store.close()
    pick = random.Random(7)
    base = sqlite3.connect(path)
    base.execute("PRAGMA synchronous = OFF")
    counted: dict[int, int] = {}
    rows, names, numbers = [], [], []
    for n in range(1, proposals + 1):
        received = dt.date(2012, 1, 1) + dt.timedelta(days=n * 3_720 // proposals)
        (state, _share, runs) = pick.choices(STATES, [share for _s, share, _r in STATES])[0]
        drawn = counted[received.year] = counted.get(received.year, 0) + 1
        due = received + dt.timedelta(days=31 + pick.randint(0, 3_700)) if runs else None
        decided = state in ("replied", "done")
        rows.append(
            {
                "id": n,
                "version": n,
                "profile_id": profile,
                "number": f"{received.year}-{drawn:05}",
                "number_year": received.year,
                "number_drawn": drawn,
                "state": state,
                "since_on": str(received),
                "channel": pick.choice(CHANNELS),
                "received_on": str(received),
                "due_on": due and str(due),
                "title": f"{pick.choice(PLACES)} {pick.choice(THINGS)} {pick.choice(DEEDS)}",
                "text": ". ".join(pick.sample(WORDS, 3)),
                "department": pick.choice(DEPARTMENTS),
                "field": pick.choice(FIELDS),
                "district": pick.choice(DISTRICTS),
                "sector": "citizen",
                "anonymous": 0,
                "consent": "full",
                "supports": pick.randint(0, 300),
                "comments": 0,
                "fingerprint": f"{n:064x}",
                "adoption": pick.choice(("adopted", "not_adopted")) if decided else None,
                "decided_on": str(received + dt.timedelta(days=20)) if decided else None,
                "plan": "",
                "effect": "",
            }
        )
        names.append(pick.choice(FAMILY) + pick.choice(GIVEN) + pick.choice(GIVEN))
        if n % 2:
            numbers.append((n, f"1AA-{received:%y%m}-{n:06}"))
    columns = list(rows[0])
    places = ", ".join(f":{name}" for name in columns)
    base.executemany(f"INSERT INTO proposal({', '.join(columns)}) VALUES ({places})", rows)
    base.executemany(
        "INSERT INTO proposer(proposal_id, subject_id, position, kind, name, share, phone, email,"
        " address, version) VALUES (?, ?, 1, 'person', ?, 10000, '', '', '', 1)",
        [(n, -n, name) for n, name in enumerate(names, 1)],
    )
    base.executemany(
        "INSERT INTO outside_number(proposal_id, system, number, version)"
        " VALUES (?, '국민신문고', ?, 1)",
        numbers,
    )
    _index(
        base,
        "proposal",
        [(row["number"], row["title"], row["text"], row["department"]) for row in rows],
    )
    _index(base, "proposer", [(name,) for name in names])
    _index(base, "outside_number", [(number,) for _n, number in numbers])
    base.commit()
    base.execute("ANALYZE")
    base.close()
    return path


def _index(base: sqlite3.Connection, table: str, texts: list[tuple[str, ...]]) -> None:
    first = base.execute("SELECT coalesce(max(id), 0) FROM search_doc").fetchone()[0] + 1
    documents = [search.document(fields) for fields in texts]
    base.executemany(
        "INSERT INTO search_doc(id, tbl, ref, folded) VALUES (?, ?, ?, ?)",
        [(first + n, table, n + 1, text) for n, text in enumerate(documents)],
    )
    base.executemany(
        "INSERT INTO search_fts(rowid, grams) VALUES (?, ?)",
        [(first + n, " ".join(search.grams(text))) for n, text in enumerate(documents)],
    )
