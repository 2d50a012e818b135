"""The rules on who a body is made of: sexes, youth, people who are no officials."""

from __future__ import annotations

from typing import Any

from gwangju_desktop.members import rules, tallies
from gwangju_desktop.members.profiles import Entry
from gwangju_desktop.members.verdict import UNNAMED, Case, Verdict, judged
from gwangju_desktop.text import C_, N_, NN_, Msg


def least(appointed: int, share: tuple[int, int]) -> int:
    """Return how many of the appointed are a share at least (T5: 2/10 of 41 are 9)."""
    num, den = share
    return -(-num * appointed // den)


def gender(case: Case, entry: Entry, limit: tuple[int, int]) -> Verdict:
    counted = case.tally
    balance = rules.balance(counted.women, counted.men, counted.sex_unknown, limit)
    largest = max(balance.women, balance.men)
    value: dict[str, Any] = {
        "female": balance.women,
        "male": balance.men,
        "unknown": balance.unknown,
        "appointed": balance.appointed,
        "most": balance.most,
        "lacking": balance.lacking,
    }
    notes: list[tuple[Msg, dict[str, Any]]] = []
    if not balance.kept:
        ok: bool | None = False
        message = N_(
            "{female} women and {male} men among {appointed} appointed: one sex may hold {most} at"
            " most ({lacking} too many)."
        )
    elif largest + balance.unknown > balance.most:
        ok = None
        message = N_(
            "{female} women and {male} men among {appointed} appointed: cannot be judged before the"
            " sex of {unknown} is entered (at most {most})."
        )
    else:
        ok = True
        message = N_(
            "{female} women and {male} men among {appointed} appointed: at most {most} of one sex,"
            " kept."
        )
    if balance.unknown:
        notes.append(_names_of_unknown_sex(case, balance.unknown))
    brief = C_("sexes", "W {female} · M {male} (≤ {most})")
    return judged(entry, ok, value, message, brief, notes)


def _names_of_unknown_sex(case: Case, n: int) -> tuple[Msg, dict[str, Any]]:
    named = [
        one.name
        for one in tallies.of_unknown_sex(case.read, case.body_id, case.on, case.without)
        if one.name
    ]
    named += [new.name for new in case.newcomers if new.gender is None and new.name]
    shown = ", ".join(named[:UNNAMED])
    if not shown:
        return NN_("Sex of {n} not entered.", "Sex of {n} not entered."), {"n": n}
    if n > UNNAMED:
        return N_("Sex not entered: {names} and others, {n} in all."), {"names": shown, "n": n}
    return N_("Sex not entered: {names}."), {"names": shown}


def youth(case: Case, entry: Entry, share: tuple[int, int]) -> Verdict:
    counted = case.tally
    need = least(counted.appointed, share)
    value: dict[str, Any] = {
        "count": counted.youth,
        "unknown": counted.youth_unknown,
        "least": need,
        "appointed": counted.appointed,
        "lacking": max(0, need - counted.youth),
    }
    brief = C_("youth", "{count} (≥ {least})")
    if counted.youth >= need:
        ok: bool | None = True
        message = N_("{count} young people among {appointed} appointed: at least {least}, kept.")
    elif counted.youth + counted.youth_unknown >= need:
        ok = None
        message = N_(
            "{count} young people among {appointed} appointed: cannot be judged, at least {least}"
            " are needed and {unknown} are not entered."
        )
    else:
        ok = False
        message = N_(
            "{count} young people among {appointed} appointed: at least {least} are needed,"
            " {lacking} are lacking."
        )
    return judged(entry, ok, value, message, brief)


def non_officials(case: Case, entry: Entry, _limit: bool) -> Verdict:
    counted = case.tally
    unknown, officials = counted.affiliation_unknown, counted.officials
    others = counted.enrolled - officials - unknown
    need = counted.enrolled // 2 + 1
    value: dict[str, Any] = {
        "non_officials": others,
        "officials": officials,
        "unknown": unknown,
        "enrolled": counted.enrolled,
        "least": need,
    }
    brief = C_("non-officials", "{non_officials}/{enrolled}")
    if 2 * others > counted.enrolled or not counted.enrolled:
        ok: bool | None = True
        message = N_("{non_officials} of {enrolled} are no public officials: more than half.")
    elif 2 * (others + unknown) > counted.enrolled:
        ok = None
        message = N_(
            "{non_officials} of {enrolled} are no public officials: cannot be judged before the"
            " affiliation of {unknown} is entered."
        )
    else:
        ok = False
        message = N_(
            "{non_officials} of {enrolled} are no public officials: at least {least} are needed."
        )
    return judged(entry, ok, value, message, brief)
