"""What kind of question a column is, by its look, its codebook or a known question."""

from __future__ import annotations

from dataclasses import replace

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.polls.model import Option, Question
from gwangju_desktop.polls.reading import looks, words
from gwangju_desktop.polls.reading.looks import Look
from gwangju_desktop.polls.reading.model import Column, Entry, Form, Layout, Role

FORMS = {
    QuestionKind.SINGLE: Form.CHOICE,
    QuestionKind.SCALE: Form.CHOICE,
    QuestionKind.GRID: Form.CHOICE,
    QuestionKind.MULTIPLE: Form.LIST,
    QuestionKind.RANKING: Form.CHOICE,
    QuestionKind.NUMBER: Form.NUMBER,
    QuestionKind.OPEN: Form.TEXT,
}


def by_look(column: Column, look: Look, asked: Layout = Layout.AUTO) -> Column:
    """Return a column as what its answers look like."""
    told = asked is Layout.JOINED or words.allows_several(column.wording)
    mark, sure = looks.separator(look, told=told) if asked is not Layout.COLUMNS else ("", 0.0)
    if mark and not looks.is_measure(look):
        return with_kind(column, look, QuestionKind.MULTIPLE, separator=mark, sure=sure)
    if looks.is_open(look):
        return with_kind(column, look, QuestionKind.OPEN, sure=0.8)
    if looks.is_measure(look):
        return with_kind(column, look, QuestionKind.NUMBER, sure=0.8)
    role = Role.ATTRIBUTE if words.is_attribute(column.question) else column.role
    return replace(with_kind(column, look, QuestionKind.SINGLE), role=role)


def with_kind(
    column: Column, look: Look, kind: QuestionKind, *, separator: str = "", sure: float = 0.9
) -> Column:
    """Return a column of one question as another kind, its options found anew in its answers."""
    form = FORMS[kind]
    options: tuple[Option, ...] = ()
    most = None
    if form is Form.LIST:
        separator = separator or looks.separator(look, told=True)[0] or ";"
        parts = [part for text in look.texts for part in looks.split(text, separator)]
        kept = dict.fromkeys(part for part in parts if not words.is_blank(part))
        options = words.ordered(list(kept))
        most = words.most_choices(column.wording)
    elif form is Form.CHOICE:
        options = words.ordered(list(look.texts))
    return replace(
        column,
        kind=kind,
        form=form,
        separator=separator,
        options=options,
        max_choices=most,
        part="",
        part_label="",
        sure=sure,
    )


def as_known(column: Column, look: Look, known: Question) -> Column:
    """Return a column as a question of an existing questionnaire."""
    form = FORMS[known.kind]
    separator = looks.separator(look, told=True)[0] or ";" if form is Form.LIST else ""
    splits = known.kind in (QuestionKind.SINGLE, QuestionKind.SCALE)
    names = (known.code, known.title, known.wording)
    attribute = splits and any(words.is_attribute(one) for one in names)
    return replace(
        column,
        role=Role.ATTRIBUTE if attribute else column.role,
        kind=known.kind,
        form=form,
        question=known.code,
        title=known.title,
        wording=known.wording,
        options=known.options,
        max_choices=known.max_choices,
        low=known.low,
        high=known.high,
        separator=separator,
        sure=1.0,
    )


def options_of(entry: Entry) -> tuple[Option, ...]:
    """Return a codebook's codes as options; the points of a scale get their number as value."""
    found = [Option(code, label or code, words.role_of(label)) for code, label in entry.options]
    normal = [one for one in found if one.role is OptionRole.NORMAL]
    values = [looks.number(one.code) for one in normal]
    if not words.is_scale([one.label for one in normal]) or None in values:
        return tuple(found)
    return tuple(
        replace(one, value=looks.number(one.code)) if one.role is OptionRole.NORMAL else one
        for one in found
    )
