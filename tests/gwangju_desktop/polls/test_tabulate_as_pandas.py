"""Five hundred random surveys come out as pandas counts them, and every table obeys its rules."""

import math

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocab import QuestionKind, Sampling
from gwangju_desktop.polls.model import Answers
from gwangju_desktop.polls.table import Group, Table
from gwangju_desktop.polls.tabulate import tabulate
from tests.gwangju_desktop.polls.asked import determined, groups, survey


def reference(source: Answers, weights: np.ndarray | None) -> dict[str, object]:
    """Count with pandas, from one line for each respondent's choice."""
    if source.question.kind is QuestionKind.MULTIPLE:
        people, chosen = np.nonzero(source.chosen)
    else:
        places = source.chosen.reshape(len(source.asked), -1)
        people, place = np.nonzero(places >= 0)
        chosen = places[people, place]
    w = pd.Series(np.ones(len(source.asked)) if weights is None else weights)
    lost = [i for i, o in enumerate(source.question.options) if o.role.value in LOST]
    long = pd.DataFrame({"person": people, "option": chosen, "w": w.to_numpy()[people]})
    long["given"] = ~long["option"].isin(lost)
    given = long[long["given"]]
    return {
        "counts": long.groupby("option")["w"].sum(),
        "answered": w[given["person"].unique()].sum(),
        "votes": given["w"].sum(),
        "blank": w[source.asked].sum() - w[long["person"].unique()].sum(),
        "asked": w[source.asked].sum(),
        "long": long,
    }


LOST = ("dont_know", "no_answer")
MARKED = (QuestionKind.SINGLE, QuestionKind.SCALE, QuestionKind.MULTIPLE, QuestionKind.RANKING)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=500, deadline=None)
def test_any_survey_is_tabulated_as_pandas_does(seed):
    rng = np.random.default_rng(seed)
    kind = list(QuestionKind)[seed % len(QuestionKind)]
    n = int(rng.integers(1, 60))
    source = survey(rng, kind, n)
    weights = rng.uniform(0.2, 4, n) if seed % 2 else None
    who = groups(rng, n, int(rng.integers(1, 5)), blank=True)
    table = tabulate(source, weights=weights, groups=who, k=0)
    if kind is QuestionKind.NUMBER:
        _number(source, weights, table)
    elif kind is QuestionKind.OPEN:
        written = pd.Series(source.chosen).ne("")
        w = pd.Series(np.ones(n) if weights is None else weights)
        assert close(table.base.answered, w[written].sum())
    elif kind is QuestionKind.GRID:
        for i, part in enumerate(table.parts):
            row = Answers(source.question, source.asked, source.chosen[:, i])
            _marked(row, weights, part)
    else:
        long = _marked(source, weights, table)
        long["group"] = who.index[long["person"]]
        _crossed(long[long["group"] >= 0], source.question.kind, weights is None, table)


def _marked(source: Answers, weights: np.ndarray | None, table: Table) -> pd.DataFrame:
    expected = reference(source, weights)
    for key in ("asked", "answered", "blank", "votes"):
        assert close(getattr(table.base, key), expected[key])
    for i, share in enumerate(table.options):
        assert close(share.count, expected["counts"].get(i, 0))
        if not share.missing and expected["votes"]:
            assert close(share.pct_votes, 100 * share.count / expected["votes"])
            assert close(share.pct_respondents, 100 * share.count / expected["answered"])
    if weights is None:
        assert all(isinstance(s.count, int) for s in table.options)
    return expected["long"]


def _crossed(long: pd.DataFrame, kind: QuestionKind, unweighted: bool, table: Table) -> None:
    if kind is QuestionKind.SINGLE and unweighted:
        cells = pd.crosstab(long["group"], long["option"]).stack()
    else:
        cells = long.groupby(["group", "option"])["w"].sum()
    cells = cells[cells > 0].to_dict()
    shown = {
        (int(g.code) - 1, int(s.code) - 1): s.count
        for g in table.groups
        for s in g.options
        if s.count
    }
    answered = set(long.loc[long["given"], "group"])
    assert {int(g.code) - 1 for g in table.groups} == answered
    assert shown.keys() == {cell for cell in cells if cell[0] in answered}
    assert all(close(n, cells[cell]) for cell, n in shown.items())


def close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _number(source: Answers, weights: np.ndarray | None, table: Table) -> None:
    values = pd.Series(source.chosen)
    if weights is None:
        assert table.base.answered == values.count()
        if values.count():
            assert close(table.mean, values.mean())
            assert close(table.median, values.median())
            assert all(map(close, table.quartiles, values.quantile([0.25, 0.75])))
        if values.count() > 1:
            assert close(table.sd, values.std())
        return
    given = values.notna()
    if given.any():
        mean = (values * weights)[given].sum() / pd.Series(weights)[given].sum()
        assert close(table.mean, mean)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_what_every_table_must_obey(seed):
    rng = np.random.default_rng(seed)
    kind = MARKED[seed % len(MARKED)]
    n = int(rng.integers(1, 200))
    source = survey(rng, kind, n)
    table = tabulate(source, groups=groups(rng, n, 4), sampling=Sampling.PROBABILITY)
    base = table.base
    given = [s for s in table.options if not s.missing]
    assert base.asked == base.answered + base.missing + base.blank
    assert sum(s.count for s in given) == base.votes >= base.answered
    assert all(s.count <= base.answered for s in given)
    assert sum(c for _n, c in table.choosers) in (0, base.answered)
    for share in given:
        if base.answered:
            assert share.low <= share.pct_respondents <= share.high
    for group in table.groups:
        assert all(s.hidden or s.count >= 5 for s in group.options)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=80, deadline=None)
def test_no_cell_under_five_follows_from_groups_and_totals(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(40, 400))
    source = survey(rng, MARKED[seed % len(MARKED)], n)
    who = groups(rng, n, int(rng.integers(2, 6)), blank=True)
    table, open_table = (tabulate(source, groups=who, k=k) for k in (5, 0))
    given = [s for s in open_table.options if not s.missing and s.count]
    if not table.groups or not given:
        return
    truth = np.array([[_count(g, s.code) for s in given] for g in open_table.groups])
    rest = [s.count for s in given] - truth.sum(axis=0)
    hidden = np.array([[_count(g, s.code) is None for s in given] for g in table.groups])
    if rest.any():
        truth, hidden = np.vstack([truth, rest]), np.vstack([hidden, rest >= 0])
    known = determined(truth, hidden)
    if min(truth.shape) > 1:
        assert [cell for cell in known if truth[cell] < 5] == []
        assert (hidden[: len(table.groups)].sum(axis=1) != 1).all()


def _count(group: Group, code: str) -> float | None:
    """Return a cell, 0 where nobody chose the option."""
    return next((s.count for s in group.options if s.code == code), 0)
