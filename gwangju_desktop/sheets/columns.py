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
from gwangju_desktop.sheets.facts import Column
from gwangju_desktop.sheets.model import Book

_PORTION = 1 << 17


class NotPlain(Exception):
    """The file is not plain enough: the reader itself must read it."""


class Codes(dict[str, int]):
    """Numbers texts in the order they are met."""

    def __missing__(self, cell: str) -> int:
        self[cell] = code = len(self)
        return code


def decoded(book: Book, data: bytes, encoding: str) -> str:
    """Return the text, as `text.decode`; whether CP949 reads Korean is seen in the labels."""
    ladder = [encoding] if encoding else ["utf-8-sig", "cp949"]
    for name in ladder:
        try:
            found = data.decode(name)
        except UnicodeDecodeError:
            continue
        bom = data.startswith(b"\xef\xbb\xbf")
        book.encoding = "utf-8" if name == "utf-8-sig" and not bom else name
        if "\x00" in found:
            raise NotPlain
        return found
    raise NotPlain


def portions(
    body: str, skipped: int, mark: str, width: int, tell: Callable[[float], None]
) -> Iterator[list[list[str]]]:
    """Yield the columns of some thousands of rows at a time; raises NotPlain.

    The first column's cells begin with the line's end: one out of step shows in the labels.
    """
    at = 0
    for _ in range(skipped):
        at = body.index("\n", at) + 1
    end = len(body)
    while end > at and body[end - 1] in "\r\n":
        end -= 1
    if '"' in body:
        yield from _quoted(body[at:end], mark, width)
        return
    whole = end - at
    while at < end:
        stop = body.find("\n", min(at + _PORTION, end), end)
        stop = end if stop < 0 else stop
        flat = body[at - 1 : stop].replace("\n", mark + "\n").split(mark)[1:]
        if len(flat) % width:
            raise NotPlain
        yield [flat[column::width] for column in range(width)]
        at = stop + 1
        tell(1 - (end - at) / whole)


def _quoted(body: str, mark: str, width: int) -> Iterator[list[list[str]]]:
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=mark, skipinitialspace=True, strict=True
    )
    try:
        while rows := list(islice(reader, 50_000)):
            if set(map(len, rows)) != {width}:
                raise NotPlain
            columns = [list(column) for column in zip(*rows, strict=True)]
            columns[0] = ["\n" + cell for cell in columns[0]]
            yield columns
    except csv.Error:
        raise NotPlain from None


def numbers(cells: list[str], missing: dict[str, int]) -> Any:
    """Return numbers, NaN where a mark stands for none, which is counted; raises NotPlain."""
    try:
        found = np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        return _odd_numbers(cells, missing)
    # Python also reads 1_000, nan and inf.
    if not np.isfinite(found).all() or any("_" in cell for cell in cells):
        return _odd_numbers(cells, missing)
    return found


def _odd_numbers(cells: list[str], missing: dict[str, int]) -> Any:
    found = []
    for cell in cells:
        got = number(cell if cell.strip() else None)
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
