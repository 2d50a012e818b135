"""Recompute what an office says of its figures, from the rows of its copy and nothing else."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwangju_desktop.snapshots import agreeing, container, figure_words
from gwangju_desktop.snapshots import verify as checks
from gwangju_desktop.snapshots.agreeing import Agreement
from gwangju_desktop.snapshots.verify import Progress, Verdict
from gwangju_desktop.text import C_, LANGUAGES, N_, Msg, language, say, words

EQUAL, DIFFERENT, UNKNOWN, ABSENT = "equal", "different", "unknown", "absent"
STATES: dict[str, Msg] = {
    EQUAL: C_("recomputed", "Equal"),
    DIFFERENT: C_("recomputed", "Different"),
    ABSENT: C_("recomputed", "Missing in the copy"),
    UNKNOWN: C_("recomputed", "Cannot be recomputed"),
}
_WHY = {
    "rows": N_("The rows it is worked out from are not in this copy."),
    "broken": N_("A row it is worked out from is not as the program writes it."),
}
# Columns of a table that mean nothing to a reader.
_INNER = ("id", "version")
# Twice the time a comparison has: the rules come with more than reading does.
_PATIENCE = 6

Both = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row a figure was worked out from: its table, code, what it is called, the value used."""

    table: str
    table_name: Both
    code: str
    label: Both
    value: Both


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the office tells it and as it was worked out; `state` compares the two.

    `ours` is the office's, `worked` the recomputed one, None where there is none: an absent figure
    follows from the rows, and the office did not tell it. `steps` is the rule with its numbers,
    `why` the reason nothing could be worked out. `more` parts are not listed.
    """

    key: str
    kind: str
    measure: str
    table: str
    code: str
    label: Both
    ours: float | str | None
    worked: float | str | None
    state: str
    unit: str
    digits: int
    as_of: str
    rule: Both
    steps: Both | None
    why: Both | None
    missing: tuple[str, ...]
    parts: tuple[PartRow, ...]
    more: int

    def named(self) -> str:
        """Return what it is of, in the current language."""
        return _spoken(self.label)

    def shown(self, value: float | str | None) -> str:
        """Write a value of it as it is printed, in the current language."""
        return printed(self, value)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something this copy does not let anybody check: what, on which ground, how much of it."""

    group: str
    what: Both
    ground: Both
    count: int | None = None


GROUPS: dict[str, Msg] = {
    "figures": C_("unchecked", "Figures"),
    "tables": C_("unchecked", "Records held back whole"),
    "columns": C_("unchecked", "Values held back"),
    "weights": C_("unchecked", "Weights of polls"),
    "evidence": C_("unchecked", "Evidence present as a hash only"),
    "members": C_("unchecked", "Pages and tables beside the database"),
}


@dataclass(frozen=True, slots=True)
class Recomputed:
    """All figures of a copy worked out anew, and what cannot be checked from it.

    `told` is False for a copy that brings no figures of its own; `left_out` counts figures beyond
    those that were looked at. `agreement` says which other members of the copy tell otherwise than
    its database.
    """

    verdict: Verdict
    told: bool
    figures: tuple[Figure, ...]
    unchecked: tuple[Unchecked, ...]
    left_out: int = 0
    agreement: Agreement = agreeing.NOTHING

    @property
    def right(self) -> bool:
        """Say whether nothing comes out otherwise, nothing is missing and all members agree."""
        return not self.different and not self.agreement.different

    @property
    def different(self) -> tuple[Figure, ...]:
        """Return the figures that come out otherwise, and those that are not told."""
        return tuple(one for one in self.figures if one.state in (DIFFERENT, ABSENT))

    def counts(self) -> dict[str, int]:
        """Count the figures by state."""
        return {state: sum(one.state == state for one in self.figures) for state in STATES}

    def as_json(self) -> dict[str, Any]:
        """Return what the command line prints."""
        return {
            "ok": self.right,
            **self.counts(),
            "members": {
                "equal": self.agreement.equal,
                "different": list(self.agreement.different),
            },
            "figures": [_figure_json(one) for one in self.figures],
            "uncheckable": [
                {
                    "group": one.group,
                    "what": dict(zip(LANGUAGES, one.what, strict=True)),
                    "ground": dict(zip(LANGUAGES, one.ground, strict=True)),
                    "count": one.count,
                }
                for one in self.unchecked
            ],
        }


def recompute(
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Recomputed:
    """Verify a copy and work its figures out from its rows, in a child.

    Raises UserError for a file that is not whole or not signed by its own key, Cancelled.
    """
    with checks.unpacked(path, progress=progress, cancelled=cancelled) as (verdict, database):
        verdict.demand()
        assert database is not None
        assert verdict.manifest is not None
        folder = f"{container.EVIDENCE_FOLDER}/"
        evidence = [
            name.removeprefix(folder).partition(".")[0]
            for name in verdict.manifest.files
            if name.startswith(folder)
        ]
        asked = {"mode": "recompute", "evidence": evidence}
        answer = checks.look_inside(
            *(verdict, database, asked, path.name), cancelled=cancelled, patience=_PATIENCE
        )
        agreement = agreeing.agree(verdict, database, path, cancelled=cancelled)
    return as_recomputed(verdict, answer, agreement)


def as_recomputed(
    verdict: Verdict, answer: Mapping[str, Any], agreement: Agreement = agreeing.NOTHING
) -> Recomputed:
    """Return what the child told as screens and commands take it."""
    names = {str(row[0]): (str(row[2]), str(row[3])) for row in answer["codebook"]}
    figures = tuple(sorted((_figure(one, names) for one in answer["figures"]), key=_order))
    return Recomputed(
        verdict,
        bool(answer["told"]),
        figures,
        (*uncheckable(answer, figures), *_uncompared(agreement)),
        int(answer["left_out"]),
        agreement,
    )


def _uncompared(agreement: Agreement) -> Iterator[Unchecked]:
    """List what of the members beside the database could not be compared with it."""
    if agreement.unread:
        yield Unchecked("members", _both(N_("CSV files, pages and package")), agreement.unread)
    elif agreement.section:
        what = _both(_SECTION, page=container.PAGE)
        yield Unchecked("members", what, _both(agreeing.SECTION))


OTHERWISE = N_("{file} in this copy says otherwise than its database.")
_SECTION = N_("{page}: since the previous copy")


def uncheckable(answer: Mapping[str, Any], figures: Iterable[Figure] = ()) -> Iterator[Unchecked]:
    """List what cannot be checked from a copy: held back, hidden, weighted, hashed or not told."""
    for one in figures:
        if one.state == UNKNOWN:
            ko, en = (_measure(one, code) for code in LANGUAGES)
            what = f"{one.label[0]} · {ko}", f"{one.label[1]} · {en}"
            yield Unchecked("figures", what, one.why or _both(_WHY["rows"]))
    yield from _held_back(answer["withheld"], frozenset(answer["tables"]))
    for _code, label in answer["weighted"]:
        yield Unchecked(
            "weights",
            (label, label),
            _both(N_("Weights belong to answers of single people; the copy has their sums alone.")),
        )
    for _code, title, digest in answer["hashed"]:
        ground = N_("The file is shown at an inspection; its SHA-256 is {digest}.")
        yield Unchecked("evidence", (title, title), _both(ground, digest=digest))


def _held_back(withheld: Iterable[list[Any]], tables: frozenset[str]) -> Iterator[Unchecked]:
    for table, lines in itertools.groupby(withheld, key=lambda row: str(row[0])):
        rows = [row for row in lines if row[3] not in _INNER]
        if not rows:
            continue
        if table not in tables:
            told = rows[0]
            # Links are held back with the rest; the ground of most columns is that of the table.
            ground = Counter((row[7], row[8]) for row in rows).most_common(1)[0][0]
            yield Unchecked("tables", (told[1], told[2]), ground)
            continue
        for row in rows:
            # A column of which nothing was there to hold back hides nothing.
            if row[9] != 0:
                what = (f"{row[1]} · {row[4]}", f"{row[2]} · {row[5]}")
                yield Unchecked("columns", what, (row[7], row[8]), row[9])


def printed(figure: Figure, value: float | str | None) -> str:
    """Write a figure's value with its digits and unit, a word by what it means; "–" for none."""
    from gwangju_desktop.commitments.words import STATUSES
    from gwangju_desktop.snapshots.reworking.task import printed as rounded

    if value is None:
        return "–"
    if isinstance(value, str):
        known = STATUSES.get(value) if figure.measure == "status" else None
        message = known or figure_words.VALUES.get((figure.measure, value))
        return say(message) if message else value
    number = f"{rounded(value, figure.digits):,f}"
    unit = _UNITS.get(figure.unit)
    if unit is not None:
        return say(unit, number=number)
    return f"{number}%" if figure.unit == "%" else f"{number} {figure.unit}".strip()


_UNITS = {
    "people": C_("figure", "{number} people"),
    "items": C_("figure", "{number} milestones"),
}


def named_kind(kind: str) -> str:
    """Return what a kind of figures is called, in the current language."""
    message = figure_words.KINDS.get(kind)
    return say(message) if message else kind


def named_measure(figure: Figure) -> str:
    """Return what of its record a figure says, in the current language."""
    return _measure(figure, language())


def spoken(pair: Both | None) -> str:
    """Return the text of a pair in the current language, "" for none."""
    return _spoken(pair) if pair else ""


def _spoken(pair: Both) -> str:
    return pair[LANGUAGES.index(language())]


def _measure(figure: Figure, code: str) -> str:
    message = figure_words.MEASURES.get((figure.kind, figure.measure))
    return words(code)(message) if message else figure.measure


def _both(message: Msg, **values: object) -> Both:
    return _pair(lambda n: words(LANGUAGES[n])(message, **values))


def _pair(make: Callable[[int], str]) -> Both:
    return make(0), make(1)


def _figure(told: Mapping[str, Any], names: Mapping[str, Both]) -> Figure:
    row = told["figure"]
    why = told["why"]
    if told["state"] == UNKNOWN and why is None:
        why = _both(_WHY[told["reason"]])
    parts = tuple(
        PartRow(table, names.get(table, (table, table)), code, _two(label), _two(value))
        for table, code, label, value in told["parts"]
    )
    digits = row["digits"]
    return Figure(
        *(str(row["key"]), str(row["kind"]), str(row["measure"])),
        *(str(row["table_name"]), str(row["row_code"])),
        (str(row["label_ko"]), str(row["label_en"])),
        row["text"] if row["text"] is not None else row["value"],
        *(told["worked"], told["state"], str(row["unit"] or "")),
        digits if digits in range(12) else 0,
        str(row["as_of"]),
        (str(row["rule_ko"]), str(row["rule_en"])),
        tuple(told["steps"]) if told["steps"] else None,
        tuple(why) if why else None,
        tuple(told["missing"]),
        parts,
        int(told["more"]),
    )


def _two(texts: list[str]) -> Both:
    return str(texts[0]), str(texts[1])


def _order(one: Figure) -> tuple[Any, ...]:
    """Return what orders figures: kinds and measures as they are declared, records by their names."""
    kinds, measures = list(figure_words.KINDS), list(figure_words.MEASURES)
    kind = kinds.index(one.kind) if one.kind in kinds else len(kinds)
    own = (one.kind, one.measure)
    measure = measures.index(own) if own in measures else len(measures)
    return kind, one.label[0], one.code, measure, one.key


def _figure_json(one: Figure) -> dict[str, Any]:
    def pair(both: Both | None) -> dict[str, str] | None:
        return dict(zip(LANGUAGES, both, strict=True)) if both else None

    return {
        "key": one.key,
        "kind": one.kind,
        "measure": one.measure,
        "table": one.table,
        "code": one.code,
        "label": pair(one.label),
        "ours": one.ours,
        "recomputed": one.worked,
        "state": one.state,
        "unit": one.unit,
        "digits": one.digits,
        "rule": pair(one.rule),
        "calculation": pair(one.steps),
        "why": pair(one.why),
        "missing": list(one.missing),
        "parts": [
            {"table": p.table, "code": p.code, "label": pair(p.label), "value": pair(p.value)}
            for p in one.parts
        ],
        "more_parts": one.more,
    }
