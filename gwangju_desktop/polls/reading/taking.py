"""A file of answers taken: planned, put right by the person, built, its faults listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.model import Answers, Question
from gwangju_desktop.polls.reading import encodings, kinds, looks, planning, words
from gwangju_desktop.polls.reading import source as sources
from gwangju_desktop.polls.reading.building import Builder
from gwangju_desktop.polls.reading.faults import Faults
from gwangju_desktop.polls.reading.model import (
    Column,
    Form,
    Layout,
    Preview,
    Reading,
    Reject,
    Role,
    Source,
)
from gwangju_desktop.sheets.guards import letters
from gwangju_desktop.sheets.model import remark
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE = 8
_QUESTIONS = (Role.QUESTION, Role.ATTRIBUTE)
_SPREAD = (QuestionKind.MULTIPLE, QuestionKind.RANKING, QuestionKind.GRID)
_AGAIN = N_("Row {before} has the same respondent’s number; this row is not taken.")
_OTHERWISE = N_("Row {before} has the same number here, but another one in column {other}: taken.")
_KEPT = N_("Row {before} has the same respondent’s number; both are taken.")
_RAGGED = N_("The row has more cells than there are titles and is not taken.")
_NO_WEIGHT = N_("The weight is no number above 0; it counts as 1.")
_TAKEN_TWICE = N_("Question {code} stands in column {other} already; this column is not taken.")
_DECODED = N_("The text was read as {encoding}, which may be wrong. {readings}")
_ENCODING = N_("The text is read as {encoding}.")


def read(
    path: Path,
    *,
    layout: str = Layout.AUTO,
    encoding: str | None = None,
    codebook: Path | None = None,
    mapping: Mapping[str, Column] | None = None,
    known: Sequence[Question] = (),
    keep_duplicates: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Read a file of answers: `sources.read`, then `take`.

    Raises UserError in one sentence naming the file, Cancelled when `cancelled()` turns true.
    """
    source = sources.read(path, encoding=encoding, codebook=codebook, cancelled=cancelled)
    return take(
        source, layout=layout, mapping=mapping, known=known, keep_duplicates=keep_duplicates
    )


def detect(
    source: Source,
    *,
    layout: str = Layout.AUTO,
    mapping: Mapping[str, Column] | None = None,
    known: Sequence[Question] = (),
) -> Preview:
    """Return what a file is taken for, with its first rows; raises UserError."""
    plan = planning.plan(source, Layout(layout), known)
    columns = _mapped(source, plan, mapping)
    first = source.first + plan.skip
    most = min(SAMPLE, source.rows - plan.skip)
    sample = tuple(
        tuple(one.texts[one.codes[plan.skip + row]] for one in source.cells) for row in range(most)
    )
    rows = tuple(range(first, first + most))
    return Preview(source, plan.layout, plan.sure, columns, sample, rows)


def changed(preview: Preview, column: Column, kind: QuestionKind, separator: str = "") -> Column:
    """Return a column of the preview as another kind, its options found anew in its answers."""
    skip = preview.rows[0] - preview.source.first if preview.rows else 0
    look = looks.look(preview.source.cells[column.index], skip)
    role = column.role if column.role in _QUESTIONS else Role.QUESTION
    one = replace(column, role=role, question=column.question or column.header)
    return kinds.with_kind(one, look, kind, separator=separator, sure=1.0)


def take(
    source: Source,
    *,
    layout: str = Layout.AUTO,
    mapping: Mapping[str, Column] | None = None,
    known: Sequence[Question] = (),
    keep_duplicates: bool = False,
) -> Reading:
    """Return the questions and answers of a file.

    `mapping` puts columns right by their names. A row with a respondent's number that came before
    is left out unless `keep_duplicates`. Raises UserError when nothing can be taken.
    """
    import numpy as np

    plan = planning.plan(source, Layout(layout), known)
    columns = _mapped(source, plan, mapping)
    first = source.first + plan.skip
    rejects, notices = Faults(first), Faults(first)
    builder = Builder(source, plan.skip, rejects, notices)
    grouped = _grouped(columns, rejects)
    built = [builder.answers(group) for group in grouped]
    if not built:
        raise UserError(
            N_("{file} holds no question."),
            hint=N_("Choose at least one column as a question."),
            file=source.name,
        )
    filled = _filled(builder)
    keep = _kept(builder, columns, keep_duplicates, filled)
    weights = _weights(builder, columns)
    left_out = set(np.flatnonzero(~keep).tolist())
    answers = tuple(_only(one, keep) for one in built)
    return Reading(
        layout=plan.layout,
        encoding=source.encoding,
        columns=columns,
        answers=answers,
        attributes=tuple(
            dict.fromkeys(one.question for one in columns if one.role is Role.ATTRIBUTE)
        ),
        weights=None if weights is None else weights[keep],
        rejects=rejects.listed(plan.rejects, left_out),
        notices=notices.listed((*_on_the_file(source), *plan.notices), left_out),
        n_rows=int(filled.sum()),
        n_taken=int(keep.sum()),
        sha256=source.sha256,
    )


def _mapped(
    source: Source, plan: planning.Plan, mapping: Mapping[str, Column] | None
) -> tuple[Column, ...]:
    """Put columns right; what was chosen before wins, where the column stands comes from here.

    Options and words that were not said are those of the file.
    """
    if not mapping:
        return plan.columns
    told = []
    for one in plan.columns:
        chosen = mapping.get(one.name)
        if chosen is None:
            told.append(one)
            continue
        options = chosen.options
        if not options and chosen.kind is one.kind and chosen.separator == one.separator:
            options = one.options
        elif not options and chosen.kind is not None and chosen.form in (Form.LIST, Form.CHOICE):
            look = looks.look(source.cells[one.index], plan.skip)
            found = kinds.with_kind(chosen, look, chosen.kind, separator=chosen.separator)
            options = found.options
        told.append(
            replace(
                chosen,
                index=one.index,
                name=one.name,
                header=one.header,
                title=chosen.title or one.title,
                wording=chosen.wording or one.wording,
                part_label=chosen.part_label or one.part_label,
                options=options,
            )
        )
    return tuple(told)


def _grouped(columns: Sequence[Column], rejects: Faults) -> list[list[Column]]:
    """Return the columns of each question together, in the file's order."""
    groups: dict[str, list[Column]] = {}
    for one in columns:
        if one.role not in _QUESTIONS or one.kind is None:
            continue
        group = groups.setdefault(one.question, [])
        alone = one.kind not in _SPREAD or one.form is Form.LIST
        if group and (alone or group[0].kind is not one.kind):
            other = letters(group[0].index)
            row = -1
            rejects.cell(row, one.index, one.header, _TAKEN_TWICE, code=one.question, other=other)
            continue
        group.append(one)
    return list(groups.values())


def _filled(builder: Builder) -> NDArray[np.bool_]:
    """Return which rows hold anything."""
    import numpy as np

    source, skip = builder.source, builder.skip
    filled = np.zeros(source.rows - skip, dtype=np.bool_)
    for cells in source.cells:
        blank = np.array([not text for text in cells.texts])
        filled |= ~blank[cells.codes[skip:]]
    filled[_ragged(builder)] = True
    return filled


def _ragged(builder: Builder) -> list[int]:
    """Return the rows that are longer than the titles."""
    places = (row - builder.source.first - builder.skip for row in builder.source.ragged)
    return [at for at in places if at >= 0]


def _kept(
    builder: Builder, columns: Sequence[Column], keep_duplicates: bool, filled: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which rows are taken: not empty, not too long, not a respondent's second."""
    source, keep = builder.source, filled.copy()
    for at in _ragged(builder):
        builder.rejects.row(at, -1, "", _RAGGED)
        keep[at] = False
    numbers = [one.index for one in columns if one.role is Role.RESPONDENT]
    found = {at: _again(builder, at, keep) for at in numbers}
    # A number that comes once only tells respondents apart, whatever the other column says.
    sure = next((at for at in numbers if not found[at] and _is_full(builder, at, keep)), None)
    for place, at in enumerate(numbers):
        for row, before in found[at]:
            value = source.cells[at].texts[builder.codes(at)[row]]
            line = before + builder.rejects.first
            if sure is not None:
                builder.notices.cell(row, at, value, _OTHERWISE, before=line, other=letters(sure))
            elif keep_duplicates:
                builder.notices.cell(row, at, value, _KEPT, before=line)
            elif place == 0:
                builder.rejects.row(row, at, value, _AGAIN, before=line)
                keep[row] = False
    return keep


def _again(builder: Builder, at: int, keep: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the rows whose number came before, each with the row it came in."""
    import numpy as np

    codes = builder.codes(at)
    _texts, first, back = np.unique(codes, return_index=True, return_inverse=True)
    blank = np.array([words.is_blank(text) for text in builder.source.cells[at].texts])
    later = (np.arange(len(codes)) != first[back]) & ~blank[codes] & keep
    return [(int(row), int(first[back[row]])) for row in np.flatnonzero(later)]


def _is_full(builder: Builder, at: int, keep: NDArray[np.bool_]) -> bool:
    import numpy as np

    blank = np.array([words.is_blank(text) for text in builder.source.cells[at].texts])
    return not bool((blank[builder.codes(at)] & keep).any())


def _weights(builder: Builder, columns: Sequence[Column]) -> NDArray[np.float64] | None:
    import numpy as np

    at = next((one.index for one in columns if one.role is Role.WEIGHT), None)
    if at is None:
        return None
    codes, texts = builder.codes(at), builder.source.cells[at].texts
    told = np.ones(len(texts))
    used = np.bincount(codes, minlength=len(texts))
    for place, text in enumerate(texts):
        value = looks.number(text)
        if value is not None and value > 0:
            told[place] = value
        elif used[place]:
            builder.rejects.cells(np.flatnonzero(codes == place), at, text, _NO_WEIGHT)
    return told[codes]


def _only(answers: Answers, keep: NDArray[np.bool_]) -> Answers:
    if keep.all():
        return answers
    return Answers(answers.question, answers.asked[keep], answers.chosen[keep])


def _on_the_file(source: Source) -> list[Reject]:
    """Return what is odd about the file itself: its encoding first of all."""
    told = [Reject(0, "", "", one) for one in source.remarks]
    name = encodings.NAMES.get(source.encoding, source.encoding)
    if source.encoding and name not in ("UTF-8", "UTF-16"):
        told.append(Reject(0, "", "", remark(_ENCODING, encoding=name)))
    for doubt in source.doubts:
        readings = " / ".join(f"{encodings.NAMES[one]}: “{text}”" for one, text in doubt.readings)
        said = remark(_DECODED, encoding=name, readings=readings)
        told.append(Reject(doubt.row, doubt.column, doubt.readings[0][1], said))
    return told
