"""`snapshot texts | decide`: what was found in the texts of a copy, and what is decided of it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gwangju_desktop.commands import output
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, NN_, say

if TYPE_CHECKING:
    from gwangju_desktop.snapshots.reviewing import Find


def texts(asked: argparse.Namespace) -> int:
    """List the finds, the undecided first among them counted."""
    from db.vocab import Profile
    from gwangju_desktop.snapshots import policy
    from gwangju_desktop.snapshots import texts as scanned

    rules = policy.load(Profile(asked.profile))
    with output.office(asked) as store:
        in_texts, held = scanned.look_through(store, rules)
        lines = scanned.lines(store, rules, in_texts, held)
    found = [line.find for line in lines]
    left = scanned.undecided(found)
    if asked.undecided:
        lines = [line for line in lines if line.find.decision is None]
    if asked.json:
        finds = [scanned.as_json(line) for line in lines]
        output.document({"finds": finds, "count": len(found), "undecided": len(left)})
        return 0
    for line in lines:
        find = line.find
        place = " · ".join(part for part in scanned.where(line) if part)
        kind, decision = say(scanned.word(find.kind)), scanned.decided(find)
        output.line(f"{find.place.code}  {kind}  {place}  ({decision})")
        output.line("    " + scanned.one_line(_excerpt(find)))
    output.line(say(scanned.PROGRESS, n=len(found), done=len(found) - len(left)))
    return 0


def _excerpt(find: Find) -> str:
    return f"{find.excerpt_before}[{find.found}]{find.excerpt_after}"


def decide(asked: argparse.Namespace) -> int:
    """Decide on the finds named, on those with the same letters too, or on all undecided ones."""
    from db.vocab import Profile
    from gwangju_desktop.snapshots import policy
    from gwangju_desktop.snapshots import texts as scanned

    if not asked.find and not asked.undecided:
        raise output.UsageError(say(N_("Name the finds, or say --undecided.")))
    with output.office(asked, write=True) as store:
        in_texts, held = scanned.look_through(store, policy.load(Profile(asked.profile)))
        found = [*in_texts, *(one.find for one in held)]
        known = {find.place.code: find for find in found}
        for code in asked.find:
            if code not in known:
                raise UserError(
                    N_("There is no find {find} any more."),
                    hint=N_("List them again: snapshot texts."),
                    find=code,
                )
        wanted = [known[code] for code in asked.find]
        if asked.same:
            same = {scanned.expression(find) for find in wanted}
            wanted = [find for find in found if scanned.expression(find) in same]
        if asked.undecided:
            wanted += [find for find in scanned.undecided(found) if find not in wanted]
        if asked.again:
            count = store.run(scanned.undecide_texts, finds=wanted).value
        else:
            count = store.run(
                scanned.decide_texts, finds=wanted, shown=asked.show, reason=asked.reason
            ).value
    if asked.json:
        output.document({"decided": count})
    else:
        output.line(say(NN_("{n} find.", "{n} finds."), n=count))
    return 0
