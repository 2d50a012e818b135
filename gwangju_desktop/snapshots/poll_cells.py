"""The figures of polls as they go out: small ones hidden, nothing to be subtracted from earlier copies.

A wave goes out as it is now, or, where its figures beside those of an earlier copy would tell of
fewer than k people, as it went out before. Copies of either profile are earlier copies.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.polls import PollWave
from db.schema.snapshots import PollRelease
from db.vocab import OptionRole, PollSource, QuestionKind
from gwangju_desktop.polls import answers
from gwangju_desktop.polls.defaults import number
from gwangju_desktop.polls.hiding import hide_line
from gwangju_desktop.polls.tally import ONE_CHOICE
from gwangju_desktop.polls.told import (
    ASKED,
    FOLLOWED,
    RESPONDENTS,
    Asked,
    Choice,
    Key,
    small,
)

Record = Mapping[str, Any]
Records = Mapping[str, Sequence[Record]]
# A question of a wave, and where a figure of it stands.
Cell = tuple[int, Key]
LOST = frozenset({OptionRole.DONT_KNOW.value, OptionRole.NO_ANSWER.value})


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier copies gave out, by wave, the oldest first; and weighted waves in people.

    `k` is the least number of people that is told of, whatever a poll says.
    """

    k: int
    releases: Mapping[int, Sequence[str]] = field(default_factory=dict)
    people: Mapping[int, Mapping[Cell, float]] = field(default_factory=dict)


@dataclass(slots=True)
class Given:
    """Rows as they go out by table, the content of each wave, and how much is hidden by column.

    `fresh` are the waves given as they are now, `again` those given as an earlier copy had them;
    `earlier` counts figures of these by column.
    """

    rows: dict[str, list[Record]] = field(default_factory=dict)
    contents: dict[int, str] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    again: set[int] = field(default_factory=set)
    hidden: dict[str, int] = field(default_factory=dict)
    earlier: dict[str, int] = field(default_factory=dict)

    @property
    def new_contents(self) -> dict[int, str]:
        """Return the contents of waves that no earlier copy gave."""
        return {wave: self.contents[wave] for wave in sorted(self.fresh)}

    def hide(self, place: str, count: int = 1) -> None:
        """Count values hidden at a table.column."""
        if count:
            self.hidden[place] = self.hidden.get(place, 0) + count


@dataclass(slots=True)
class _Release:
    """What one copy tells of a wave: its respondents, and each figure (None: hidden) with its row."""

    respondents: int | None
    cells: dict[Cell, float | None]
    ids: dict[Cell, int]

    @classmethod
    def read(cls, content: str) -> _Release:
        found = json.loads(content)
        cells: dict[Cell, float | None] = {}
        ids: dict[Cell, int] = {}
        for id, place, part, option, measure, value in found["cells"]:
            cells[place, (part, option, measure)] = value
            ids[place, (part, option, measure)] = id
        return cls(found["respondents"], cells, ids)

    def content(self) -> str:
        order = sorted(self.cells, key=lambda cell: self.ids[cell])
        cells = [[self.ids[cell], cell[0], *cell[1], self.cells[cell]] for cell in order]
        told = {"respondents": self.respondents, "cells": cells}
        return json.dumps(told, sort_keys=True, separators=(",", ":"))

    def tells(self, other: _Release) -> bool:
        return (self.respondents, self.cells) == (other.respondents, other.cells)

    def figures(self, place: int) -> dict[Key, float]:
        return {
            key: value
            for (at, key), value in self.cells.items()
            if at == place and value is not None
        }

    def hidden(self, place: int) -> set[Key]:
        return {key for (at, key), value in self.cells.items() if at == place and value is None}


def before(read: Session, k: int) -> Before:
    """Read what earlier copies gave out, and how many people weighted figures are of."""
    releases: dict[int, list[str]] = {}
    query = select(PollRelease.wave_id, PollRelease.content).order_by(PollRelease.id)
    for wave, content in read.execute(query):
        if content not in releases.setdefault(wave, []):
            releases[wave].append(content)
    weighted = select(PollWave.id).where(
        PollWave.weighted, PollWave.source == PollSource.ANSWERS.value
    )
    people = {}
    for wave in read.scalars(weighted).all():
        counted = answers.in_people(read, wave)
        if counted is not None:
            people[wave] = {(key[0], key[1:]): value for key, value in counted.items()}
    return Before(k, releases, people)


def give(rows: Records, earlier: Before) -> Given:
    """Return the figures of every wave as they go out, and the rows of what speaks of them."""
    made = Given()
    totals: dict[int, list[Record]] = {}
    places = {row["id"]: row for row in rows.get("wave_question", ())}
    for row in rows.get("poll_total", ()):
        totals.setdefault(places[row["wave_question_id"]]["wave_id"], []).append(row)
    least = {row["id"]: max(row["small_cell"], earlier.k) for row in rows.get("poll", ())}
    told: dict[int, _Release] = {}
    for wave in rows.get("poll_wave", ()):
        if wave["id"] in totals:
            case = _Wave(wave, rows, totals[wave["id"]], earlier, least[wave["poll_id"]])
            told[wave["id"]] = case.release(made)
    _totals(told, rows, made)
    made.rows["poll_wave"] = [
        _wave(row, told.get(row["id"]), least[row["poll_id"]], made)
        for row in rows.get("poll_wave", ())
    ]
    made.rows["poll_finding"] = [
        _finding(row, told.get(places[row["wave_question_id"]]["wave_id"]), made)
        for row in rows.get("poll_finding", ())
    ]
    made.rows["poll_batch"] = _batches(rows, least, made)
    return made


class _Wave:
    """The figures of one wave as they are, and how its questions hang together."""

    def __init__(
        self, wave: Record, rows: Records, totals: Sequence[Record], earlier: Before, k: int
    ) -> None:
        self._id, self._k = wave["id"], k
        self._respondents: int | None = wave["respondents"]
        self._before = [_Release.read(one) for one in earlier.releases.get(self._id, ())]
        self._people = earlier.people.get(self._id)
        if wave["weighted"] and self._people is None:
            # Nobody knows any more of how many people a sum of weights is; of this many at least.
            self._k = math.ceil(k * number("trim_high"))
        self._figures: dict[int, dict[Key, float]] = {}
        self._ids: dict[Cell, int] = {}
        for row in totals:
            key = (row["part_id"], row["option_id"], row["measure"])
            self._figures.setdefault(row["wave_question_id"], {})[key] = row["value"]
            self._ids[row["wave_question_id"], key] = row["id"]
        self._places = {
            row["id"]: row for row in rows["wave_question"] if row["id"] in self._figures
        }
        self._questions = {row["id"]: row for row in rows["poll_question"]}
        self._options = _by(rows.get("poll_option", ()), "question_id")

    def release(self, made: Given) -> _Release:
        """Return what goes out of the wave, and note in `made` whether it did so before."""
        latest = self._before[-1] if self._before else None
        if latest is not None:
            steady = self._made({place: latest.hidden(place) for place in self._figures})
            if steady.tells(latest):
                made.contents[self._id] = latest.content()
                return latest
        fresh = self._made({})
        for one in (fresh, steady) if latest is not None else (fresh,):
            if self._harmless(one):
                made.contents[self._id] = one.content()
                made.fresh.add(self._id)
                return one
        assert latest is not None
        made.contents[self._id] = latest.content()
        made.again.add(self._id)
        return latest

    def _made(self, also: Mapping[int, Iterable[Key]]) -> _Release:
        from gwangju_desktop.polls import given

        cells: dict[Cell, float | None] = {}
        for place, figures in self._figures.items():
            people = None
            if self._people is not None:
                people = {key: self._people.get((place, key), 0.0) for key in figures}
            around = self._around(place, figures, self._respondents, self._figures)
            gone = given.hidden(
                self._asked(place),
                {**figures, **around},
                self._k,
                None if people is None else {**people, **around},
                also.get(place, ()),
            )
            cells |= {
                (place, key): None if key in gone else value for key, value in figures.items()
            }
        told = self._respondents
        if told is not None and small(told, self._k):
            told = None
        return _Release(told, cells, self._ids)

    def _harmless(self, new: _Release) -> bool:
        from gwangju_desktop.polls import given

        releases = [*self._before, new]
        for one in self._before:
            if small((new.respondents or 0) - (one.respondents or 0), self._k):
                return False
        for place in self._figures:
            figures = [self._told(place, one) for one in releases if one.figures(place)]
            if not new.figures(place) or len(figures) < 2:
                continue
            if self._people is not None and any(one != figures[-1] for one in figures):
                # How many people a difference of weights is, nobody can say.
                return False
            if not given.harmless(self._asked(place), figures, self._k):
                return False
        return True

    def _told(self, place: int, release: _Release) -> dict[Key, float]:
        every = {at: release.figures(at) for at in self._figures}
        return {
            **every[place],
            **self._around(place, every[place], release.respondents, every),
        }

    def _around(
        self,
        place: int,
        figures: Mapping[Key, float],
        respondents: int | None,
        every: Mapping[int, Mapping[Key, float]],
    ) -> dict[Key, float]:
        """Return what is known of a question from beside it: who took part, who was asked further."""
        found: dict[Key, float] = {}
        row = self._places[place]
        everybody = row["ask_if_id"] is None and respondents is not None
        asked = (None, None, "asked_unweighted")
        whole = figures.get(asked, figures.get(ASKED, respondents))
        if everybody and whole == respondents and not small(respondents or 0, self._k):
            found[RESPONDENTS] = float(respondents or 0)
        for at, child in enumerate(self._children(place)):
            count = every[child["id"]].get(ASKED)
            if count is not None and not small(count, self._k):
                found[None, at, FOLLOWED] = count
        return found

    def _children(self, place: int) -> list[Record]:
        """Return the questions that were put to those alone who chose some options of this one."""
        id = self._places[place]["question_id"]
        question = self._questions[id]
        kinds = {*ONE_CHOICE, QuestionKind.MULTIPLE}
        found = []
        for row in self._places.values():
            if row["ask_if_id"] == id and question["kind"] in kinds:
                wanted = self._wanted(row)
                counts = [self._figures[place].get((None, option, "count"), 0) for option in wanted]
                alone = question["kind"] in ONE_CHOICE or len(wanted) == 1
                if alone and sum(counts) == self._figures[row["id"]].get(ASKED):
                    found.append(row)
        return found

    def _wanted(self, row: Record) -> frozenset[int]:
        codes = set(row["ask_if"] or ())
        options = self._options.get(row["ask_if_id"], ())
        return frozenset(option["id"] for option in options if option["code"] in codes)

    def _asked(self, place: int) -> Asked:
        id = self._places[place]["question_id"]
        question = self._questions[id]
        return Asked(
            QuestionKind(question["kind"]),
            tuple(
                Choice(option["id"], option["role"] in LOST, option["value"])
                for option in self._options.get(id, ())
            ),
            question["max_choices"] == 2 and question["kind"] == QuestionKind.MULTIPLE,
            tuple(self._wanted(child) for child in self._children(place)),
        )


def _by(rows: Iterable[Record], name: str) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = {}
    for row in sorted(rows, key=lambda row: (row["position"], row["id"])):
        found.setdefault(row[name], []).append(row)
    return found


def _totals(told: Mapping[int, _Release], rows: Records, made: Given) -> None:
    """Put the figures that go out in place of those that are there."""
    here = {name: {row["id"] for row in rows.get(name, ())} for name in _LINKS}
    made.rows["poll_total"] = []
    for wave, release in told.items():
        if wave in made.again:
            figures = made.earlier.get("poll_total.value", 0) + len(release.cells)
            made.earlier["poll_total.value"] = figures
        for (place, key), value in release.cells.items():
            links = dict(zip(_LINKS, (place, key[0], key[1]), strict=True))
            # What a figure of an earlier copy was of may be gone meanwhile.
            if any(id is not None and id not in here[name] for name, id in links.items()):
                continue
            made.rows["poll_total"].append(
                {
                    "id": release.ids[place, key],
                    "wave_question_id": place,
                    "part_id": key[0],
                    "option_id": key[1],
                    "measure": key[2],
                    "value": value,
                }
            )
            made.hide("poll_total.value", int(value is None))


_LINKS = ("wave_question", "poll_part", "poll_option")


def _wave(row: Record, release: _Release | None, k: int, made: Given) -> Record:
    """Return a wave with the respondents that its figures were given with."""
    if release is None:
        return row
    respondents = release.respondents
    made.hide("poll_wave.respondents", int(respondents is None and row["respondents"] is not None))
    found = {**row, "respondents": respondents}
    for name in ("invited", "population_size"):
        # Who did not take part is a complement as well.
        if row[name] is not None and small(row[name] - (row["respondents"] or 0), k):
            found[name] = None
            made.hide(f"poll_wave.{name}")
    return found


def _finding(row: Record, release: _Release | None, made: Given) -> Record:
    """Return a finding, without its figures and sentence unless just these figures are told."""
    if row["count"] is None:
        return row
    cells = {} if release is None else release.cells
    place = row["wave_question_id"]
    same = cells.get((place, (row["part_id"], row["option_id"], "count"))) == row["count"]
    for name in ("votes", "answered"):
        # A base that nobody published is not hidden.
        same &= cells.get((place, (None, None, name)), row[name]) == row[name]
    if same:
        return row
    made.hide("poll_finding.sentence")
    return {**row, "count": None, "votes": None, "answered": None, "sentence": None}


def _batches(rows: Records, least: Mapping[int, int], made: Given) -> list[Record]:
    """Return the files of answers without the numbers of small ones."""
    polls = {row["id"]: row["poll_id"] for row in rows.get("poll_wave", ())}
    by_wave: dict[int, list[Record]] = {}
    for row in rows.get("poll_batch", ()):
        by_wave.setdefault(row["wave_id"], []).append(row)
    found = []
    for wave, batches in by_wave.items():
        k = least[polls[wave]]
        counts = [row["taken"] for row in batches]
        few = [False] * len(batches)
        if wave in made.again or any(small(n, k) for n in counts):
            few = [wave in made.again] * len(batches)
            few = hide_line(counts, k, few)
        for row, gone in zip(batches, few, strict=True):
            made.hide("poll_batch.taken", int(gone))
            found.append({**row, "rows": None, "taken": None} if gone else row)
    return found
