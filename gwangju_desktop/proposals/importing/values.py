"""What is written in a cell of a list of proposals."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from db.vocab import ProposalChannel, ProposalConsent, ProposalState, ProposerKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing.values import first_day, fold
from gwangju_desktop.proposals import words as proposals
from gwangju_desktop.text import LANGUAGES, N_, Msg, words

# Google's forms and Korean boards write the hour as 오후 3:04:05; the day is what counts.
_HOUR = re.compile(r"\s*(?:오전|오후|AM|PM)?\s*\d{1,2}:\d{2}(?::\d{2})?.*$", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_MOST = 2_000_000_000

_CHANNELS = {
    ProposalChannel.WEB: ("웹", "누리집", "홈페이지", "온라인", "인터넷", "web", "online"),
    ProposalChannel.MESSENGER: ("메신저", "카카오톡", "카톡", "문자", "messenger"),
    ProposalChannel.LETTER: ("우편", "서면", "편지", "팩스", "letter", "post"),
    ProposalChannel.TELEPHONE: ("전화", "유선", "telephone", "phone"),
    ProposalChannel.MEETING: ("회의", "간담회", "설명회", "meeting"),
    ProposalChannel.ASSEMBLY: ("시민총회", "시민의회", "시민회의", "assembly"),
    ProposalChannel.SYSTEM: ("국민신문고", "바로소통", "다른 체계", "타 시스템", "system"),
    ProposalChannel.VISIT: ("방문", "내방", "visit"),
    ProposalChannel.OTHER: ("기타", "other"),
}
_KINDS = {
    ProposerKind.PERSON: ("개인", "시민", "person", "false", "0", "아니오", "n", "no"),
    ProposerKind.GROUP: ("단체", "기관", "법인", "group", "true", "1", "예", "y", "yes"),
}
_CONSENTS = {
    ProposalConsent.FULL: ("공개", "동의", "전체 공개", "y", "yes", "true", "1", "예", "o"),
    ProposalConsent.TITLE_ONLY: ("제목만", "제목만 공개", "일부 공개", "title only"),
    ProposalConsent.NONE: ("비공개", "미동의", "부동의", "n", "no", "false", "0", "아니오", "x"),
}
# States of other systems in which nothing more is to be done there.
_OVER = (
    *("종료", "종결", "완료", "마감", "답변", "브리핑", "불채택", "미채택", "기각", "반려", "이송"),
    *("archived", "closed", "rejected", "accepted", "finished", "answered", "retired"),
)
# What systems write instead of a name.
_NOBODY = {"익명", "비공개", "무명", "미상", "anonymous", "deleteduser", "hidden"}
_WITHDRAWN = ("철회", "취하", "withdrawn")


@lru_cache(maxsize=4096)
def day(value: str) -> dt.date | None:
    """Read a day, with or without an hour behind it; raises UserError for no date."""
    written = unicodedata.normalize("NFKC", value).strip()
    turned = _DAY_FIRST.match(written)
    if turned is not None and int(turned[1]) > 12:
        # 31/12/2021 can only be the day first; 2/3/2022 might be either and is refused.
        return first_day(f"{turned[3]}-{turned[2]}-{turned[1]}")
    return first_day(_HOUR.sub("", written) or written)


def count(value: str) -> int:
    """Read a count with or without thousands' commas and a word behind it; raises UserError."""
    found = _COUNT.findall(unicodedata.normalize("NFKC", value))
    number = int(found[0].replace(",", "")) if len(found) == 1 and len(found[0]) < 16 else -1
    if not 0 <= number <= _MOST or "-" in value or "." in value.rstrip("."):
        raise UserError(N_("“{value}” is no count."), hint=N_("Write a whole number."), value=value)
    return number


def channel(value: str) -> str:
    """Read the way a proposal came in; raises UserError."""
    return _word(value, _channels())


def kind(value: str) -> str:
    """Read whether a person or a group proposes; raises UserError."""
    return _word(value, _kinds())


def consent(value: str) -> str:
    """Read what may be published; raises UserError."""
    return _word(value, _consents())


def name(value: str) -> str:
    """Return a proposer's name on one line, "" for what is no name: 익명, anonymous, ***."""
    said = fold(value)
    return "" if not said or said in _NOBODY else " ".join(value.split())


@lru_cache(maxsize=1024)
def state(word: str) -> str:
    """Return the state a word of another system most likely stands for."""
    said = fold(word)
    if any(fold(one) in said for one in _WITHDRAWN):
        return ProposalState.WITHDRAWN.value
    if any(fold(one) in said for one in _OVER):
        return ProposalState.CLOSED.value
    return ProposalState.RECEIVED.value


def _word(value: str, known: Mapping[str, str]) -> str:
    code = known.get(fold(value))
    if code is None:
        raise UserError(
            N_("“{value}” is not known here."),
            hint=N_("Correct the file, or leave the column out."),
            value=value,
        )
    return code


@lru_cache
def _channels() -> dict[str, str]:
    return _known(_CHANNELS, proposals.CHANNELS)


@lru_cache
def _kinds() -> dict[str, str]:
    return _known(_KINDS, proposals.PROPOSERS)


@lru_cache
def _consents() -> dict[str, str]:
    return _known(_CONSENTS, proposals.CONSENTS)


def _known(others: Mapping[Any, Iterable[str]], shown: Mapping[str, Msg]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, ways in others.items():
        said = [words(language)(shown[code]) for language in LANGUAGES if code in shown]
        found.update((fold(way), str(code)) for way in (*ways, *said, str(code)))
    return found
