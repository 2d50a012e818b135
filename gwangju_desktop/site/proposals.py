"""Citizens' proposals: state, steps and reply with its reasons; who proposed only by consent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import resources
from db.vocab import AreaLevel, ProposalConsent, ProposalStage, ProposalState
from gwangju_desktop.proposals.importing.reading import SITE_FORM
from gwangju_desktop.proposals.words import STAGES
from gwangju_desktop.site.copy import Copy, Record
from gwangju_desktop.site.page import ASSETS, Asset, Page, Section
from gwangju_desktop.site.records import (
    Left,
    Pages,
    in_order,
    joined,
    latest,
    proposal_address,
    proposal_title,
)
from gwangju_desktop.text import C_, Words

_TITLE = C_("site", "Proposals")
_FORM = C_("site", "Make a proposal")
_KIND = C_("site record", "Proposal")
_SCRIPT = f"{ASSETS}/proposal.js"
_GOOD = frozenset({ProposalState.ADOPTED, ProposalState.PARTLY, ProposalState.DONE})
_POOR = frozenset({ProposalState.NOT_ADOPTED, ProposalState.DROPPED})
_WAITING = frozenset({ProposalState.DEFERRED, ProposalState.SUPPLEMENT, ProposalState.DELAYED})
_NO_STEP = frozenset({ProposalState.DRAFT})
# Until the decision a proposal has a last day; afterwards its clock has stopped.
_CLOCK = frozenset({ProposalStage.RECEIPT, ProposalStage.REVIEW, ProposalStage.TABLED})
_NO_CLOCK = frozenset({ProposalState.DRAFT, ProposalState.SUPPORT, ProposalState.DEFERRED})


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the handling: when, what, to which department or where."""

    day: str
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it was published, or that it is not; `day` is when it was sent."""

    text: str
    reasons: str
    day: str
    published: str
    round: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as lists and pages show it; `hidden` says that not even its title is public."""

    row: Record
    title: str
    address: str
    state: str
    tone: str
    stage: str
    field: str
    left: Left | None
    hidden: bool


def pages(copy: Copy, say: Words) -> Iterator[Page]:
    """Give the list of proposals, the page of each and the form."""
    made = Pages(copy, say)
    # A draft nobody received is no proposal yet.
    rows = [row for row in copy.of("proposal") if row.get("number")]
    rows.sort(key=lambda row: (str(row["received_on"] or ""), str(row["number"])), reverse=True)
    held = [_proposal(made, row) for row in rows]
    stages = [(say(title), [p for p in held if p.stage == key]) for key, title in STAGES.items()]
    yield Page(
        "proposals/index.html",
        "proposals/index.html",
        "proposals",
        say(_TITLE),
        made.facts(
            proposals=held,
            stages=[(title, len(own)) for title, own in stages if own],
            years=sorted({str(one.row["received_on"])[:4] for one in held}, reverse=True),
        ),
        say(C_("site", "What citizens proposed, what became of it and why.")),
    )
    for one in held:
        yield _page(made, one)
    yield _form(made)


def assets(_copy: Copy, _languages: tuple[str, ...]) -> Iterator[Asset]:
    """Give the script of the form."""
    yield Asset(_SCRIPT, resources.path("site", "assets", "proposal.js").read_bytes)


def _proposal(pages: Pages, row: Record) -> Proposal:
    copy, state = pages.copy, str(row["state"])
    stage = ""
    named = ""
    for one in copy.by("profile_state", "profile_id", row["profile_id"]):
        if one["state"] == state:
            stage, named = str(one["stage"]), pages.text(one, "name")
    field = next(iter(copy.by("proposal_field", "code", row.get("field"))), None)
    running = stage in _CLOCK and state not in _NO_CLOCK
    return Proposal(
        row,
        proposal_title(pages, row),
        proposal_address(row),
        named or pages.word("proposal", "state", state),
        "ok"
        if state in _GOOD
        else "bad"
        if state in _POOR
        else "warn"
        if state in _WAITING
        else "info",
        stage,
        pages.text(field, "name") if field else "",
        pages.left(row.get("due_on")) if running else None,
        not row.get("title"),
    )


def _page(pages: Pages, one: Proposal) -> Page:
    copy, row = pages.copy, one.row
    steps = _steps(pages, row)
    replies = [
        Reply(
            str(reply.get("text") or ""),
            str(reply.get("reasons") or ""),
            str(reply.get("sent_on") or ""),
            str(reply.get("published_on") or ""),
            int(reply["round"]),
        )
        for reply in sorted(
            copy.by("proposal_reply", "proposal_id", row["id"]), key=lambda held: held["round"]
        )
        # A reply that was not sent yet is none.
        if reply.get("sent_on")
    ]
    boards = sorted(
        copy.by("proposal_board", "proposal_id", row["id"]), key=lambda held: str(held["held_on"])
    )
    before, after = pages.thread("proposal", row["id"])
    merged = pages.place("proposal", row.get("merged_into_id"))
    split = pages.place("proposal", row.get("split_from_id"))
    facts = pages.facts(
        one=one,
        proposal=row,
        steps=steps,
        replies=replies,
        boards=boards,
        before=before + ([split] if split else []),
        after=after + ([merged] if merged else []),
        outside=copy.by("outside_number", "proposal_id", row["id"]),
        channel=pages.word("proposal", "channel", row.get("channel")),
        consent=pages.word("proposal", "consent", row.get("consent")),
        adoption=pages.word("proposal", "state", row["adoption"]) if row.get("adoption") else "",
        public_text=row.get("consent") == ProposalConsent.FULL and bool(row.get("text")),
        review_left=pages.left(row.get("review_on"))
        if row["state"] == ProposalState.DEFERRED
        else None,
        moved=[
            moved
            for moved in copy.by("moved_due", "row_code", row["id"])
            if moved["table_name"] == "proposal"
        ],
    )
    return Page(
        one.address,
        "proposals/proposal.html",
        "proposals",
        f"{row['number']} {one.title}",
        facts,
        description=joined(one.state, one.field, str(row.get("text") or "")[:120]),
        text=joined(
            row["number"],
            one.state,
            one.field,
            row.get("department"),
            row.get("text"),
            *(reply.text for reply in replies),
            *(reply.reasons for reply in replies),
        ),
        kind=pages.say(_KIND),
        updated=latest(
            row.get("since_on"),
            row.get("received_on"),
            *(reply.published for reply in replies),
        ),
        feed=any(reply.text for reply in replies) or bool(row.get("adoption")),
    )


def _steps(pages: Pages, row: Record) -> list[Step]:
    found: list[Step] = []
    rows = pages.copy.by("proposal_step", "proposal_id", row["id"])
    for step in _linked(rows):
        if step["to_state"] in _NO_STEP or step["kind"] == "edited":
            continue
        name = (
            pages.word("proposal", "state", step["to_state"])
            if step["kind"] == "move"
            else pages.word("proposal_step", "kind", step["kind"])
        )
        who = step.get("department") or step.get("outside") or ""
        found.append(Step(str(step["on_day"]), name, str(who)))
    return found


def _linked(rows: list[Record]) -> list[Record]:
    """Return steps by day; of one day each move follows the move that led to where it begins."""
    left = sorted(rows, key=lambda row: (str(row["on_day"]), str(row["at"]), str(row["id"])))
    done: list[Record] = []
    state: str | None = None
    while left:
        day = left[0]["on_day"]
        own = [row for row in left if row["on_day"] == day]
        left = [row for row in left if row["on_day"] != day]
        while own:
            at = next(
                (
                    n
                    for n, row in enumerate(own)
                    if row["kind"] == "move" and row["from_state"] == state
                ),
                0,
            )
            row = own.pop(at)
            if row["kind"] == "move":
                state = row["to_state"]
            done.append(row)
    return done


def _form(pages: Pages) -> Page:
    copy, say = pages.copy, pages.say
    fields = [
        (str(row["name_ko"]), pages.text(row, "name"))
        for row in in_order(copy.of("proposal_field"))
    ]
    day = copy.day.isoformat()
    districts = [
        (str(row["name_ko"]), pages.text(row, "name"))
        for row in in_order(copy.by("area", "level", AreaLevel.DISTRICT.value))
        if (row["valid_from"] or "") <= day <= (row["valid_to"] or day)
    ]
    data: dict[str, Any] = {
        "format": SITE_FORM,
        "file": say(C_("site", "proposal")),
        "made": say(C_("site", "The file {name} is in your downloads. Send it to the office.")),
        "missing": say(C_("site", "Fill in: {fields}")),
        "copied": say(C_("site", "Copied. Paste it into a mail or a letter.")),
        "subject": say(C_("site", "Proposal: {title}")),
        "long": say(
            C_(
                "site",
                "The proposal is too long for a mail that opens by itself. Save the file and attach it.",
            )
        ),
    }
    return Page(
        "proposals/form.html",
        "proposals/form.html",
        "proposals",
        say(_FORM),
        pages.facts(fields=fields, districts=districts, data=data),
        say(
            C_("site", "Write a proposal here; it becomes a file or a mail that you send yourself.")
        ),
        scripts=(_SCRIPT,),
    )


SECTION = Section("proposals", _TITLE, pages, assets)
