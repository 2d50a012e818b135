"""The sample's polls: totals that were published, a wave that was counted, one in the field."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.schema.polls import PollOption
from db.store import Store
from db.vocab import QuestionKind
from gwangju_desktop import clock
from gwangju_desktop.packs import figures, outlining
from gwangju_desktop.polls import (
    ballots,
    findings,
    intake,
    opened,
    published,
    questions,
    series,
    waves,
)
from gwangju_desktop.polls.model import BLANK, Answers, Question
from gwangju_desktop.polls.question_rows import Asked
from gwangju_desktop.threads import links

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gwangju_desktop.polls.reading.model import Reading

Texts = dict[str, Any]
Orders = Callable[[str, float], list[int]]
# What is said of a question in the texts that is no column of it.
_OUTSIDE = ("options", "parts", "reworded", "reworded_en", "ask_if")
LEANING = "S3"


def fill(store: Store, texts: Texts) -> list[int]:
    """Make the series with its waves and findings; return the ids of the findings."""
    poll = store.run(series.add_poll, **texts["poll"]).value
    bank = {text["code"]: _add_question(store, poll, text) for text in texts["question"]}
    baseline = _baseline(store, poll, bank, texts["baseline"])
    for text in texts["question"]:
        if "reworded" in text:
            given = {"wording": text["reworded"], "wording_en": text["reworded_en"]}
            edited = store.run(questions.edit_question, id=bank[text["code"]], **given)
            bank[text["code"]] = edited.value
    first = _first(store, poll, bank, texts)
    _second(store, poll, texts)
    known = {texts["baseline"]["label"]: baseline, texts["first"]["label"]: first}
    return [_find(store, known[text["wave"]], text) for text in texts["finding"]]


def lead_on(
    store: Store,
    texts: Texts,
    found: Sequence[int],
    meetings: Sequence[Sequence[int]],
    proposals: Mapping[str, int],
    ahead: int,
) -> None:
    """Link the findings to the items and the proposal they led to.

    Behind its item of the meeting `ahead`, the pack of that meeting shows a finding's figures.
    """
    for id, text in zip(found, texts["finding"], strict=True):
        for meeting, item in text["items"]:
            _link(store, id, ("item", meetings[meeting][item]), text)
        if "shown" in text:
            store.run(
                outlining.add_figure,
                meeting_id=ahead,
                figure=figures.of_finding(id),
                item_id=meetings[-1][text["shown"]],
            )
        if "proposal" in text:
            _link(store, id, ("proposal", proposals[text["proposal"]]), text)


def _link(store: Store, id: int, after: tuple[str, int], text: Texts) -> None:
    store.run(links.link, before=("finding", id), after=after, note=text.get("note", ""))


@contextlib.contextmanager
def _on(day: dt.date) -> Iterator[None]:
    """Let a block happen on a day of the past."""
    today = clock.fixed()
    clock.fix(day)
    try:
        yield
    finally:
        clock.fix(today)


def _add_question(store: Store, poll: int, text: Texts) -> int:
    fields = {name: text[name] for name in text if name not in _OUTSIDE}
    names = ("code", "label", "label_en", "role", "value")
    options = [dict(zip(names, one, strict=False)) for one in text.get("options", ())]
    parts = [dict(zip(names, one, strict=False)) for one in text.get("parts", ())]
    made = store.run(questions.add_question, poll_id=poll, options=options, parts=parts, **fields)
    id: int = made.value
    return id


def _asked(store: Store, wave: int) -> dict[str, Asked]:
    with store.reading() as read:
        return {one.question.code: one for one in questions.questionnaire(read, wave)}


def _wave(store: Store, poll: int, text: Texts, *, empty: bool = False) -> int:
    fields = {name: text[name] for name in text if name in (*waves.FIELDS, "k")}
    made = store.run(waves.plan_wave, poll_id=poll, empty=empty, **fields)
    id: int = made.value
    return id


def _publish(store: Store, wave: int, text: Texts) -> None:
    with _on(text["closed_on"]):
        store.run(waves.close_wave, id=wave)
    with _on(text["published_on"]):
        store.run(waves.publish_wave, id=wave)


def _baseline(store: Store, poll: int, bank: Mapping[str, int], text: Texts) -> int:
    wave = _wave(store, poll, text, empty=True)
    ids = [bank[code] for code, *_counts in text["totals"]]
    store.run(questions.put_in_wave, wave_id=wave, question_ids=ids)
    asked = _asked(store, wave)
    for code, *counts in text["totals"]:
        options = [option.code for option in asked[code].question.options]
        store.run(
            published.set_totals,
            wave_question_id=asked[code].wave_question_id,
            answered=text["answered"],
            asked=text["answered"],
            blank=0,
            counts=dict(zip(options, counts, strict=False)),
        )
    _publish(store, wave, text)
    return wave


def _first(store: Store, poll: int, bank: Mapping[str, int], texts: Texts) -> int:
    text = texts["first"]
    wave = _wave(store, poll, text, empty=True)
    store.run(questions.put_in_wave, wave_id=wave, question_ids=list(bank.values()))
    asked = _asked(store, wave)
    for question in texts["question"]:
        if "ask_if" in question:
            code, *codes = question["ask_if"]
            store.run(
                questions.set_condition,
                wave_question_id=asked[question["code"]].wave_question_id,
                ask_if_id=asked[code].question_id,
                codes=codes,
            )
    with _on(text["closed_on"]):
        store.run(waves.open_wave, id=wave)
        made = _reading(asked, text, texts, text["file"])
        store.run(intake.take_in, wave_id=wave, reading=made, file_name=text["file"])
    _publish(store, wave, text)
    code = text["tags"]["question"]
    said = text["answers"][code]["texts"]
    _tag(store, asked[code].wave_question_id, said, text["tags"]["names"])
    return wave


def _second(store: Store, poll: int, texts: Texts) -> None:
    text = texts["second"]
    wave = _wave(store, poll, text)
    asked = _asked(store, wave)
    with _on(text["from_on"]):
        store.run(waves.open_wave, id=wave)
    made = _reading(asked, texts["first"], texts, text["file"], text["people"])
    with _on(text["received_on"]):
        store.run(intake.take_in, wave_id=wave, reading=made, file_name=text["file"])
    for ballot in text["ballots"]:
        given = {asked[code].question_id: answer for code, answer in ballot.items()}
        store.run(ballots.add_ballot, wave_id=wave, answers=given)


def _tag(
    store: Store, place: int, texts: Sequence[str], names: Mapping[str, Sequence[int]]
) -> None:
    """Sort open answers under tags; they are named by their place among the texts."""
    with store.reading() as read:
        keys = {answer.text: answer.key for answer in opened.answers(read, place)}
    for name, chosen in names.items():
        tag = store.run(opened.add_tag, wave_question_id=place, name=name).value
        store.run(opened.tag, id=tag, keys=[keys[texts[n]] for n in chosen])


def _find(store: Store, wave: int, text: Texts) -> int:
    place = _asked(store, wave)[text["question"]]
    query = select(PollOption.id).where(
        PollOption.question_id == place.question_id, PollOption.code == text["option"]
    )
    with store.reading() as read:
        option = read.execute(query).scalar_one()
    with _on(text["on"]):
        made = store.run(
            findings.add_finding,
            wave_question_id=place.wave_question_id,
            option_id=option,
            sentence=text["sentence"],
        )
    id: int = made.value
    return id


# --- answers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _People:
    """Who answers: so many, in an order of their own at each question."""

    n: int
    seed: str
    leaning: Sequence[int] = ()

    def order(self, code: str, lean: float = 0.0) -> list[int]:
        """Return everybody in an order that is always the same; `lean` brings some to the end."""

        def place(person: int) -> float:
            said = hashlib.sha256(f"{self.seed} {code} {person}".encode()).digest()
            by_luck = int.from_bytes(said[:4], "big") / 2**32
            return by_luck + (lean * self.leaning[person] / 4 if lean else 0.0)

        return sorted(range(self.n), key=place)


def _reading(
    asked: Mapping[str, Asked], given: Texts, texts: Texts, file: str, taken: int | None = None
) -> Reading:
    """Return the answers as a file would have brought them; of `taken` respondents only."""
    import numpy as np

    from gwangju_desktop.polls.reading.model import Layout, Reading

    n = given["people"]
    lots = given["answers"]
    people = _People(n, file)
    age = _choices(people.order(LEANING), lots[LEANING]["counts"], n)
    people = _People(n, file, [max(0, int(one)) for one in age])
    conditions = {one["code"]: one["ask_if"] for one in texts["question"] if "ask_if" in one}
    kept = n if taken is None else taken
    made: dict[str, Answers] = {}
    for code, place in asked.items():
        question = place.question
        put = np.ones(n, dtype=np.bool_)
        if code in conditions:
            before, *codes = conditions[code]
            sifting = made[before]
            wanted = [i for i, o in enumerate(sifting.question.options) if o.code in codes]
            put = np.isin(sifting.chosen, wanted)
        if code == LEANING:
            chosen = age
        else:
            order = [one for one in people.order(code, lots[code].get("lean", 0.0)) if put[one]]
            chosen = _answers(question, order, lots[code], n)
        made[code] = Answers(question, put, chosen)
    return Reading(
        layout=Layout.COLUMNS,
        encoding="",
        columns=(),
        answers=tuple(
            Answers(one.question, np.ones(kept, dtype=np.bool_), one.chosen[:kept])
            for one in made.values()
        ),
        attributes=tuple(one["code"] for one in texts["question"] if one.get("attribute")),
        weights=None,
        rejects=(),
        notices=(),
        n_rows=kept,
        n_taken=kept,
        sha256=hashlib.sha256(file.encode()).hexdigest(),
    )


def _answers(question: Question, order: Sequence[int], lot: Texts, n: int) -> NDArray[Any]:
    """Give so many of each answer to people in their order."""
    import numpy as np

    match question.kind:
        case QuestionKind.MULTIPLE:
            return _several(question, order, lot, n)
        case QuestionKind.RANKING:
            return _ranks(question, order, lot["ranks"], n)
        case QuestionKind.GRID:
            rows = [_choices(_turned(order, k), row, n) for k, row in enumerate(lot["rows"])]
            return np.array(rows, dtype=np.int16).T
        case QuestionKind.NUMBER:
            days = _choices(order, lot["counts"], n).astype(np.float64)
            days[days == BLANK] = np.nan
            return days
        case QuestionKind.OPEN:
            said = np.full(n, "", dtype=object)
            # Among those whose answers are in by any day.
            for person, text in zip(order, lot["texts"], strict=False):
                said[person] = text
            return said
        case _:
            return _choices(order, lot["counts"], n)


def _choices(order: Sequence[int], counts: Sequence[int], n: int) -> NDArray[np.int16]:
    """Return the index each chose: the first of the order the first option, and so on."""
    import numpy as np

    chosen = np.full(n, BLANK, dtype=np.int16)
    at = 0
    for index, count in enumerate(counts):
        chosen[list(order[at : at + count])] = index
        at += count
    return chosen


def _several(question: Question, order: Sequence[int], lot: Texts, n: int) -> NDArray[np.bool_]:
    """Deal choices round, so that nobody gets one twice and all get as many, give or take one."""
    import numpy as np

    marks = np.zeros((n, len(question.options)), dtype=np.bool_)
    people = order[: lot["people"]]
    dealt = 0
    for index, count in enumerate(lot["counts"]):
        for _choice in range(count):
            marks[people[dealt % len(people)], index] = True
            dealt += 1
    alone = order[lot["people"] :]
    at = 0
    for index, count in enumerate(lot.get("alone", ())):
        marks[list(alone[at : at + count]), index] = True
        at += count
    return marks


def _ranks(
    question: Question, order: Sequence[int], ranks: Sequence[Any], n: int
) -> NDArray[np.int16]:
    import numpy as np

    at = {option.code: index for index, option in enumerate(question.options)} | {"": BLANK}
    chosen = np.full((n, len(question.parts)), BLANK, dtype=np.int16)
    start = 0
    for first, second, count in ranks:
        chosen[list(order[start : start + count])] = (at[first], at[second])
        start += count
    return chosen


def _turned(order: Sequence[int], k: int) -> list[int]:
    """Return an order begun elsewhere, so that rows of a grid are not answered all alike."""
    by = k * 97 % len(order)
    return [*order[by:], *order[:by]]
