"""A file of answers read in a child, and what came back as arrays."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.reading import words
from gwangju_desktop.polls.reading.model import Cells, Doubt, Entry, Source
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.sheets.reading import in_child
from gwangju_desktop.text import N_, Msg

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls")
CODEBOOKS = (".xlsx", ".xls", ".csv", ".json")


def read(
    path: Path,
    *,
    encoding: str | None = None,
    codebook: Path | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Source:
    """Read a file and its codebook in a child; nothing is interpreted yet.

    Raises UserError in one sentence naming the file, Cancelled when `cancelled()` turns true.
    """
    path = Path(path)
    asked: dict[str, Any] = {"encoding": encoding or ""}
    if codebook is not None:
        if not Path(codebook).is_file():
            raise UserError(
                N_("{file} is not there."),
                hint=N_("Check the file's name."),
                file=Path(codebook).name,
            )
        asked["codebook"] = str(Path(codebook).resolve())
    return _source(path.name, in_child("polls.read", path, asked, cancelled))


def _source(name: str, told: dict[str, Any]) -> Source:
    cells = tuple(_cells(column["texts"], column["codes"]) for column in told["columns"])
    rows = told["rows"]
    if not rows:
        raise UserError(
            N_("{file} holds titles and no rows."),
            hint=N_("Choose a file with answers."),
            file=name,
        )
    return Source(
        name=name,
        sha256=told["sha256"],
        form=told["form"],
        encoding=told["encoding"],
        head=tuple(told["head"]),
        cells=cells,
        rows=rows,
        first=told["first"],
        ragged=tuple(told["ragged"]),
        codebook={key: _entry(one) for key, one in told["codebook"].items()},
        doubts=tuple(
            Doubt(row, column, tuple((one[0], one[1]) for one in readings))
            for row, column, readings in told["doubts"]
        ),
        encodings=tuple(told["encodings"]),
        remarks=tuple(Remark(Msg(one["message"]), one["values"]) for one in told["remarks"]),
    )


def _cells(texts: list[str], packed: str) -> Cells:
    """Unpack a column; cells that differ but read the same become one text."""
    import numpy as np

    codes = np.frombuffer(base64.b64decode(packed), dtype=np.int32)
    places = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    if len(places) < len(texts):
        codes = np.array([places[text] for text in texts], dtype=np.int32)[codes]
    return Cells(tuple(places), codes)


def _entry(told: dict[str, Any]) -> Entry:
    options = tuple((code, label) for code, label in told["options"])
    return Entry(told["code"], told["title"], told["wording"], told["sub"], options)


def second_row(source: Source) -> tuple[str, ...]:
    """Return the texts of the first row below the titles."""
    return tuple(one.texts[one.codes[0]] for one in source.cells)


def has_two_rows(source: Source) -> bool:
    """Say whether the first row below the titles is a second row of titles.

    Survey programs leave the question's cells blank over its options, and write "Response" below
    a question that has none.
    """
    if source.rows < 2:
        return False
    second = second_row(source)
    if any(words.is_response(text) for text in second):
        return True
    spanned = sum(
        bool(below) and not title for title, below in zip(source.head, second, strict=True)
    )
    plain = all(not below or not _is_number(below) for below in second)
    return spanned >= 2 and plain


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
