"""What stands on the pages of a pack, read from their blocks."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from db.vocab import Dividers, Edition, ItemKind, Layout, PartKind, Standing
from gwangju_desktop.documents.blocks import (
    Answers,
    Banner,
    Block,
    Box,
    Heading,
    PageBreak,
    Para,
    SignRows,
    Table,
    para,
)
from gwangju_desktop.documents.figures import NoteLines, SeatPlan
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout as PageLayout
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.documents.writer_pdf import Writer
from gwangju_desktop.meetings.rules import Share
from gwangju_desktop.packs.arranging import Slot, arranged
from gwangju_desktop.packs.model import (
    ActionData,
    AwaitedData,
    Copy,
    GuestData,
    OpinionData,
    PaperData,
    PreviousMinutes,
    QuorumData,
    Span,
)
from gwangju_desktop.packs.pack import number_pack, write_pack
from gwangju_desktop.packs.pages import Pages
from gwangju_desktop.text import words
from tests.gwangju_desktop.packs.made import laid, pack_data

# Whoever lays out can draw: the writer brings the kinds of blocks that are drawn.
assert Writer
GROUND = "정보공개법 제9조제1항제5호(예시)"


def said(blocks) -> str:
    """Return all words of blocks, a line for each paragraph."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Para():
                lines.append(" ".join(word.text for word in block.words))
            case Heading():
                lines.append(f"{block.text} {block.aside}".strip())
            case Banner():
                lines += [block.number, block.title, block.meta]
            case Box():
                lines.append(said(block.children))
            case Table():
                lines.append(" | ".join(column.title for column in block.columns))
                lines += [" | ".join(said(cell) for cell in row) for row in block.rows]
            case Answers():
                lines.append(" ".join(f"{one.before} {one.after}" for one in block.answers))
            case SignRows():
                lines += [" ".join(person) for person in block.people]
    return "\n".join(lines)


def pages(data, edition=Edition.MEMBERS, language="ko") -> Pages:
    return Pages(data, words(language), edition=edition)


def part(data, key):
    return next(part for part in data.parts if part.key == key)


def changed(data, number, **values):
    """Return the pack with one of its items changed, counted from 0."""
    items = list(data.items)
    items[number] = dataclasses.replace(items[number], **values)
    return laid(dataclasses.replace(data, items=tuple(items)))


def text_of(data, key, refs=None, **shown) -> str:
    return said(pages(data, **shown).blocks(part(data, key), refs or {}))


# The order of business


def test_items_stand_with_their_pages_from_sheet_to_last_paper():
    data = pack_data([PaperData("하나", None, "missing", id=1), PaperData("둘", None, "x", id=2)])
    refs = {
        "item-3": Span("9", "9"),
        "item-5": Span("13", "14"),
        "paper-1": Span("15", "26"),
        "paper-2": Span("27", "27"),
    }
    lines = text_of(data, "agenda", refs).splitlines()
    ranged = next(line for line in lines if line.endswith("13~27"))
    assert "45분" not in ranged
    assert any(line.endswith("| 9") for line in lines)
    english = text_of(data, "agenda", refs, language="en")
    assert "13–27" in english


def test_steps_have_no_number_and_items_say_what_is_asked():
    data = changed(pack_data(), 2, item_number="제2022-7호")
    text = text_of(data, "agenda")
    assert " | 성원 보고\n간사" in text
    assert "1 | 2021년 이행 점검 결과\n이행률 78%(예시)와 지연 과제 4건을 보고받습니다." in text
    assert "기후환경정책과 · 의안번호 제2022-7호" in text


def test_a_standing_step_leads_to_the_part_it_is_about():
    data = changed(pack_data(), 0, standing=Standing.QUORUM_REPORT.value)
    blocks = pages(data).blocks(part(data, "agenda"), {"attendance": Span("5", "6")})
    table = next(block for block in blocks if isinstance(block, Table))
    assert table.links[0] == "attendance"
    assert said((table,)).splitlines()[2].endswith("5~6")
    assert "참석자 서명부" not in said((table,))


def test_who_presides_is_said_only_where_the_chairs_share():
    assert "주재" not in text_of(pack_data(), "agenda")
    data = changed(pack_data(), 4, presiding="민간 공동위원장 가상 둘")
    text = text_of(data, "agenda")
    assert "안건 1, 2: 공동위원장(행정부시장 · 민간 공동위원장) 주재." in text
    assert "안건 3: 민간 공동위원장 가상 둘 주재." in text
    assert "민간 공동위원장 가상 둘 주재" in text_of(data, "item-5")


def test_papers_to_follow_are_told_on_the_agenda_and_the_sheet():
    awaited = (
        AwaitedData("검토서", "기획조정실", tabled=True),
        AwaitedData("원문", "기후환경정책과", dt.date(2022, 3, 14)),
    )
    data = changed(pack_data(), 4, awaited=awaited)
    text = text_of(data, "agenda")
    assert "당일 배부" in text
    assert "안건 3 원문(기후환경정책과, 2022. 3. 14.까지 제출 예정)" in text
    front = text_of(data, "item-5")
    assert "1. 검토서 · 기획조정실 | 당일 배부" in front
    assert "2. 원문 · 기후환경정책과 | 추후 배부" in front


@pytest.mark.parametrize(
    ("share", "words_said"),
    [
        (Share(2, 3, more=False), "재적위원 3분의 2 이상의 찬성"),
        (Share(1, 2), "재적위원의 2분의 1을 넘는 찬성"),
    ],
)
def test_another_majority_is_said_as_the_rule_has_it(share, words_said):
    data = dataclasses.replace(pack_data(), quorum=QuorumData(35, 18, share))
    assert words_said in text_of(data, "agenda")


def test_the_next_meeting_is_told_to_members():
    data = dataclasses.replace(pack_data(), following=pack_data().starts.replace(month=6, day=16))
    assert "차기 회의: 2022. 6. 16.(목) 14:00." in text_of(data, "agenda")
    assert "차기 회의" not in text_of(data, "agenda", edition=Edition.PUBLIC)


def test_a_pack_without_items_still_has_an_agenda():
    data = laid(dataclasses.replace(pack_data(), items=()))
    assert "회의 순서" in text_of(data, "agenda")
    assert "의결" not in text_of(data, "agenda")
    assert "0건" in text_of(data, "cover")


# The front sheet


def test_the_front_sheet_has_the_order_of_a_bill():
    data = changed(
        pack_data([PaperData("공개 항목", None, "missing", id=1)]),
        4,
        item_number="제2022-3호",
        submitter="광주광역시장",
        submitted=dt.date(2022, 3, 8),
        basis="「탄소중립 기본법」 제12조",
        budget="금1,000,000원(예시)",
        opinions=(OpinionData("개인정보 보호 담당", "조건부 동의", "건물 사용량 제외"),),
    )
    text = text_of(data, "item-5", {"paper-1": Span("20", "20")})
    order = [
        "의안번호 | 의결연월일 | 제출자 | 제출연월일",
        "제2022-3호 | 2022. 3. 17.(제3회) | 광주광역시장 | 2022. 3. 8.",
        "1. 의결주문(안)",
        "2. 제안이유",
        "3. 주요내용",
        "4. 참고사항",
        "가. 관련 근거",
        "나. 소요예산",
        "다. 합의·검토의견",
        "개인정보 보호 담당 | 조건부 동의 | 건물 사용량 제외",
        "라. 그 밖의 참고",
        "5. 붙임",
        "1. 공개 항목 | 20쪽",
    ]
    places = [text.index(line) for line in order]
    assert places == sorted(places)


def test_what_is_not_there_takes_no_number():
    data = changed(pack_data(), 4, reason="", contents="", reference="", papers=())
    text = text_of(data, "item-5")
    assert "1. 의결주문(안)" in text
    assert "2." not in text.split("1. 의결주문(안)")[1]


def test_a_withdrawn_item_says_so():
    data = changed(pack_data(), 4, withdrawn=True)
    assert "의결 · 철회 · 에너지산업과" in text_of(data, "item-5")
    assert "철회" in text_of(data, "agenda")
    assert not pages(data).script(data.items[4])


# Cover and dividers


def test_a_numbered_copy_names_its_reader():
    data = pack_data()
    made = said(pages(data).cover(Copy(3, "가상 하나 위원")))
    assert "제3부 · 가상 하나 위원" in made
    assert "성명" not in made
    assert "성명" in said(pages(data).cover())


@pytest.mark.parametrize(
    ("edition", "title"),
    [
        (Edition.MEMBERS, "위원용"),
        (Edition.PUBLIC, "공개용"),
        (Edition.CHAIR, "위원장용"),
        (Edition.LARGE, "위원용(큰 글자판)"),
    ],
)
def test_each_edition_says_who_it_is_for(edition, title):
    assert f"회의자료 | {title}" in said(pages(pack_data(), edition).cover())


def test_a_divider_shows_number_and_title():
    data = laid(dataclasses.replace(pack_data(), dividers=Dividers.ITEMS))
    keys = [part.key for part in data.parts]
    assert keys[keys.index("item-5") - 1] == "divider-item-5"
    assert "divider-agenda" not in keys
    text = text_of(data, "divider-item-5", {"item-5": Span("11", "12")})
    assert text.splitlines()[:2] == ["안건 3", "에너지 정보 통합 플랫폼 공개 항목"]
    whole = laid(dataclasses.replace(pack_data(), dividers=Dividers.SECTIONS))
    assert {"divider-agenda", "divider-attendance"} <= {part.key for part in whole.parts}


# People


def test_the_attendance_sheet_has_room_for_substitutes_and_guests():
    members = list(pack_data().members)
    members[1] = dataclasses.replace(members[1], substitute="과장 가상 셋")
    data = dataclasses.replace(
        pack_data(), members=tuple(members), guests=(GuestData("배석자", "가상 넷", "기획관"),)
    )
    text = text_of(data, "attendance")
    assert f"{members[1].name} | 과장 가상 셋" in text
    assert "배석자 | 기획관 | 가상 넷" in text
    public = text_of(data, "attendance", edition=Edition.PUBLIC)
    assert "가상 셋" not in public
    assert "가상 넷" not in public


def test_thirty_five_signatures_are_one_page_with_their_verdict_line():
    data = pack_data()
    blocks = pages(data).blocks(part(data, "attendance"), {})
    stacks = PageLayout(metrics(), Theme()).flow(blocks)
    assert len(stacks) == 2
    assert any(isinstance(placed.fit.block, Answers) for placed in stacks[0])


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("count", [1, 2, 7, 35, 90])
def test_every_seat_has_its_own_place_on_the_plan(layout, count):
    data = dataclasses.replace(pack_data(count=count), layout=layout)
    made = arranged(data, [Slot(PartKind.SEATING)])
    plan = next(b for b in pages(data).blocks(made[0], {}) if isinstance(b, SeatPlan))
    assert len({(seat.x, seat.y) for seat in plan.seats}) == count
    assert all(0 <= seat.x <= 1 and 0 <= seat.y <= 1 for seat in plan.seats)
    assert plan.seats[0].name in plan.alternative


def test_the_roster_counts_capacities_and_names_offices():
    members = list(pack_data(count=6).members)
    members[0] = dataclasses.replace(members[0], role="공동위원장", head=True)
    data = dataclasses.replace(pack_data(count=6), members=tuple(members))
    text = text_of(data, "roster")
    assert text.splitlines()[0] == "위원 명부 6명 · 당연직 2 · 위촉직 4"
    assert "공동위원장" in text


# What came before


def action(text, mark, **values):
    return ActionData("제2회 정기회의", text, "서구", dt.date(2022, 3, 9), mark, **values)


def test_earlier_decisions_say_in_words_what_became_of_them():
    data = dataclasses.replace(
        pack_data(),
        actions=(
            action("점검 계획", "지연", late=True, late_days=2),
            action("초안 작성", "완료", done=True, result="12문항을 보냄"),
            action("일정 보완", "추진 중"),
        ),
    )
    data = laid(data)
    text = text_of(data, "previous_actions")
    assert text.splitlines()[0] == "지난번에 우리가 정한 것 3건 · 완료 1 · 지연 1 · 진행 1"
    assert "지연\n2일 경과" in text
    assert "초안 작성\n12문항을 보냄" in text
    assert "추진 중" in text


def test_without_earlier_decisions_there_is_no_such_page():
    assert "previous_actions" not in {part.key for part in pack_data().parts}


def test_minutes_to_confirm_are_signed_and_confirmed_ones_are_not():
    minutes = PreviousMinutes(
        "제2회 정기회의",
        dt.date(2021, 12, 16),
        (para("오간 말"),),
        signers=("공동위원장 가상 하나",),
    )
    data = dataclasses.replace(pack_data(), previous=minutes)
    parts = arranged(data, [Slot(PartKind.PREVIOUS_MINUTES)])
    text = said(pages(data).blocks(parts[0], {}))
    assert "오간 말" in text
    assert "공동위원장 가상 하나 (서명)" in text
    confirmed = dataclasses.replace(minutes, confirmed=True)
    data = dataclasses.replace(data, previous=confirmed)
    assert "(서명)" not in said(pages(data).blocks(parts[0], {}))


# Sheets to write on


def test_every_item_put_to_the_vote_has_its_decision_sheet():
    data = dataclasses.replace(pack_data(), chairs=("공동위원장 가상 하나", "공동위원장 가상 둘"))
    parts = arranged(data, [Slot(PartKind.RECORDS), Slot(PartKind.NOTES)])
    blocks = pages(data).blocks(parts[0], {})
    text = said(blocks)
    for outcome in (
        "원안의결",
        "수정의결",
        "조건부의결",
        "보류",
        "부결",
        "반려",
        "철회",
        "이의 없음",
    ):
        assert outcome in text
    assert "35 |" in text
    assert "공동위원장 가상 하나" in text
    assert sum(isinstance(block, Banner) for block in blocks) == 1
    assert any(isinstance(b, NoteLines) for b in pages(data).blocks(parts[1], {}))
    two = changed(data, 3, kind=ItemKind.DELIBERATION)
    blocks = pages(two).blocks(parts[0], {})
    assert sum(isinstance(block, PageBreak) for block in blocks) == 1
    assert len(PageLayout(metrics(), Theme()).flow(blocks)) == 2


# The chair's copy


def test_the_chair_has_words_for_every_outcome():
    data = changed(pack_data(), 4, conflicts=("가상 다섯",))
    text = said(pages(data).script(data.items[4]))
    for words_said in ("원안의결", "수정의결", "조건부의결", "보류", "부결", "의사봉\xa03타"):
        assert words_said in text
    assert "제척·회피: 가상 다섯." in text
    assert "18명 출석이면 찬성 10명, 35명 전원 출석이면 찬성 18명" in text
    assert "부결" not in said(pages(data).script(data.items[2]))


def test_opening_and_closing_have_their_words():
    data = pack_data()
    opening, closing = pages(data).opening_script(), pages(data).closing_script()
    assert "18명" in said(opening)
    assert "개회" in said(opening)
    assert "폐회" in said(closing)
    assert {"script"} <= {b.style for b in opening if isinstance(b, Para)}


def test_her_own_items_are_hers_only_where_the_chair_is_shared():
    data = pack_data()
    assert not any(pages(data).hers(item) for item in data.items)
    data = changed(data, 4, presiding="민간 공동위원장 가상 둘")
    assert [pages(data).hers(item) for item in data.items] == [False, False, True, True, False]


# What is closed


def test_a_closed_item_is_marked_for_members():
    data = changed(pack_data(), 4, closed=GROUND)
    assert part(data, "item-5").closed == GROUND
    assert "비공개(위원 배부용)" in text_of(data, "agenda")
    assert "위원용(비공개 자료 포함)" in said(pages(data).cover())


def test_in_the_public_edition_a_closed_paper_has_a_page_and_no_title():
    closed = PaperData("", None, members_only=True, ground=GROUND)
    data = pack_data([closed])
    shut = part(data, "paper-1")
    assert (shut.paper, shut.title, shut.closed) == (None, "", GROUND)
    blocks = pages(data, Edition.PUBLIC).blocks(part(data, "item-5"), {"paper-1": Span("41", "46")})
    assert "자료 · 비공개(위원 배부용) | 41쪽" in said(blocks)
    attached = [block for block in blocks if isinstance(block, Table)][-1]
    assert attached.links == ("",)


def kinds(blocks) -> list[type[Block]]:
    return [type(block) for block in blocks]


def test_pages_are_the_same_blocks_in_both_languages():
    data = pack_data()
    for one in data.parts[1:]:
        korean = pages(data).blocks(one, {})
        english = pages(data, language="en").blocks(one, {})
        assert kinds(korean) == kinds(english)


@pytest.mark.parametrize("edition", list(Edition))
def test_all_parts_are_written_behind_dividers_however_long_their_words(edition, tmp_path):
    long = "끊을수없는긴낱말" * 400
    data = changed(
        dataclasses.replace(
            pack_data(),
            dividers=Dividers.SECTIONS,
            abbreviations=(("OGP", long), (long, "뜻")),
            actions=(action(long, "지연", late=True, late_days=2, result=long),),
        ),
        4,
        basis=long,
        budget=long,
        opinions=(OpinionData(long, "동의", long),),
        awaited=(AwaitedData(long, long, tabled=True),),
        presiding=long,
        closed=GROUND,
    )
    items = [Slot(PartKind.ITEM, item.id) for item in data.items if item.has_sheet]
    kinds = [kind for kind in PartKind if kind not in (PartKind.FIGURE, PartKind.APPENDIX)]
    slots = [Slot(kind) for kind in kinds if kind is not PartKind.ITEM] + items
    data = dataclasses.replace(data, parts=arranged(data, slots))
    frozen = None if edition is Edition.MEMBERS else number_pack(data).frozen
    facts = write_pack(data, tmp_path / "p.pdf", edition=edition, frozen=frozen)
    assert "divider-records" in facts.references
    assert len(facts.labels) == facts.pages
