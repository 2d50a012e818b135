"""Meetings, proposals, polls, commitments and the search, as the sample's copy makes them."""

from __future__ import annotations

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

import html5lib
import pytest

from db import search as folding
from gwangju_desktop.site import copy, marked, poll_tables, search
from gwangju_desktop.site.copy import Copy
from gwangju_desktop.site.page import Page
from gwangju_desktop.site.records import Pages, meeting_address
from gwangju_desktop.text import words

SMALL = "공개하지 않음"


@pytest.fixture(scope="module")
def opened(public_copy: Path) -> Any:
    """The sample's public copy, open."""
    with copy.opened(public_copy) as found:
        yield found


def page(folder: Path, address: str) -> Any:
    """Read a page strictly: it is right HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse((folder / address).read_bytes())


def said(element: Any) -> str:
    """Return the words of an element, spaces evened out."""
    return " ".join(" ".join(element.itertext()).split())


def rows(table: Any) -> list[list[str]]:
    """Return the cells of a table's body."""
    return [[said(cell) for cell in row] for row in table.iterfind(".//tbody/tr")]


def test_a_meeting_tells_its_decisions_votes_and_minutes(opened: Copy, site_folder: Path) -> None:
    second = next(row for row in opened.of("meeting") if row["number"] == 2)
    found = page(site_folder, f"ko/{meeting_address(second['id'])}")
    table = found.find(".//table")
    assert rows(table)[1] == ["에너지 정보 통합 플랫폼 협의(예시)", "원안의결", "26", "0", "0"]
    text = said(found.find(".//main"))
    assert "재적 35명 중 26명 출석, 가결 요건 찬성 14명" in text
    assert "개별 건물의 사용량은 개인정보가 될 수 있어" in text
    levels = [
        int(e.tag[1]) for e in found.find(".//main").iter() if e.tag in ("h1", "h2", "h3", "h4")
    ]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_a_meeting_ahead_has_days_left_and_no_minutes(opened: Copy, site_folder: Path) -> None:
    third = next(row for row in opened.of("meeting") if row["number"] == 3)
    text = said(page(site_folder, f"ko/{meeting_address(third['id'])}").find(".//main"))
    assert "6일 남음" in text and "의결 결과" not in text
    assert "회의록" not in text.replace("제2회 회의록", "").replace("회의록 확인", "")
    # A paper for members is told as being there, and no more.
    assert SMALL in text and "위원 배부용 자료" in text


def test_actions_are_overdue_by_the_day_of_the_copy(opened: Copy, site_folder: Path) -> None:
    assert opened.day.isoformat() == "2022-03-11"
    found = page(site_folder, "ko/meetings/actions.html")
    states = {row[0]: row[3] for row in rows(found.find(".//table"))}
    assert "기한 4일 경과" in next(v for k, v in states.items() if k.startswith("에너지 데이터"))


def test_a_proposal_shows_no_more_than_its_consent(site_folder: Path) -> None:
    hidden = said(page(site_folder, "ko/proposals/2022-011.html").find(".//main"))
    assert hidden.startswith(f"시민 제안 2022-011 {SMALL}")
    assert "공개에 동의한 제안의 내용만 공개합니다" in hidden
    title_only = said(page(site_folder, "ko/proposals/2022-013.html").find(".//main"))
    assert "도시숲 나무 지도 만들기" in title_only and "공개에 동의한" in title_only
    whole = page(site_folder, "ko/proposals/2021-003.html")
    text = said(whole.find(".//main"))
    assert "일부채택" in text and "사유 위원회는 행정동별" in text
    steps = [said(one.find("strong")) for one in whole.iterfind(".//ol/li")]
    assert steps == ["접수", "검토", "부서 지정", "상정", "일부채택", "회신", "이행 중"]


def test_a_reply_that_is_not_published_is_told_as_such(site_folder: Path) -> None:
    text = said(page(site_folder, "ko/proposals/2021-002.html").find(".//main"))
    assert "공개하기로 한 회신만 싣습니다." in text and "2021. 11. 10. 회신" in text


def wave(opened: Copy, label: str) -> dict[str, Any]:
    """Return a wave of the sample."""
    return next(row for row in opened.of("poll_wave") if row["label"] == label)


def test_a_poll_gives_both_bases_and_its_method(opened: Copy, site_folder: Path) -> None:
    first = wave(opened, "기초조사")
    found = page(site_folder, f"ko/polls/{first['poll_id']}/{first['id']}.html")
    tables = found.findall(".//table")
    head = [said(cell) for cell in tables[1].iterfind(".//thead/tr/th")]
    assert head == ["응답", "건수", "응답 건수 기준(%)", "응답자 기준(%)"]
    assert rows(tables[1])[0][1:4] == ["33", "37.1", "64.7"]
    method = [said(one) for one in found.iterfind(".//dl/dt")]
    assert method == [
        *("의뢰기관", "수행기관", "조사기간", "조사대상", "표본추출", "표본추출틀", "조사방법"),
        *("응답자", "가중치", "표본오차", "출처"),
    ]
    text = said(found.find(".//main"))
    assert "표본오차 해당 없음" in text and "응답 건수 기준은 89건" in text


def test_a_small_count_stays_withheld_with_its_ground(opened: Copy, site_folder: Path) -> None:
    first = wave(opened, "기초조사")
    asked = poll_tables.questions(Pages(opened, words("ko")), first)
    who = next(one for one in asked if one.attribute)
    shown = {row.label: row.cell.count for row in who.blocks[0].rows if row.cell}
    assert shown["사회단체"] == 42 and [*shown.values()].count(None) == 2
    found = page(site_folder, f"ko/polls/{first['poll_id']}/{first['id']}.html")
    cells = [cell for table in found.findall(".//table") for row in rows(table) for cell in row]
    assert cells.count(SMALL) == sum(
        row.cell is not None and row.cell.count is None
        for one in asked
        for block in one.blocks
        for row in block.rows
    )
    assert "5명 미만인 집단은 알아볼 수 있어" in said(found.find(".//main"))


def test_a_wave_in_the_field_has_questions_and_no_figure(opened: Copy, site_folder: Path) -> None:
    running = wave(opened, "2차")
    found = page(site_folder, f"ko/polls/{running['poll_id']}/{running['id']}.html")
    assert found.find(".//table") is None
    text = said(found.find(".//main"))
    assert "10일 남음" in text and "%" not in text and "S1. 어디에 속해 계십니까?" in text


def test_waves_are_compared_only_where_the_same_was_asked(opened: Copy) -> None:
    said_in = Pages(opened, words("ko"))
    those = sorted(opened.of("poll_wave"), key=lambda row: str(row["from_on"]))
    trends = {one.code: one for one in poll_tables.trends(said_in, those)}
    assert [len(run.waves) for run in trends["2"].runs] == [2]
    assert dict(trends["2"].runs[0].rows)["정보 공개·언론 자유·반부패로 공직 청렴성 향상"][0] == (
        pytest.approx(64.7059, abs=1e-3)
    )
    broken = trends["3"].runs
    assert [len(run.waves) for run in broken] == [1, 1]
    assert broken[1].why == ("문항 문구가 다릅니다.",)


def test_evidence_is_there_byte_for_byte_and_named_by_its_hash(
    opened: Copy, site_folder: Path
) -> None:
    files = sorted((site_folder / "files").iterdir())
    assert files
    for file in files:
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem
    found = page(site_folder, "ko/commitments/KRGNJ0002.html")
    links = [one.get("href") for one in found.find(".//main").iter("a")]
    assert any(link.startswith("../../files/") for link in links)
    text = said(found.find(".//main"))
    assert "25%" in text and "기한 11일 경과" in text and "변경 전 2022. 1. 31." in text
    assert "불분명" in text and "행정동별 데이터의 공개 일정이 분명하지 않습니다." in text
    assert f"{SMALL} 내부 검토 중인 자료" in text


def index(folder: Path, language: str) -> dict[str, Any]:
    """Read an index as a browser would."""
    text = (folder / "assets" / f"search.{language}.js").read_text("utf-8")
    begins, ends = "window.searchIndex=", ";\n"
    assert text.startswith(begins) and text.endswith(ends)
    found: dict[str, Any] = json.loads(text[len(begins) : -len(ends)])
    return found


def pages_with(held: dict[str, Any], term: str) -> set[str]:
    """Return the addresses of pages that hold every pair of a term."""
    folded = folding.fold(term)
    found = []
    for gram in map(str.__add__, folded, folded[1:]):
        at, those = 0, set()
        for number in held["grams"].get(gram, "").split():
            at += int(number, 36)
            those.add(held["pages"][at][0])
        found.append(those)
    return set.intersection(*found)


def test_the_index_finds_korean_within_words_and_by_initials(site_folder: Path) -> None:
    held = index(site_folder, "ko")
    assert "proposals/2022-005.html" in pages_with(held, "햇빛발전")
    assert "proposals/2022-005.html" in pages_with(held, "ㅎㅂㅂㅈㅅ")
    assert "commitments/KRGNJ0002.html" in pages_with(held, "krgnj 0002")
    for address, title, *_ in held["pages"]:
        assert (site_folder / "ko" / address).is_file() and title


def test_what_is_indexed_cannot_end_the_script() -> None:
    hostile = Page("a.html", "", "", "</script>\u2028<b>", {}, text="가나\u2029다")
    made = search.made([hostile]).decode()
    assert "\u2028" not in made and "\u2029" not in made
    json.loads(made.removeprefix("window.searchIndex=").removesuffix(";\n"))


def test_texts_are_escaped_and_their_headings_fit_the_page() -> None:
    texts = marked.Marked(words("en"))
    found = texts.marked("# 이름\n## 하나\n#### <i>둘</i>\n- **굵게** <b>\n|가|<u>|\n", 3)
    assert "이름" not in found
    assert '<h3 lang="ko">하나</h3>\n<h4 lang="ko">&lt;i&gt;둘&lt;/i&gt;</h4>' in found
    assert "<strong>굵게</strong> &lt;b&gt;" in found and "&lt;u&gt;" in found
    assert texts.own("<b>plain</b>") == "&lt;b&gt;plain&lt;/b&gt;"
    assert texts.own("한글") == '<span lang="ko">한글</span>'
    assert texts.paragraphs("하나\n<둘>\n\n셋") == (
        '<p lang="ko">하나<br>&lt;둘&gt;</p>\n<p lang="ko">셋</p>'
    )
