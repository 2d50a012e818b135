"""Whether the journal is whole, and agrees with what was noted of it outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from db import journal
from gwangju_desktop.history import anchors, entries
from gwangju_desktop.history.anchors import Anchor
from gwangju_desktop.text import N_, Msg, say

BREAKS: dict[journal.Wrong, Msg] = {
    "lost image": N_("Entry {entry}: its change {image} is missing."),
    "changed image": N_("Entry {entry}: its change {image} was altered."),
    "lost entry": N_("Entry {entry} is missing."),
    "changed entry": N_("Entry {entry} was altered."),
    "other entry": N_("Entry {entry} is not the one noted outside."),
    "stray": N_("Entry {entry} is missing, but its changes are there."),
    "cut": N_("The journal ends before entry {entry}."),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: how many entries since when, what is wrong in sentences, what agrees.

    `checked` is False where only the anchors were compared and the chain was not gone through.
    """

    entries: int
    since: dt.datetime | None
    checked: bool
    problems: list[str] = field(default_factory=list)
    agrees: list[Anchor] = field(default_factory=list)
    differs: list[Anchor] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.problems

    @property
    def said(self) -> str:
        """Return the state in one sentence."""
        if self.problems:
            return say(N_("The change history was altered outside the program."))
        if not self.checked:
            return say(
                N_("The last entry is {n}; the chain was not gone through yet."), n=self.entries
            )
        if self.since is None:
            return say(N_("Nothing was written yet."))
        return say(N_("Whole since {day:full}: {n:,} entries."), day=self.since, n=self.entries)

    @property
    def agreeing(self) -> str:
        """Return with what it agrees, the newest of each kind; that nothing is noted outside."""
        newest: dict[str, Anchor] = {}
        for anchor in sorted(self.agrees, key=lambda one: one.entry):
            newest[anchor.kind] = anchor
        if not newest:
            return say(
                N_(
                    "Nothing is noted outside yet: make a review copy or a backup, or print minutes."
                )
            )
        return say(N_("Agrees with {anchors}."), anchors=", ".join(map(str, newest.values())))


def verify(read: Session, told: Callable[[int, int], object] | None = None) -> list[str]:
    """Return every break of the chain in a sentence; empty when it is whole.

    `told` is called with how many entries were looked at and how many there are.
    """
    return [
        say(BREAKS[found.what], entry=found.entry, image=(found.image or 0) + 1)
        for found in journal.verify(read.connection(), told=told)
    ]


def glance(read: Session, noted: Sequence[Anchor]) -> Verdict:
    """Compare what was noted outside with the journal, without going through its chain."""
    return _verdict(read, noted, None)


def check(
    read: Session, noted: Sequence[Anchor], told: Callable[[int, int], object] | None = None
) -> Verdict:
    """Go through the whole chain, and compare what was noted outside; `told` as in `verify`."""
    return _verdict(read, noted, verify(read, told))


def _verdict(read: Session, noted: Sequence[Anchor], broken: list[str] | None) -> Verdict:
    count, since = entries.span(read)
    differs = anchors.disagreeing(read, noted)
    problems = [*(broken or [])]
    for anchor in differs:
        cut = anchor.entry > count
        message = (
            N_(
                "The history ends at entry {last}, but the {anchor} names entry {entry}: its end was cut off."
            )
            if cut
            else N_(
                "Entry {entry} is not the one the {anchor} names: the history was written anew."
            )
        )
        problems.append(say(message, last=count, entry=anchor.entry, anchor=str(anchor)))
    agrees = [anchor for anchor in noted if anchor not in differs]
    return Verdict(count, since, broken is not None, problems, agrees, differs)
