"""Make a snapshot: read, disclose, write, search for leaks, sign, record, put in place."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from db.errors import DatabaseFault
from db.files import atomic_write, blaming, spare_office
from db.vocab import Profile
from gwangju_desktop import VERSION, clock, settings
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.evidence import integrity
from gwangju_desktop.evidence.integrity import Door
from gwangju_desktop.snapshots import (
    codes,
    container,
    disclose,
    leaks,
    looking,
    members,
    policy,
    queries,
    signing,
    since,
    sqlite_file,
    sshsig,
    succession,
    usecases,
)
from gwangju_desktop.snapshots.codes import Codes
from gwangju_desktop.snapshots.container import Measured
from gwangju_desktop.snapshots.manifest import FORMAT, FileFacts, Manifest
from gwangju_desktop.snapshots.readme import TITLES, About
from gwangju_desktop.text import N_, Msg

Progress = Callable[[int, int, Msg], None]
STEPS = (
    N_("Reading the evidence files again"),
    N_("Opening the signing key"),
    N_("Reading the office"),
    N_("Applying the disclosure policy"),
    N_("Looking into the evidence files"),
    N_("Writing the copy"),
    N_("Looking for what must not be in it"),
    N_("Signing and putting in place"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A snapshot that was made; `new_key` says that the office got its key with it."""

    path: Path
    sequence: int
    fingerprint: str
    new_key: bool
    sha256: str
    bytes: int
    rows: Mapping[str, int]
    withheld: int

    def as_json(self) -> dict[str, Any]:
        """Return the facts the command line prints."""
        return {
            "file": str(self.path),
            "sequence": self.sequence,
            "fingerprint": self.fingerprint,
            "new_key": self.new_key,
            "sha256": self.sha256,
            "bytes": self.bytes,
            "rows": dict(self.rows),
            "withheld": self.withheld,
        }


def make_snapshot(
    store: Door,
    *,
    target: Path,
    passphrase: str | None,
    profile: Profile = Profile.MONITOR,
    previous: Path | None = None,
    later: Callable[[Mapping[str, Any]], None] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Made:
    """Write a signed snapshot of the office to `target`, replacing it whole or not at all.

    `previous` is the file of the office's last copy, if it is at hand: the page for monitors then
    names what changed row by row; otherwise it counts what the journal knows. An office without a
    key gets one under the passphrase. Without a passphrase the copy is not the office's to show: it
    is signed by a key made for it and thrown away, and says nothing of who made it.

    `later` gets what is to be recorded with `usecases.record_snapshot` before anything of the copy
    leaves the office; without it that is done here. Raises UserError for a wrong passphrase, for a `previous` of
    other bytes and for evidence files that are broken or gone, Cancelled when stopped; PolicyGap
    when a column has no line in the disclosure policy.
    """
    if not target.parent.is_dir():
        raise FileNotFoundError(str(target.parent))
    spare_office(target)
    steps = _Steps(progress, cancelled)
    steps.next()
    # A copy for the monitors names evidence by its SHA-256: what is no longer that is no evidence.
    integrity.demand_whole(store, occasion=integrity.Occasion.SNAPSHOT, cancelled=cancelled)

    steps.next()
    rules = policy.load(profile)
    if passphrase is None:
        secret_key, new_key = signing.new_secret(), False
        key = signing.SealedKey(secret_key.public_key().public_bytes_raw(), "")
    else:
        key, new_key = _signing_key(store, passphrase)
        secret_key = signing.unseal(key, passphrase)

    fingerprint = key.fingerprint if passphrase is not None else ""

    steps.next()
    with store.reading() as read:
        place = queries.place(read)
        facts = settings.values_on(read, clock.today())
        secret: str | None = settings.value(read, settings.ID_SECRET)
        fetched = disclose.fetch(read, rules)
        files = members.evidence_names(read)
        counts = since.journal_counts(read, place.previous_audit_id)
        chain = succession.chain_bytes(read) if passphrase is not None else None
    if secret is None:
        raise RuntimeError("an office that was never set up has no secret for coded ids")

    steps.next()
    made_at = clock.local(clock.now()).replace(microsecond=0)
    named = _Named(facts)
    meta = {
        "format": FORMAT,
        "office_ko": named.ko,
        "office_en": named.en,
        "sequence": str(place.sequence),
        "made_at": made_at.isoformat(),
        "profile": rules.profile,
        "audit_id": str(place.audit_id),
        "audit_hash": place.audit_hash,
    }
    disclosed = disclose.disclose(fetched, rules, bytes.fromhex(secret), meta)
    disclosed.sought[secret] = "setting.value"

    steps.next()
    code_secret = bytes.fromhex(secret)
    held = looking.look(fetched, disclosed, files, code_secret, store.papers, cancelled)
    disclosed.withhold(looking.rows(held, rules))
    staying = {one.sha256 for one in held if not one.find.shown}
    files = {digest: name for digest, name in files.items() if digest not in staying}

    with tempfile.TemporaryDirectory(prefix="gwsnap-") as workshop:
        steps.next()
        database = Path(workshop) / container.DATABASE
        database.touch(mode=0o600)
        with blaming(database):
            sqlite_file.write(database, disclosed.tables)
        told = codes.read(disclosed.tables)
        about = About(
            named.ko,
            named.en,
            TITLES[rules.profile],
            place.sequence,
            made_at,
            key.public,
            place.previous,
            place.audit_id,
            place.audit_hash,
            rules.version,
            members.withheld(told.withheld, rules.grounds),
        )
        evidence = members.public_evidence(told, files)
        parts = members.assemble(
            *(Path(workshop), database, about, told, evidence, store.papers),
            since=_since(previous, place, counts, told),
            key_chain=chain,
        )
        shapes = [shape for shape, _ in disclosed.tables]
        manifest = Manifest(
            office_id=str(facts[settings.OFFICE_ID]),
            office_ko=named.ko,
            office_en=named.en,
            sequence=place.sequence,
            made_at=made_at.isoformat(),
            profile=rules.profile,
            policy=rules.version,
            key=signing.key_id(key.public),
            previous=place.previous,
            audit_id=place.audit_id,
            audit_hash=place.audit_hash,
            program=VERSION,
            schema=sqlite_file.schema_hash(shapes),
            rows=disclosed.rows,
            files={name: FileFacts(one.size, one.sha256) for name, one in parts.items()},
            withheld=about.withheld,
        ).to_bytes()
        parts[container.MANIFEST] = container.measure(manifest)

        steps.next()
        _refuse_leaks(disclosed, parts)

        steps.next()
        for name, sign in (
            (container.SIGNATURE, signing.sign),
            (container.SSH_SIGNATURE, sshsig.sign),
        ):
            parts[name] = container.measure(sign(secret_key, manifest))
        with atomic_write(target) as file:
            digest = _write_container(file, parts)
            size = file.tell()
            # Recorded before it is in place: a number is then never given twice, whatever fails.
            record = {
                "sequence": place.sequence,
                "made_at": made_at,
                "file_name": target.name,
                "size": size,
                "rows": sum(disclosed.rows.values()),
                "withheld": disclosed.masked,
                "sha256": digest,
                "manifest_sha256": hashlib.sha256(manifest).hexdigest(),
                "fingerprint": fingerprint,
                "profile": rules.profile,
                "audit_id": place.audit_id,
                "audit_hash": place.audit_hash,
                "releases": disclosed.polls.new_contents,
            }
            if later:
                later(record)
            else:
                store.run(usecases.record_snapshot, **record)
    if passphrase is not None:
        _know_ourselves(key, named, str(facts[settings.OFFICE_ID]), made_at)
    return Made(
        target,
        place.sequence,
        fingerprint,
        new_key,
        digest,
        size,
        disclosed.rows,
        disclosed.masked,
    )


class _Named:
    """The office's name as it stands on its snapshots, in both languages."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.ko = f"{facts[settings.OFFICE_NAME_KO]} ({facts[settings.CITY_KO]})"
        self.en = f"{facts[settings.OFFICE_NAME_EN]} ({facts[settings.CITY_EN]})"


class _Steps:
    """Tell the caller each step, and stop between two when asked to."""

    def __init__(self, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self.progress, self.cancelled, self.done = progress, cancelled, 0

    def next(self) -> None:
        """Go on to the next step; raises Cancelled."""
        if self.cancelled and self.cancelled():
            raise Cancelled
        if self.progress:
            self.progress(self.done, len(STEPS), STEPS[self.done])
        self.done += 1


def _signing_key(store: Door, passphrase: str) -> tuple[signing.SealedKey, bool]:
    with store.reading() as read:
        known = queries.key(read)
    if known:
        return signing.SealedKey(known.public, known.sealed), False
    key = signing.new_key(passphrase)
    store.run(
        usecases.keep_key,
        fingerprint=key.fingerprint,
        public_key=key.public.hex(),
        sealed=key.sealed,
        made_at=clock.now(),
    )
    return key, True


def _since(
    previous: Path | None, place: queries.Place, counts: Mapping[str, tuple[int, int]], told: Codes
) -> since.Since | None:
    if previous is not None:
        return since.compared(previous, place.previous, told)
    return since.counted(place.sequence - 1, counts, told) if place.previous else None


def _write_container(file: BinaryIO, parts: Mapping[str, Measured]) -> str:
    try:
        return container.write(file, parts)
    except container.TooLarge:
        raise UserError(
            N_("The snapshot would be larger than {limit:,} MB or have too many files."),
            hint=N_(
                "Hold large evidence files back from the copy, or give them out by themselves."
            ),
            limit=container.SNAPSHOT.bytes // 2**20,
        ) from None


def _refuse_leaks(disclosed: disclose.Disclosed, parts: Mapping[str, Measured]) -> None:
    """Search the finished bytes, and every text by itself; raises UserError naming the columns.

    A long text is spread over pages that do not lie together, so the file alone is not enough.
    """
    # What stands in many rows is searched once.
    columns = (values for _, rows in disclosed.tables for values in zip(*rows, strict=True))
    values = dict.fromkeys(chain.from_iterable(map(dict.fromkeys, columns)))
    texts = (disclosed.blanked.get(v, v) for v in values if isinstance(v, str))
    search = leaks.Search(disclosed.sought)
    let_out = leaks.Search(disclosed.sought | disclosed.let_out) if disclosed.let_out else search
    found = let_out.within("\0\0".join(texts).encode())
    # Evidence is packed and was looked into: among packed bytes short values stand by chance.
    folder = f"{container.EVIDENCE_FOLDER}/"
    written = (one for name, one in parts.items() if not name.startswith(folder))
    hays = (b"".join(container.chunks(part.content)) for part in written)
    found |= leaks.find(hays, search)
    if found:
        raise UserError(
            N_("A value of {places}, which must not go out, stands in another record."),
            hint=N_("Search for it in the office, take it out there and make the snapshot again."),
            places=", ".join(sorted(set(found.values()))),
        )


def _know_ourselves(
    key: signing.SealedKey, named: _Named, office: str, made_at: dt.datetime
) -> None:
    number = signing.key_id(key.public)
    # The snapshot is made; a folder of one's own that cannot be written takes nothing from it.
    with contextlib.suppress(OSError, DatabaseFault):
        if number not in signing.known_signers():
            since = made_at.date().isoformat()
            signing.remember(signing.KnownSigner(number, named.ko, since, office))
