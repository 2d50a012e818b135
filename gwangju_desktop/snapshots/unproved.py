"""Look into a copy whose signature or bytes do not hold: for reading only, and never for proof.

A file damaged on its way may still be worth a look while a sound one is asked for. Its members are
found without believing their digests, its database goes through the same child, limits and checks
as any other, and what comes back carries a verdict that is not ok. A file of another format, and
one whose database is not built as ours are, is refused as before.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from db.files import blaming
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import container, manifest, sending, trouble
from gwangju_desktop.snapshots import verify as checks
from gwangju_desktop.snapshots.manifest import Manifest
from gwangju_desktop.snapshots.opening import SnapshotView, as_view
from gwangju_desktop.snapshots.verify import Verdict

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_LONGEST = 512  # bytes of a name or of extra fields


def look(path: Path, *, cancelled: Callable[[], bool] | None = None) -> SnapshotView:
    """Read what can be read safely of a copy that does not verify.

    Raises UserError in one sentence for what cannot: another format, no database, a database not
    built as ours are. Raises Cancelled when stopped.
    """
    with checks.unpacked(path, cancelled=cancelled) as (verdict, _):
        pass
    # What the file says of itself is shown beside the verdict and never instead of it.
    verdict = replace(verdict, ok=False, known=False, manifest=None, manifest_sha256=None)
    with tempfile.TemporaryDirectory(prefix="gwsnap-") as folder:
        database = Path(folder) / container.DATABASE
        try:
            file = sending.open_whole(path)
        except ValueError:
            raise trouble.not_a_snapshot(path.name) from None
        with file, blaming(database):
            said = _copied(file, database, cancelled)
        if not database.exists():
            raise trouble.not_a_snapshot(path.name)
        claimed = _claimed(said, path.name)
        answer = checks.look_inside(
            verdict, database, {"mode": "view"}, path.name, cancelled=cancelled
        )
    if not verdict.problems:
        verdict = _with_problem(verdict, path.name)
    return as_view(path, verdict, sending.whole_size(path), answer, claimed)


def worth_a_look(error: Exception, path: Path) -> bool:
    """Say whether a refused file may still be read: not where its database was refused."""
    refused = of_contents(error) or of_version(error)
    return not refused and peek(path) is not None


def of_contents(error: Exception) -> bool:
    """Say whether a copy was refused for what its database is, not for its bytes or signature."""
    said = {trouble.from_child(why, "").message for why in ("broken", "time", "memory")}
    return isinstance(error, UserError) and error.message in said


def of_version(error: Exception) -> bool:
    """Say whether a copy was refused because another version of the program made it."""
    said = {trouble.newer("").message, trouble.earlier("").message}
    return isinstance(error, UserError) and error.message in said


def peek(path: Path) -> tuple[Manifest, bytes] | None:
    """Return what a file says of itself, unverified, and those bytes; None where it says nothing.

    Reads the first member only: whoever looks for one copy among many need not read them all.
    """
    try:
        with sending.open_whole(path) as file:
            name, size = next(_members(file), ("", 0))
            if name != container.MANIFEST or size > manifest.MAX_BYTES:
                return None
            data = file.read(size)
        return manifest.parse(data), data
    except (OSError, ValueError, manifest.NewerFormat, manifest.EarlierFormat):
        return None


def _with_problem(verdict: Verdict, name: str) -> Verdict:
    """Let a file that verified on its bytes but not inside say so too."""
    error = trouble.from_child("broken", name)
    return replace(verdict, problems=(checks.Problem(error.message, error.values),))


def _claimed(said: bytes, name: str) -> Manifest | None:
    try:
        return manifest.parse(said)
    except manifest.NewerFormat:
        raise trouble.newer(name) from None
    except manifest.EarlierFormat:
        raise trouble.earlier(name) from None
    except ValueError:
        return None


def _copied(file: BinaryIO, database: Path, cancelled: Callable[[], bool] | None) -> bytes:
    """Copy the first database there is; return the first manifest's bytes, b"" for none."""
    said = b""
    for name, size in _members(file):
        left = size
        wanted = name == container.DATABASE and not database.exists()
        if wanted and size > container.MAX_DATABASE:
            break
        kept = bytearray()
        out = database.open("wb") if wanted else None
        try:
            while left and (chunk := file.read(min(left, container.CHUNK))):
                left -= len(chunk)
                if cancelled and cancelled():
                    raise Cancelled
                if out is not None:
                    out.write(chunk)
                elif name == container.MANIFEST and size <= manifest.MAX_BYTES:
                    kept += chunk
        finally:
            if out is not None:
                out.close()
        said = said or bytes(kept)
        if left or wanted:
            break
    return said


def _members(file: BinaryIO) -> Iterator[tuple[str, int]]:
    """Give the name and size of each stored member, the file at its first byte; end at all else.

    The caller reads the member before it asks for the next.
    """
    for _ in range(container.SNAPSHOT.members):
        header = file.read(_LOCAL.size)
        if len(header) < _LOCAL.size:
            return
        mark, _v, flags, method, _t, _d, _crc, packed, size, name, extra = _LOCAL.unpack(header)
        plain = mark == b"PK\x03\x04" and not method and not flags & 0b1001 and packed == size
        if not plain or name > _LONGEST or extra > _LONGEST:
            return
        named = file.read(name)
        file.read(extra)
        yield named.decode("utf-8", "replace"), size
