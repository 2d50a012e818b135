"""The columns a register of meetings may have, and the titles they are known by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gwangju_desktop.meetings.importing import values
from gwangju_desktop.members.importing.values import Reader, fold, text
from gwangju_desktop.text import C_, LANGUAGES, Msg, words


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may hold: of the meeting, or of one item.

    `told` says that the titles alone do not tell the field and its values must fit too.
    """

    key: str
    title: Msg
    read: Reader
    of: str
    others: tuple[str, ...] = ()
    told: bool = False


def _meeting(key: str, title: Msg, read: Reader, *others: str, told: bool = False) -> Field:
    return Field(key, title, read, "meeting", others, told)


def _item(key: str, title: Msg, read: Reader, *others: str, told: bool = False) -> Field:
    return Field(key, title, read, "item", others, told)


_ALL = (
    _meeting(
        "body", C_("register", "Body"), text, "위원회", "위원회명", "기구", "회의체", "committee"
    ),
    _meeting(
        "number",
        C_("register", "Number of the meeting"),
        values.number,
        *("회차", "차수", "회의 번호", "회의 차수", "회수", "제n회", "meeting no", "no"),
        told=True,
    ),
    _meeting(
        "kind",
        C_("register", "Kind of meeting"),
        values.kind,
        *("회의 종류", "회의 구분", "소집 구분", "개최 방법", "구분", "kind"),
        told=True,
    ),
    _meeting("title", C_("register", "Meeting"), text, "회의명", "회의 제목", "title", "meeting"),
    _meeting(
        "day",
        C_("register", "Date"),
        values.when,
        *("일자", "회의일", "회의일자", "개최일", "개최일자", "개최일시", "회의일시", "일시"),
        *("날짜", "date"),
    ),
    _meeting(
        "start",
        C_("register", "Opened"),
        values.when,
        *("시간", "시각", "시작", "시작 시각", "시작 시간", "개회", "개의", "개회 시각"),
        *("회의시간", "start", "from"),
    ),
    _meeting(
        "end",
        C_("register", "Ended"),
        values.when,
        *("종료", "종료 시각", "종료 시간", "폐회", "산회", "폐회 시각", "end", "to"),
    ),
    _meeting("place", C_("register", "Place"), text, "장소", "회의 장소", "place", "venue"),
    _meeting(
        "presiding",
        C_("register", "In the chair"),
        text,
        *("주재", "주재자", "의장", "위원장", "사회", "chair"),
    ),
    _meeting("secretary", C_("register", "Secretary"), text, "간사", "서기", "secretary"),
    _meeting(
        "public",
        C_("register", "Open or closed"),
        values.openness,
        *("공개", "공개 여부", "공개여부", "방청", "public"),
        told=True,
    ),
    _meeting(
        "enrolled",
        C_("register", "Enrolled"),
        values.count,
        *("재적", "재적 위원", "재적위원수", "재적 인원", "enrolled"),
    ),
    _meeting(
        "present",
        C_("register", "Present"),
        values.count,
        *("출석", "참석", "참석 인원", "출석 위원", "출석위원수", "참석자 수", "present"),
    ),
    _meeting(
        "state",
        C_("register", "Held or not"),
        values.state,
        *("개최 여부", "개최 결과", "상태", "회의 결과", "결과", "state"),
        told=True,
    ),
    _meeting(
        "reason",
        C_("register", "Why it was not held"),
        text,
        *("미개최 사유", "유회 사유", "취소 사유", "reason"),
    ),
    _item("label", C_("register", "Label"), text, "안건 순번", "안건 번호", "항", "label"),
    _item(
        "item_number",
        C_("register", "Item number"),
        text,
        *("의안번호", "의안 번호", "item number", "item no"),
    ),
    _item(
        "item_kind",
        C_("register", "Kind of item"),
        values.item_kind,
        *("안건 구분", "안건 종류", "심의 구분", "구분", "item kind"),
        told=True,
    ),
    _item(
        "item_title",
        C_("register", "Item"),
        text,
        *("안건", "안건명", "의안명", "의안", "심의 안건", "상정 안건", "제목", "item", "agenda"),
    ),
    _item(
        "presenter",
        C_("register", "Presented by"),
        text,
        *("보고자", "설명자", "제안설명", "발표자", "소관 부서", "제안 부서", "presenter"),
    ),
    _item("submitter", C_("register", "Submitted by"), text, "제출자", "제안자", "submitter"),
    _item(
        "begun",
        C_("register", "Taken up"),
        values.when,
        *("상정", "상정 시각", "안건 시작", "begun"),
    ),
    _item(
        "ended",
        C_("register", "Done with"),
        values.when,
        *("의결 시각", "처리 시각", "안건 종료", "ended"),
    ),
    _item(
        "outcome",
        C_("register", "Outcome"),
        values.outcome,
        *("의결 결과", "심의 결과", "처리 결과", "의결", "결과", "outcome", "result"),
        told=True,
    ),
    _item(
        "resolution",
        C_("register", "Resolution"),
        text,
        *("의결 내용", "의결사항", "의결 사항", "주문", "의결 주문", "결정 사항", "resolution"),
    ),
    _item(
        "remark",
        C_("register", "Condition or reason"),
        text,
        *("조건", "사유", "조건·사유", "비고", "remark", "note"),
    ),
    _item(
        "method",
        C_("register", "How voted"),
        values.method,
        *("표결 방법", "표결방법", "의결 방법", "method"),
        told=True,
    ),
    _item("yes", C_("register", "For"), values.count, "찬성", "찬", "for", "yes"),
    _item("no", C_("register", "Against"), values.count, "반대", "반", "against", told=True),
    _item("abstain", C_("register", "Abstained"), values.count, "기권", "abstain", "abstention"),
    _item("invalid", C_("register", "Invalid"), values.count, "무효", "무효표", "invalid"),
    _item(
        "restricted_ground",
        C_("register", "Why it is restricted"),
        text,
        *("비공개 사유", "비공개사유", "restricted"),
    ),
    _item(
        "open_title",
        C_("register", "Title for the public"),
        text,
        *("공개 제목", "공개용 제목", "open title"),
    ),
)
FIELDS: dict[str, Field] = {field.key: field for field in _ALL}
OF_MEETING = tuple(field.key for field in _ALL if field.of == "meeting")
OF_ITEM = tuple(field.key for field in _ALL if field.of == "item")
COUNTS = ("yes", "no", "abstain", "invalid")


@lru_cache
def titles() -> dict[str, tuple[str, ...]]:
    """Return the fields each folded title may mean, the likeliest first."""
    found: dict[str, list[str]] = {}
    for field in _ALL:
        said = [words(language)(field.title) for language in LANGUAGES]
        for title in (*field.others, *said, field.key):
            keys = found.setdefault(fold(title), [])
            if field.key not in keys:
                keys.append(field.key)
    return {title: tuple(keys) for title, keys in found.items()}
