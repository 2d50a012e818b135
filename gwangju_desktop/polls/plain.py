"""A table as plain values for JSON: nothing rounded, nothing hidden let out."""

from __future__ import annotations

from gwangju_desktop.polls.table import Base, Group, PartShares, Share, Table

HIDDEN = "*"

Plain = dict[str, object]


def plain(table: Table) -> Plain:
    """Return a table as JSON says it; notes are said in the current language.

    A hidden cell is "*" in its count and percentages. `low` and `high` are null unless the sample
    is a probability sample. Keys that say nothing of this kind of question are left out.
    """
    found: Plain = {
        "base": _base(table.base),
        "options": [_share(s) for s in table.options],
    }
    if table.parts:
        found["parts"] = [_part(p) for p in table.parts]
    for key in ("mean", "sd", "median"):
        value = getattr(table, key)
        if value is not None:
            found[key] = value
    if table.quartiles:
        found["quartiles"] = list(table.quartiles)
    if table.choosers:
        found["choosers"] = [{"choices": n, "count": c} for n, c in table.choosers]
    if table.weighting or table.counted != table.base:
        found["unweighted"] = _base(table.counted)
    if table.weighting:
        found["n_eff"] = table.weighting.n_eff
        found["deff"] = table.weighting.deff
    if table.groups:
        found["groups"] = [_group(g) for g in table.groups]
    found["notes"] = [str(note) for note in table.notes]
    return found


def _base(base: Base, unknown: str | None = None) -> Plain:
    return {
        "asked": unknown if base.asked is None else base.asked,
        "answered": base.answered,
        "blank": unknown if base.blank is None else base.blank,
        "missing": unknown if base.missing is None else base.missing,
        "votes": base.votes,
    }


def _share(share: Share) -> Plain:
    found: Plain = {"code": share.code, "label": share.label, "role": share.role.value}
    if share.hidden:
        found |= dict.fromkeys(("count", "pct_votes", "pct_respondents"), HIDDEN)
    else:
        found |= {
            "count": share.count,
            "pct_votes": share.pct_votes,
            "pct_respondents": share.pct_respondents,
        }
    found |= {"low": share.low, "high": share.high}
    if share.first is not None:
        found["first"] = share.first
    if share.missing:
        found["missing"] = True
    return found


def _part(part: PartShares) -> Plain:
    found: Plain = {
        "code": part.part.code,
        "label": part.part.label,
        "base": _base(part.base),
        "options": [_share(s) for s in part.options],
    }
    if part.mean is not None:
        found["mean"] = part.mean
    return found


def _group(group: Group) -> Plain:
    found: Plain = {
        "code": group.code,
        "label": group.label,
        "base": _base(group.base, HIDDEN),
        "options": [_share(s) for s in group.options],
        "n": group.n,
        "small": group.small,
    }
    if group.mean is not None:
        found["mean"] = group.mean
    return found
