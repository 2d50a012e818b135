"""Long text files column by column: what a cell means is decided once for each distinct label.

A small table of the distinct labels goes through the reader itself, so that a million rows mean
what ten of them mean. Whatever is not plain (totals, statuses, quarrels, odd cells) is left to the
reader, which is slow and knows places.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import lines, text
from gwangju_desktop.sheets.cells import tidy
from gwangju_desktop.sheets.columns import Codes, NotPlain, encoding_of, portions
from gwangju_desktop.sheets.columns import numbers as numbers_of
from gwangju_desktop.sheets.facts import Asked, Column, Reading, Understanding
from gwangju_desktop.sheets.model import remark
from gwangju_desktop.sheets.periods import NOTHING, Period
from gwangju_desktop.sheets.understand import understand as understand_slowly
from gwangju_desktop.text import N_

# Smaller files are read as fast the other way.
LARGE = 1 << 20
_HEAD = 120
_MOST_COMBINATIONS = 20_000
_SAMPLE_PERIODS = 60
_SHOWN = 6
_PLACE = re.compile(r"([A-Z]+)(\d+)")
# What the reader takes for a day in any case: thousands of them, told by their form.
_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)


def understand(path: Path, asked: Asked, *, tell: Callable[[float], None]) -> Understanding:
    """Read a file as `understand.understand` does, long plain text by columns.

    Raises UserError, naming the file.
    """
    if path.stat().st_size >= LARGE:
        try:
            return _Long(path, asked, tell).understood()
        except NotPlain:
            tell(0.0)
    return understand_slowly(path, asked, tell=tell)


class _Long:
    """One long text file while it is read."""

    def __init__(self, path: Path, asked: Asked, tell: Callable[[float], None]) -> None:
        self.path, self.asked, self.tell = path, asked, tell
        data = path.read_bytes()
        if not data[:64].strip() or data[:4] in (b"PK\x03\x04", bytes.fromhex("d0cf11e0")):
            raise NotPlain
        self.data = data
        # Beside the reading: a hash of so much leaves the interpreter to others meanwhile.
        self.hashing = ThreadPoolExecutor(1)
        self.sha256 = self.hashing.submit(lambda: hashlib.sha256(data).hexdigest())

    def understood(self) -> Understanding:
        """Return what the file holds, its numbers as columns; raises NotPlain."""
        self._head()
        self._columns()
        self._labels()
        found = self._distinct()
        if not found.ready:
            return self._told(found, [], 0)
        columns, count = self._series(found)
        self.tell(0.9)
        return self._told(found, columns, count)

    # --- what kind of table it is

    def _head(self) -> None:
        at = 0
        ends = []
        for _ in range(_HEAD):
            at = self.data.find(b"\n", at) + 1
            if not at:
                raise NotPlain
            ends.append(at)
        self.encoding = encoding_of(self.data[:at], str(self.asked.answers.get("encoding", "")))
        head = self.data[:at].decode(self.encoding)
        found = self._small(head)
        if len(found.tables) != 1 or not found.readings:
            raise NotPlain
        facts = found.tables[0]
        self.skipped = int(facts.header.split(", ")[-1])
        if facts.header != str(self.skipped) or facts.totals_checked or facts.totals_unexplained:
            raise NotPlain
        self.lead = head.split("\n")[: self.skipped]
        self.start = ends[self.skipped - 1]
        self.mark = ","
        for said in found.remarks:
            if said.values.keys() == {"mark"}:
                self.mark = str(said.values["mark"]).replace("Tab", "\t")
        names = next(csv.reader([self.lead[-1]], delimiter=self.mark, skipinitialspace=True))
        self.width = len(names)
        self.values = sorted({_at(one.place)[1] for one in found.readings})
        roles = dict(facts.roles)
        told = [tidy(name) for name in names]
        if len(set(told)) != len(told):
            raise NotPlain
        self.whens = [
            (at, roles[name])
            for at, name in enumerate(told)
            if roles.get(name, "").startswith(("period", "part:"))
        ]
        timed = {at for at, _ in self.whens}
        self.names = [at for at in range(self.width) if at not in timed and at not in self.values]
        if not self.whens:
            raise NotPlain

    def _small(self, body: str) -> Understanding:
        """Put a small table through the reader; what it refuses is refused with its own place."""
        with TemporaryDirectory(prefix="gwangju-", ignore_cleanup_errors=True) as folder:
            small = Path(folder) / self.path.name
            small.write_text(body, "utf-8", newline="")
            told = replace(self.asked, answers={**self.asked.answers, "encoding": ""})
            try:
                return understand_slowly(small, told)
            except UserError:
                raise NotPlain from None

    # --- cells to numbers

    def _tell_cells(self, share: float) -> None:
        self.tell(share / 2)

    def _columns(self) -> None:
        labels = [at for at, _ in self.whens] + self.names
        self.codes = {at: Codes() for at in labels}
        coded: dict[int, list[Any]] = {at: [] for at in labels}
        numbers: dict[int, list[Any]] = {at: [] for at in self.values}
        self.missing: dict[str, int] = {}
        mark = self.mark.encode()
        for portion in portions(self.data, self.start, mark, self.width, self._tell_cells):
            for at in labels:
                coded[at].append(portion.codes(at, self.codes[at]))
            for at in self.values:
                numbers[at].append(portion.numbers(at, self._odd))
        self.coded = {at: np.concatenate(parts) for at, parts in coded.items()}
        self.numbers = {at: np.concatenate(parts) for at, parts in numbers.items()}
        self.rows = len(next(iter(self.numbers.values())))
        self.data = b""

    def _odd(self, cells: list[bytes]) -> Any:
        return numbers_of(cells, self.missing, self.encoding)

    # --- what the labels mean

    def _labels(self) -> None:
        """Read the labels; none may be blank or of several lines."""
        self.cells: dict[int, list[str]] = {}
        labels = b"\n".join(cell for codes in self.codes.values() for cell in codes)
        if self.encoding == "utf-8" and not _reads(labels, "utf-8"):
            # Not a letter of Korean stood in the first lines.
            self.encoding = "cp949"
        if not _reads(labels, self.encoding):
            raise NotPlain
        for at, codes in self.codes.items():
            cells = [cell.decode(self.encoding) for cell in codes]
            cells = [cell.strip() for cell in cells]
            if any("\n" in cell or not cell for cell in cells):
                raise NotPlain
            self.cells[at] = cells
        if self.encoding == "cp949":
            said = "".join(cell for cells in self.cells.values() for cell in cells)
            if text.not_korean("\n".join(self.lead) + said):
                raise NotPlain

    def _combined(self, columns: list[int]) -> tuple[Any, int]:
        """Return one code a row for several columns, and how many there may be."""
        combined, most = np.zeros(self.rows, np.int64), 1
        for at in columns:
            size = len(self.cells[at])
            most *= size
            if most > 50_000_000:
                raise NotPlain
            combined = combined * size + self.coded[at]
        return combined, most

    def _firsts(self, codes: Any, most: int) -> tuple[Any, Any]:
        """Return the codes that occur and the first row of each."""
        first = np.full(most, -1, np.int64)
        first[codes[::-1]] = np.arange(self.rows - 1, -1, -1)
        there = np.flatnonzero(first >= 0)
        return there, first[there]

    def _distinct(self) -> Understanding:
        """Read one row of each combination of labels, and some of the periods."""
        self.name_codes, names = self._combined(self.names)
        self.when_codes, whens = self._combined([at for at, _ in self.whens])
        self.there, rows = self._firsts(self.name_codes, names)
        self.times, moments = self._firsts(self.when_codes, whens)
        if len(rows) > _MOST_COMBINATIONS:
            raise NotPlain
        step = max(1, len(moments) // _SAMPLE_PERIODS)
        sampled = [*moments[::step].tolist(), int(moments[-1])]
        seen = dict.fromkeys([*rows.tolist(), *sampled])
        self.sampled = list(seen)
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.mark, lineterminator="\n")
        for row in self.sampled:
            writer.writerow(self._row(row))
        return self._checked(self._small("\n".join(self.lead) + "\n" + out.getvalue()))

    def _row(self, row: int) -> list[str]:
        cells = [""] * self.width
        for at, codes in self.coded.items():
            cells[at] = self.cells[at][codes[row]]
        for at, numbers in self.numbers.items():
            cells[at] = repr(float(np.nan_to_num(numbers[row])))
        return cells

    def _checked(self, found: Understanding) -> Understanding:
        facts = found.tables
        if any(one.totals_wrong or one.totals_checked for one in facts):
            # Totals of some of the rows say nothing; nor does a question about them.
            raise NotPlain
        if not found.ready:
            return found
        if (
            len(facts) != 1
            or facts[0].totals_checked
            or facts[0].totals_unexplained
            or any(one.summed or one.status for one in found.readings)
            or len(found.readings) != len(self.sampled) * len(self.values)
        ):
            raise NotPlain
        return found

    # --- series

    def _series(self, found: Understanding) -> tuple[list[Column], int]:
        periods = self._periods()
        meant: dict[tuple[int, int], Reading] = {}
        for one in found.readings:
            line, at = _at(one.place)
            whole = self.sampled[line - self.skipped]
            meant[int(self.name_codes[whole]), at] = one
            if periods[self.when_codes[whole]] != _number(one.period):
                raise NotPlain
        series: dict[tuple[str, str, str, str, str], int] = {}
        keys, values = [], []
        place: Any = np.full(int(self.there[-1]) + 1, -1, np.int64)
        for at in self.values:
            for code in self.there.tolist():
                one = meant[code, at]
                name = (one.indicator, one.area, one.dimension, one.item, one.unit)
                place[code] = series.setdefault(name, len(series))
            own = self.numbers[at]
            finite = np.isfinite(own)
            held = slice(None) if finite.all() else finite
            keys.append((place[self.name_codes[held]] << 32) | periods[self.when_codes[held]])
            values.append(own[held])
        self.hash = self._values_hash()
        key, value = _sorted(np.concatenate(keys), np.concatenate(values))
        key, value = self._once(found, key, value)
        number_of, starts = np.unique(key >> 32, return_index=True)
        ends = [*starts[1:].tolist(), len(key)]
        names = list(series)
        columns = []
        for number, start, end in zip(number_of.tolist(), starts.tolist(), ends, strict=True):
            periods = (key[start:end] & 0xFFFFFFFF).astype(np.int32)
            indicator, area, dimension, item, unit = names[number]
            columns.append(
                Column(indicator, area, dimension, item, unit, periods, value[start:end])
            )
        return columns, len(key)

    def _values_hash(self) -> str:
        whole = np.stack([self.numbers[at] for at in self.values], axis=1).ravel()
        return hashlib.sha256(whole[np.isfinite(whole)].astype("<f8").tobytes()).hexdigest()

    def _periods(self) -> Any:
        """Return the number of each combination of period cells."""
        sizes = [len(self.cells[at]) for at, _ in self.whens]
        found = np.zeros(int(self.times[-1]) + 1, np.int64)
        alone = self.whens[0] if len(self.whens) == 1 else (0, "")
        for code in self.times.tolist():
            if alone[1] == "period" and _DAY.fullmatch(cell := self.cells[alone[0]][code]):
                found[code] = int(cell.replace("-", ""))
                continue
            left, whole = code, NOTHING
            for (at, role), size in zip(reversed(self.whens), reversed(sizes), strict=True):
                left, cell = divmod(left, size)
                part = lines._part(role, self.cells[at][cell])
                merged = whole.merge(part) if part else None
                if merged is None or merged.status:
                    raise NotPlain
                whole = merged
            found[code] = _number_of(whole)
        return found

    def _once(self, found: Understanding, key: Any, value: Any) -> tuple[Any, Any]:
        """Take each key once; the hour after summer time a second time."""
        again = np.flatnonzero(key[1:] == key[:-1]) + 1
        if not len(again):
            return key, value
        hours = (key[again] & 0xFFFFFFFF) >= 100_000_000
        if found.layout is None or not found.layout.doubled or not hours.all():
            raise NotPlain
        if (np.diff(again) == 1).any():
            raise NotPlain
        key[again] += 50
        found.remarks.append(
            remark(N_("{count} hours at the end of summer time stand twice."), count=len(again))
        )
        return _sorted(key, value)

    def _told(self, found: Understanding, columns: list[Column], count: int) -> Understanding:
        found.sha256, found.encoding = self.sha256.result(), self.encoding
        found.tables = [replace(facts, rows=self.rows) for facts in found.tables]
        shown = found.readings[:: max(1, len(found.readings) // _SHOWN)][:_SHOWN]
        found.readings = [self._placed(one) for one in shown]
        found.columns = columns
        found.missing = self.missing
        if columns:
            found.count = self.rows * len(self.values)
            found.values_sha256 = self.hash
        return found

    def _placed(self, one: Reading) -> Reading:
        row, _ = _at(one.place)
        letters = _PLACE.fullmatch(one.place)
        assert letters
        whole = self.sampled[row - self.skipped] + self.skipped + 1
        return one._replace(place=f"{letters[1]}{whole}")


def _reads(cells: bytes, encoding: str) -> bool:
    try:
        cells.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _sorted(key: Any, value: Any) -> tuple[Any, Any]:
    """Sort by series and period; a file in the order of its days only has to be dealt out."""
    if int(key.max() >> 32) < 1 << 15:
        order = np.argsort((key >> 32).astype(np.int16), kind="stable")
        key, value = key[order], value[order]
    if (key[1:] < key[:-1]).any():
        order = np.argsort(key, kind="stable")
        key, value = key[order], value[order]
    return key, value


def _at(place: str) -> tuple[int, int]:
    """Return the row and column of B7, counted from 0."""
    hit = _PLACE.fullmatch(place)
    if hit is None:
        raise NotPlain
    column = 0
    for letter in hit[1]:
        column = column * 26 + ord(letter) - 64
    return int(hit[2]) - 1, column - 1


def _number_of(period: Period) -> int:
    code = period.code
    if code is None:
        raise NotPlain
    return _number(code)


def _number(code: str) -> int:
    """Return a period's number as readings are stored under: 2021030113 for 2021-03-01T13."""
    if "Q" in code or "*" in code:
        raise NotPlain
    digits = code.replace("-", "").replace("T", "")
    return int(digits) * 100 if len(digits) == 4 else int(digits)
