"""What is written in a cell: days, sexes, roles and counts as people write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from db.vocab import Capacity, Channel, EndReason, Gender, Role
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import words as members
from gwangju_desktop.text import LANGUAGES, N_, Msg, words

NO_DAY = N_("“{value}” is no date.")
_HOW = N_("Write it as 2021-02-25.")
_DAY = re.compile(
    r"(\d{4})(?:[-./년]\s*(\d{1,2})(?:[-./월]\s*(\d{1,2})\s*[.일]?|[.월]?)?|년)?\s*(?:\(.\)|[T ].*)?"
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_SERIAL = re.compile(r"\d{5}")
# What people write for a seat still held.
_OPEN = {"현재", "재임중", "재직중", "계속", "present", "current", "now"}
_EXCEL = dt.date(1899, 12, 30)
_YEARS = range(1850, 2200)
_DECADE = re.compile(r"(\d{4})\s*(?:년대|s)")

# How else people write a code; the words of the screens are known besides.
_GENDERS = {
    Gender.FEMALE: ("여", "여성", "여자", "f", "w", "woman", "female"),
    Gender.MALE: ("남", "남성", "남자", "m", "man", "male"),
}
_ROLES = {
    Role.CO_CHAIR: ("공동위원장", "공동의장", "cochair", "cochairperson"),
    Role.CHAIR: ("위원장", "의장", "장", "chair", "chairperson", "chairman", "vorsitzende"),
    Role.VICE_CHAIR: ("부위원장", "부의장", "vicechair", "vicechairperson", "vicechairman"),
    Role.SECRETARY: ("간사", "secretary"),
    Role.MEMBER: ("위원", "member", "mitglied"),
    Role.OBSERVER: ("참관", "참관인", "옵서버", "observer"),
}
_CAPACITIES = {
    Capacity.EX_OFFICIO: ("당연직", "당연", "당연직위원", "exofficio"),
    Capacity.APPOINTED: ("위촉직", "위촉", "위촉직위원", "임명직", "appointed"),
}
_CHANNELS = {
    Channel.OPEN_CALL: ("공모", "공개모집", "opencall"),
    Channel.RECOMMENDED: ("추천", "기관추천", "recommended"),
    Channel.OFFICE: ("직권", "office"),
}
_END_REASONS = {
    EndReason.TERM: ("임기만료", "만료", "termexpired"),
    EndReason.RESIGNED: ("사임", "사퇴", "사직", "resigned"),
    EndReason.REMOVED: ("해촉", "해임", "removed"),
    EndReason.POST_CHANGED: ("인사이동", "보직변경", "직위변경", "postchanged"),
    EndReason.ILLNESS: ("질병", "illness"),
    EndReason.DIED: ("사망", "died"),
    EndReason.DISSOLVED: ("기구폐지", "폐지", "dissolved"),
}
_YES = {"예", "네", "유", "있음", "yes", "y", "true", "1", "o", "○", "✓"}
_NO = {"아니오", "아니요", "무", "없음", "no", "n", "false", "0", "x", "×"}


def fold(text: str) -> str:
    """Return a title or word for comparing: letters and digits in one form, nothing else."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def text(value: str) -> str:
    """Take a text as it is."""
    return value


def first_day(value: str) -> dt.date | None:
    """Read a day; a month or year alone is its first day. Raises UserError for no date."""
    return _day(value, last=False)


def last_day(value: str) -> dt.date | None:
    """Read a day; a month or year alone is its last day. Raises UserError for no date."""
    return _day(value, last=True)


def decade(value: str) -> int | None:
    """Return the first year of the ten somebody was born in; the day itself is not kept."""
    written = unicodedata.normalize("NFKC", value).strip()
    said = _DECADE.fullmatch(written)
    if said is not None:
        return int(said[1]) // 10 * 10
    day = _day(value, last=False)
    return day.year // 10 * 10 if day else None


def count(value: str) -> int:
    """Read a count, with or without words around it (2회, 제3기); raises UserError."""
    found = re.findall(r"\d+", unicodedata.normalize("NFKC", value))
    if len(found) != 1 or len(found[0]) > 3:
        raise UserError(N_("“{value}” is no count."), hint=N_("Write a whole number."), value=value)
    return int(found[0])


def yes(value: str) -> bool:
    """Read yes or no; raises UserError for anything else."""
    known = fold(value) or value.strip()
    if known in _YES or known in _NO:
        return known in _YES
    raise UserError(N_("“{value}” is neither yes nor no."), value=value)


def several(value: str) -> tuple[str, ...]:
    """Read names separated by semicolons."""
    return tuple(dict.fromkeys(part.strip() for part in value.split(";") if part.strip()))


def gender(value: str) -> str:
    """Read a sex; raises UserError."""
    return _word(value, "gender")


def role(value: str) -> str:
    """Read what a member does in a body; raises UserError."""
    return _word(value, "role")


def capacity(value: str) -> str:
    """Read how a member came to the seat; raises UserError."""
    return _word(value, "capacity")


def channel(value: str) -> str:
    """Read how a candidate was found; raises UserError."""
    return _word(value, "channel")


def end_reason(value: str) -> str:
    """Read why a seat was given up; raises UserError."""
    return _word(value, "end_reason")


_KINDS: dict[str, tuple[Mapping[Any, tuple[str, ...]], Mapping[str, Msg]]] = {
    "gender": (_GENDERS, members.GENDERS),
    "role": (_ROLES, members.ROLES),
    "capacity": (_CAPACITIES, members.CAPACITIES),
    "channel": (_CHANNELS, {}),
    "end_reason": (_END_REASONS, members.END_REASONS),
}

# The fields whose values are codes, shown and written as words.
SPOKEN = frozenset(_KINDS)


def spoken(kind: str, code: str | None, language: str) -> str:
    """Return a code as a list says it; what is read back is the same code."""
    others, shown = _KINDS[kind]
    if not code:
        return ""
    if code in shown:
        return words(language)(shown[code])
    known = others.get(code, (code,))
    return known[0] if language == "ko" else known[-1]


def _word(value: str, kind: str) -> str:
    known = _known(kind).get(fold(value))
    if known is None:
        raise UserError(
            N_("“{value}” is not known here."),
            hint=N_("Known are: {known}."),
            value=value,
            known=", ".join(spoken(kind, code, words().language) for code in _KINDS[kind][0]),
        )
    return known


@lru_cache
def _known(kind: str) -> dict[str, str]:
    others, shown = _KINDS[kind]
    found: dict[str, str] = {}
    for code, ways in others.items():
        said = [words(language)(shown[code]) for language in LANGUAGES if code in shown]
        found.update((fold(way), code.value) for way in (*ways, *said, code.value))
    return found


def _day(value: str, *, last: bool) -> dt.date | None:
    written = unicodedata.normalize("NFKC", value).strip()
    if not written.strip("-~–. ") or fold(written) in _OPEN:
        return None
    parts: Iterable[str | None] | None = None
    if _SERIAL.fullmatch(written):
        return _EXCEL + dt.timedelta(days=int(written))
    for shape in (_PACKED, _DAY):
        found = shape.fullmatch(written)
        if found is not None:
            parts = found.groups()
            break
    if parts is None:
        raise UserError(NO_DAY, hint=_HOW, value=value)
    year, month, day = (int(part) if part else None for part in parts)
    assert year is not None
    month_told = month or (12 if last else 1)
    if year not in _YEARS or not 1 <= month_told <= 12:
        raise UserError(NO_DAY, hint=_HOW, value=value)
    end = calendar.monthrange(year, month_told)[1]
    told = day if day is not None else (end if last else 1)
    if not 1 <= told <= end:
        raise UserError(NO_DAY, hint=_HOW, value=value)
    return dt.date(year, month_told, told)


Reader = Callable[[str], Any]
