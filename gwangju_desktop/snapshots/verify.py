"""Check a snapshot: everything is recomputed before SQLite sees a byte of it."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from db.files import blaming
from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import container, manifest, signing, trouble
from gwangju_desktop.snapshots.manifest import Manifest
from gwangju_desktop.text import N_, Msg, language, say

REQUIRED = {
    container.MANIFEST,
    container.SIGNATURE,
    container.PUBLIC_KEY,
    container.README,
    container.DATABASE,
}
SECONDS = 5.0
MEMORY_MB = 600
BYTES_A_SECOND = 10 * 2**20

Progress = Callable[[int, int, Msg], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in a sentence said in the language of the moment."""

    message: Msg
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a file: `ok` when it is whole, signed by the key inside and has no problem.

    `fingerprint` is of the key inside. Nothing else of the file's own words is believed, and
    `manifest` stays None, unless the signature is right.
    """

    ok: bool
    fingerprint: str | None
    known: bool
    manifest: Manifest | None
    manifest_sha256: str | None
    problems: tuple[Problem, ...]

    @property
    def signer(self) -> str | None:
        """Return the signer's name in the current language."""
        if self.manifest is None:
            return None
        return self.manifest.office_ko if language() == "ko" else self.manifest.office_en

    def demand(self) -> Manifest:
        """Return the manifest of a snapshot that is ok; raises its first problem as a UserError."""
        if not self.ok or self.manifest is None:
            problem = self.problems[0]
            values: dict[str, Any] = dict(problem.values)
            raise UserError(problem.message, **values)
        return self.manifest

    def as_json(self) -> dict[str, Any]:
        """Return what `snapshot verify` prints."""
        return {
            "ok": self.ok,
            "signer": self.signer,
            "fingerprint": self.fingerprint,
            "known": self.known,
            "sequence": self.manifest.sequence if self.manifest else None,
            "problems": [str(problem) for problem in self.problems],
        }


def verify(
    path: Path,
    *,
    fingerprint: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Verdict:
    """Check a snapshot whole: container, digests, signature, then its contents in a child.

    `fingerprint` is the only key accepted, when it is given; raises UserError when it is none.
    Whatever is wrong with the file is a problem of the verdict and not an exception. Raises OSError
    when it cannot be read, Full when there is no room to unpack it.
    """
    wanted = signing.read_fingerprint(fingerprint) if fingerprint is not None else None
    with unpacked(path, progress=progress, cancelled=cancelled) as (verdict, database):
        problems = list(verdict.problems)
        mine = verdict.manifest.key if verdict.manifest else None
        if wanted and mine and mine != wanted:
            problems.append(
                Problem(
                    N_("{file} is signed by another key than the one asked for."),
                    {"file": path.name},
                )
            )
        elif database is not None:
            try:
                look_inside(verdict, database, {"mode": "check"}, path.name, cancelled=cancelled)
            except UserError as error:
                problems.append(Problem(error.message, error.values))
        return Verdict(
            verdict.ok and not problems,
            verdict.fingerprint,
            verdict.known,
            verdict.manifest,
            verdict.manifest_sha256,
            tuple(problems),
        )


@contextlib.contextmanager
def unpacked(
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[tuple[Verdict, Path | None]]:
    """Yield the verdict on a file's bytes, and its database in a private folder when they are right.

    The file is read once: what is hashed is what is copied, so nobody can change it in between.
    """
    with tempfile.TemporaryDirectory(prefix="gwsnap-") as folder:
        database = Path(folder) / container.DATABASE
        try:
            file = container.open_regular(path)
        except ValueError:
            yield _refused(trouble.not_a_snapshot(path.name)), None
            return
        with file, blaming(database):
            verdict = _judge(path.name, file, database, progress, cancelled)
        yield verdict, database if verdict.ok else None


def look_inside(
    verdict: Verdict,
    database: Path,
    asked: dict[str, Any],
    name: str,
    *,
    cancelled: Callable[[], bool] | None = None,
    more: Path | None = None,
) -> dict[str, Any]:
    """Let a child read a verified database; raises UserError in one sentence when it cannot.

    `more` is the other database of a comparison. A file by a signer this person knows may take a
    second longer for each 10 MB.
    """
    assert verdict.manifest is not None
    seconds = SECONDS * 2 if more else SECONDS
    if verdict.known:
        total = database.stat().st_size + (more.stat().st_size if more else 0)
        seconds += total / BYTES_A_SECOND
    request = {
        **asked,
        "path": str(database),
        "seconds": seconds - 1,
        "schema": verdict.manifest.schema,
        "rows": dict(verdict.manifest.rows),
    }
    try:
        answer = child.run(
            "snapshot.read",
            request,
            seconds=seconds,
            memory_mb=MEMORY_MB,
            output_mb=0,
            cancelled=cancelled,
        )
    except child.ChildFailed as failure:
        if failure.why == "cancelled":
            raise Cancelled from None
        raise trouble.from_child(failure.why, name) from None
    if "why" in answer:
        raise trouble.from_child(str(answer["why"]), name)
    return answer


def _judge(
    name: str,
    file: BinaryIO,
    database: Path,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> Verdict:
    size = file.seek(0, 2)
    file.seek(0)
    small: dict[str, bytearray] = {}
    digests: dict[str, Any] = {}

    def tick(at: int) -> None:
        if cancelled and cancelled():
            raise Cancelled
        if progress:
            progress(at, size, N_("Checking hashes"))

    with database.open("wb") as copy:

        def took(member: container.Member, chunk: bytes) -> None:
            digests.setdefault(member.name, hashlib.sha256()).update(chunk)
            if member.name == container.DATABASE:
                copy.write(chunk)
            elif member.size <= manifest.MAX_BYTES:
                small.setdefault(member.name, bytearray()).extend(chunk)

        try:
            found = container.members(file, took=took, tick=tick)
        except container.NotCanonical as error:
            return _refused(trouble.not_whole(name, error.where, size))
    names = {member.name for member in found}
    if not names >= REQUIRED:
        return _refused(trouble.not_a_snapshot(name))

    message = bytes(small.get(container.MANIFEST, b""))
    signature = bytes(small.get(container.SIGNATURE, b""))
    public = signing.read_pem(bytes(small.get(container.PUBLIC_KEY, b"")))
    if public is None:
        return _refused(trouble.part_differs(name, container.PUBLIC_KEY))
    fingerprint = signing.fingerprint(public)
    if not signing.verifies(public, signature, message):
        return _refused(trouble.signature_wrong(name), fingerprint)
    try:
        said = manifest.parse(message)
    except manifest.NewerFormat:
        return _refused(trouble.newer(name), fingerprint)
    except ValueError:
        return _refused(trouble.part_differs(name, container.MANIFEST), fingerprint)
    problems = []
    if said.key != signing.key_id(public):
        problems.append(trouble.part_differs(name, container.PUBLIC_KEY))
    rest = names - {container.MANIFEST, container.SIGNATURE}
    for part in sorted(rest ^ set(said.files)):
        problems.append(trouble.part_differs(name, part))
    for member in found:
        facts = said.files.get(member.name)
        digest = digests[member.name].hexdigest() if member.name in digests else _EMPTY
        if facts and (facts.bytes, facts.sha256) != (member.size, digest):
            problems.append(trouble.part_differs(name, member.name))
    return Verdict(
        not problems,
        fingerprint,
        said.key in signing.known_signers(),
        said,
        hashlib.sha256(message).hexdigest(),
        tuple(Problem(e.message, e.values) for e in problems),
    )


_EMPTY = hashlib.sha256().hexdigest()


def _refused(error: UserError, fingerprint: str | None = None) -> Verdict:
    problem = Problem(error.message, error.values)
    return Verdict(False, fingerprint, False, None, None, (problem,))
