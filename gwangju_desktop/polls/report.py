"""Results of polls on paper: bars and tables with both bases, how to read them, how it was asked.

All is said in the language that is spoken; who makes a document in another one speaks it meanwhile
(`text.speaking`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from db.vocab import QuestionKind
from gwangju_desktop.documents.blocks import (
    Block,
    Cell,
    Column,
    Para,
    Weight,
    Word,
    para,
    table,
    words,
)
from gwangju_desktop.documents.figures import Bar, BarFigure
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.polls import comparing, opened
from gwangju_desktop.polls.method import ERROR, method_box
from gwangju_desktop.polls.notes import NO_ERROR
from gwangju_desktop.polls.questions import Asked
from gwangju_desktop.polls.table import Base, PartShares, Share, Table
from gwangju_desktop.polls.words import how_answered
from gwangju_desktop.text import C_, N_, NN_, Msg, say

# More options than these are a table; a page holds no more bars.
MOST_BARS = 8
# A grid of more columns than these has its rows one below the other.
MOST_COLUMNS = 7
# So many waves stand beside each other in a trend.
MOST_WAVES = 6
# What is wider than this has a line of its own in a method of two columns, in Latin letters.
LONGEST_BESIDE = 64
# Styles of a page that says the method in small type (catalogue.poll_page).
SMALL, SMALL_STRONG = "small", "small-strong"
NOTHING, HIDDEN = "–", "*"
OF_VOTES = C_("poll paper", "Of responses ({n})")
OF_RESPONDENTS = C_("poll paper", "Of respondents ({n})")
RESPONSES = NN_("{n} response", "{n} responses")
CHOICES = NN_("{n:,} choice", "{n:,} choices")
PEOPLE = NN_("{n:,} person", "{n:,} people")
HOW_TO_READ = C_("poll paper", "How to read")
LEFT_OUT = C_("poll paper", "Not in the shares: {said}")
BARS = C_("poll paper", "{title}: {values}.")
OPTION = C_("poll paper", "Option")
ROW = C_("poll paper", "Row")
COUNT = C_("poll paper", "Count")
FIRST = C_("poll paper", "First")
INTERVAL = C_("poll paper", "95% interval")
MEAN = C_("poll paper", "Mean")
ANSWERED = C_("poll paper", "Answered")
TAG = C_("poll paper", "Tag")
TREND = C_("poll paper", "From wave to wave, of respondents")
BROKEN = C_("poll paper", "Not compared with the wave before {wave}: {reasons}")
NO_SHARES = N_("{n} so far. Shares are told once the wave is closed.")


def count(value: float | None) -> str:
    """Write a count; one decimal where weights make it no whole number, * where it is hidden."""
    if value is None:
        return HIDDEN
    whole = abs(value - round(value)) < 1e-9
    return f"{value:,.0f}" if whole else f"{value:,.1f}"


def percent(value: float | None) -> str:
    """Write a share with one decimal; a dash where there is none."""
    return NOTHING if value is None else f"{value:.1f}%"


def heads(base: Base) -> tuple[str, str]:
    """Return the titles of the two shares, each with its base."""
    return (
        say(OF_VOTES, n=say(CHOICES, n=round(base.votes))),
        say(OF_RESPONDENTS, n=people(base.answered)),
    )


def facts(asked: Asked, made: Table, population: str = "") -> str:
    """Return who was asked, how one answers and how many responses there are, in one line."""
    told = [population, people(made.base.answered), str(how_answered(asked.question))]
    if made.question.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING):
        told.append(say(RESPONSES, n=round(made.base.votes)))
    return " · ".join(part for part in told if part)


def results(
    asked: Asked, made: Table, strong: str | None = None, *, drawn: bool = True
) -> list[Block]:
    """Return a question's figures, by its kind; `strong` is the option they are about.

    Options are bars where they are few enough, unless they are not to be `drawn`.
    """
    kind = made.question.kind
    if kind is QuestionKind.GRID:
        return [_grid(made), *reading(made)]
    if kind is QuestionKind.NUMBER:
        return [_numbers(made), *reading(made)]
    if not made.options:
        return reading(made)
    as_bars = drawn and _drawn(made)
    blocks: list[Block] = [bars(asked, made, strong) if as_bars else shares(made, strong)]
    if kind is QuestionKind.SCALE and made.mean is not None:
        blocks.append(_numbers(made))
    return [*blocks, *reading(made)]


def bars(asked: Asked, made: Table, strong: str | None = None) -> BarFigure:
    """Return the options as bars with their counts and both shares; the largest is the strong one."""
    shown = [share for share in made.options if not share.missing]
    lead = strong or _largest(shown)
    ranked = any(share.first is not None for share in shown)
    rows = tuple(
        Bar(
            share.label,
            share.count or 0,
            _counted(share),
            (
                *((count(share.first),) if ranked else ()),
                percent(share.pct_votes),
                percent(share.pct_respondents),
            ),
            strong=share.code == lead,
        )
        for share in shown
    )
    values = ", ".join(f"{bar.name} {bar.text}({', '.join(bar.columns)})" for bar in rows)
    title = asked.question.title or asked.question.wording
    titles = (*((say(FIRST),) if ranked else ()), *heads(made.base))
    return BarFigure(rows, say(BARS, title=title, values=values), titles, above=True)


def shares(made: Table, strong: str | None = None) -> Block:
    """Return the options as a table: count, both shares, and the interval where there is one.

    The row of the `strong` option is in bold.
    """
    bounded = any(share.low is not None for share in made.options)
    titles = heads(made.base)
    columns = [
        Column(say(OPTION), 0.34 if bounded else 0.46, style="strong"),
        Column(say(COUNT), 0.12, "right", "number"),
        *(Column(title, 0.21, "right", "number") for title in titles),
    ]
    if bounded:
        columns.append(Column(say(INTERVAL), 0.12, "right", "number"))
    rows: list[list[Block]] = []
    for share in made.options:
        told = [
            share.label,
            count(share.count),
            percent(share.pct_votes),
            percent(share.pct_respondents),
            *([_interval(share)] if bounded else []),
        ]
        weight: Weight = "B" if share.code == strong else ""
        rows.append(
            [Para(words(text, weight), c.style) for text, c in zip(told, columns, strict=True)]
        )
    return table(columns, rows, min_row=7 * MM, grid=True, caption=made.question.title)


def reading(made: Table) -> list[Block]:
    """Return how the figures are to be read, who is left out of them, and what else must be said.

    That a sample allows no error is said once, with the method.
    """
    left = [
        f"{share.label} {_counted(share)}"
        for share in made.options
        if share.missing and share.count
    ]
    if made.base.blank:
        blank = C_("poll paper", "no mark {n}")
        left.append(say(blank, n=people(made.base.blank)))
    said = [str(note) for note in made.notes if note.message not in NO_ERROR.values()]
    if left:
        said.append(say(LEFT_OUT, said=", ".join(left)) + ".")
    if not said:
        return []
    return [Para((*words(say(HOW_TO_READ), "B"), *words(" ".join(said))), "note")]


def method(read: Session, wave_id: int, *, row: float = 7.0) -> Block:
    """Return how a wave was made as a table; it stands on every page of results."""
    lines = [[say(label), text] for label, text in method_box(read, wave_id)]
    return table(
        [Column("", 0.22, style="strong"), Column("", 0.78)],
        lines,
        head=False,
        row_head=True,
        grid=True,
        min_row=row * MM,
    )


def method_line(read: Session, wave_id: int) -> Block:
    """Return how a wave was made in one paragraph, below figures among other papers."""
    told: list[Word] = []
    for label, text in method_box(read, wave_id):
        name = say(label)
        if told:
            told += words("·")
        # An error that cannot be computed says itself what it is.
        if label is not ERROR or name.casefold() not in text.casefold():
            told += words(name, "S")
        told += words(text)
    return Para(tuple(told), "note")


def method_pairs(read: Session, wave_id: int) -> list[Block]:
    """Return how a wave was made in small type: what is short in two columns, the rest below."""
    lines = [(say(label), text) for label, text in method_box(read, wave_id)]
    short = [line for line in lines if _wide(line[1]) <= LONGEST_BESIDE]
    long = [line for line in lines if _wide(line[1]) > LONGEST_BESIDE]
    if len(short) % 2:
        long.insert(0, short.pop())
    share = 0.035 + 0.01 * max(_wide(label) for label, _ in lines)
    name, value = Column("", share, style=SMALL_STRONG), Column("", 0.5 - share, style=SMALL)
    beside = [(*short[n], *short[n + 1]) for n in range(0, len(short), 2)]
    blocks: list[Block] = []
    if beside:
        blocks.append(
            table([name, value, name, value], beside, head=False, row_head=True, keep=bool(long))
        )
    if long:
        whole = Column("", 1 - share, style=SMALL)
        blocks.append(table([name, whole], long, head=False, row_head=True))
    return blocks


def _wide(text: str) -> int:
    """Return how wide a text is, in Latin letters; one of Hangul takes the room of two."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def tags(read: Session, asked: Asked) -> list[Block]:
    """Return the words open answers were sorted under; what was written is nobody's to print."""
    found = [tag for tag in opened.tags(read, asked.wave_question_id) if tag.n]
    if not found:
        return []
    columns = [
        Column(say(TAG), 0.8, style="strong"),
        Column(say(C_("poll paper", "Answers")), 0.2, "right", "number"),
    ]
    rows = [[tag.name, f"{tag.n:,}"] for tag in sorted(found, key=lambda tag: -tag.n)]
    return [table(columns, rows, min_row=7 * MM, grid=True, caption=say(TAG))]


def trend(read: Session, poll_id: int, code: str, told: set[str]) -> list[Block]:
    """Return how a question's shares of respondents moved, and why where they are not compared.

    Nothing where only one wave has figures. What is `told` already is not told again.
    """
    found = comparing.trend(read, poll_id, code, comparing.RESPONDENTS)
    points = found.points[-MOST_WAVES:]
    if len(points) < 2:
        return []
    cut = {found.points[one.after].wave_id for one in found.breaks}
    wide = 0.68 / len(points)
    columns = [Column(say(OPTION), 0.32, style="strong")]
    for point in points:
        title = " ".join(filter(None, (point.label, point.month)))
        columns.append(Column(title, wide, "right", "number", rule=point.wave_id in cut))
    lines = [[say(ANSWERED), *(people(point.n) for point in points)]]
    if any(point.mean is not None for point in points):
        means = (NOTHING if p.mean is None else f"{p.mean:.2f}" for p in points)
        lines.append([say(MEAN), *means])
    for option, label in found.options:
        lines.append([label, *(percent(point.shares.get(option)) for point in points)])
    broken = [
        say(
            BROKEN,
            wave=found.points[one.after + 1].label,
            reasons=" ".join(str(reason) for reason in one.reasons),
        )
        for one in found.breaks
    ]
    general = [str(note) for note in found.notes]
    notes = [*broken, *(note for note in general if note not in told)]
    told.update(general)
    return [
        para(say(TREND), "strong", keep=True),
        table(columns, lines, min_row=7 * MM, grid=True, caption=say(TREND), whole=True),
        *(para(note, "note") for note in notes),
    ]


def _drawn(made: Table) -> bool:
    shown = [share for share in made.options if not share.missing]
    bounded = any(share.low is not None for share in shown)
    return len(shown) <= MOST_BARS and not bounded


def _largest(shown: Sequence[Share]) -> str | None:
    counted = [share for share in shown if share.count]
    return max(counted, key=lambda share: share.count or 0).code if counted else None


def _counted(share: Share) -> str:
    if share.count is None or not float(share.count).is_integer():
        return count(share.count)
    return say(C_("poll paper", "{n:,}"), n=round(share.count))


def people(n: float | None) -> str:
    """Write a number of people; a dash where it is not known."""
    return NOTHING if n is None else say(PEOPLE, n=round(n))


def _interval(share: Share) -> str:
    if share.low is None or share.high is None:
        return NOTHING
    return f"{share.low:.1f}–{share.high:.1f}"


def _numbers(made: Table) -> Block:
    """Return mean, spread and quartiles of a number or of a scale's points."""
    spread = C_("poll paper", "Standard deviation")
    median = C_("poll paper", "Median")
    quarters = C_("poll paper", "Middle half")
    lines: list[tuple[Msg, str]] = [(ANSWERED, people(made.base.answered))]
    lines += [
        (label, f"{value:,.2f}")
        for label, value in ((MEAN, made.mean), (spread, made.sd), (median, made.median))
        if value is not None
    ]
    if made.quartiles:
        low, high = made.quartiles
        lines.append((quarters, f"{low:,.2f}–{high:,.2f}"))
    columns = [Column(say(label), 1 / len(lines), "centre", "middle") for label, _ in lines]
    return table(columns, [[text for _, text in lines]], min_row=7 * MM, grid=True)


def _grid(made: Table) -> Block:
    """Return the rows of a grid: shares of respondents, with the number who answered."""
    options = [share for share in made.parts[0].options if not share.missing] if made.parts else []
    means = any(part.mean is not None for part in made.parts)
    if len(options) + means > MOST_COLUMNS:
        return _long_grid(made.parts)
    wide = (0.5 if means else 0.6) / max(len(options), 1)
    columns = [
        Column(say(ROW), 0.26, style="strong"),
        Column(say(ANSWERED), 0.14, "right", "number"),
    ]
    if means:
        columns.append(Column(say(MEAN), 0.1, "right", "number"))
    columns += [Column(share.label, wide, "right", "number") for share in options]
    rows: list[list[str | Block | Cell]] = []
    for part in made.parts:
        mean = [NOTHING if part.mean is None else f"{part.mean:.2f}"] if means else []
        told = (percent(s.pct_respondents) for s in part.options if not s.missing)
        rows.append([part.part.label, people(part.base.answered), *mean, *told])
    return table(columns, rows, min_row=8 * MM, grid=True, caption=made.question.title)


def _long_grid(parts: Iterable[PartShares]) -> Block:
    columns = [
        Column(say(ROW), 0.3, style="strong"),
        Column(say(OPTION), 0.4),
        Column(say(COUNT), 0.15, "right", "number"),
        Column(say(C_("poll paper", "Of respondents")), 0.15, "right", "number"),
    ]
    rows = [
        [part.part.label, share.label, count(share.count), percent(share.pct_respondents)]
        for part in parts
        for share in part.options
    ]
    return table(columns, rows, min_row=7 * MM, grid=True)
