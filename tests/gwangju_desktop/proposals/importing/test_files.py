"""Files of proposals as other systems, web forms and people write them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db import journal, search
from db.schema.handling import ProposalNotice, ProposalStep
from db.schema.proposals import OutsideNumber, Proposal, Proposer
from db.store import Store
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.proposals.importing import apply, columns, preview, reading
from gwangju_desktop.proposals.importing.model import Options, Plan

MARKUP = "<b>굵게</b> <script>alert(1)</script> https://example.org/?a=1&b=2"
HEAD = ("접수번호", "접수일", "제목", "내용", "제안자", "연락처", "분야", "자치구", "처리상태")
ROWS = (
    (
        "가-1",
        "2022. 3. 2.",
        "옥상 태양광 (가상)",
        "학교 옥상에 놓아 주십시오.",
        "홍가상",
        "",
        "",
        "",
        "",
    ),
    (
        "가-2",
        "2022-03-03",
        "=1+1",
        "+82-10-0000-0000 @SUM(A1)",
        "김가상",
        "010-0000-0000",
        "수송",
        "",
        "",
    ),
    (
        "가-3",
        "20220304",
        "",
        "제목 없이 온 글입니다. " + "길고 " * 40,
        "",
        "",
        "에너지",
        "",
        "종료",
    ),
)


def made_up(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Source:
    cells = (head, *rows)
    return Source("예시.csv", "csv", "utf-8", cells, tuple(range(1, len(cells) + 1)), 0)


def planned(store: Store, source: Source, options: Options | None = None) -> Plan:
    with store.reading() as read:
        mapping = columns.remembered(read, source=source)
        return preview.plan(read, source=source, mapping=mapping, options=options)


def take_in(store: Store, source: Source, **asked: Any) -> Any:
    return store.run(apply.import_proposals, source=source, mapping=columns.guess(source), **asked)


def held(store: Store, *what: Any) -> list[Any]:
    with store.reading() as read:
        return list(read.execute(select(*what).order_by(what[0])).all())


def write(path: Path, rows: Any, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_petitions_come_in_whole(store: Store, shared_data: Path) -> None:
    source = reading.read(shared_data / "proposals" / "bluehouse_petitions_2019-08_first120.jsonl")
    assert (source.form, source.count) == ("jsonl", 120)
    take_in(store, source)
    rows = held(store, Proposal.supports, Proposal.title, Proposal.state, Proposal.text)
    assert len(rows) == 120
    assert rows[-1].supports == 213_858
    assert "김성재" in rows[-1].title
    first = next(row for row in rows if row.title == "동물학대 유튜버 ***님을 처벌해주세요")
    assert first.supports == 927
    assert {row.state for row in rows} == {"closed"}
    numbers = held(store, OutsideNumber.system, OutsideNumber.number)
    assert ("청와대 국민청원", "581762") in [tuple(row) for row in numbers]
    lines = [
        json.loads(line)
        for line in (shared_data / "proposals" / "bluehouse_petitions_2019-08_first120.jsonl")
        .read_text("utf-8")
        .splitlines()
    ]
    assert sum(row.supports for row in rows) == sum(line["num_agree"] for line in lines)
    reasons = [row.reason for row in held(store, ProposalStep.id, ProposalStep.reason)]
    assert sum("청원종료" in reason for reason in reasons) == 119
    assert sum("브리핑" in reason for reason in reasons) == 1
    with store.reading() as read:
        assert search.differences(read.connection()) == []
        assert journal.verify(read.connection()) == []


def test_a_consul_export_comes_in_whole_and_only_once(store: Store, shared_data: Path) -> None:
    file = shared_data / "proposals" / "consul_decide_madrid_proposals_80.csv"
    source = reading.read(file)
    plan = planned(store, source)
    assert plan.counts["refused"] == 0
    assert plan.added == 80
    take_in(store, source)
    rows = held(store, Proposal.supports, Proposal.title, Proposal.comments, Proposal.state)
    assert sum(row.supports for row in rows) == 228_140
    assert tuple(rows[-1])[:2] == (20_604, "Arborización masiva en Madrid")
    clean = next(row for row in rows if row.title == "Limpiar las calles")
    assert (clean.supports, clean.comments) == (6_560, 188)
    assert [row.state for row in rows].count("closed") == 75
    assert [row.state for row in rows].count("received") == 5
    numbers = {tuple(row) for row in held(store, OutsideNumber.system, OutsideNumber.number)}
    assert ("CONSUL", "MAD-2015-09-7") in numbers
    head = store.head()
    again = take_in(store, reading.read(file))
    assert again.rows == ()
    assert store.head() == head
    assert again.value["same"] == 80
    store.undo()
    assert held(store, Proposal.id) == []
    with store.reading() as read:
        assert search.differences(read.connection()) == []
    store.redo()
    assert len(held(store, Proposal.id)) == 80


def test_a_sheet_of_a_web_form(store: Store) -> None:
    source = made_up(*ROWS)
    plan = planned(store, source)
    assert [row.kind for row in plan.rows] == ["add", "flagged", "add"]
    take_in(store, source)
    rows = held(
        store,
        Proposal.received_on,
        Proposal.title,
        Proposal.text,
        Proposal.number,
        Proposal.state,
        Proposal.due_on,
        Proposal.field,
        Proposal.anonymous,
    )
    assert [row.number for row in rows] == ["2022-001", "2022-002", "2022-003"]
    assert rows[1].title == "=1+1"
    assert rows[1].text.startswith("+82-10-0000-0000 @SUM")
    assert rows[1].field == "transport"
    assert rows[2].title.startswith("제목 없이 온 글입니다.")
    assert len(rows[2].title) <= 60
    assert rows[2].anonymous
    assert (rows[0].state, rows[2].state) == ("received", "closed")
    assert str(rows[0].due_on) == "2022-04-04"  # The 2nd is a Saturday.
    assert rows[2].due_on is None
    people = held(store, Proposer.name, Proposer.phone, Proposer.share)
    assert [tuple(row) for row in people] == [
        ("김가상", "010-0000-0000", 10000),
        ("홍가상", "", 10000),
    ]
    assert held(store, ProposalNotice.id) == []  # Receipt was given where the numbers are from.


def test_without_numbers_the_words_tell_and_a_receipt_is_owed(store: Store) -> None:
    source = made_up(*(row[1:] for row in ROWS), head=HEAD[1:])
    take_in(store, source)
    kinds = [row.kind for row in held(store, ProposalNotice.kind)]
    assert kinds == ["receipt", "receipt"]
    assert planned(store, source).counts["same"] == 3
    other = made_up(("2022-03-02", "다른 제안 (가상)", "글", *[""] * 5), head=HEAD[1:])
    assert planned(store, other).added == 1


@pytest.mark.file_only
def test_encodings_line_ends_and_marks(store: Store, tmp_path: Path) -> None:
    for n, encoding in enumerate(("utf-8", "utf-8-sig", "cp949", "utf-16")):
        path = write(tmp_path / f"제안 {n}.csv", [HEAD, *ROWS], encoding)
        source = reading.read(path)
        assert source.count == 3, encoding
        assert columns.guess(source)[:4] == ("number", "received", "title", "text")
        if n == 0:
            take_in(store, source)
        assert planned(store, source).counts["same"] == 3, encoding


def test_a_workbook(store: Store, tmp_path: Path) -> None:
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["시민 제안 접수 대장 (예시)"])
    sheet.append(list(HEAD[1:4]))
    sheet.append([dt.datetime(2022, 3, 2, 14, 5), "나무 심기 (가상)", "첫 줄\n둘째 줄"])
    path = tmp_path / "대장.xlsx"
    book.save(path)
    take_in(store, reading.read(path))
    row = held(store, Proposal.title, Proposal.text, Proposal.received_on)[0]
    assert (row.title, row.text, str(row.received_on)) == (
        "나무 심기 (가상)",
        "첫 줄\n둘째 줄",
        "2022-03-02",
    )


def test_decidim_as_json_and_as_csv(store: Store, tmp_path: Path) -> None:
    record = {
        "id": 31,
        "reference": "예시-PROP-2022-03-31",
        "title": {"ko": "자전거 길 (가상)", "en": "Cycle lane"},
        "body": {"ko": "천변에 길을 이어 주십시오."},
        "author": {"name": "박가상"},
        "component": {"id": 7},
        "participatory_space": {"id": 2},
        "state": "evaluating",
        "published_at": "2022-03-09T10:11:12+09:00",
        "endorsements": {"total_count": 3},
        "supports": 12,
        "comments": 4,
    }
    path = tmp_path / "decidim.json"
    path.write_text(json.dumps([record], ensure_ascii=False), "utf-8")
    source = reading.read(path)
    assert columns.system(source) == "Decidim"
    take_in(store, source)
    row = held(store, Proposal.title, Proposal.text, Proposal.supports, Proposal.comments)[0]
    assert tuple(row) == ("자전거 길 (가상)", "천변에 길을 이어 주십시오.", 12, 4)
    names = ["id", "reference", "title/ko", "body/ko", "author/name", "component/id", "state"]
    names += ["published_at", "supports", "comments"]
    values = [31, record["reference"], "자전거 길 (가상)", "천변에 길을 이어 주십시오.", "박가상"]
    values += [7, "evaluating", record["published_at"], 12, 4]
    flat = tmp_path / "decidim.csv"
    flat.write_text("\n".join(";".join(str(v) for v in row) for row in (names, values)), "utf-8")
    assert planned(store, reading.read(flat)).counts["same"] == 1


def test_graphql_lists_of_nodes_are_found(tmp_path: Path) -> None:
    nodes = [{"node": {"title": f"가상 {n}", "public_created_at": "2022-03-01"}} for n in (1, 2)]
    path = tmp_path / "consul.json"
    path.write_text(json.dumps({"data": {"proposals": {"edges": nodes}}}), "utf-8")
    source = reading.read(path)
    assert source.count == 2
    assert columns.guess(source) == ("title", "received")


def test_broken_lines_are_told(tmp_path: Path) -> None:
    path = tmp_path / "제안.jsonl"
    good = json.dumps({"title": "가상", "begin": "2022-03-01"})
    path.write_bytes(f"{good}\r\n{{broken\r\n{good}\r\n".encode())
    source = reading.read(path)
    assert [line for line, _row in source.rows] == [1, 3]
    assert "2" in str(source.remarks[0])
    path.write_text("{broken\nworse}\n", "utf-8")
    with pytest.raises(UserError, match=r"제안\.jsonl"):
        reading.read(path)


def test_a_text_of_a_megabyte_and_markup_stay_literal(store: Store, tmp_path: Path) -> None:
    long = "탄소중립 " * 210_000
    rows = [HEAD[1:4], ("2022-03-02", "긴 글 (가상)", long), ("2022-03-02", MARKUP, MARKUP)]
    source = reading.read(write(tmp_path / "긴.csv", rows))
    take_in(store, source)
    found = {row.title: row.text for row in held(store, Proposal.title, Proposal.text)}
    assert found["긴 글 (가상)"] == long.strip()
    assert found[MARKUP] == MARKUP
    assert len(long.encode()) > 2_000_000


def test_counts_that_grew_are_taken_over(store: Store) -> None:
    head = ("code", "title", "date", "numSupports", "numComments")
    take_in(store, made_up(("M-1", "가상", "2022-03-01", "1,200", "3"), head=head))
    again = made_up(("M-1", "가상", "2022-03-01", "1300", "2"), head=head)
    plan = planned(store, again)
    assert [(one.field, one.old, one.new) for one in plan.rows[0].changes] == [
        ("supports", 1200, 1300)
    ]
    take_in(store, again)
    with store.reading() as read:
        assert read.scalar(select(func.sum(Proposal.supports))) == 1300
        assert read.scalar(select(Proposal.comments)) == 3
