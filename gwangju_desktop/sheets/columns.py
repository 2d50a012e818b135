"""A long text's cells by columns: labels to codes, numbers to arrays, and to a file and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from gwangju_desktop.sheets.cells import number
from gwangju_desktop.sheets.cutting import Cut
from gwangju_desktop.sheets.facts import Column

# A portion's arrays stay in the processor's cache.
_PORTION = 1 << 19
_MARK = b"\xef\xbb\xbf"


class NotPlain(Exception):
    """The file is not plain enough: the reader itself must read it."""


class Codes(dict[bytes, int]):
    """Numbers labels in the order they are met."""

    def __missing__(self, cell: bytes) -> int:
        self[cell] = code = len(self)
        return code


def encoding_of(head: bytes, asked: str) -> str:
    """Return the encoding of a text's first lines, as `text.decode` would; raises NotPlain.

    In both encodings no byte of a letter looks like a separator, so cells are cut before they
    are read; labels are read later, and strictly.
    """
    if b"\x00" in head:
        raise NotPlain
    for name in [asked] if asked else ["utf-8", "cp949"]:
        try:
            head.decode(name)
        except UnicodeDecodeError:
            continue
        if name.startswith("utf-16"):
            break
        return "utf-8-sig" if head.startswith(_MARK) else name
    raise NotPlain


class Listed:
    """Some lines of a text with quotes, its cells as lists; as `cutting.Cut` else."""

    def __init__(self, columns: list[list[bytes]]) -> None:
        self.columns = columns

    def codes(self, at: int, known: dict[bytes, int]) -> Any:
        """Return the number `known` gives each cell of a column."""
        return np.fromiter(map(known.__getitem__, self.columns[at]), np.int64)

    def numbers(self, at: int, odd: Callable[[list[bytes]], Any]) -> Any:
        """Return a column's numbers as `odd` reads them."""
        return odd(self.columns[at])


def portions(
    body: bytes, start: int, mark: bytes, width: int, tell: Callable[[float], None]
) -> Iterator[Cut | Listed]:
    """Yield some thousands of rows at a time; raises NotPlain."""
    at, end = start, len(body)
    while end > at and body[end - 1] in b"\r\n":
        end -= 1
    if body.find(b'"', at, end) >= 0:
        yield from _quoted(body[at:end], mark, width)
        return
    while at < end:
        stop = body.find(b"\n", min(at + _PORTION, end), end)
        stop = end if stop < 0 else stop
        try:
            yield Cut(body[at:stop], mark, width)
        except ValueError:
            raise NotPlain from None
        at = stop + 1
        tell(1 - (end - at) / (end - start))


def _quoted(body: bytes, mark: bytes, width: int) -> Iterator[Listed]:
    # Latin-1 gives every byte a letter of its own and back.
    lines = io.StringIO(body.decode("latin-1"), newline="")
    reader = csv.reader(lines, delimiter=mark.decode(), skipinitialspace=True, strict=True)
    try:
        while rows := list(islice(reader, 50_000)):
            if set(map(len, rows)) != {width}:
                raise NotPlain
            yield Listed(
                [[cell.encode("latin-1") for cell in column] for column in zip(*rows, strict=True)]
            )
    except csv.Error:
        raise NotPlain from None


def numbers(cells: list[bytes], missing: dict[str, int], encoding: str) -> Any:
    """Return numbers, NaN where a mark stands for none, which is counted; raises NotPlain."""
    try:
        found = np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        return _odd_numbers(cells, missing, encoding)
    # Python also reads 1_000, nan and inf.
    if not np.isfinite(found).all() or b"_" in b"".join(cells):
        return _odd_numbers(cells, missing, encoding)
    return found


def _odd_numbers(cells: list[bytes], missing: dict[str, int], encoding: str) -> Any:
    found = []
    for cell in cells:
        try:
            said = cell.decode(encoding)
        except UnicodeDecodeError:
            raise NotPlain from None
        got = number(said if said.strip() else None)
        if got is None or got.status:
            raise NotPlain
        if got.missing:
            missing[got.missing] = missing.get(got.missing, 0) + 1
        found.append(np.nan if got.value is None else got.value)
    return np.array(found)


def written(columns: Iterable[Column], path: Path) -> list[list[Any]]:
    """Write columns to a file and return what they are of, with how many each holds."""
    told = []
    with path.open("wb") as file:
        for one in columns:
            file.write(one.periods.astype("<i4").tobytes())
            file.write(one.values.astype("<f8").tobytes())
            told.append([*one[:5], len(one.periods)])
    return told


def fetched(told: list[list[Any]], path: Path) -> list[Column]:
    """Return the columns that another process wrote."""
    found = []
    with path.open("rb") as file:
        for *name, count in told:
            periods = np.frombuffer(file.read(4 * count), "<i4")
            values = np.frombuffer(file.read(8 * count), "<f8")
            indicator, area, dimension, item, unit = name
            found.append(Column(indicator, area, dimension, item, unit, periods, values))
    return found
