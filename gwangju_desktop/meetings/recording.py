"""The recording of a sitting, and a page that plays it from the time marks of the notes.

The program plays no sound: the page is a local file for the person's browser. What it shows is
data and escaped; its policy lets it load the recording and nothing else.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.schema.papers import StoredFile
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change
from gwangju_desktop.meetings import guards, notes
from gwangju_desktop.text import C_, N_, say

# Ending -> media type; what browsers play without more.
KINDS = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "audio/mp4",
    ".aac": "audio/aac",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".webm": "audio/webm",
    ".flac": "audio/flac",
}
LARGEST = 2 * 1024**3
NO_NOTES = N_("No notes were taken.")
_DAY = 24 * 3600
# A mark this long after the start means it was set before it, on the same clock.
_LONGEST = 18 * 3600
_SCRIPT = """
const sound = document.getElementById("sound");
for (const mark of document.querySelectorAll("a[data-at]")) {
  mark.addEventListener("click", (event) => {
    event.preventDefault();
    sound.currentTime = Number(mark.dataset.at);
    sound.play();
  });
}
"""
_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.7 "Pretendard GOV", "Malgun Gothic", sans-serif; max-width: 46rem;
       margin: 0 auto; padding: 1rem; }
header { position: sticky; top: 0; padding: .5rem 0; background: Canvas; }
audio { width: 100%; }
h1 { font-size: 1.3rem; margin: 0 0 .5rem; }
h2 { font-size: 1.05rem; margin: 1.4rem 0 .3rem; }
p { margin: .2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: LinkText; }
"""


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """The recording of a meeting; `starts_at` is on the office's clock."""

    sha256: str
    name: str
    bytes: int
    starts_at: dt.datetime


def refuse(name: str, size: int) -> None:
    """Raise UserError for a file that is no recording a browser plays, or too large."""
    if Path(name).suffix.casefold() not in KINDS:
        raise UserError(
            N_("“{name}” is not a recording that can be played."),
            hint=N_("Save it as one of: {kinds}."),
            name=name,
            kinds=", ".join(kind[1:] for kind in KINDS),
        )
    if not 0 < size <= LARGEST:
        raise UserError(
            N_("“{name}” is empty or larger than 2 GB."),
            hint=N_("Save the recording with a lower quality."),
            name=name,
        )


@usecase("Attach the recording")
def attach(
    tx: Session, *, meeting_id: int, sha256: str, name: str, bytes: int, starts_at: dt.datetime
) -> int:
    """Attach a recording that is in the file store, with the moment it begins."""
    meeting = guards.meeting_of(tx, meeting_id)
    refuse(name, bytes)
    if starts_at > clock.now() + guards.SLACK:
        raise UserError(
            N_("{at:when} lies ahead."),
            hint=N_("Enter the time at which it happened."),
            at=clock.local(starts_at),
        )
    file = tx.scalars(select(StoredFile).where(StoredFile.sha256 == sha256)).first()
    if file is None:
        file = StoredFile(sha256=sha256, name=name, bytes=bytes)
        tx.add(file)
        tx.flush()
    change(meeting, {"recording_id": file.id, "recording_from": starts_at})
    return file.id


@usecase("Detach the recording")
def detach(tx: Session, *, meeting_id: int) -> int:
    """Take the recording off a meeting; the file stays in the store for undo."""
    meeting = guards.meeting_of(tx, meeting_id)
    change(meeting, {"recording_id": None, "recording_from": None})
    return meeting_id


def of_meeting(read: Session, *, meeting_id: int) -> RecordingRow | None:
    """Return the recording of a meeting, None where there is none."""
    meeting = guards.meeting_of(read, meeting_id)
    if meeting.recording_id is None or meeting.recording_from is None:
        return None
    file = read.get_one(StoredFile, meeting.recording_id)
    return RecordingRow(file.sha256, file.name, file.bytes, clock.local(meeting.recording_from))


def second_of(mark: dt.time, starts: dt.time) -> int | None:
    """Return how many seconds into a recording a time mark lies; None for one before it.

    A sitting may cross midnight.
    """
    at = mark.hour * 3600 + mark.minute * 60 + mark.second
    begun = starts.hour * 3600 + starts.minute * 60 + starts.second
    passed = (at - begun) % _DAY
    if passed > _LONGEST:
        # The minute of the start itself is marked without its seconds.
        return 0 if _DAY - passed < 60 else None
    return passed


def page(read: Session, *, meeting_id: int, media: str, jump: int = 0) -> str:
    """Return the page that plays a recording; `media` is the address of a local copy.

    Raises UserError where the meeting has no recording.
    """
    held = of_meeting(read, meeting_id=meeting_id)
    meeting = guards.meeting_of(read, meeting_id)
    if held is None:
        raise UserError(N_("{meeting} has no recording."), meeting=meeting.title)
    kind = KINDS[Path(held.name).suffix.casefold()]
    taken = notes.of_meeting(read, meeting_id=meeting_id)
    parts = []
    items = read.execute(
        select(AgendaItem.id, AgendaItem.label, AgendaItem.title)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
    ).all()
    for id, label, title in items:
        if taken.get(id):
            parts.append(_section(f"{label}. {title}" if label else title, taken[id], held))
    if taken.get(None):
        parts.append(_section(say(C_("minutes", "Further remarks")), taken[None], held))
    return _PAGE.format(
        language="ko",
        policy=_policy(),
        title=html.escape(meeting.title),
        style=_STYLE,
        media=html.escape(f"{media}#t={jump}" if jump else media, quote=True),
        kind=kind,
        starts=html.escape(say(N_("Recording from {starts:when}"), starts=held.starts_at)),
        parts="\n".join(parts) or f"<p>{html.escape(say(NO_NOTES))}</p>",
        script=_SCRIPT,
    )


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<title>{title}</title><style>{style}</style></head><body>
<header><h1>{title}</h1><audio id="sound" controls preload="metadata">
<source src="{media}" type="{kind}"></audio><p>{starts}</p></header>
{parts}
<script>{script}</script></body></html>
"""


def _section(title: str, text: str, held: RecordingRow) -> str:
    lines = "\n".join(f"<p>{_linked(line, held)}</p>" for line in text.splitlines() if line.strip())
    return f"<h2>{html.escape(title)}</h2>\n{lines}"


def _linked(line: str, held: RecordingRow) -> str:
    """Escape a line; its time marks become links into the recording."""
    pieces, last = [], 0
    for found in notes.MARK.finditer(line):
        pieces.append(html.escape(line[last : found.start()]))
        mark = dt.time(int(found[1]), int(found[2]), int(found[3] or 0))
        at = second_of(mark, held.starts_at.time())
        shown = html.escape(found.group(0))
        pieces.append(shown if at is None else f'<a href="#" data-at="{at}">{shown}</a>')
        last = found.end()
    return "".join(pieces) + html.escape(line[last:])


def _policy() -> str:
    script, style = (_digest(text) for text in (_SCRIPT, _STYLE))
    return html.escape(
        f"default-src 'none'; media-src file: 'self'; script-src '{script}'; style-src '{style}';"
        " base-uri 'none'; form-action 'none'",
        quote=True,
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
