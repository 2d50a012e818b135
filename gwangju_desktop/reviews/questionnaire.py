"""The questions of a form as a workbook, to be filled in where this program is not at hand.

What comes back has no signature: an office takes its explanations and comments and no rating. The
monitor, who has the copy and the key, makes a signed file of it.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.files import atomic_write
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews.forms import Form, Question, form
from gwangju_desktop.reviews.review_file import (
    MOST_TEXT,
    Answer,
    Comment,
    Finding,
    Written,
)
from gwangju_desktop.sheets.writing import Page, write_pages
from gwangju_desktop.text import C_, N_, Msg, say, speaking

TASK = "review.sheet"
MOST_ROWS = 10_000
MOST_COLUMNS = 30
# Characters of a line of a question; only a text of several lines grows its row.
_LINE = 44

COMMITMENT = C_("answer sheet", "Commitment")
QUESTION = C_("answer sheet", "Question no.")
ASKED = C_("answer sheet", "Question")
CHOICES = C_("answer sheet", "Possible answers")
VALUE = C_("answer sheet", "Answer")
EXPLANATION = C_("answer sheet", "Explanation")
EXPLANATION_EN = C_("answer sheet", "Explanation in English")
EVIDENCE = C_("answer sheet", "Evidence (SHA-256)")
MILESTONE = C_("answer sheet", "Milestone no.")
COMMENT = C_("answer sheet", "Comment")
COMMENT_EN = C_("answer sheet", "Comment in English")
FINDING = C_("answer sheet", "Finding")
FINDING_EN = C_("answer sheet", "Finding in English")
ADVICE = C_("answer sheet", "Recommendation")
ADVICE_EN = C_("answer sheet", "Recommendation in English")
ANSWERS_HEAD = (
    COMMITMENT,
    QUESTION,
    ASKED,
    CHOICES,
    VALUE,
    EXPLANATION,
    EXPLANATION_EN,
    EVIDENCE,
)
COMMENTS_HEAD = (COMMITMENT, QUESTION, MILESTONE, EVIDENCE, COMMENT, COMMENT_EN)
FINDINGS_HEAD = (COMMITMENT, FINDING, FINDING_EN, ADVICE, ADVICE_EN)
# The facts a filled-in sheet is known by; the word in the second column is for the program.
ABOUT: dict[str, Msg] = {
    "plan": C_("answer sheet", "Plan"),
    "form": C_("answer sheet", "Form"),
    "commitment": C_("answer sheet", "Commitment of the report"),
    "snapshot": C_("answer sheet", "Review copy (hash of its manifest)"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet as it came back; `snapshot` is "" for one that was not written from a copy."""

    name: str
    plan: str
    form: str
    commitment: str
    snapshot: str
    answers: tuple[Answer, ...]
    comments: tuple[Comment, ...]
    findings: tuple[Finding, ...]


def write(
    path: Path,
    *,
    plan: str,
    kind: str,
    commitments: Sequence[tuple[str, str]],
    commitment: str = "",
    snapshot: str = "",
    given: Written | None = None,
) -> None:
    """Write the questions of a form as a workbook in the language spoken.

    `commitments` are code and title of those that are asked about, `given` what was answered so
    far.
    """
    asked = form(kind)
    pages = [
        _answers_page(asked, commitments, commitment, given),
        _comments_page(given),
        _findings_page(given),
        _about_page(
            asked, {"plan": plan, "form": kind, "commitment": commitment, "snapshot": snapshot}
        ),
    ]
    with atomic_write(Path(path)) as file:
        write_pages(file, pages)


def read(path: Path) -> Filled:
    """Read a filled-in workbook in a child, because it may be hostile, swell or hang.

    Raises UserError in one sentence naming the file.
    """
    from gwangju_desktop.sheets import reading

    path = Path(path)
    told = reading.in_child(TASK, path, {})
    return filled(path.name, told["sheets"])


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a workbook's cells as texts: the child's side of `read`."""
    from gwangju_desktop.polls.reading.files import text_of
    from gwangju_desktop.sheets import grid
    from gwangju_desktop.sheets.guards import unguarded
    from gwangju_desktop.sheets.reading import refused

    try:
        book = grid.read(Path(asked["path"]))
        sheets = []
        for sheet in book.sheets:
            if len(sheet.rows) > MOST_ROWS:
                raise UserError(
                    N_("{file} has more than {most:,} rows; an answer sheet has not."),
                    file=book.name,
                    most=MOST_ROWS,
                )
            rows = [[unguarded(text_of(cell)) for cell in row[:MOST_COLUMNS]] for row in sheet.rows]
            sheets.append(rows)
        return {"sheets": sheets}
    except UserError as error:
        return refused(error)


def filled(name: str, sheets: Iterable[list[list[str]]]) -> Filled:
    """Understand the cells of a filled-in workbook, whatever its sheets are called.

    Raises UserError naming file and row for an answer that is none, a text that is too long, a
    question twice, and a workbook that is no answer sheet.
    """
    about: dict[str, str] = {}
    tables: dict[tuple[Msg, ...], list[tuple[int, dict[Msg, str]]]] = {}
    for rows in sheets:
        for head in (ANSWERS_HEAD, COMMENTS_HEAD, FINDINGS_HEAD):
            found = _table(rows, head)
            if found is not None:
                tables.setdefault(head, []).extend(found)
        about |= {row[1]: row[2] for row in rows if len(row) > 2 and row[1] in ABOUT}
    if ANSWERS_HEAD not in tables or not {"plan", "form"} <= set(about):
        raise UserError(
            N_("{file} is not an answer sheet of this program."),
            hint=N_("Write the questions out anew; keep its sheets and column titles."),
            file=name,
        )
    asked = form(about["form"])
    of = about.get("commitment", "")
    return Filled(
        name,
        about["plan"],
        about["form"],
        of,
        about.get("snapshot", ""),
        tuple(_answers(name, asked, of, tables[ANSWERS_HEAD])),
        tuple(_comments(name, tables.get(COMMENTS_HEAD, []))),
        tuple(_findings(name, tables.get(FINDINGS_HEAD, []))),
    )


# --- writing ---------------------------------------------------------------------------------------


def _answers_page(
    asked: Form, commitments: Sequence[tuple[str, str]], of: str, given: Written | None
) -> Page:
    held = {(a.commitment, a.question): a for a in given.answers} if given else {}
    rows = []
    wanted: list[tuple[str, str, Question]] = [("", "", q) for q in asked.of_plan()]
    for code, title in commitments:
        if not of or code == of:
            wanted += [(code, title, q) for q in asked.of_commitment()]
    for code, title, question in wanted:
        answer = held.get((code, question.key), Answer(question.key))
        choices = "\n".join(answer.label.said() for answer in question.answers)
        rows.append(
            (
                f"{code} {title}".strip(),
                question.key,
                textwrap.fill(question.text.said(), _LINE),
                choices,
                question.label(answer.value) if answer.value else "",
                answer.explanation,
                answer.explanation_en,
                " ".join(answer.evidence),
            )
        )
    widths = (24, 12, 50, 40, 22, 50, 50, 24)
    return Page(say(C_("answer sheet", "Answers")), _said(ANSWERS_HEAD), rows, widths)


def _comments_page(given: Written | None) -> Page:
    rows = [
        (
            c.commitment,
            c.question,
            "" if c.milestone is None else c.milestone,
            c.evidence,
            c.text,
            c.text_en,
        )
        for c in (given.comments if given else ())
    ]
    widths = (16, 12, 16, 24, 60, 60)
    return Page(say(C_("answer sheet", "Comments")), _said(COMMENTS_HEAD), rows, widths)


def _findings_page(given: Written | None) -> Page:
    rows = [
        (f.commitment, f.text, f.text_en, f.recommendation, f.recommendation_en)
        for f in (given.findings if given else ())
    ]
    widths = (16, 50, 50, 50, 50)
    return Page(say(C_("answer sheet", "Findings")), _said(FINDINGS_HEAD), rows, widths)


def _about_page(asked: Form, facts: dict[str, str]) -> Page:
    rows: list[tuple[str, str, str]] = [
        (say(label), key, facts[key]) for key, label in ABOUT.items()
    ]
    rows.append((asked.title.said(), "", asked.source))
    head = (say(C_("answer sheet", "About this sheet")), "", "")
    return Page(say(C_("answer sheet", "About this sheet")), head, rows, (30, 14, 70))


def _said(head: Sequence[Msg]) -> tuple[str, ...]:
    return tuple(say(title) for title in head)


# --- reading ---------------------------------------------------------------------------------------


def _table(rows: list[list[str]], head: Sequence[Msg]) -> list[tuple[int, dict[Msg, str]]] | None:
    """Return the rows under a head in either language, each with its number; None without it."""
    if not rows:
        return None
    titles = [_plain(cell) for cell in rows[0]]
    places: dict[Msg, int] = {}
    for title in head:
        for spoken in _spoken(title):
            if spoken in titles:
                places[title] = titles.index(spoken)
    if len(places) < len(head):
        return None
    return [
        (n, {t: row[at].strip() if at < len(row) else "" for t, at in places.items()})
        for n, row in enumerate(rows[1:], 2)
    ]


def _spoken(title: Msg) -> set[str]:
    found = set()
    for language in ("ko", "en"):
        with speaking(language):
            found.add(_plain(say(title)))
    return found


def _answers(
    name: str, asked: Form, of: str, rows: list[tuple[int, dict[Msg, str]]]
) -> list[Answer]:
    found: dict[tuple[str, str], Answer] = {}
    for n, row in rows:
        if not any(row[title] for title in (QUESTION, VALUE, EXPLANATION, EXPLANATION_EN)):
            continue
        question = asked.question(row[QUESTION])
        code = row[COMMITMENT].split(" ")[0]
        if (question.per == "commitment") != bool(code) or (of and code != of):
            raise UserError(
                N_("{file}, row {row}: question {key} does not belong to “{commitment}”."),
                file=name,
                row=n,
                key=question.key,
                commitment=row[COMMITMENT],
            )
        answer = Answer(
            question.key,
            _code(name, n, question, row[VALUE]),
            _short(name, n, row[EXPLANATION]),
            _short(name, n, row[EXPLANATION_EN]),
            code,
            tuple(row[EVIDENCE].lower().split()),
        )
        if (code, question.key) in found:
            raise UserError(
                N_("{file}, row {row}: question {key} stands there twice."),
                hint=N_("Keep one of the two rows."),
                file=name,
                row=n,
                key=question.key,
            )
        found[code, question.key] = answer
    return [a for a in found.values() if a.value or a.explanation or a.explanation_en]


def _code(name: str, n: int, question: Question, typed: str) -> str:
    """Return the code of an answer typed as code or in words of either language."""
    plain = _plain(typed)
    if not plain:
        return ""
    for answer in question.answers:
        words = (answer.code, answer.label.ko, answer.label.en)
        short = tuple(word.partition(":")[0] for word in words)
        if plain in {_plain(word) for word in (*words, *short)}:
            return answer.code
    raise UserError(
        N_("{file}, row {row}: “{typed}” is no answer to question {key}."),
        hint=N_("Write one of the answers that stand beside the question."),
        file=name,
        row=n,
        typed=typed[:60],
        key=question.key,
    )


def _comments(name: str, rows: list[tuple[int, dict[Msg, str]]]) -> list[Comment]:
    found = []
    for n, row in rows:
        if not (row[COMMENT] or row[COMMENT_EN]):
            continue
        if row[MILESTONE] and not row[MILESTONE].isdecimal():
            raise UserError(
                N_("{file}, row {row}: “{typed}” is no milestone's number."),
                file=name,
                row=n,
                typed=row[MILESTONE][:60],
            )
        found.append(
            Comment(
                _short(name, n, row[COMMENT] or row[COMMENT_EN]),
                _short(name, n, row[COMMENT_EN]),
                row[COMMITMENT].split(" ")[0],
                row[QUESTION],
                int(row[MILESTONE]) if row[MILESTONE] else None,
                row[EVIDENCE].lower(),
            )
        )
    return found


def _findings(name: str, rows: list[tuple[int, dict[Msg, str]]]) -> list[Finding]:
    return [
        Finding(
            _short(name, n, row[FINDING] or row[FINDING_EN]),
            _short(name, n, row[FINDING_EN]),
            _short(name, n, row[ADVICE]),
            _short(name, n, row[ADVICE_EN]),
            row[COMMITMENT].split(" ")[0],
        )
        for n, row in rows
        if row[FINDING] or row[FINDING_EN]
    ]


def _short(name: str, n: int, text: str) -> str:
    if len(text) > MOST_TEXT:
        raise UserError(
            N_("{file}, row {row}: a text has more than {most:,} characters."),
            hint=N_("Shorten it."),
            file=name,
            row=n,
            most=MOST_TEXT,
        )
    return text


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
