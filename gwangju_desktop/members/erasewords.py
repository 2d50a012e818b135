"""What is said about an erasure: what is left to do, and where a name still stands."""

from __future__ import annotations

from collections.abc import Iterable

from gwangju_desktop.members.erasing_preview import Mention
from gwangju_desktop.text import C_, N_, Msg, say

_LEFT: dict[str, Msg] = {
    "busy": N_(
        "The person is erased, but somebody else reads the office, so the file could not be"
        " cleaned up. Close it elsewhere and erase the same person once more."
    ),
    "full": N_(
        "The person is erased, but there is no room on the disk to clean up the file. Free as much"
        " as the office takes and erase the same person once more."
    ),
    "tables": N_(
        "The rows are erased, but only the owner of the server's tables can clean them up. Ask its"
        " administrator to run VACUUM FULL on them."
    ),
    "statistics": N_(
        "The server's statistics may still hold single values. Ask its administrator to run"
        " VACUUM FULL pg_statistic."
    ),
    "wal": N_("The server's write-ahead log and base backups hold the person until they age out."),
}
TABLES: dict[str, Msg] = {
    "access_record": C_("table", "Access record"),
    "agenda_item": C_("table", "Agenda item"),
    "body": C_("table", "Body"),
    "body_name": C_("table", "Name of a body"),
    "body_rule": C_("table", "Rule of a body"),
    "candidate": C_("table", "Candidate"),
    "change_log": C_("table", "History"),
    "consent": C_("table", "Consent"),
    "consultation": C_("table", "Consultation"),
    "meeting": C_("table", "Meeting"),
    "membership": C_("table", "Membership"),
    "organisation": C_("table", "Organisation"),
    "paper": C_("table", "Paper"),
    "person": C_("table", "Person"),
    "person_alias": C_("table", "Other name of a person"),
    "post": C_("table", "Post"),
    "proposal": C_("table", "Proposal"),
    "proposal_board": C_("table", "Review board"),
    "proposal_file": C_("table", "File of a proposal"),
    "proposal_note": C_("table", "Private note on a proposal"),
    "proposal_notice": C_("table", "Notice to a proposer"),
    "proposal_opinion": C_("table", "Opinion of a department"),
    "proposal_reply": C_("table", "Reply to a proposal"),
    "proposal_step": C_("table", "Step of a proposal"),
    "proposal_supplement": C_("table", "Supplement to a proposal"),
    "proposer": C_("table", "Proposer"),
    "saved_filter": C_("table", "Saved filter"),
    "setting": C_("table", "Setting"),
    "stored_file": C_("table", "File"),
    "term": C_("table", "Term"),
}


def left_sentences(codes: Iterable[str]) -> list[str]:
    """Return what an erasure could not do, one sentence a code of db.erase.scrub."""
    return [say(_LEFT[code]) for code in codes]


def table_name(table: str) -> str:
    """Return what the rows of a table are called."""
    known = TABLES.get(table)
    return say(known) if known else table


COLUMNS: dict[str, Msg] = {
    "contents": C_("column", "contents"),
    "note": C_("column", "note"),
    "place": C_("column", "place"),
    "post": C_("column", "post"),
    "presenter": C_("column", "presenter"),
    "presiding": C_("column", "presiding"),
    "reason": C_("column", "reason"),
    "recommender": C_("column", "recommender"),
    "reference": C_("column", "reference"),
    "request": C_("column", "request"),
    "secretariat": C_("column", "secretariat"),
    "source": C_("column", "source"),
}


def mention_line(found: Mention) -> str:
    """Return where a name still stands, with the reason when it may not change."""
    place = f"{table_name(found.table)} {found.id}"
    title = f" “{found.title}”" if found.title else ""
    if found.column in COLUMNS:
        title += f" · {say(COLUMNS[found.column])}"
    remark = found.law
    if found.table == "person" and found.column in ("name", "hanja", "latin"):
        remark = N_("somebody else of the same name")
    return f"{place}{title}" + (f" · {say(remark)}" if remark else "")
