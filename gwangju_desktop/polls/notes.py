"""What must be said beside a table: the bases, rounding, the error or why there is none."""

from __future__ import annotations

from db.vocab import QuestionKind, Sampling
from gwangju_desktop.polls.grouping import SMALL_BASE, Split
from gwangju_desktop.polls.intervals import LARGE_FRACTION, margin
from gwangju_desktop.polls.model import Question
from gwangju_desktop.polls.table import Said, Share, Weighting
from gwangju_desktop.polls.tally import Tally
from gwangju_desktop.text import N_

NO_ERROR = {
    Sampling.CONVENIENCE: N_("No margin of error: a convenience sample allows none."),
    Sampling.QUOTA: N_("No margin of error: a quota sample allows none."),
    Sampling.CENSUS: N_("No margin of error: everybody was asked."),
    Sampling.UNKNOWN: N_("Margin of error unknown: nobody has said how respondents were found."),
}
NO_WEIGHTS = N_("No margin of error: the weights were erased with the answers.")


def of(
    question: Question,
    tally: Tally,
    shares: tuple[Share, ...],
    weighting: Weighting | None,
    split: Split | None,
    k: int,
    sampling: Sampling,
    population: int | None,
) -> tuple[Said, ...]:
    """Say everything a table needs said, the bases first."""
    return (
        *_bases(question, tally),
        *_rounding(shares),
        *error(tally.n, sampling, population),
        *_weights(weighting),
        *_groups(question, tally, split, k),
    )


def error(n: float | None, sampling: Sampling, population: int | None = None) -> tuple[Said, ...]:
    """Say how far shares of n respondents may be off, or why that cannot be said."""
    if sampling is not Sampling.PROBABILITY:
        return (Said(NO_ERROR[sampling]),)
    if not n:
        return ()
    values: dict[str, object] = {"n": n, "margin": margin(0.5, n, population)}
    if population and n > population * LARGE_FRACTION:
        return (
            Said(
                N_(
                    "Margin of error at most ±{margin:.1f} points (95% confidence, "
                    "n = {n:,.0f} of a population of {population:,}); intervals after Wilson."
                ),
                values | {"population": population},
            ),
        )
    return (
        Said(
            N_(
                "Margin of error at most ±{margin:.1f} points (95% confidence, "
                "n = {n:,.0f}); intervals after Wilson."
            ),
            values,
        ),
    )


def _bases(question: Question, tally: Tally) -> list[Said]:
    base = tally.base
    if base.answered is None:
        return [
            Said(
                N_(
                    "The number of respondents was not published: shares of respondents are "
                    "unknown."
                )
            )
        ]
    values: dict[str, object] = {"votes": base.votes, "answered": base.answered}
    if question.kind is QuestionKind.RANKING:
        values["most"] = len(question.parts)
        return [
            Said(
                N_(
                    "Shares of responses are of {votes:,.0f} responses and add to 100%. Shares of "
                    "respondents are of {answered:,.0f} people who gave up to {most} places."
                ),
                values,
            )
        ]
    if question.kind is not QuestionKind.MULTIPLE:
        return []
    if question.max_choices:
        values["most"] = question.max_choices
        return [
            Said(
                N_(
                    "Shares of responses are of {votes:,.0f} responses and add to 100%. Shares of "
                    "respondents are of {answered:,.0f} people who chose up to {most}, and may "
                    "add to more than 100%."
                ),
                values,
            )
        ]
    return [
        Said(
            N_(
                "Shares of responses are of {votes:,.0f} responses and add to 100%. Shares of "
                "respondents are of {answered:,.0f} people who chose as many as they liked, and "
                "may add to more than 100%."
            ),
            values,
        )
    ]


def _rounding(shares: tuple[Share, ...]) -> list[Said]:
    """Say so when shares, rounded to one decimal as they are shown, do not add to 100."""
    tenths = [round(10 * float(f"{s.pct_votes:.1f}")) for s in shares if s.pct_votes is not None]
    if not tenths or sum(tenths) == 1000:
        return []
    return [
        Said(
            N_("Rounded, the shares add to {total:.1f}%; none was adjusted."),
            {"total": sum(tenths) / 10},
        )
    ]


def _weights(weighting: Weighting | None) -> list[Said]:
    if weighting is None:
        return []
    said = Said(
        N_(
            "Weighted: the answers are worth those of {n_eff:,.1f} respondents "
            "(design effect {deff:.2f})."
        ),
        {"n_eff": weighting.n_eff, "deff": weighting.deff},
    )
    return [said, *weighting.warnings]


def _groups(question: Question, tally: Tally, split: Split | None, k: int) -> list[Said]:
    if split is None:
        return []
    said = []
    if question.kind is QuestionKind.GRID:
        said.append(Said(N_("A grid is split by group one row at a time.")))
    if split.hidden:
        said.append(
            Said(
                N_("* hides what fewer than {k} people chose, and what would give it away."),
                {"k": k},
            )
        )
    if split.withheld:
        said.append(
            Said(
                N_(
                    "Don't know and no answer are not shown by group: in some group they are "
                    "fewer than {k}."
                ),
                {"k": k},
            )
        )
    if any(g.small for g in split.groups):
        said.append(
            Said(
                N_("Groups of fewer than {n} respondents are marked: their shares say little."),
                {"n": SMALL_BASE},
            )
        )
    if tally.rest.answered:
        said.append(
            Said(
                N_("In no group, because the attribute is blank: {n} respondents."),
                {"n": tally.rest.answered},
            )
        )
    return said
