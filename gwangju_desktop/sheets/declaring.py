"""Declarations of published tables: small TOML files, checked with a sentence for each mistake."""

from __future__ import annotations

import hashlib
import re
import tomllib
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import units
from gwangju_desktop.sheets.areas import CITY
from gwangju_desktop.sheets.cells import key
from gwangju_desktop.sheets.layouts import Layout, Measure
from gwangju_desktop.text import N_, Msg

AXES = ("year", "quarter", "month", "day", "hour", "province", "district", "dong", "items")
GRAINS = ("year", "quarter", "month", "day")
_ID = re.compile(r"[a-z][a-z0-9_]{1,40}")
_TEXTS = ("id", "publisher", "unit", "indicator", "dimension", "grain", "area")
_TABLES = ("title", "when", "labels", "measures")
_OTHERS = ("doubled", "plausible", "expected", "sums", "without")
_MOST_LETTERS = 20_000
_MEANINGLESS = N_("The declaration has an entry {entry} that means nothing.")
_TWO_NUMBERS = N_("In the declaration {entry} must be two numbers.")


def parse(text: str, *, id: str = "") -> Layout:
    """Return the layout a declaration (TOML) declares; `id` is that of a file shipped.

    Raises UserError naming the entry that is wrong.
    """
    raw = _raw(text)
    unknown = sorted(set(raw) - {*_TEXTS, *_TABLES, *_OTHERS})
    if unknown:
        raise _wrong(unknown[0], _MEANINGLESS)
    for name in _TEXTS:
        if not isinstance(raw.get(name, ""), str):
            raise _wrong(name, N_("In the declaration {entry} must be a text."))
    for name in _TABLES:
        if not isinstance(raw.get(name, {}), dict):
            raise _wrong(name, N_("In the declaration {entry} must be a table of entries."))
    return _layout(raw, id or raw.get("id") or _own_id(text))


def _layout(raw: dict[str, Any], id: str) -> Layout:
    if not _ID.fullmatch(id):
        raise _wrong("id", N_("In the declaration {entry} may hold a-z, 0-9 and _ only."))
    title = raw.get("title", {})
    when = raw.get("when", {})
    for name in sorted(set(when) - {"axes", "may", "words"}):
        raise _wrong(f"when.{name}", _MEANINGLESS)
    title_ko = _text(title, "title.ko", "ko")
    measures = {
        key(name): Measure(_text(of, f"measures.{name}", "indicator"), _unit(of, name))
        for name, of in raw.get("measures", {}).items()
    }
    if not raw.get("indicator") and not measures:
        raise _wrong("indicator", N_("The declaration lacks {entry}."))
    return Layout(
        id=id,
        publisher=_text(raw, "publisher", "publisher"),
        title_ko=title_ko,
        title_en=str(title.get("en") or title_ko),
        axes=_axes(when),
        words=_groups(when, "when.words", "words"),
        may=frozenset(_list(when, "when.may", "may")),
        unit=_unit(raw, "unit"),
        indicator=raw.get("indicator", ""),
        dimension=raw.get("dimension", ""),
        grain=_grain(raw),
        area=raw.get("area", ""),
        doubled=raw.get("doubled", False) is True,
        labels={key(label): str(code) for label, code in raw.get("labels", {}).items()},
        measures=measures,
        plausible=_plausible(raw),
        expected=_list(raw, "expected", "expected"),
        sums=_list(raw, "sums", "sums"),
        without=tuple(word for group in _groups(raw, "without", "without") for word in group),
    )


def _raw(text: str) -> dict[str, Any]:
    if len(text) > _MOST_LETTERS:
        raise UserError(N_("The declaration is too long."), hint=N_("It needs a few lines only."))
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError(
            N_("The declaration is no TOML: {why}."),
            hint=N_("Compare it with one that works."),
            why=str(error),
        ) from None


def _own_id(text: str) -> str:
    return "own_" + hashlib.sha256(text.encode()).hexdigest()[:8]


def _text(of: Any, entry: str, name: str) -> str:
    value = of.get(name) if isinstance(of, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise _wrong(entry, N_("The declaration lacks {entry}."))
    return value.strip()


def _unit(of: dict[str, Any], name: str) -> str:
    said = of.get("unit", "")
    found = units.named(said) if said else ""
    if found is None:
        raise _wrong(name, N_("In the declaration {entry} has the unknown unit {unit}."), unit=said)
    return found


def _grain(raw: dict[str, Any]) -> str:
    grain = str(raw.get("grain", ""))
    if grain and grain not in GRAINS:
        raise _wrong(
            "grain", N_("In the declaration {entry} must be one of {known}."), known=GRAINS
        )
    return grain


def _axes(when: dict[str, Any]) -> frozenset[str]:
    axes = _list(when, "when.axes", "axes")
    if not axes:
        raise _wrong("when.axes", N_("The declaration lacks {entry}."))
    if not set(axes) <= set(AXES):
        raise _wrong(
            "when.axes", N_("In the declaration {entry} must be one of {known}."), known=AXES
        )
    return frozenset(axes)


def _groups(of: dict[str, Any], entry: str, name: str) -> tuple[tuple[str, ...], ...]:
    groups = [group.split("|") for group in _list(of, entry, name)]
    return tuple(tuple(word for word in map(key, group) if word) for group in groups)


def _plausible(raw: dict[str, Any]) -> dict[str, tuple[float, float]]:
    ranges = raw.get("plausible", {})
    if isinstance(ranges, list):
        ranges = {CITY: ranges}
    if not isinstance(ranges, dict):
        raise _wrong("plausible", _TWO_NUMBERS)
    for area, limits in ranges.items():
        numbers = isinstance(limits, list) and len(limits) == 2 and all(map(_is_number, limits))
        if not numbers or limits[0] > limits[1]:
            raise _wrong(f"plausible.{area}", _TWO_NUMBERS)
    return {area: (float(low), float(high)) for area, (low, high) in ranges.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _list(of: dict[str, Any], entry: str, name: str) -> tuple[str, ...]:
    value = of.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _wrong(entry, N_("In the declaration {entry} must be a list of texts."))
    return tuple(value)


def _wrong(entry: str, message: Msg, **values: Any) -> UserError:
    shown = {
        name: ", ".join(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    return UserError(message, hint=N_("Compare it with one that works."), entry=entry, **shown)
