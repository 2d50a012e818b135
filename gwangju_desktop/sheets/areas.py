"""Korean names of areas to codes; a short or shared name counts only in its own company."""

from __future__ import annotations

from gwangju_desktop.sheets.cells import key

NATION = "00000"
CITY = "29000"
# The legal-dong codes of the five districts (행정표준코드), not the statistics office's.
DISTRICTS = {
    "동구": "29110",
    "서구": "29140",
    "남구": "29155",
    "북구": "29170",
    "광산구": "29200",
}
_STATISTICS_CODES = {
    "24010": "29110",
    "24020": "29140",
    "24030": "29155",
    "24040": "29170",
    "24050": "29200",
}
# Code, short name, full names; codes are those in force before the mergers and renamings.
_PROVINCES = (
    ("11000", "서울", ("서울특별시", "서울시")),
    ("26000", "부산", ("부산광역시", "부산시")),
    ("27000", "대구", ("대구광역시", "대구시")),
    ("28000", "인천", ("인천광역시", "인천시")),
    (CITY, "광주", ("광주광역시",)),
    ("30000", "대전", ("대전광역시", "대전시")),
    ("31000", "울산", ("울산광역시", "울산시")),
    ("36000", "세종", ("세종특별자치시", "세종시")),
    ("41000", "경기", ("경기도",)),
    ("42000", "강원", ("강원도", "강원특별자치도")),
    ("43000", "충북", ("충청북도",)),
    ("44000", "충남", ("충청남도",)),
    ("45000", "전북", ("전라북도", "전북특별자치도")),
    ("46000", "전남", ("전라남도",)),
    ("47000", "경북", ("경상북도",)),
    ("48000", "경남", ("경상남도",)),
    ("50000", "제주", ("제주특별자치도", "제주도")),
    ("KS", "개성", ("개성공단", "황북")),
)
_CODES = {code for code, _, _ in _PROVINCES}
# 강원특별자치도 and 전북특별자치도 have new codes; they are the same places.
_NEW_CODES = {"51000": "42000", "52000": "45000"}
_SHORT = {key(short): code for code, short, _ in _PROVINCES}
_FULL = {key(name): code for code, _, names in _PROVINCES for name in names}
_KEPT = {code for code, _, _ in _PROVINCES if code.isdigit()} | set(DISTRICTS.values())
_NATION_NAMES = ("전국", "전국계", "전국합계", "국가", "한국", "대한민국", "korea")


# The city from 2026-07-01 on: its codes are the user's to load, so that its name is one without code.
_MERGED = ("전남광주통합특별시", "광주전남통합특별시", "전남광주특별시", "전남광주시", "전남광주")


def is_merged(text: object) -> bool:
    """Say whether a text names the city that 광주 and 전남 became."""
    return key(text) in _MERGED


def may_be_another(text: object) -> bool:
    """Say whether a text names 광주 in a way that also means 경기도 광주시."""
    return key(text) in ("광주", "광주시")


def province(text: object, *, short: bool = True) -> str | None:
    """Return a province's code by its full name, and by its short one where that is allowed."""
    name = key(text)
    if name in _NATION_NAMES:
        return NATION
    return _FULL.get(name) or (_SHORT.get(name) if short else None)


def are_provinces(labels: list[str]) -> bool:
    """Say whether labels are provinces: short names only in the company of other provinces.

    광주 beside 성남 and 용인 is 경기도 광주시.
    """
    names = {key(label) for label in labels} - {"", *_NATION_NAMES}
    codes = {province(name) for name in names} - {None}
    others = [
        name
        for name in names
        if name not in _SHORT
        and name not in _FULL
        and name not in _MERGED
        and name.endswith(("시", "군", "구"))
    ]
    if len(codes) >= 3 and len(others) <= len(codes) // 4:
        return True
    return bool(names) and all(name in _FULL or name in _MERGED for name in names)


def are_full_names(labels: list[str]) -> bool:
    """Say whether every label is a province's full name."""
    return bool(labels) and all(province(label, short=False) for label in labels)


def split(text: str) -> tuple[str | None, str]:
    """Take a leading province off a text: '광주광역시 동구' is 29000 and 동구."""
    first, _, rest = text.partition(" ")
    if rest.startswith("("):
        return None, text
    code = province(first) if rest else None
    if rest and is_merged(first):
        code = "?" + first
    return (code, rest) if code else (None, text)


def is_district(text: str) -> bool:
    """Say whether a text is the name of one of the five districts (or of a namesake)."""
    return key(text) in DISTRICTS


def district(province_code: str, name: str) -> str | None:
    """Return a district's code; other provinces' places are 'code/name' and read for totals only."""
    if province_code == CITY:
        return DISTRICTS.get(key(name))
    return f"{province_code}/{key(name)}"


def are_the_five(labels: list[str]) -> bool:
    """Say whether labels are Gwangju's districts: only its five names, 광산구 among them."""
    names = {key(label) for label in labels} - {""}
    return "광산구" in names and names <= set(DISTRICTS)


def name(code: str) -> str:
    """Return an area's Korean name, or the code where it has none here."""
    if code == NATION:
        return "전국"
    names = {one: full[0] for one, _, full in _PROVINCES} | {c: n for n, c in DISTRICTS.items()}
    return names.get(code, code)


def is_kept(area: str) -> bool:
    """Say whether an area is one the office knows: nation, province, district or dong of the city.

    Other cities' districts, 'code/name', only check totals.
    """
    if area == NATION or area in _KEPT:
        return True
    return area.partition("/")[0] in DISTRICTS.values()


def by_code(cell: object) -> str | None:
    """Return the area of a code cell: legal or administrative (5 or 10 digits), or KOSTAT's.

    A dong of the city is 'district/code'; codes of other cities' places are unknown (None).
    """
    text = key(cell)
    if not text.isdigit() or len(text) not in (5, 7, 10):
        return None
    if len(text) == 7:
        own = _STATISTICS_CODES.get(text[:5])
        return f"{own}/{text}" if own else None
    head, tail = text[:5], text[5:].strip("0")
    if not tail and head in (NATION, "10000"):
        return NATION
    if not tail and head.endswith("000"):
        code = _NEW_CODES.get(head, head)
        return code if code in _CODES else None
    own = head if head in DISTRICTS.values() else _STATISTICS_CODES.get(head)
    return f"{own}/{text}" if own and tail else own
