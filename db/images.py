"""A row's image as the text the journal hashes and keeps, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum
from itertools import groupby
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from db import schema
from db.changes import Image, RowChange


def canonical(value: Any) -> str:
    """Write a value as JSON in the one form that is hashed."""
    return _ENCODER.encode(value)


def bodies(rows: Sequence[RowChange]) -> list[str]:
    """Write `canonical([before, after])` of every row; runs of new rows of a table go by columns."""
    written: list[str] = []
    for (_table, new), run in groupby(rows, lambda row: (row.table, row.before is None)):
        some = list(run)
        images = [row.after for row in some if row.after is not None]
        if new and len(images) == len(some) >= _RUN:
            written += _by_columns(images)
        else:
            written += [canonical([row.before, row.after]) for row in some]
    return written


def _by_columns(images: Sequence[Image]) -> list[str]:
    """Write new rows of one table: what is the same in all of them is written once."""
    names = sorted(images[0])
    columns = zip(*map(itemgetter(*names), images), strict=True)
    pieces, varying = [], []
    for name, values in zip(names, columns, strict=True):
        kinds = set(map(type, values))
        if len(kinds) == 1 and kinds <= _ALIKE and values.count(values[0]) == len(values):
            said = _escaped(canonical(values[0]))
        else:
            said = "%s"
            varying.append(_column(values, kinds))
        pieces.append(_escaped(canonical(name)) + ":" + said)
    form = "[null,{" + ",".join(pieces) + "}]"
    return [form % row for row in zip(*varying, strict=True)]


def _escaped(text: str) -> str:
    return text.replace("%", "%%")


def _column(values: Sequence[Any], kinds: set[type]) -> Iterable[str]:
    if kinds == {str}:
        return map(encode_basestring, values)
    if kinds == {int}:
        return map(int.__repr__, values)
    if kinds <= _REPEATED:
        known = {value: canonical(value) for value in set(values)}
        return map(known.__getitem__, values)
    return map(canonical, values)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"not for the journal: {type(value).__name__}")


# One for all: making an encoder costs as much as a row does.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
)
# From so many new rows on it pays to write them column by column.
_RUN = 16
# Thousands of rows have few different days: each is written once.
_REPEATED = {dt.date, dt.datetime, type(None)}
# Of these, equal values are written alike; Decimals 1.0 and 1.00 are not.
_ALIKE = {*_REPEATED, str, int, bool}
_FROM: dict[type, Any] = {
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
    Decimal: Decimal,
    bytes: bytes.fromhex,
    float: float,
}


def decode(table: str, image: dict[str, Any] | None) -> Image | None:
    """Return an image with its columns' Python values."""
    if image is None:
        return None
    columns = schema.table(table).c
    return {
        key: value if value is None else _value(columns[key].type, value)
        for key, value in image.items()
    }


def _value(kind: Any, value: Any) -> Any:
    try:
        made = _FROM.get(kind.python_type)
    except NotImplementedError:
        made = None
    return made(value) if made else value
