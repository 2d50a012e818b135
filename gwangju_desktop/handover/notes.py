"""What is known outside the office: beside it, beside a file that was taken, and on this PC.

None of it decides who may write; that is the office's own setting. The notes tell a giving that
was cut off from one that was finished, and a second taking of a file from the first.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from db.files import atomic_write
from gwangju_desktop.paths import person_folder

_PC = "handovers.json"
_KEPT = 500


@dataclass(frozen=True, slots=True)
class Note:
    """Beside an office that was given away: which handover, into which file; `sha256` once it is whole."""

    token: str
    file: str
    sha256: str = ""


def beside(office: Path) -> Path:
    """Return where the note of an office lies."""
    return office.with_name(f"{office.name}.handover")


def read(office: Path) -> Note | None:
    """Return the note of an office, None where there is none that can be read."""
    told = _json(beside(office))
    with contextlib.suppress(TypeError):
        note = Note(**told)
        if all(type(text) is str for text in (note.token, note.file, note.sha256)):
            return note
    return None


def write(office: Path, note: Note) -> None:
    """Write the note of an office; raises Full or ReadOnly, naming it."""
    with atomic_write(beside(office), private=True) as out:
        out.write(json.dumps(asdict(note), ensure_ascii=False, indent=1).encode())


def remove(office: Path) -> None:
    """Take the note of an office away."""
    with contextlib.suppress(OSError):
        beside(office).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Claim:
    """Beside a file that was taken over: by which PC, to which place, when."""

    token: str
    pc: str
    place: str
    at: str


def claim_of(file: Path) -> Path:
    """Return where the claim of a file lies."""
    return file.with_name(f"{file.name}.taken")


def claimed(file: Path) -> Claim | None:
    """Return who took a file, None for nobody as far as its folder tells."""
    told = _json(claim_of(file))
    with contextlib.suppress(TypeError):
        return Claim(**told)
    return None


def claim(file: Path, claim: Claim) -> bool:
    """Say beside a file that it is taken; False where its folder cannot be written.

    Raises FileExistsError where somebody else was faster.
    """
    try:
        with claim_of(file).open("x", encoding="utf-8") as out:
            json.dump(asdict(claim), out, ensure_ascii=False, indent=1)
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def unclaim(file: Path) -> None:
    """Take a claim back: the taking was not carried out."""
    with contextlib.suppress(OSError):
        claim_of(file).unlink(missing_ok=True)


def pc() -> str:
    """Return this PC's name."""
    return platform.node() or "?"


@dataclass(frozen=True, slots=True)
class Seen:
    """What this person's PC knows of one handover: `what` is given, taking or taken."""

    token: str
    office: str
    number: int
    what: str
    place: str
    at: str


def seen() -> list[Seen]:
    """Return every handover this PC took part in, the newest first."""
    told = _json(person_folder() / _PC)
    found = []
    for one in told.get("handovers", []) if isinstance(told, dict) else []:
        with contextlib.suppress(TypeError):
            found.append(Seen(**one))
    return found


def remember(one: Seen) -> None:
    """Write down what this PC did; an earlier word on the same handover is replaced."""
    held = [one, *(other for other in seen() if other.token != one.token)][:_KEPT]
    with atomic_write(person_folder() / _PC, private=True) as out:
        told = {"handovers": [asdict(each) for each in held]}
        out.write(json.dumps(told, ensure_ascii=False, indent=1).encode())


def forget(token: str) -> None:
    """Strike out a handover that was not carried out."""
    held = [asdict(one) for one in seen() if one.token != token]
    with atomic_write(person_folder() / _PC, private=True) as out:
        out.write(json.dumps({"handovers": held}, ensure_ascii=False, indent=1).encode())


def _json(path: Path) -> Any:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        told = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(told, dict):
            return told
    return {}
