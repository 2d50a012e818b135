"""All answers of one file to one question as bytes: small, and known by what they say."""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING, Any

from db.vocab import QuestionKind
from gwangju_desktop.polls.model import BLANK, Answers, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MARK = b"ANSWERS1"
_FAST = 1
_ALIKE = frozenset({QuestionKind.SINGLE, QuestionKind.SCALE})
_NO_OPTIONS = frozenset({QuestionKind.NUMBER, QuestionKind.OPEN})


def encode(answers: Answers) -> bytes:
    """Write answers down; equal answers are equal bytes."""
    import numpy as np

    question, chosen = answers.question, answers.chosen
    everybody = bool(answers.asked.all())
    head = {
        "kind": question.kind.value,
        "n": len(answers.asked),
        "options": [option.code for option in question.options],
        "parts": [part.code for part in question.parts],
        "everybody": everybody,
    }
    asked = b"" if everybody else np.packbits(answers.asked).tobytes()
    if question.kind is QuestionKind.OPEN:
        body = json.dumps(chosen.tolist(), ensure_ascii=False).encode("utf-8")
    elif question.kind is QuestionKind.NUMBER:
        body = chosen.astype("<f8").tobytes()
    elif question.kind is QuestionKind.MULTIPLE:
        body = np.packbits(chosen).tobytes()
    else:
        body = np.ascontiguousarray(chosen).astype(_index(len(question.options))).tobytes()
    told = json.dumps(head, ensure_ascii=False).encode("utf-8")
    return _MARK + struct.pack("<I", len(told)) + told + zlib.compress(asked + body, _FAST)


def decode(data: bytes, question: Question) -> Answers:
    """Read answers to a question back, whatever order its options stand in now.

    Raises ValueError for other bytes, and for answers to a question of another kind or with
    options this one does not have.
    """
    import numpy as np

    if not data.startswith(_MARK):
        raise ValueError("no column of answers")
    (length,) = struct.unpack_from("<I", data, len(_MARK))
    start = len(_MARK) + 4
    head = json.loads(data[start : start + length])
    kind, n = QuestionKind(head["kind"]), head["n"]
    if kind is not question.kind and not {kind, question.kind} <= _ALIKE:
        raise ValueError(f"{question.code}: {kind} is not {question.kind}")
    body = memoryview(zlib.decompress(data[start + length :]))
    asked = np.ones(n, dtype=np.bool_)
    if not head["everybody"]:
        size = (n + 7) // 8
        asked = np.unpackbits(np.frombuffer(body[:size], dtype=np.uint8), count=n).astype(np.bool_)
        body = body[size:]
    return Answers(question, asked, _chosen(body, kind, n, head, question))


def encode_weights(weights: NDArray[np.float64]) -> bytes:
    """Write respondents' weights down."""
    return zlib.compress(weights.astype("<f8").tobytes(), _FAST)


def decode_weights(data: bytes) -> NDArray[np.float64]:
    """Read respondents' weights back."""
    import numpy as np

    return np.frombuffer(zlib.decompress(data), dtype="<f8").astype(np.float64)


def blank(question: Question, n: int) -> NDArray[Any]:
    """Return the answers of n respondents who left the question blank."""
    import numpy as np

    match question.kind:
        case QuestionKind.OPEN:
            return np.full(n, "", dtype=object)
        case QuestionKind.NUMBER:
            return np.full(n, np.nan)
        case QuestionKind.MULTIPLE:
            return np.zeros((n, len(question.options)), dtype=np.bool_)
        case QuestionKind.RANKING | QuestionKind.GRID:
            return np.full((n, len(question.parts)), BLANK, dtype=np.int16)
        case _:
            return np.full(n, BLANK, dtype=np.int16)


def restated(answers: Answers, question: Question) -> Answers:
    """Return the same answers with the options and parts of a question that has them all.

    Raises ValueError when it lacks one.
    """
    old = answers.question
    options, parts = [o.code for o in old.options], [p.code for p in old.parts]
    return Answers(question, answers.asked, _moved(answers.chosen, options, parts, question))


def _index(options: int) -> str:
    return "<i1" if options < 128 else "<i2"


def _chosen(
    body: memoryview, kind: QuestionKind, n: int, head: dict[str, Any], question: Question
) -> NDArray[Any]:
    import numpy as np

    if kind is QuestionKind.OPEN:
        texts = np.empty(n, dtype=object)
        texts[:] = json.loads(bytes(body))
        return texts
    if kind is QuestionKind.NUMBER:
        return np.frombuffer(body, dtype="<f8").astype(np.float64)
    options, parts = head["options"], head["parts"]
    if kind is QuestionKind.MULTIPLE:
        marks = np.unpackbits(np.frombuffer(body, dtype=np.uint8), count=n * len(options))
        return _moved(marks.reshape(n, len(options)).astype(np.bool_), options, parts, question)
    chosen = np.frombuffer(body, dtype=_index(len(options))).astype(np.int16)
    if kind in (QuestionKind.RANKING, QuestionKind.GRID):
        chosen = chosen.reshape(n, len(parts))
    return _moved(chosen, options, parts, question)


def _moved(
    chosen: NDArray[Any], options: list[str], parts: list[str], question: Question
) -> NDArray[Any]:
    """Return choices with the places that options and parts have in a question."""
    import numpy as np

    if question.kind in _NO_OPTIONS:
        return chosen
    places = [option.code for option in question.options]
    if places != options:
        where = np.array([places.index(code) for code in options] + [BLANK], dtype=np.int16)
        if question.kind is QuestionKind.MULTIPLE:
            marks = np.zeros((len(chosen), len(places)), dtype=np.bool_)
            marks[:, where[:-1]] = chosen
            chosen = marks
        else:
            # BLANK is -1, so the last entry answers for it.
            chosen = where[chosen]
    rows = [part.code for part in question.parts]
    if rows != parts:
        moved = np.full((len(chosen), len(rows)), BLANK, dtype=np.int16)
        moved[:, [rows.index(code) for code in parts]] = chosen
        chosen = moved
    return chosen
