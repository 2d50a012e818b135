"""Documents of proposals: what they say, what they never say, odd proposals, long and hostile words."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.schema.handling import ProposalNotice, ProposalOpinion, ProposalReply
from db.schema.packs import Outgoing
from db.schema.proposals import OutsideNumber, Proposal, Proposer
from db.store import Store, usecase
from db.vocab import NoticeKind, ProposalState
from gwangju_desktop import clock
from gwangju_desktop.catalogue import entries
from gwangju_desktop.catalogue.entries import ENTRIES, About, compose
from gwangju_desktop.catalogue.periods import Quarter, quarter_before, quarter_of, span_of
from gwangju_desktop.catalogue.proposal_results import reply_text
from gwangju_desktop.catalogue.proposal_sheet import percent
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.plain import plain
from gwangju_desktop.documents.press import press
from gwangju_desktop.errors import UserError
from gwangju_desktop.outgoing import queries as outgoing
from gwangju_desktop.outgoing import usecases
from gwangju_desktop.proposals import notices, steps
from tests.gwangju_desktop.catalogue.citizens import (
    BOARD_TEXT,
    NOTE_TEXT,
    OPINION_TEXT,
    day,
    move,
    people,
    proposal,
    proposed,
    reply,
)
from tests.gwangju_desktop.catalogue.conftest import EMAIL, PHONE, TOLD_OF
from tests.gwangju_desktop.catalogue.telling import text_of, told
from tests.gwangju_desktop.catalogue.test_formats import read_back

OF_ONE = [name for name, one in ENTRIES.items() if one.about is About.PROPOSAL]
OF_ALL = [name for name, one in ENTRIES.items() if one.about is About.PROPOSALS]
HOSTILE = "<b>“굵게”</b> & \\n {name} %s {0} 漢字 🎉 [box] 가. 1) - ‮뒤집기 끝."
TODAY = dt.date(2022, 3, 11)


@pytest.fixture(scope="module")
def _told_of(
    _empty_office: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    """One office with proposals in every state a document tells of, made once and copied."""
    path = tmp_path_factory.mktemp("proposed") / "told of.gwoffice"
    shutil.copy(_empty_office, path)
    clock.fix(TODAY)
    with Store.open(path) as store:
        return path, store.run(proposed).value


@pytest.fixture
def given(_told_of: tuple[Path, dict[str, Any]], tmp_path: Path) -> Iterator[dict[str, Any]]:
    """An office of one's own with proposals in every state a document tells of."""
    clock.fix(TODAY)
    made_once, ids = _told_of
    path = tmp_path / "사무국 office.gwoffice"
    shutil.copy(made_once, path)
    with Store.open(path) as store:
        yield {"store": store, **ids}


def made(given: dict[str, Any], name: str, which: str = "", **options: Any) -> Composed:
    """Compose a document of the proposal it is made of, or of another."""
    id = given[which or TOLD_OF.get(name, "adopted")] if name in OF_ONE else None
    with given["store"].reading() as read:
        return compose(read, name, id=id, **{"language": "ko", **options})


def changed(given: dict[str, Any], which: str, **values: Any) -> None:
    """Set columns of a proposal."""

    @usecase("Changed in a test")
    def change(tx: Any) -> None:
        row = tx.get_one(Proposal, given[which])
        for key, value in values.items():
            setattr(row, key, value)

    given["store"].run(change)


# --- what stands on every one


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", OF_ONE)
def test_every_document_has_the_numbers_and_nothing_private(
    given: dict[str, Any], name: str, language: str
) -> None:
    composed = made(given, name, language=language)
    number = {"transferred": "2022-932", "petition": "2022-933", "closed": "2022-934"}
    number |= {"again": "2021-912", "adopted": "2022-931"}
    which = TOLD_OF.get(name, "adopted")
    for text in (text_of(composed), plain(composed)):
        assert number[which] in text
        for secret in (PHONE, EMAIL, OPINION_TEXT, NOTE_TEXT, BOARD_TEXT, "9731"):
            assert secret not in text
    if which == "adopted":
        assert "국민신문고1AA-2202-0000001" in text_of(composed)
        assert "B-2022-77" in plain(composed)


@pytest.mark.parametrize("name", OF_ALL)
def test_lists_and_reports_have_nothing_private(given: dict[str, Any], name: str) -> None:
    for language in ("ko", "en"):
        text = text_of(made(given, name, language=language))
        for secret in (PHONE, EMAIL, OPINION_TEXT, NOTE_TEXT, BOARD_TEXT):
            assert secret not in text


def test_a_notice_is_for_the_main_proposer_by_name(given: dict[str, Any]) -> None:
    assert "수신 | 가상 나무모임 귀중" in told(made(given, "proposal-receipt"))
    assert "수신 | 김하늘(가상) 귀하" in told(made(given, "proposal-closed"))
    anonymous = told(made(given, "proposal-receipt", "anonymous"))
    assert "수신 | 제안자 귀하" in anonymous
    english = told(made(given, "proposal-receipt", "anonymous", language="en"))
    assert "To | To the proposer" not in english and "To | The proposer" in english


def test_joint_proposers_stand_with_their_shares_only_where_they_have_to(
    given: dict[str, Any],
) -> None:
    shares = "가상 나무모임 50%, 이바다(가상) 33.33%, 박솔(가상) 16.67%"
    assert shares in told(made(given, "proposal-receipt"))
    assert shares in told(made(given, "proposal-result"))
    for name in ("proposal-supplement", "proposal-delay", "opinion-request"):
        assert "박솔" not in told(made(given, name))
    assert [percent(share) for share in (10_000, 3333, 50, 5, 0)] == [
        "100%",
        "33.33%",
        "0.5%",
        "0.05%",
        "0%",
    ]


def test_thirty_proposers_are_listed_on_a_sheet_of_their_own(given: dict[str, Any]) -> None:
    @usecase("Thirty in a test")
    def thirty(tx: Any) -> int:
        named = [(f"가상 {n}호", "person", 333) for n in range(29)]
        main = ("가상 대표", "person", 10_000 - 29 * 333)
        return proposal(tx, 950, "많은 사람의 제안(예시)", proposers=people(*named, main)).id

    given["thirty"] = given["store"].run(thirty).value
    composed = made(given, "proposal-receipt", "thirty")
    text = told(composed)
    assert "공동 제안자(지분): 30명(붙임 명단)" in text and "수신 | 가상 대표 귀하" in text
    assert "| 30 | 가상 28호 | 개인 | 3.33%" in text and "계 |  | 100%" in text
    assert composed.attachments == ("공동 제안자 명단 1부.",) and len(composed.parts) == 2
    assert "가상 0호" not in plain(composed)


# --- the steps


def test_the_day_of_a_letter_is_that_of_its_notice(given: dict[str, Any]) -> None:
    for name, on in (
        ("proposal-receipt", day(2, 7)),
        ("proposal-supplement", day(2, 9)),
        ("proposal-opinion", day(2, 16)),
        ("proposal-result", day(3, 4)),
        ("proposal-delay", day(3, 10)),
        ("proposal-re-exam", day(2, 22)),
    ):
        assert made(given, name).about.on == on, name
    assert made(given, "opinion-request").about.on == TODAY


def test_receipt_says_when_it_is_due_and_what_is_public(given: dict[str, Any]) -> None:
    # 2022-02-07 and a month: 2022-03-07, whatever was not counted since.
    assert "처리기한: 2022. 3. 7.(월)" in told(made(given, "proposal-receipt"))
    anonymous = told(made(given, "proposal-receipt", "anonymous"))
    assert "요청하신 대로 제안명과 처리 결과만 공개합니다." in anonymous
    assert "담당 부서: 지정 중" in anonymous and "「국민 제안 규정」에 따라" in anonymous
    changed(given, "anonymous", consent="none")
    text = told(made(given, "proposal-receipt", "anonymous"))
    assert "제안 내용은 공개하지 않습니다." in text


def test_a_late_supplement_says_that_the_time_goes_on(given: dict[str, Any]) -> None:
    assert "기간은 처리기한에서 제외합니다" in told(made(given, "proposal-supplement"))
    late = told(made(given, "proposal-supplement", "closed"))
    assert "처리기한은 계속 진행됩니다" in late and "제외" not in late


def test_departments_are_asked_in_one_letter_or_each_in_its_own(given: dict[str, Any]) -> None:
    text = told(made(given, "opinion-request"))
    assert "to: 수신자 참조" in text and "수신자 대중교통과, 자치구 협력관" in text
    # Whoever has answered is not asked again.
    assert "공원녹지과" not in text
    one = told(made(given, "opinion-request", recipient="공원녹지과"))
    assert "to: 공원녹지과" in one and "구분: 주관" in one and "회신 기한: 2022. 3. 9.(수)" in one
    assert "김하늘" not in text and "나무모임" not in text
    with given["store"].reading() as read:
        ids = [row.id for row in read.query(ProposalOpinion).order_by(ProposalOpinion.id)]
    assert made(given, "opinion-request", opinion_id=ids[1]).recipient == "대중교통과"
    with pytest.raises(UserError, match="가상과"):
        made(given, "opinion-request", recipient="가상과")


def test_personal_numbers_a_citizen_wrote_do_not_go_to_offices(given: dict[str, Any]) -> None:
    text = told(made(given, "transfer-letter"))
    assert "010-1234-5678" not in text and "1건을 가렸습니다" in text
    assert "제안자: 김하늘(가상)" in text and "to: 가상 국토관리청" in text
    assert "귀 기관 접수 번호: 이송-2022-15" in text


def test_a_personal_number_in_a_title_does_not_go_to_offices(given: dict[str, Any]) -> None:
    for name in ("opinion-request", "transfer-letter"):
        changed(given, TOLD_OF.get(name, "adopted"), title="연락 010-1234-5678 주십시오")
        assert "010-1234-5678" not in told(made(given, name))


def test_the_result_has_decision_reasons_plan_and_the_way_to_a_re_examination(
    given: dict[str, Any],
) -> None:
    text = told(made(given, "proposal-result"))
    for said in (
        "심사 결과: 일부채택",
        "결정일: 2022. 3. 2.(수)",
        "이행 예정일: 2022. 9. 30.(금)",
        "보도 폭이 2m를 넘는 정류장에는 심을 수 있습니다.",
        "3월: 대상 정류장 20곳을 고릅니다.(예시)",
        "이 통지를 받은 날부터 15일 이내에",
        "2년 이내에 시행된 경우",
    ):
        assert said in text
    english = told(made(given, "proposal-result", language="en"))
    assert "Adopted in part" in english and "within 15 days" in english


def test_each_round_has_its_own_letter(given: dict[str, Any]) -> None:
    first = told(made(given, "proposal-result", "again"))
    assert "심사 결과: 불채택" in first and "효과를 확인하지 못하였습니다" in first
    assert "시범" not in first and "2021. 12. 14." in first
    again = told(made(given, "proposal-re-exam"))
    assert "심사 결과: 채택" in again and "위원 7명(시민 4명)" in again
    assert "재심사 요청일: 2021. 12. 24.(금)" in again and "15일 이내" not in again


def test_a_re_examination_that_has_begun_is_told_as_such(given: dict[str, Any]) -> None:
    @usecase("Begun in a test")
    def begun(tx: Any) -> int:
        row = proposal(tx, 960, "다시 보는 제안(예시)", state="re_exam")
        move(tx, row, ProposalState.NOT_ADOPTED, day(2, 20))
        reply(tx, row, 1, day(2, 21), "회신", "사유")
        move(tx, row, ProposalState.REPLIED, day(2, 21), before="not_adopted")
        again = ProposalState.RE_EXAM
        move(tx, row, again, day(3, 2), NoticeKind.RE_EXAM, before="replied", reason="새 자료")
        row.due_on = day(4, 4)
        return row.id

    given["begun"] = given["store"].run(begun).value
    text = told(made(given, "proposal-re-exam", "begun"))
    assert "제안 재심사 착수 통지(2022-960)" in text and "처리기한: 2022. 4. 4.(월)" in text


def test_a_deferred_one_says_when_it_is_reviewed_and_a_dropped_one_that_it_is_not_done(
    given: dict[str, Any],
) -> None:
    @usecase("Others in a test")
    def others(tx: Any) -> dict[str, int]:
        later = proposal(
            tx, 970, "보류한 제안(예시)", state="deferred", review_on=day(9, 1), adoption="deferred"
        )
        move(tx, later, ProposalState.DEFERRED, day(3, 4))
        reply(tx, later, 1, None, "다시 검토하겠습니다.", "예산이 정해지지 않았습니다.")
        gone = proposal(tx, 971, "못 하게 된 제안(예시)", state="dropped", adoption="adopted")
        dropped = {"reason": "부지가 없어졌습니다.(예시)", "before": "implementing"}
        move(tx, gone, ProposalState.DROPPED, day(3, 8), NoticeKind.DELAY, **dropped)
        return {"later": later.id, "gone": gone.id}

    given |= given["store"].run(others).value
    later = told(made(given, "proposal-result", "later"))
    assert "보류(계속검토)" in later and "다시 검토할 날: 2022. 9. 1.(목)" in later
    # Not sent yet: it is made for today.
    assert made(given, "proposal-result", "later").about.on == TODAY
    gone = told(made(given, "proposal-delay", "gone"))
    assert "제안 이행불가 통지" in gone and "부지가 없어졌습니다" in gone
    assert "늦어지게 되어" not in gone and "새 이행 예정일" not in gone


def test_what_came_again_is_told_with_the_earlier_one(given: dict[str, Any]) -> None:
    """The real verbs: a repeat of one answered and of one that is open, a late decision."""
    store = given["store"]
    store.run(steps.note_repeat, id=given["adopted"], on_day=day(3, 11))
    store.run(steps.note_repeat, id=given["anonymous"], on_day=day(3, 11))
    late = {"reason": "심사가 길어집니다.(예시)", "new_on": day(5, 2)}
    store.run(notices.delay, id=given["anonymous"], **late)
    with store.reading() as read:
        found = read.query(ProposalNotice).order_by(ProposalNotice.id.desc()).limit(3).all()
        delay_id, receipt_id, result_id = (row.id for row in found)
    again = "먼저 접수된 다음 제안과 내용이 같아"
    assert again in told(made(given, "proposal-result", notice_id=result_id))
    assert again in told(made(given, "proposal-receipt", "anonymous", notice_id=receipt_id))
    assert again not in told(made(given, "proposal-result"))
    assert made(given, "proposal-receipt", "anonymous").about.on == day(3, 7)
    text = told(made(given, "proposal-delay", "anonymous", notice_id=delay_id))
    assert "새 처리 예정일: 2022. 5. 2.(월)" in text and "심사가 길어집니다" in text


def test_the_reply_is_copied_as_text_that_names_nobody(given: dict[str, Any]) -> None:
    with given["store"].reading() as read:
        text = reply_text(read, id=given["adopted"])
        last = reply_text(read, id=given["again"])
        first = reply_text(read, id=given["again"], again=False, language="en")
        with pytest.raises(UserError):
            reply_text(read, id=given["anonymous"])
    assert text.startswith("[2022-931] 버스 정류장") and "심사 결과: 일부채택" in text
    assert "나무모임" not in text and "15일 이내" in text
    assert "채택" in last and "불채택" not in last and "Not adopted" in first


@pytest.mark.parametrize("language", ["ko", "en"])
def test_both_databases_say_the_same(store: Store, language: str) -> None:
    clock.fix(TODAY)
    ids = store.run(proposed).value
    with store.reading() as read:
        for name in [*OF_ONE, *OF_ALL]:
            id = ids[TOLD_OF.get(name, "adopted")] if name in OF_ONE else None
            assert plain(compose(read, name, id=id, language=language))


# --- what cannot be made


def test_a_proposal_knows_which_of_its_documents_can_be_made(given: dict[str, Any]) -> None:
    for which in ("adopted", "transferred", "petition", "closed", "again", "anonymous"):
        with given["store"].reading() as read:
            found = entries.of_proposal(read, proposal_id=given[which])
            for one in found:
                if one.why_not is None:
                    compose(read, one.entry.name, id=one.id, language="ko")
                else:
                    with pytest.raises(UserError):
                        compose(read, one.entry.name, id=one.id, language="ko")
        can = {one.entry.name for one in found if one.why_not is None}
        assert "proposal-receipt" in can, which
    assert can == {"proposal-receipt"}


def test_a_reply_without_reasons_is_no_letter(given: dict[str, Any]) -> None:
    @usecase("Taken away in a test")
    def emptied(tx: Any) -> None:
        rows = tx.query(ProposalReply).filter_by(proposal_id=given["adopted"])
        rows.one().reasons = "  "

    given["store"].run(emptied)
    with pytest.raises(UserError, match="2022-931"):
        made(given, "proposal-result")


def test_a_draft_and_what_is_not_there_are_told(given: dict[str, Any]) -> None:
    changed(given, "anonymous", number=None, state="draft")
    with pytest.raises(UserError, match="작성 중"):
        made(given, "proposal-receipt", "anonymous")
    with given["store"].reading() as read, pytest.raises(UserError, match="4711"):
        compose(read, "proposal-receipt", id=4711)
    with given["store"].reading() as read, pytest.raises(UserError):
        compose(read, "proposal-register", id=1)


# --- odd proposals


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "values",
    [
        {"title": HOSTILE, "text": HOSTILE * 20, "department": HOSTILE, "plan": HOSTILE},
        {"title": "가" * 4000, "text": ("가나다 라마바사 " * 10 + "\n") * 50},
        {"title": "제목만", "text": "", "department": "", "plan": "", "planned_on": None},
        {"text": "끝없이" * 20_000},
    ],
)
def test_odd_words_are_printed_as_they_are(
    given: dict[str, Any], values: dict[str, Any], language: str
) -> None:
    changed(given, "adopted", **values)
    for name in OF_ONE:
        if TOLD_OF.get(name, "adopted") != "adopted":
            continue
        composed = made(given, name, language=language)
        document = press(composed)
        assert document.pages >= 1 and plain(composed)
        if values.get("title") == HOSTILE:
            text = told(composed)
            assert "<b>“굵게”</b> & \\n {name} %s {0} 漢字" in text
            assert "‮" not in text
    if "title" in values:
        assert press(made(given, "proposal-register", language=language)).pages


def test_user_text_is_not_numbered_in_the_draft(given: dict[str, Any]) -> None:
    text = plain(made(given, "proposal-supplement"))
    assert "\n  - 정류장 이름도 함께 적어 주시기 바랍니다.\n" in text


def test_a_text_of_four_thousand_letters_goes_to_the_department_whole(
    given: dict[str, Any],
) -> None:
    words = " ".join(f"낱말{n}" for n in range(700))
    assert len(words) > 4000
    changed(given, "adopted", text=words)
    composed = made(given, "opinion-request")
    text = text_of(composed)
    assert all(f"낱말{n}" in text for n in range(700))
    # Letter, two pages of the proposal, the form.
    assert 4 <= press(composed).pages <= 6


def test_who_was_erased_is_named_nowhere(given: dict[str, Any]) -> None:
    @usecase("Erased in a test")
    def erased(tx: Any) -> None:
        for row in tx.query(Proposer).filter_by(proposal_id=given["adopted"]):
            row.name = ""

    given["store"].run(erased)
    text = told(made(given, "proposal-receipt"))
    assert "수신 | 제안자 귀하" in text and "(삭제) 50%" in text
    assert "익명" in told(made(given, "proposal-register"))


# --- the office's own system


def test_a_notice_is_registered_without_a_name_and_with_its_ground(given: dict[str, Any]) -> None:
    composed = made(given, "proposal-result")
    store = given["store"]
    id = store.run(
        usecases.register,
        kind="proposal-result",
        about_id=given["adopted"],
        title=composed.title,
        recipient=composed.recipient,
    ).value
    with store.reading() as read:
        row = read.get_one(Outgoing, id)
        assert (row.recipient, row.release) == ("제안자", "partly")
        assert row.ground == "정보공개법 제9조제1항제6호" and row.body_id is None
        assert "나무모임" not in row.title + row.recipient
        (listed,) = outgoing.waiting(read, today=TODAY)
        assert str(listed.label) == "Result of a proposal"
    filled = {"number": "시민소통과-1234", "dispatched_on": day(3, 10)}
    store.run(usecases.fill, id=id, **filled)
    text = told(made(given, "proposal-result"))
    assert "시행 시민소통과-1234 (2022. 3. 10.) · 부분공개 (정보공개법 제9조제1항제6호)" in text
    yearly = {"kind": "proposal-yearly", "about_id": None, "title": "연간 실적"}
    assert store.run(usecases.register, **yearly).value
    with pytest.raises(UserError, match="4711"):
        store.run(usecases.register, kind="proposal-result", about_id=4711, title="x")


def test_a_notice_made_later_does_not_wear_the_number_of_the_one_before(
    given: dict[str, Any],
) -> None:
    store = given["store"]
    asked = {"kind": "proposal-delay", "about_id": given["adopted"], "title": "지연"}
    id = store.run(usecases.register, **asked, made_on=day(3, 10)).value
    store.run(usecases.fill, id=id, number="가-1", dispatched_on=day(3, 10))
    assert "가-1" in told(made(given, "proposal-delay"))

    @usecase("Again in a test")
    def again(tx: Any) -> None:
        row = tx.get_one(Proposal, given["adopted"])
        values = {"new_on": day(12, 1), "before": "delayed", "reason": "다시 늦음"}
        move(tx, row, ProposalState.DELAYED, TODAY, NoticeKind.DELAY, **values)

    store.run(again)
    text = told(made(given, "proposal-delay"))
    assert "가-1" not in text and "2022. 12. 1.(목)" in text


# --- register, check, report


def test_the_register_lists_a_year_with_the_numbers_elsewhere(given: dict[str, Any]) -> None:
    composed = made(given, "proposal-register", period="2022")
    text = told(composed)
    assert text.count("2022-93") == 5 and "2021-912" not in text
    assert "국민신문고 1AA-2202-0000001" in text and "가상 나무모임 외 2명" in text
    assert "2022. 4. 4.(월)" in text  # Pauses counted, though it is answered.
    sheet = read_back(writers.write(composed, "xlsx"), "xlsx")
    assert "2022-936" in sheet and "익명" in sheet and PHONE not in sheet
    assert "2021-912" in told(made(given, "proposal-register", period="2021-Q4"))
    assert "0건" in told(made(given, "proposal-register", period="2019"))


def test_five_hundred_proposals_are_a_register(given: dict[str, Any]) -> None:
    @usecase("Many in a test")
    def many(tx: Any) -> None:
        for n in range(100):
            outside = [OutsideNumber(system="가상", number=str(n))]
            proposal(tx, n + 1, f"제안 {n}", received_on=day(5, 2, 2021), outside=outside)

    given["store"].run(many)
    composed = made(given, "proposal-register", period="2021")
    assert "101건" in told(composed) and press(composed).pages > 5


def test_the_check_names_what_is_over_due(given: dict[str, Any]) -> None:
    text = told(made(given, "proposal-check", period="2022-Q1"))
    assert "대중교통과 | 2022. 3. 4.(금) | 7일 경과" in text
    assert "접수: 5건" in text and "이행할 채택 제안" in text
    assert "처리기한이 있는 결정 2건 중 1건(50.0%)" in text
    changed(given, "anonymous", received_on=day(1, 3), due_on=day(2, 3))
    assert "2022. 2. 3.(목) | 36일 경과" in told(made(given, "proposal-check"))
    with pytest.raises(UserError, match="분기가 아닙니다"):
        made(given, "proposal-check", period="2022-1")


def test_the_yearly_report_counts_as_the_statistics_do(given: dict[str, Any]) -> None:
    for name in ("proposal-yearly", "proposal-statistics"):
        text = told(made(given, name, period="2022"))
        assert "접수: 5건" in text and "접수 5건 중 1건(20.0%)" in text
        assert "결정하였거나 기한이 지난 1건 중 1건(100.0%)" in text
    yearly = told(made(given, "proposal-yearly"))
    assert "2021년 제안 연간 실적 보고" in yearly and "제출 기한: 2022. 1. 31.(월)" in yearly
    assert "나무모임" not in yearly + text
    empty = told(made(given, "proposal-statistics", period="1999"))
    assert "접수: 0건" in empty and "해당 없음" in empty


def test_small_groups_of_people_are_hidden_in_the_figures(given: dict[str, Any]) -> None:
    composed = made(given, "proposal-statistics", period="2022")
    text = read_back(writers.write(composed, "html"), "html")
    assert "*5건보다적거나" in text
    assert "29155****" in text and "나무모임" not in text


# --- quarters


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("2022-Q1", Quarter(2022, 1)),
        ("2022q4", Quarter(2022, 4)),
        ("2022년 3분기", Quarter(2022, 3)),
        (" 2022-2분기 ", Quarter(2022, 2)),
        ("2022 1/4분기", Quarter(2022, 1)),
    ],
)
def test_a_quarter_is_read(typed: str, wanted: Quarter) -> None:
    assert quarter_of(typed) == wanted and span_of(typed) == wanted


@pytest.mark.parametrize("typed", ["", "2022", "2022-1", "2022-Q5", "분기", "0000-Q1", "22-Q1"])
def test_what_is_no_quarter_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        quarter_of(typed)


def test_the_last_quarter_that_is_over_is_checked() -> None:
    assert quarter_before(day(3, 31)) == Quarter(2021, 4)
    assert quarter_before(day(4, 1)) == Quarter(2022, 1)
    assert Quarter(2024, 1).last == day(3, 31, 2024) and Quarter(2022, 2).first == day(4, 1)
