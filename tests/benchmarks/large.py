"""An office of 100,000 made-up people, written past the journal: making it must not take minutes."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from db import search
from db.store import Store

PEOPLE = 100_000
BODIES = 40
FAMILY = "김이박최정강조윤장임한오서신권황안송류전홍"
GIVEN = "민서지우하은도윤시아준호예린채원현수연우다온가람해솔별하늘봄결"
LATIN = ("Kim Min", "Climate Lee", "Park Sol", "Adam Choi", "Eve Jung", "Noa Kang")
PLACES = ("동구", "서구", "남구", "북구", "광산구", "광주")
THINGS = ("기후위기", "에너지", "환경", "시민", "자원순환", "교통", "건축", "녹지")
KINDS = ("연구소", "협의회", "재단", "대학교", "조합", "연대", "공사")
POSTS = ("대표", "교수", "연구위원", "국장", "사무처장", "과장", "이사")
FIELDS = ("시민사회", "학계", "산업", "행정", "")


def make(path: Path, people: int = PEOPLE) -> Path:
    """Write an office with so many people, each with one or two seats."""
    Store.create(path).close()
    pick = random.Random(7)
    base = sqlite3.connect(path)
    for n in range(BODIES):
        base.execute(
            "INSERT INTO body(position, kind, name_ko, name_en, short_ko, short_en, ordinance,"
            " note, contact_office, precedence, layout, version)"
            " VALUES (?, 'committee', ?, '', ?, '', '', '', '', 'office', 'u_shape', 1)",
            (n, f"가상 위원회 {n}", f"위원회 {n}"),
        )
    offices = [f"{place}{thing}{kind}" for place in PLACES for thing in THINGS for kind in KINDS]
    base.executemany(
        "INSERT INTO organisation(name_ko, name_en, sector, official, version)"
        " VALUES (?, '', '', 0, 1)",
        [(name,) for name in offices],
    )
    names = [_name(pick) for _n in range(people)]
    base.executemany(
        "INSERT INTO person(uid, name, hanja, latin, phone, email, note, fictional, version)"
        " VALUES (?, ?, '', '', ?, ?, '', 1, 1)",
        [
            (f"{n:032x}", name, f"010-0000-{n % 10_000:04}", f"p{n}@example.kr")
            for n, name in enumerate(names)
        ],
    )
    seats = [_seat(pick, n + 1, len(offices)) for n in range(people)]
    seats += [_seat(pick, pick.randint(1, people), len(offices)) for _n in range(people // 8)]
    base.executemany(
        "INSERT INTO membership(person_id, body_id, organisation_id, post, role, capacity, voting,"
        " starts_on, ends_on, appointments, field, channel, recommender, appointment_number, note,"
        " version) VALUES (?, ?, ?, ?, 'member', ?, 1, ?, ?, ?, ?, '', '', '', '', 1)",
        seats,
    )
    _index(base, "organisation", offices)
    _index(base, "person", names)
    _index(base, "membership", [seat[3] for seat in seats])
    base.commit()
    base.execute("ANALYZE")
    base.close()
    return path


def _name(pick: random.Random) -> str:
    if pick.random() < 0.25:
        return f"{pick.choice(LATIN)} {pick.randint(1, 9_999)}"
    return pick.choice(FAMILY) + pick.choice(GIVEN) + pick.choice(GIVEN)


def _seat(pick: random.Random, person: int, offices: int) -> tuple:
    year = pick.randint(2016, 2021)
    appointed = pick.random() < 0.7
    return (
        person,
        pick.randint(1, BODIES),
        pick.randint(1, offices),
        pick.choice(POSTS),
        "appointed" if appointed else "ex_officio",
        f"{year}-{pick.randint(1, 12):02}-01",
        f"{year + 2}-{pick.randint(1, 12):02}-28" if appointed else None,
        pick.randint(1, 3),
        pick.choice(FIELDS),
    )


def _index(base: sqlite3.Connection, table: str, texts: list[str]) -> None:
    first = base.execute("SELECT coalesce(max(id), 0) FROM search_doc").fetchone()[0] + 1
    documents = [search.document([text]) for text in texts]
    base.executemany(
        "INSERT INTO search_doc(id, tbl, ref, folded) VALUES (?, ?, ?, ?)",
        [(first + n, table, n + 1, text) for n, text in enumerate(documents)],
    )
    base.executemany(
        "INSERT INTO search_fts(rowid, grams) VALUES (?, ?)",
        [(first + n, " ".join(search.grams(text))) for n, text in enumerate(documents)],
    )
