"""Check a snapshot: everything is recomputed before SQLite sees a byte of it."""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from db.files import blaming
from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import (
    container,
    manifest,
    sending,
    signing,
    sshsig,
    succession,
    trouble,
)
from gwangju_desktop.snapshots.manifest import Manifest
from gwangju_desktop.text import N_, Msg, language, say

REQUIRED = frozenset(
    {
        *container.FIRST,
        container.SSH_SIGNATURE,
        container.ALLOWED_SIGNERS,
        container.README_KO,
        container.README_EN,
        container.PAGE,
        container.DATABASE,
        container.PACKAGE,
    }
)
# What signs the manifest cannot be listed in it.
UNLISTED = frozenset({container.MANIFEST, container.SIGNATURE, container.SSH_SIGNATURE})
# Members that are looked into here, and how long each may be.
HELD = {
    container.MANIFEST: manifest.MAX_BYTES,
    container.SIGNATURE: 4096,
    container.PUBLIC_KEY: 4096,
    container.SSH_SIGNATURE: 4096,
    container.ALLOWED_SIGNERS: 4096,
    container.KEY_CHAIN: 256 * 1024,
}
MOST_PROBLEMS = 20
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
    `manifest` stays None, unless the signature is right. `key_chain` is what the file says of keys
    before this one (b"" for none): of an ok verdict, a chain that leads to the key inside.
    """

    ok: bool
    fingerprint: str | None
    known: bool
    manifest: Manifest | None
    manifest_sha256: str | None
    problems: tuple[Problem, ...]
    key_chain: bytes = b""

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
        return replace(verdict, ok=verdict.ok and not problems, problems=tuple(problems))


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
            file = sending.open_whole(path)
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
    patience: float = 1,
) -> dict[str, Any]:
    """Let a child read a database; raises UserError in one sentence when it cannot.

    Of a verdict without manifest nothing is known, and the database is read as it is. `more` is the
    other database of a comparison, `patience` how many times as long the child may take. A file by
    a signer this person knows may take a second longer for each 10 MB.
    """
    said = verdict.manifest
    seconds = (SECONDS * 2 if more else SECONDS) * patience
    if verdict.known:
        total = database.stat().st_size + (more.stat().st_size if more else 0)
        seconds += total / BYTES_A_SECOND
    request = {
        **asked,
        "path": str(database),
        "seconds": seconds - 1,
        "schema": said.schema if said else None,
        "rows": dict(said.rows) if said else None,
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

    def tick(at: int) -> None:
        if cancelled and cancelled():
            raise Cancelled
        if progress:
            progress(at, size, N_("Checking hashes"))

    with database.open("wb") as copy:
        judging = _Judging(name, copy)
        try:
            found = container.members(file, took=judging.took, ended=judging.ended, tick=tick)
        except container.NotCanonical as error:
            return _refused(trouble.not_whole(name, error.where, size))
        except _Refused as refused:
            return _refused(refused.error, refused.fingerprint)
    return judging.verdict({member.name for member in found})


class _Refused(Exception):
    """The rest need not be read; `fingerprint` is of the key inside, where there is one."""

    def __init__(self, error: UserError, fingerprint: str | None = None) -> None:
        super().__init__(error.message)
        self.error, self.fingerprint = error, fingerprint


class _Judging:
    """Judge members one by one as they are read: the signed list comes first, then what it lists.

    A file whose manifest is not signed is read no further, however long it is.
    """

    def __init__(self, name: str, copy: BinaryIO) -> None:
        self.name, self.copy = name, copy
        self.small: dict[str, bytearray] = {}
        self.digest: Any = None
        self.seen: list[str] = []
        self.said: Manifest | None = None
        self.public = b""
        self.problems: list[UserError] = []

    def took(self, member: container.Member, chunk: bytes) -> None:
        """Hash a piece, and keep it where it is looked into."""
        if self.digest is None:
            self.digest = hashlib.sha256()
            self._refuse_size(member)
        self.digest.update(chunk)
        if member.name == container.DATABASE:
            self.copy.write(chunk)
        elif member.name in HELD:
            self.small.setdefault(member.name, bytearray()).extend(chunk)

    def ended(self, member: container.Member) -> None:
        """Hold a whole member against what the manifest says of it."""
        digest = self.digest.hexdigest() if self.digest else _EMPTY
        self.digest = None
        self.seen.append(member.name)
        if len(self.seen) <= len(container.FIRST):
            if member.name != container.FIRST[len(self.seen) - 1]:
                raise _Refused(trouble.not_a_snapshot(self.name))
            if member.name == container.PUBLIC_KEY:
                self._open_manifest()
        if self.said is None or member.name in UNLISTED:
            return
        facts = self.said.files.get(member.name)
        right = facts is not None and (facts.bytes, facts.sha256) == (member.size, digest)
        if not right or not _belongs(member.name, self.said):
            self._note(member.name)

    def verdict(self, names: set[str]) -> Verdict:
        """Return what is to be said of the file once all of it was read."""
        if self.said is None:
            return _refused(trouble.not_a_snapshot(self.name))
        listed = set(self.said.files)
        for part in sorted((REQUIRED | listed) - names):
            self._note(part)
        message = self._held(container.MANIFEST)
        signed = sshsig.verifies(self.public, self._held(container.SSH_SIGNATURE), message)
        if not signed and container.SSH_SIGNATURE in names:
            self._note(container.SSH_SIGNATURE)
        signers = sshsig.allowed_signers(self.public)
        if self._held(container.ALLOWED_SIGNERS) != signers and not self.problems:
            self._note(container.ALLOWED_SIGNERS)
        if container.KEY_CHAIN in names and not self._chain_leads_here():
            self._note(container.KEY_CHAIN)
        return Verdict(
            not self.problems,
            signing.fingerprint(self.public),
            self.said.key in signing.known_signers(),
            self.said,
            hashlib.sha256(message).hexdigest(),
            tuple(Problem(e.message, e.values) for e in self.problems),
            self._held(container.KEY_CHAIN),
        )

    def _chain_leads_here(self) -> bool:
        assert self.said is not None
        try:
            succession.check_chain(
                self._held(container.KEY_CHAIN), self.said.key, self.said.office_id
            )
        except ValueError:
            return False
        return True

    def _open_manifest(self) -> None:
        public = signing.read_pem(self._held(container.PUBLIC_KEY))
        if public is None:
            raise _Refused(trouble.part_differs(self.name, container.PUBLIC_KEY))
        fingerprint = signing.fingerprint(public)
        message = self._held(container.MANIFEST)
        if not signing.verifies(public, self._held(container.SIGNATURE), message):
            raise _Refused(trouble.signature_wrong(self.name), fingerprint)
        try:
            self.said = manifest.parse(message)
        except manifest.NewerFormat:
            raise _Refused(trouble.newer(self.name), fingerprint) from None
        except manifest.EarlierFormat:
            raise _Refused(trouble.earlier(self.name), fingerprint) from None
        except ValueError:
            part = trouble.part_differs(self.name, container.MANIFEST)
            raise _Refused(part, fingerprint) from None
        self.public = public
        if self.said.key != signing.key_id(public):
            self._note(container.PUBLIC_KEY)

    def _refuse_size(self, member: container.Member) -> None:
        """Refuse what is larger than its kind before it is kept in memory or copied."""
        most = HELD.get(member.name)
        if member.name == container.DATABASE:
            most = container.MAX_DATABASE
        if most is not None and member.size > most:
            raise _Refused(trouble.part_differs(self.name, member.name))

    def _held(self, part: str) -> bytes:
        return bytes(self.small.get(part, b""))

    def _note(self, part: str) -> None:
        self.problems.append(trouble.part_differs(self.name, part))
        if len(self.problems) == MOST_PROBLEMS:
            raise _Refused(self.problems[0], signing.fingerprint(self.public))


def _belongs(name: str, said: Manifest) -> bool:
    """Say whether a snapshot may hold a member of this name."""
    folder, _, rest = name.rpartition("/")
    stem, _, suffix = rest.partition(".")
    if folder == container.CSV_FOLDER:
        return suffix == "csv" and stem in said.rows
    if folder == container.EVIDENCE_FOLDER:
        return bool(_SUFFIX.fullmatch(suffix)) and stem == said.files[name].sha256
    return name in REQUIRED or name == container.KEY_CHAIN


_EMPTY = hashlib.sha256().hexdigest()
_SUFFIX = re.compile(r"[a-z0-9]{1,8}")


def _refused(error: UserError, fingerprint: str | None = None) -> Verdict:
    problem = Problem(error.message, error.values)
    return Verdict(False, fingerprint, False, None, None, (problem,))
