"""The columns a list of proposals may have, and the titles they are known by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gwangju_desktop.members.importing.values import Reader, fold, text
from gwangju_desktop.proposals.importing import values
from gwangju_desktop.text import C_, LANGUAGES, Msg, words

# Decidim and CONSUL write a column for each language of a title: title/ko, body/es.
_TONGUES = ("ko", "en", "es", "ca", "eu", "gl", "pt", "fr", "de", "it", "nl", "fi", "ja")


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may hold; `told` says that its values must fit too, `contact` that it is one."""

    key: str
    title: Msg
    read: Reader
    others: tuple[str, ...] = ()
    told: bool = False
    contact: bool = False


def _in_tongues(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}/{tongue}" for name in names for tongue in _TONGUES)


_ALL = (
    Field(
        "title",
        C_("import", "Title"),
        text,
        (
            *("제목", "제안명", "제안제목", "제안 제목", "청원제목", "안건명", "건명"),
            *("title", "subject", *_in_tongues("title")),
        ),
    ),
    Field(
        "text",
        C_("import", "Text"),
        text,
        (
            *("내용", "제안내용", "제안 내용", "본문", "상세내용", "청원내용", "의견", "제안사항"),
            *("content", "contents", "body", "text", "description", *_in_tongues("body")),
        ),
    ),
    Field(
        "summary",
        C_("import", "Summary"),
        text,
        ("요약", "개요", "제안요지", "제안 요지", "제안 개요", "summary", "abstract"),
    ),
    Field(
        "problem",
        C_("import", "Present state and problem"),
        text,
        ("현황", "문제점", "현황 및 문제점", "현황·문제점", "제안 이유", "제안이유", "problem"),
    ),
    Field(
        "improvement",
        C_("import", "Improvement"),
        text,
        ("개선방안", "개선 방안", "개선안", "improvement", "solution"),
    ),
    Field(
        "expected",
        C_("import", "Expected effect"),
        text,
        ("기대효과", "기대 효과", "효과", "expected effect"),
    ),
    Field(
        "received",
        C_("import", "Day of receipt"),
        values.day,
        (
            *("접수일", "접수일자", "접수 일자", "접수일시", "제안일", "제안일자", "제안일시"),
            *("등록일", "등록일자", "등록일시", "신청일", "신청일자", "작성일", "작성일자"),
            *("작성일시", "제출일", "제출일시", "게시일", "청원시작", "청원시작일", "타임스탬프"),
            *("date", "received", "received on", "created_at", "created", "published_at"),
            *("public_created_at", "submitted at", "begin", "timestamp"),
        ),
        told=True,
    ),
    Field(
        "closed",
        C_("import", "Day of closing"),
        values.day,
        (
            *("종결일", "종료일", "처리일", "완료일", "처리완료일", "마감일", "청원마감"),
            *("end", "closed", "closed on", "closed_at", "answered_at", "withdrawn_at"),
        ),
        told=True,
    ),
    Field(
        "name",
        C_("import", "Proposer"),
        text,
        (
            *("제안자", "제안자명", "제안자 성명", "성명", "이름", "신청인", "작성자", "청원인"),
            *("제안인", "단체명", "author", "author/name", "proposer", "name"),
        ),
        contact=True,
    ),
    Field(
        "kind",
        C_("import", "Person or group"),
        values.kind,
        ("제안자 구분", "개인/단체", "개인·단체", "구분", "isAssociation", "proposer kind"),
        told=True,
    ),
    Field(
        "phone",
        C_("import", "Telephone"),
        text,
        (
            *("연락처", "전화", "전화번호", "휴대전화", "휴대폰", "핸드폰", "휴대전화번호"),
            *("phone", "mobile", "tel"),
        ),
        contact=True,
    ),
    Field(
        "email",
        C_("import", "E-mail"),
        text,
        ("이메일", "전자우편", "메일", "이메일 주소", "email", "e-mail", "mail", "author/email"),
        contact=True,
    ),
    Field(
        "address",
        C_("import", "Postal address"),
        text,
        ("주소", "거주지", "사는 곳", "address"),
        contact=True,
    ),
    Field(
        "number",
        C_("import", "Number in the other system"),
        text,
        (
            *("접수번호", "국민신문고 접수번호", "신청번호", "민원번호", "청원번호", "제안번호"),
            *("관리번호", "바로소통 번호", "code", "reference", "petition_idx", "receipt number"),
        ),
    ),
    Field(
        "system",
        C_("import", "Other system"),
        text,
        ("접수 시스템", "접수시스템", "시스템", "출처", "system", "source"),
    ),
    Field(
        "status",
        C_("import", "State there"),
        text,
        ("상태", "처리상태", "처리 상태", "진행상태", "진행 상태", "status", "state"),
    ),
    Field(
        "supports",
        C_("import", "Supports"),
        values.count,
        (
            *("공감", "공감수", "공감 수", "지지수", "지지 수", "추천수", "추천 수", "찬성수"),
            *("동의수", "동의 수", "참여인원", "num_agree", "numSupports", "supports", "votes"),
            *("votes/total_count", "cached_votes_up", "votes_count", "likes"),
        ),
        told=True,
    ),
    Field(
        "comments",
        C_("import", "Comments"),
        values.count,
        (
            *("댓글", "댓글수", "댓글 수", "의견수", "의견 수"),
            *("numComments", "comments", "comments_count"),
        ),
        told=True,
    ),
    Field(
        "channel",
        C_("import", "Channel"),
        values.channel,
        ("접수경로", "접수 경로", "접수방법", "접수 방법", "경로", "channel"),
        told=True,
    ),
    Field(
        "field",
        C_("import", "Field of policy"),
        text,
        (
            *("분야", "제안분야", "제안 분야", "카테고리", "청원분야", "category", "theme"),
            *("category/name", *_in_tongues("category/name")),
        ),
    ),
    Field(
        "district",
        C_("import", "District"),
        text,
        ("자치구", "구", "지역", "district", "scope/name", *_in_tongues("scope/name")),
    ),
    Field(
        "department",
        C_("import", "Department in charge"),
        text,
        ("담당부서", "담당 부서", "소관부서", "소관 부서", "처리부서", "주관부서", "department"),
    ),
    Field(
        "consent",
        C_("import", "Publication"),
        values.consent,
        ("공개여부", "공개 여부", "공개동의", "공개 동의", "공개", "publication", "consent"),
        told=True,
    ),
)
FIELDS: dict[str, Field] = {field.key: field for field in _ALL}
# What a proposal says, in the order its text is put together from them.
PARTS = ("summary", "text", "problem", "improvement", "expected")


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
