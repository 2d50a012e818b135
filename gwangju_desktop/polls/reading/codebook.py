"""A codebook: which variable asks what, and what its codes stand for.

Its columns are found by what they are called, so that any agency's table will do: one row for a
variable with its codes under one another in a cell, or one row for each code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

# A title, as it is folded, says which of these a column holds; the first that fits is taken.
_MEANINGS = (
    (
        "code",
        r"변수명|변수|문항(번호|코드)|variable|var_?id|(variable_?)?name|question_?code|column",
    ),
    (
        "label",
        r"객관식답변문항|(보기|응답|선택지|값)(설명|내용|문항|레이블|라벨)?|labels?|text|meaning",
    ),
    ("codes", r"객관식답변|(응답)?코드(값)?|값|codes?|values?"),
    ("wording", r"질문(문|1|내용)?|문항(내용)?|설문문항|question(_?text)?|wording"),
    ("sub", r"질문2|하위(문항|질문)|세부(문항|질문)|sub(_?question)?"),
    ("title", r"설명(1)?|제목|변수설명|title|description|variable_?label"),
)
_PATTERNS = [(meaning, re.compile(pattern, re.IGNORECASE)) for meaning, pattern in _MEANINGS]
_NUMBERED = re.compile(r"^\s*(?:[①-⑳⓪]|\(?\d{1,3}\s*[.)]|\d{1,3}\s*[=:：])\s*")
_CIRCLED = {chr(0x2460 + at): at + 1 for at in range(20)}
_MOST_ENTRIES = 5000

Entry = dict[str, Any]


def folded(text: str) -> str:
    """Return a variable's name for comparing: "[A_SQ1] " is a_sq1."""
    return text.strip().strip("[]<> \t").casefold()


def without_number(label: str) -> str:
    """Return a label without the number printed before it: "⑨ 잘 모르겠다" is 잘 모르겠다."""
    return _NUMBERED.sub("", label).strip() or label.strip()


def from_rows(name: str, rows: Sequence[Sequence[str]]) -> dict[str, Entry]:
    """Return the variables of a codebook kept as a table; raises UserError when it is none."""
    found = _titles(rows)
    if found is None:
        raise UserError(
            N_("{file} is no codebook: it has no column of variables and codes."),
            hint=N_("Give its columns titles such as variable, question, code and label."),
            file=name,
        )
    start, places = found
    entries: dict[str, Entry] = {}
    entry: Entry | None = None
    for row in rows[start + 1 :]:
        told = {meaning: row[at] if at < len(row) else "" for meaning, at in places.items()}
        code = folded(told["code"])
        if code:
            entry = entries.setdefault(code, _entry(told["code"], told))
        if entry is not None:
            entry["options"] += _options(told.get("codes", ""), told.get("label", ""))
        if len(entries) > _MOST_ENTRIES:
            break
    return entries


def from_json(name: str, text: str) -> dict[str, Entry]:
    """Return the variables of a codebook kept as JSON: by name, or a list; raises UserError."""
    try:
        told = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise UserError(
            N_("{file} is damaged: it is no JSON."),
            hint=N_("Get it anew from where it came."),
            file=name,
        ) from None
    items = told.items() if isinstance(told, dict) else enumerate(told)
    entries: dict[str, Entry] = {}
    for key, value in items:
        if not isinstance(value, dict) or len(entries) > _MOST_ENTRIES:
            continue
        flat = _flat(value)
        code = folded(str(flat.get("code") or (key if isinstance(key, str) else "")))
        if code:
            entries[code] = _entry(flat.get("code") or str(key), flat) | {"options": _pairs(value)}
    if not any(entry["options"] for entry in entries.values()):
        raise UserError(
            N_("{file} is no codebook: it has no column of variables and codes."),
            hint=N_("Give its columns titles such as variable, question, code and label."),
            file=name,
        )
    return entries


def _titles(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    for at, row in enumerate(rows[:10]):
        places: dict[str, int] = {}
        for column, cell in enumerate(row):
            meaning = _meaning(cell)
            if meaning and meaning not in places:
                places[meaning] = column
        if "code" in places and ("codes" in places or "label" in places):
            return at, places
    return None


def _meaning(cell: str) -> str:
    title = re.sub(r"[\s_\-]+", "", cell)
    return next((one for one, pattern in _PATTERNS if pattern.fullmatch(title)), "")


def _entry(code: str, told: dict[str, Any]) -> Entry:
    said = {name: " ".join(str(told.get(name) or "").split()) for name in _SAID}
    return said | {"code": code.strip().strip("[]<> \t"), "options": []}


_SAID = ("title", "wording", "sub")


def _options(codes: str, labels: str) -> list[tuple[str, str]]:
    """Pair codes with labels: by place where there are as many, else by the number before each."""
    code_lines = [line.strip() for line in codes.splitlines() if line.strip()]
    label_lines = [line.strip() for line in labels.splitlines() if line.strip()]
    if not code_lines:
        numbered = [(_number(label), label) for label in label_lines]
        return [(number, without_number(label)) for number, label in numbered if number]
    if len(code_lines) == len(label_lines):
        pairs = zip(code_lines, label_lines, strict=True)
        return [(_plain(code), without_number(label)) for code, label in pairs]
    by_number = {_number(label): without_number(label) for label in label_lines}
    return [(_plain(code), by_number.get(_plain(code), "")) for code in code_lines]


def _number(label: str) -> str:
    first = label[:1]
    if first in _CIRCLED:
        return str(_CIRCLED[first])
    found = re.match(r"\(?(\d{1,3})\s*[.):=：]", label)
    return found[1] if found else ""


def _plain(code: str) -> str:
    """Write a code as the answers do: 1.0 is 1."""
    return code[:-2] if re.fullmatch(r"-?\d+\.0", code) else code


def _pairs(value: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the codes and labels of a record, under whatever name they are."""
    for inside in value.values():
        if isinstance(inside, dict) and inside and all(isinstance(v, str) for v in inside.values()):
            numbered = all(re.fullmatch(r"-?\d+", str(code)) for code in inside)
            if numbered:
                return [(str(code), without_number(label)) for code, label in inside.items()]
        if isinstance(inside, list) and inside and all(_is_pair(one) for one in inside):
            return [(_plain(str(one[0])), without_number(str(one[1]))) for one in inside]
        if isinstance(inside, list) and inside and all(isinstance(one, dict) for one in inside):
            pairs = [_record(one) for one in inside]
            if all(code for code, _label in pairs):
                return pairs
    return []


def _is_pair(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and not isinstance(one[0], (dict, list))


def _record(one: dict[str, Any]) -> tuple[str, str]:
    code = next((one[name] for name in ("code", "value", "id") if name in one), "")
    label = next((one[name] for name in ("label", "text", "name", "title") if name in one), "")
    return _plain(str(code)), without_number(str(label))


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """Return a record's texts by meaning; a question or description may be a record itself."""
    flat: dict[str, Any] = {}
    for key, inside in value.items():
        meaning = _meaning(str(key))
        if isinstance(inside, dict) and meaning in ("wording", "title"):
            flat[meaning] = inside.get("main") or inside.get("text") or ""
            if meaning == "wording" and inside.get("sub"):
                flat["sub"] = inside["sub"]
        elif meaning and isinstance(inside, (str, int)):
            flat.setdefault(meaning, str(inside))
    return flat
