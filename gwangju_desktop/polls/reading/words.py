"""Words by which cells, labels and titles are known: Korean and English, as programs write them."""

from __future__ import annotations

import re
from functools import lru_cache

from db.vocab import OptionRole
from gwangju_desktop.polls.model import Option

# A whole cell that says there is no answer; inside a list it is a sentinel, not a choice.
_BLANK = frozenset(
    ("", "null", "#null!", "na", "n/a", "#n/a", "nan", "-", "--", "–", "—", ".", "…", "(blank)")
)
_ROLES = (
    (
        OptionRole.NO_ANSWER,
        r"무\s?응답|응답\s?(거절|거부|없음|안\s?함)|거절|no answer|refused?|skipped",
    ),
    (
        OptionRole.DONT_KNOW,
        r"(잘\s?)?(모름|모르겠다|모르겠음|모르겠습니다)|모름\s?/\s?무응답|"
        r"(i\s)?(do not|don[’']?t) know|dk|not sure|unsure|can[’']?t say",
    ),
    (
        OptionRole.NONE,
        r"없음|없다|(모두\s?)?해당\s?(사항\s?)?없음|아무것도 없음|none( of (these|the above|them))?|"
        r"nothing|not applicable|unfamiliar \(n/a\)",
    ),
    (OptionRole.OTHER, r"기타(\s?의견)?|그 외|other(s| answer)?|-oth-"),
)
_ROLE_PATTERNS = [(role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES]
_AFTER = re.compile(r"\s*[(\[:：].*$")
_RESPONDENT = re.compile(
    r"(respondent|response|submission|participant|instance|key|user|case|survey)[ _]?(id|no|number)|"
    r"_?id|pid|_?uuid|token|serial|응답자\s?(id|번호|코드|식별번호)?|응답\s?(id|번호)|설문\s?(id|번호)|"
    r"비표_?\s?(id|번호)|개인\s?식별\s?번호|일련\s?번호|연번|순번|번호|no\.?",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"(wt|weight)_?\d*|weights?|.*가중\s?(치|값)\d*", re.IGNORECASE)
# When and with what it was filled in, and who it was: neither is an answer.
_MACHINE = re.compile(
    r"submit ?date|start ?date|date ?stamp|end ?date|last ?page|start ?language|seed|ref ?url|"
    r"(collector|ip|location)[ _]?(id|address|latitude|longitude)|ip ?addr(ess)?|user ?language|"
    r"date (submitted|created|modified|started|last action)|(date )?last (action|page)|"
    r"timestamp|타임스탬프|제출\s?(일시|시간|시각)|응답\s?(일시|시간|시각)|시작\s?(일시|시간)|"
    r"종료\s?(일시|시간)|기록\s?날짜|recorded ?date|duration( \(in seconds\))?|(gps|geo).*|"
    r"interview[ _]?date|조사일(시|자)?",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"이름|성명|성함|(응답자\s?)?(이메일|메일|전자우편)(\s?주소)?|연락처|(휴대)?전화(\s?번호)?|핸드폰(\s?번호)?|"
    r"주민(등록)?\s?번호|생년월일|(상세\s?)?주소|(first|last|full)?[ _]?name|e-?mail( ?address)?|"
    r"phone( ?number)?|custom data \d+|address",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"성별|연령(대|층)?|나이|(거주\s?)?(지역|자치구|시군구|동네)|실제 거주 지역|(거주지)|학력|직업|소득|"
    r"(월\s?평균\s?)?(가구\s?)?(월|총|월\s?평균)?\s?소득|종교|(정치|이념)(적)?\s?성향|(사회적\s?)?계층|단체|소속(\s?구분)?|구분|혼인( 상태)?|gender|sex|age([ _]?(group|band))?|"
    r"region|district|village|(household )?income|education|occupation|location( \(.*\))?|(a_)?area",
    re.IGNORECASE,
)
_RESPONSES = frozenset(("response", "open-ended response", "응답", "주관식 응답", "답변"))
_YES = frozenset(
    ("1", "y", "yes", "true", "o", "x", "v", "✓", "✔", "●", "■", "예", "네", "선택", "선택함", "checked",
     "selected", "quoted")
)  # fmt: skip
_NO = frozenset(
    ("0", "n", "no", "false", "아니오", "아니요", "미선택", "선택 안 함", "unchecked", "not selected",
     "not quoted")
)  # fmt: skip
_DEGREE = re.compile(
    r"매우|아주|전적으로|전혀|거의|자주|항상|적극|절대|very|strongly|extremely|completely|totally|highly|"
    r"never|always|not at all|a lot",
    re.IGNORECASE,
)
_DEGREES = (
    ("very favorably", "somewhat favorably", "neither favorably nor unfavorably (neutral)",
     "somewhat unfavorably", "very unfavorably"),
    ("very important", "somewhat important", "neither important nor unimportant (neutral)",
     "somewhat unimportant", "very unimportant"),
    ("strongly agree", "agree", "somewhat agree", "neither agree nor disagree", "neutral",
     "somewhat disagree", "disagree", "strongly disagree"),
    ("very satisfied", "satisfied", "neutral", "dissatisfied", "very dissatisfied"),
    ("a lot", "some", "not much", "not at all"),
    ("always", "often", "sometimes", "rarely", "never"),
    ("yes", "no"),
    ("매우 그렇다", "그렇다", "대체로 그렇다", "보통이다", "보통", "그저 그렇다", "별로 그렇지 않다", "그렇지 않다",
     "전혀 그렇지 않다"),
    ("매우 만족", "만족", "대체로 만족", "보통", "대체로 불만족", "불만족", "매우 불만족"),
    ("매우 찬성", "찬성", "대체로 찬성", "중립", "보통", "대체로 반대", "반대", "매우 반대"),
    ("매우 중요", "중요", "보통", "중요하지 않음", "전혀 중요하지 않음"),
    ("예", "아니오"),
    ("있다", "없다"),
    ("남", "여"),
    ("남성", "여성"),
    ("남자", "여자"),
)  # fmt: skip
_PLACE = re.compile(
    r"^(.*?)[\s_.(\[<:\-]*(?:(\d{1,2})\s*순위|rank\s*(\d{1,2}))[)\]>]*$", re.IGNORECASE
)
_SMALL = "two|three|four|five|두|세|네|다섯"
_MOST = re.compile(
    rf"(?P<a>\d{{1,2}}|{_SMALL})\s*(?:개|가지)\s*(?:까지|이내|이하)|"
    rf"최대\s*(?P<b>\d{{1,2}}|{_SMALL})\s*(?:개|가지)|"
    rf"(?:up to|at most|no more than|maximum(?: of)?) (?P<c>\d{{1,2}}|{_SMALL})",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"모두\s*(고르|고른|골라|선택|표시)|복수\s*(응답|선택)|(select|choose|check|mark) all",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "두": 2, "세": 3, "네": 4, "다섯": 5}


@lru_cache(1 << 14)
def folded(text: str) -> str:
    """Return a text for comparing: one blank where there are several, no capitals."""
    return " ".join(text.split()).casefold()


def is_blank(text: str) -> bool:
    """Say whether a whole cell says that there is no answer."""
    return folded(text) in _BLANK


def role_of(label: str) -> OptionRole:
    """Return what an option says by its label; "기타(직접 입력)" is another answer."""
    said = folded(label)
    for text in dict.fromkeys((said, _AFTER.sub("", said))):
        for role, pattern in _ROLE_PATTERNS:
            if pattern.fullmatch(text):
                return role
    return OptionRole.NORMAL


def is_respondent(title: str) -> bool:
    """Say whether a title is that of a respondent's number."""
    return bool(_RESPONDENT.fullmatch(folded(title)))


def is_weight(title: str) -> bool:
    """Say whether a title is that of a weight."""
    return bool(_WEIGHT.fullmatch(folded(title)))


def is_machine(title: str) -> bool:
    """Say whether a title is that of what a survey program notes by itself."""
    return bool(_MACHINE.fullmatch(folded(title)))


def is_personal(title: str) -> bool:
    """Say whether a title is that of who answered."""
    return bool(_PERSONAL.fullmatch(folded(title)))


def is_attribute(title: str) -> bool:
    """Say whether a title is that of something by which respondents are told apart."""
    said = folded(title).strip("<>[] .")
    return any(_ATTRIBUTE.fullmatch(text) for text in (said, _AFTER.sub("", said)))


def is_response(text: str) -> bool:
    """Say whether a text of a second row of titles only says that answers stand below."""
    return folded(text) in _RESPONSES


def marks(texts: list[str], label: str) -> dict[str, bool] | None:
    """Return what each text of a column of marks says, or None when they are no marks.

    An X is a cross in a box, unless there are circles: then O is yes and X is no.
    """
    crosses_out = any(folded(text) == "o" for text in texts)
    told: dict[str, bool] = {}
    for text in texts:
        said = folded(text)
        if said == "x" and crosses_out:
            told[text] = False
        elif said in _YES or said == folded(label):
            told[text] = True
        elif said in _NO:
            told[text] = False
        else:
            return None
    return told


def place_of(title: str) -> tuple[str, int] | None:
    """Return the stem and the place of a title such as "필요한 조치 (2순위)" or "Q3 [Rank 2]"."""
    found = _PLACE.match(title.strip())
    return (found[1].strip(), int(found[2] or found[3])) if found else None


def most_choices(wording: str) -> int | None:
    """Return how many choices a wording allows, where it says so."""
    found = _MOST.search(wording)
    if not found:
        return None
    said = next(one for one in found.groups() if one)
    return int(said) if said.isdigit() else _COUNTS[said.casefold()]


def allows_several(wording: str) -> bool:
    """Say whether a wording lets people choose more than one option."""
    return most_choices(wording) is not None or bool(_SEVERAL.search(wording))


def is_scale(labels: list[str]) -> bool:
    """Say whether labels, in order, are the points of a scale: an extreme at both ends."""
    if len(labels) < 3:
        return False
    ends = bool(_DEGREE.search(labels[0])) and bool(_DEGREE.search(labels[-1]))
    return ends or (len(set(labels)) < len(labels) and len(labels) >= 5)


_LAST = {
    OptionRole.NORMAL: 0,
    OptionRole.NONE: 1,
    OptionRole.OTHER: 2,
    OptionRole.DONT_KNOW: 3,
    OptionRole.NO_ANSWER: 4,
}


def ordered(texts: list[str]) -> tuple[Option, ...]:
    """Return texts as options in an order that does not depend on who answered what.

    Degrees from the highest to the lowest, else numbers by value and texts by the alphabet; none,
    other, don't know and no answer last. Two waves of one question then have one order.
    """
    options = [Option(text, text, role_of(text)) for text in texts]
    normal = {folded(one.code) for one in options if one.role is OptionRole.NORMAL}
    scale = next((degrees for degrees in _DEGREES if normal and normal <= set(degrees)), None)

    def key(one: Option) -> tuple[object, ...]:
        said = folded(one.code)
        if scale and said in scale:
            return (0, scale.index(said))
        return (_LAST[one.role], *_natural(said))

    return tuple(sorted(options, key=key))


def _natural(text: str) -> tuple[object, ...]:
    """Return a key that puts 9 before 10, and "> 60" behind "45-60"."""
    numbers = [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
    open_end = text.startswith((">", "over")) or text.endswith("+")
    return (numbers[:1] or [float("inf")], open_end, text)
