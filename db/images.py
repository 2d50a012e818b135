"""A row's image as the text the journal hashes and keeps, and back."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from enum import Enum
from typing import Any

from db import schema
from db.changes import Image


def canonical(value: Any) -> str:
    """Write a value as JSON in the one form that is hashed."""
    return _ENCODER.encode(value)


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
