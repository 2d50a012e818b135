"""The fields a column may hold, and the titles they are known by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gwangju_desktop.members.importing import values
from gwangju_desktop.members.importing.values import Reader, fold
from gwangju_desktop.text import C_, LANGUAGES, N_, Msg, words


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may hold.

    `column` is its name in the row it is kept in (empty: it is no plain value of one), `of` that
    row: person, seat, or key for what only finds a row. `told` says that the titles alone do not
    tell the field and its values must fit too.
    """

    key: str
    title: Msg
    read: Reader
    of: str
    column: str = ""
    others: tuple[str, ...] = ()
    told: bool = False
    contact: bool = False  # leaves the office only for a reason


_ALL = (
    Field("uid", C_("import", "Identifier"), values.text, "key", others=("uid", "고유번호")),
    Field(
        "external",
        C_("import", "Number elsewhere"),
        values.text,
        "key",
        others=("person_id", "member_id", "external_id", "id", "인물번호", "의원코드"),
    ),
    Field(
        "name",
        C_("import", "Name"),
        values.text,
        "person",
        "name",
        others=(
            "성명",
            "이름",
            "위원명",
            "위원 성명",
            "성명(한글)",
            "의원명",
            "name_kr",
            "full name",
        ),
    ),
    Field("hanja", N_("Hanja"), values.text, "person", "hanja", ("한자", "한자명", "name_cn")),
    Field(
        "latin",
        N_("Latin letters"),
        values.text,
        "person",
        "latin",
        ("로마자", "영문", "영문명", "영문 성명", "name_en", "latin"),
    ),
    Field(
        "aliases", N_("Other names"), values.several, "key", others=("다른 이름", "별칭", "alias")
    ),
    Field("gender", N_("Sex"), values.gender, "person", "gender", ("성별", "gender")),
    Field(
        "birth",
        N_("Decade of birth"),
        values.decade,
        "person",
        "birth_decade",
        ("출생 연대", "생년월일", "생년", "출생연도", "birth", "birth_date", "birthday"),
    ),
    Field(
        "disability",
        N_("Disability"),
        values.yes,
        "person",
        "disability",
        ("장애", "장애 여부", "장애인 여부", "disability", "disabled"),
        True,
        contact=True,
    ),
    Field(
        "youth",
        N_("Youth"),
        values.yes,
        "person",
        "youth",
        ("청년", "청년 여부", "청년위원", "youth", "young"),
        True,
    ),
    Field(
        "body",
        C_("import", "Body"),
        values.text,
        "key",
        others=("위원회", "위원회명", "기구", "committee", "committee name"),
    ),
    Field(
        "role",
        N_("Role in the body"),
        values.role,
        "seat",
        "role",
        ("역할", "직책", "위원회 직위", "위원회 내 역할", "role"),
        True,
    ),
    Field(
        "capacity",
        C_("import", "Capacity"),
        values.capacity,
        "seat",
        "capacity",
        ("구분", "위촉 구분", "위원 구분", "자격", "capacity"),
        True,
    ),
    Field("voting", N_("Voting right"), values.yes, "seat", "voting", ("의결권", "voting"), True),
    Field(
        "organisation",
        N_("Organisation"),
        values.text,
        "key",
        others=(
            *("소속", "소속기관", "소속 및 직위", "정당", "당", "기관명", "단체명"),
            *("party", "organization", "affiliation", "on behalf of"),
        ),
    ),
    Field(
        "post",
        N_("Post"),
        values.text,
        "seat",
        "post",
        ("직위", "직함", "현직", "position", "직급", "직책"),
    ),
    Field(
        "field",
        N_("Field of appointment"),
        values.text,
        "seat",
        "field",
        ("위촉 분야", "분야", "전문 분야", "field"),
    ),
    Field(
        "term",
        N_("Term of the body"),
        values.count,
        "key",
        others=("기수", "기", "term"),
        told=True,
    ),
    Field(
        "start",
        N_("First day"),
        values.first_day,
        "seat",
        "starts_on",
        ("위촉일", "위촉일자", "임기 시작", "임기 시작일", "시작일", "start_date", "start", "from"),
    ),
    Field(
        "end",
        N_("Last day"),
        values.last_day,
        "seat",
        "ends_on",
        (
            "임기 만료",
            "임기 만료일",
            "만료일",
            "종료일",
            "임기 종료일",
            "해촉일",
            "end_date",
            "end",
            "to",
        ),
    ),
    Field(
        "end_reason",
        N_("Why it ended"),
        values.end_reason,
        "seat",
        "end_reason",
        ("종료 사유", "해촉 사유", "end_reason"),
    ),
    Field(
        "appointments",
        N_("Appointments"),
        values.count,
        "seat",
        "appointments",
        ("위촉 횟수", "연임 횟수", "appointments"),
    ),
    Field(
        "channel", N_("Found by"), values.channel, "seat", "channel", ("선정 방법", "channel"), True
    ),
    Field("recommender", N_("Recommended by"), values.text, "seat", "recommender", ("추천기관",)),
    Field(
        "number",
        N_("Number of the letter"),
        values.text,
        "seat",
        "appointment_number",
        ("위촉 번호", "위촉장 번호"),
    ),
    Field(
        "letter_on",
        N_("Day of the letter"),
        values.first_day,
        "seat",
        "letter_on",
        ("위촉장 날짜", "위촉장 일자", "위촉장 발급일", "letter date", "letter_date"),
    ),
    Field(
        "seat_note",
        C_("import", "Note on the seat"),
        values.text,
        "seat",
        "note",
        ("위촉 비고", "위촉 메모", "위원직 비고", "membership note", "seat note"),
    ),
    Field(
        "phone",
        N_("Phone"),
        values.text,
        "person",
        "phone",
        (
            "휴대전화",
            "휴대폰",
            "연락처",
            "전화",
            "전화번호",
            "핸드폰",
            "mobile",
            "tel",
            "off_phone",
        ),
        contact=True,
    ),
    Field(
        "email",
        N_("E-mail"),
        values.text,
        "person",
        "email",
        ("이메일", "전자우편", "메일", "email", "mail"),
        contact=True,
    ),
    Field(
        "note",
        C_("import", "Note"),
        values.text,
        "person",
        "note",
        ("비고", "메모", "note", "remarks"),
    ),
    # What kind of record a row is; only JSON says it.
    Field("entity", C_("import", "Record"), values.text, "key"),
)
FIELDS: dict[str, Field] = {field.key: field for field in _ALL}


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
