"""Made-up files of answers, read without a child where the child is not the point."""

from __future__ import annotations

import json
from pathlib import Path

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.reading import files, source, taking
from gwangju_desktop.polls.reading.model import Reading, Reject, Source
from gwangju_desktop.text import Msg

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data" / "polls"


def written(folder: Path, text: str | bytes, name: str = "응답 파일.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def sourced(path: Path, encoding: str = "", codebook: Path | None = None) -> Source:
    """Read a file as the child does, in this process."""
    asked = {"path": str(path), "encoding": encoding, "codebook": str(codebook or "")}
    told = json.loads(json.dumps(files.read_task(asked)))
    if "refused" in told:
        why = told["refused"]
        raise UserError(Msg(why["message"]), hint=Msg(why["hint"]), **why["values"])
    return source._source(path.name, told)


def taken(folder: Path, text: str | bytes, **asked) -> Reading:
    return taking.take(sourced(written(folder, text)), **asked)


def counts(reading: Reading, code: str) -> dict[str, int]:
    """Count how often each option was chosen, anywhere."""
    answers = reading.answers_to(code)
    options = answers.question.options
    if answers.chosen.dtype == bool:
        return {one.code: int(answers.chosen[:, at].sum()) for at, one in enumerate(options)}
    return {one.code: int((answers.chosen == at).sum()) for at, one in enumerate(options)}


def places(faults: tuple[Reject, ...]) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.value) for one in faults]
