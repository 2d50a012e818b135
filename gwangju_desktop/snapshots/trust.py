"""Whose key it is: trusted when first compared, told loudly when it changes.

What a person compared is kept in the person's own folder with the office's number. Another key of
the same office is taken only over the proof that the known key signed for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from gwangju_desktop import clock
from gwangju_desktop.snapshots import signing, succession
from gwangju_desktop.snapshots.manifest import Manifest
from gwangju_desktop.snapshots.signing import KnownSigner
from gwangju_desktop.snapshots.succession import Chain
from gwangju_desktop.snapshots.verify import Problem, Verdict
from gwangju_desktop.text import N_


class Standing(StrEnum):
    """How a copy's key stands to the keys this person has compared."""

    KNOWN = "known"
    FIRST = "first"
    FOLLOWS = "follows"
    CHANGED = "changed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Trust:
    """What is to be said of a copy's key; `before` is the known key of the same office.

    `since` is the day another key took over, as ISO text: of FOLLOWS this one, of RETIRED the next.
    """

    standing: Standing
    before: KnownSigner | None = None
    since: str = ""

    @property
    def bad(self) -> bool:
        """Say whether the key must not be taken without asking the office."""
        return self.standing in (Standing.CHANGED, Standing.RETIRED)


def judge(verdict: Verdict, folder: Path | None = None) -> Trust | None:
    """Say how the key of a verified copy stands; None for a copy that is not right."""
    manifest = verdict.manifest
    if not verdict.ok or manifest is None:
        return None
    known = signing.known_signers(folder)
    mine = known.get(manifest.key)
    if mine is not None:
        if mine.until and _at(manifest.made_at) > _at(mine.until):
            return Trust(Standing.RETIRED, mine, mine.until[:10])
        return Trust(Standing.KNOWN, mine)
    others = [one for one in known.values() if _same_office(one, manifest)]
    if not others:
        return Trust(Standing.FIRST)
    chain = _chain(verdict, manifest)
    before = _followed(chain, others) if chain else None
    if chain and before:
        return Trust(Standing.FOLLOWS, before, (chain.since(before.key) or "")[:10])
    return Trust(Standing.CHANGED, others[-1])


def accept(verdict: Verdict, folder: Path | None = None) -> None:
    """Remember the key of a verified copy; keys it followed are known as handed over from then on."""
    manifest = verdict.demand()
    known = signing.known_signers(folder)
    chain = _chain(verdict, manifest)
    for one in known.values():
        since = chain.since(one.key) if chain and _same_office(one, manifest) else None
        if since:
            signing.remember(replace(one, office=manifest.office_id, until=since), folder)
    today = clock.today().isoformat()
    signing.remember(
        KnownSigner(manifest.key, manifest.office_ko, today, manifest.office_id), folder
    )


def hand_over(old: str, new: str, *, office: str, at: str, folder: Path | None = None) -> None:
    """Know the new key of one's own office where the old was known, which is given up from `at`.

    Whoever changed the key knows both; nothing is added for a person who did not know the old one.
    """
    before = signing.known_signers(folder).get(old)
    if before is not None:
        signing.remember(replace(before, office=office, until=at), folder)
        today = clock.today().isoformat()
        signing.remember(KnownSigner(new, before.name, today, office), folder)


def sentence(verdict: Verdict, found: Trust) -> Problem | None:
    """Return what to tell of a key; None of one that was compared and stands."""
    if found.standing is Standing.KNOWN or verdict.manifest is None:
        return None
    values: dict[str, object] = {"office": verdict.signer, "since": found.since}
    message = {
        Standing.FIRST: N_(
            "The key of {office} has not been compared on this PC yet. Compare the fingerprint with"
            " the minutes or on the telephone."
        ),
        Standing.FOLLOWS: N_(
            "{office} has used a new signing key since {since}. The key you know signed for it; it"
            " can be taken over with one click."
        ),
        Standing.CHANGED: N_(
            "This copy of {office} is signed by another key than the one you know, and the known"
            " key did not sign for it. Somebody else may have made the file. Ask the office for the"
            " fingerprint by telephone before you rely on it."
        ),
        Standing.RETIRED: N_(
            "This copy is signed by a key that {office} gave up on {since}, but says it was made"
            " later. Somebody else may have made the file. Ask the office by telephone."
        ),
    }[found.standing]
    return Problem(message, values)


def _chain(verdict: Verdict, manifest: Manifest) -> Chain | None:
    if not verdict.key_chain:
        return None
    try:
        return succession.check_chain(verdict.key_chain, manifest.key, manifest.office_id)
    except ValueError:
        return None


def _followed(chain: Chain, known: Iterable[KnownSigner]) -> KnownSigner | None:
    """Return the latest known key from which the chain leads on.

    One that another known key followed already signs for no second one: that would be a fork.
    """
    held = {one.key: one for one in known}
    for link in reversed(chain.links):
        found = held.get(signing.key_id(bytes.fromhex(link.old)))
        if found:
            return None if found.until else found
    return None


def _same_office(one: KnownSigner, manifest: Manifest) -> bool:
    """Say whether a known key is of this office; earlier lists knew an office by its name alone."""
    return one.office == manifest.office_id if one.office else one.name == manifest.office_ko


def _at(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment)
