"""What totals typed from elsewhere must add up to."""

from __future__ import annotations

import math

from db.vocab import QuestionKind
from gwangju_desktop.polls.model import Totals
from gwangju_desktop.polls.table import Said, missing
from gwangju_desktop.polls.tally import ONE_CHOICE, WITH_PARTS
from gwangju_desktop.text import N_


def check(totals: Totals) -> list[Said]:
    """Say what cannot be: each a sentence with its numbers, none when the totals agree.

    One choice: counts add to the respondents. Several: no option above the respondents, and
    respondents ≤ votes ≤ most choices · respondents. Parts: each as one choice, blanks allowed.
    """
    said = [*_unknown(totals), *_negative(totals), *_people(totals)]
    kind = totals.question.kind
    if said or totals.answered is None or kind in (QuestionKind.NUMBER, QuestionKind.OPEN):
        return said
    if kind in WITH_PARTS and any(part for part, _code in totals.counts):
        said += _parts(totals, totals.answered)
    if kind is not QuestionKind.GRID:
        said += _options(totals, totals.answered)
    return said


def _unknown(totals: Totals) -> list[Said]:
    question = totals.question
    parts = {p.code for p in question.parts} | {""}
    options = {o.code for o in question.options}
    return [
        Said(N_("The question has no option “{code}”."), {"code": f"{part} {code}".strip()})
        for part, code in totals.counts
        if part not in parts or code not in options
    ]


def _negative(totals: Totals) -> list[Said]:
    numbers = [*totals.counts.values(), totals.answered, totals.asked, totals.blank]
    wrong = [n for n in numbers if n is not None and not 0 <= n < math.inf]
    if totals.mean is not None and not math.isfinite(totals.mean):
        return [Said(N_("The mean is no number."))]
    return [Said(N_("{n} cannot be a number of people."), {"n": n}) for n in wrong]


def _people(totals: Totals) -> list[Said]:
    asked, answered, blank = totals.asked, totals.answered, totals.blank
    if asked is None:
        return []
    given = (answered or 0) + (blank or 0)
    if given > asked:
        values: dict[str, object] = {"asked": asked, "given": given}
        return [Said(N_("{given} answered or left it blank, but {asked} were asked."), values)]
    return []


def _options(totals: Totals, answered: int) -> list[Said]:
    question = totals.question
    given = {o.code: o for o in question.options if not missing(o)}
    sums = dict.fromkeys(given, 0)
    for (_part, code), n in totals.counts.items():
        if code in sums:
            sums[code] += n
    votes = sum(sums.values())
    if question.kind in ONE_CHOICE:
        if votes == answered:
            return []
        values: dict[str, object] = {"votes": votes, "answered": answered}
        return [Said(N_("The counts add to {votes}, but {answered} answered."), values)]
    said = [
        Said(
            N_("“{label}” was chosen {n} times, but only {answered} answered."),
            {"label": given[code].label, "n": n, "answered": answered},
        )
        for code, n in sums.items()
        if n > answered
    ]
    most = len(question.parts) if question.kind is QuestionKind.RANKING else question.max_choices
    if most and votes > most * answered:
        said.append(
            Said(
                N_(
                    "{votes} responses are more than {answered} respondents can give with up to "
                    "{most} choices each."
                ),
                {"votes": votes, "answered": answered, "most": most},
            )
        )
    if votes < answered:
        said.append(
            Said(
                N_("{votes} responses are fewer than the {answered} respondents who answered."),
                {"votes": votes, "answered": answered},
            )
        )
    return said


def _parts(totals: Totals, answered: int) -> list[Said]:
    given = {o.code for o in totals.question.options if not missing(o)}
    said = []
    for part in totals.question.parts:
        votes = sum(n for (p, code), n in totals.counts.items() if p == part.code and code in given)
        if votes > answered:
            said.append(
                Said(
                    N_("“{label}” adds to {votes}, but only {answered} answered."),
                    {"label": part.label, "votes": votes, "answered": answered},
                )
            )
    return said
