"""The one way a file comes into the office: examined, kept, refused as the office's list says."""

from __future__ import annotations

from pathlib import Path

from gwangju_desktop.packs.papers import PaperFacts, take_in
from gwangju_desktop.papers import security


def receive(work, path: Path, *, name: str | None = None, password: str = "") -> PaperFacts:
    """Take a file in, as a part of a job for `desk.work`; see packs.papers.take_in."""
    with work.reading() as read:
        heads = security.heads(read)
    return take_in(
        work.store.papers,
        path,
        name=name,
        password=password,
        heads=heads,
        cancelled=work.cancelled,
    )
