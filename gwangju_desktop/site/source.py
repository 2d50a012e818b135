"""Where a site's copy comes from: a file somebody made, or one made of the office for the site."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.vocab import Profile
from gwangju_desktop import clock, settings
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.evidence.integrity import Door
from gwangju_desktop.site import build, copy, listing
from gwangju_desktop.site.build import Choice, Prepared, Progress, Signer
from gwangju_desktop.site.plan import Report, unchanged
from gwangju_desktop.snapshots import queries, signing, sshsig, usecases
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.text import LANGUAGES, N_

FILE = "site.gwsnap"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._~%/-]*)?")


@dataclass(frozen=True, slots=True)
class Source:
    """A copy a site is made from; `record` writes down that it leaves the office, before it does.

    `signed` says that its signature is of a key the office keeps.
    """

    file: Path
    signed: bool
    record: Callable[[], None]


def of_file(path: Path) -> Source:
    """Take a copy that was made, and recorded, before."""
    return Source(path, True, lambda: None)


@contextmanager
def of_office(
    door: Door,
    *,
    passphrase: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Source]:
    """Make a public copy of the office in a folder of its own, for as long as the block lasts.

    It is made by the hand that makes every copy. Only what is published is recorded, with the
    figures of polls it tells, so that no later copy can be held against the site to find more.
    Without a passphrase the copy is not signed by the office. Raises what `make_snapshot` does.
    """
    facts: list[Mapping[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="gwsite-") as folder:
        made = make_snapshot(
            door,
            target=Path(folder) / FILE,
            passphrase=passphrase,
            profile=Profile.PUBLIC,
            later=facts.append,
            progress=progress,
            cancelled=cancelled,
        )

        def record() -> None:
            door.run(usecases.record_snapshot, **facts[0])

        yield Source(made.path, passphrase is not None, record)


@contextmanager
def prepared(
    source: Source,
    choice: Choice,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Prepared]:
    """Make the whole site of a copy in a folder of its own, for as long as the block lasts."""
    with (
        tempfile.TemporaryDirectory(prefix="gwsite-") as folder,
        copy.opened(
            source.file, signed=source.signed, progress=progress, cancelled=cancelled
        ) as opened,
    ):
        yield build.prepare(opened, Path(folder), choice, progress=progress, cancelled=cancelled)


def signer(door: Door, passphrase: str) -> Signer:
    """Open the office's key to sign the list of a site.

    Raises UserError for a wrong passphrase and for an office that has no key yet.
    """
    with door.reading() as read:
        known = queries.key(read)
    if known is None:
        raise UserError(
            N_("The office has no signing key yet."),
            hint=N_("It gets one with its first signed copy."),
        )
    secret = signing.unseal(signing.SealedKey(known.public, known.sealed), passphrase)
    return Signer(known.public, lambda message: sshsig.sign(secret, message))


def address(text: str | None) -> str:
    """Return the web address of a site without its last slash, "" for none.

    Raises UserError for what is no address of a folder on the web.
    """
    tidy = (text or "").strip().rstrip("/")
    if tidy and not _ADDRESS.fullmatch(tidy):
        raise UserError(
            N_("“{text}” is no web address of a site."),
            hint=N_("It begins with https:// and names a folder, without ? or #."),
            text=tidy,
        )
    return tidy


def address_of(door: Door) -> str:
    """Return the web address the office gave its site, "" for none."""
    with door.reading() as read:
        return address(settings.value(read, settings.SITE_ADDRESS))


def build_site(
    folder: Path,
    *,
    door: Door | None = None,
    file: Path | None = None,
    passphrase: str | None = None,
    languages: tuple[str, ...] = LANGUAGES,
    web: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Report:
    """Build the site of a copy, or of the office itself, into a folder and return what was done.

    `web` is the site's web address, by default the one the office gave it. A passphrase signs the
    copy and the list of files by the office's key. Raises Cancelled before anything is written.
    """
    where = address_of(door) if web is None and door else address(web)
    if door is None and file is None:
        raise ValueError("a site is made from a copy or from an office")
    if file is not None:
        own = signer(door, passphrase) if door and passphrase else None
        choice = Choice(languages, where, own)
        facts = listing.facts_of(file)
        if facts is None:
            raise FileNotFoundError(str(file))
        if build.is_current(folder, facts.sha256, choice):
            return _as_it_was(folder)
        with prepared(of_file(file), choice, progress=progress, cancelled=cancelled) as made:
            if own and door:
                demand_own(door, made, file)
            return build.publish(made, folder, progress=progress, cancelled=cancelled)
    assert door is not None
    if _nothing_happened(door, folder, Choice(languages, where), passphrase):
        return _as_it_was(folder)
    with of_office(door, passphrase=passphrase, progress=progress, cancelled=cancelled) as source:
        own = signer(door, passphrase) if passphrase else None
        choice = Choice(languages, where, own)
        with prepared(source, choice, progress=progress, cancelled=cancelled) as made:
            return publish(source, made, folder, progress=progress, cancelled=cancelled)


def publish(
    source: Source,
    made: Prepared,
    folder: Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Report:
    """Record that the copy leaves the office, then put the site in place.

    What must refuse does so before: a folder of somebody else's is no reason for a number.
    """
    build.report(made, folder)
    if cancelled and cancelled():
        raise Cancelled
    source.record()
    return build.publish(made, folder, progress=progress)


def _nothing_happened(door: Door, folder: Path, choice: Choice, passphrase: str | None) -> bool:
    """Say whether the folder holds the site of the last copy, and nothing was done since that day.

    Days matter: what is due, and who is in a body, is told for the day of the copy.
    """
    with door.reading() as read:
        last = next(iter(queries.snapshots(read)), None)
        place = queries.place(read)
    if last is None or last.made_at.date() != clock.today():
        return False
    # The last copy's own entry is the one that may follow the head it names.
    if place.audit_id > last.audit_id + 1:
        return False
    own = signer(door, passphrase) if passphrase else None
    chosen = replace(choice, signer=own)
    return build.is_current(folder, last.sha256, chosen, signed=own is not None)


def _as_it_was(folder: Path) -> Report:
    held = listing.read(folder)
    assert held is not None
    return unchanged(held)


def demand_own(door: Door, made: Prepared, file: Path) -> None:
    """Refuse to sign for another office; raises UserError."""
    with door.reading() as read:
        mine = settings.value(read, settings.OFFICE_ID)
    if made.listing.office_id != mine:
        raise UserError(
            N_("{file} is a copy of another office, and this office does not sign for it."),
            hint=N_("Build the site without a passphrase, or in the office the copy is of."),
            file=file.name,
        )
