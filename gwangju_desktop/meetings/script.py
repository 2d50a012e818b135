"""What is said at a sitting, sentence by sentence: the one source of all scripts on paper.

Nothing here reads the office: callers give the values. Numbers nobody knows yet are left as blanks
to write on. Order of business: domain 2.4; the wording is that of Korean committee chairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.vocab import ItemKind, Outcome
from gwangju_desktop.text import C_, N_, Msg, Words

CHAIR = C_("script", "Chair")
SECRETARY = C_("script", "Secretary")
ROOM = C_("script", "(Room)")
BLANK = "______"
GAVEL = 3

QUORATE = N_(
    "I report the quorum: of {enrolled} enrolled members {present} are present, which reaches the"
    " opening quorum of {required}. We are quorate."
)
INQUORATE = N_(
    "I report the quorum: of {enrolled} enrolled members {present} are present, which does not"
    " reach the opening quorum of {required}."
)
OPENED = N_("As we are quorate, I declare {body} {meeting} open.")
NOT_OPENED = N_("As the quorum is not reached, {meeting} cannot be opened.")
TABLED = N_("I table item {label} of the order of business, “{title}”.")
PRESIDES = N_("{name} presides over this item.")
ASIDE = N_("{names} may not take part in this item and is asked to leave the room.")
EXPLAINED_BY = N_("{presenter} is asked to explain the proposal.")
EXPLAINED = N_("The proposal is explained now.")
REPORTED_BY = N_("{presenter} is asked to report.")
REPORTED = N_("The report is given now.")
ASKED = N_("Members who have questions or opinions may speak now.")
ASKED_ALL = N_("As there are no more questions, questions and debate are closed.")
OBJECTION = N_("Does anybody object to adopting this item as proposed?")
NONE_OBJECTS = N_("(Members answer “No”.)")
SOME_OBJECT = N_("(If a member objects or an amendment is moved and seconded, put it to the vote.)")
VOTED = N_(
    "We vote on it. Who is in favour, please raise a hand. … Who is against? … Who abstains?"
)
COUNTED = N_(
    "This is the result: of {present} members present {blank} are in favour, {blank} against and"
    " {blank} abstain."
)
AMENDMENT_FIRST = N_("As an amendment was moved and seconded, we vote on the amendment first.")
ADOPTED = N_("I declare that item {label} is adopted as proposed.")
AMENDED = N_(
    "I declare that item {label} is adopted: what was amended as amended, the rest as proposed."
)
CONDITIONAL = N_("I declare that item {label} is adopted on the condition that {blank}.")
DEFERRED = N_(
    "I declare that item {label} is deferred and will be dealt with again at a later meeting."
)
REJECTED = N_("I declare that item {label} is rejected.")
NOTED = N_("The report on item {label} is noted.")
HEARD = N_("What members said on item {label} is kept in the minutes and given to the department.")
CLOSED = N_(
    "With this all items of the day are dealt with. I declare {body} {meeting} closed. Thank you."
)
FOLLOWING = N_("The next meeting is planned for {when:when}.")
NO_FOLLOWING = N_("The day of the next meeting will be announced.")

DECLARED: dict[str, Msg] = {
    Outcome.AS_PROPOSED: ADOPTED,
    Outcome.AMENDED: AMENDED,
    Outcome.CONDITIONAL: CONDITIONAL,
    Outcome.DEFERRED: DEFERRED,
    Outcome.REJECTED: REJECTED,
    Outcome.NOTED: NOTED,
}
# What a vote may end in, in the order the chair's paper offers it.
BRANCHES = (
    Outcome.AS_PROPOSED,
    Outcome.AMENDED,
    Outcome.CONDITIONAL,
    Outcome.DEFERRED,
    Outcome.REJECTED,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: who says it, and how often the gavel falls after it."""

    who: Msg
    text: str
    gavel: int = 0


@dataclass(frozen=True, slots=True)
class Branch:
    """What is said where an item ends in `outcome`."""

    outcome: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """All that is said on one item: up to the question, then a branch for each outcome."""

    lines: tuple[Line, ...]
    branches: tuple[Branch, ...] = ()


def opening(
    say: Words, *, body: str, meeting: str, enrolled: int, required: int, present: int | None = None
) -> tuple[Line, ...]:
    """Return the report of the quorum and the opening; `present` None leaves a blank."""
    quorate = present is None or present >= required
    counted = {
        "enrolled": enrolled,
        "required": required,
        "present": BLANK if present is None else present,
    }
    if not quorate:
        return (
            Line(SECRETARY, say(INQUORATE, **counted)),
            Line(CHAIR, say(NOT_OPENED, meeting=meeting)),
        )
    return (
        Line(SECRETARY, say(QUORATE, **counted)),
        Line(CHAIR, say(OPENED, body=body, meeting=meeting), GAVEL),
    )


def passage(
    say: Words,
    *,
    label: str,
    title: str,
    kind: str,
    presenter: str = "",
    presiding: str = "",
    recused: Sequence[str] = (),
    present: int | None = None,
) -> Passage:
    """Return what is said on a numbered item; `present` are those who count in its vote."""
    voting = kind == ItemKind.DELIBERATION
    lines = [Line(CHAIR, say(PRESIDES, name=presiding))] if presiding else []
    lines.append(Line(CHAIR, say(TABLED, label=label, title=title), GAVEL))
    if recused:
        lines.append(Line(CHAIR, say(ASIDE, names=", ".join(recused))))
    message = {
        (True, True): EXPLAINED_BY,
        (True, False): EXPLAINED,
        (False, True): REPORTED_BY,
        (False, False): REPORTED,
    }[kind != ItemKind.REPORT, bool(presenter)]
    lines += [
        Line(CHAIR, say(message, presenter=presenter)),
        Line(CHAIR, say(ASKED)),
        Line(CHAIR, say(ASKED_ALL)),
    ]
    if not voting:
        last = NOTED if kind == ItemKind.REPORT else HEARD
        return Passage((*lines, Line(CHAIR, say(last, label=label), GAVEL)))
    lines += [
        Line(CHAIR, say(OBJECTION)),
        Line(ROOM, say(NONE_OBJECTS)),
        Line(ROOM, say(SOME_OBJECT)),
    ]
    branches = tuple(Branch(one, _branch(say, one, label, present)) for one in BRANCHES)
    return Passage(tuple(lines), branches)


def _branch(say: Words, outcome: str, label: str, present: int | None) -> tuple[Line, ...]:
    lines = []
    if outcome == Outcome.AMENDED:
        lines.append(Line(CHAIR, say(AMENDMENT_FIRST)))
    if outcome in (Outcome.AMENDED, Outcome.REJECTED):
        shown = BLANK if present is None else present
        lines += [
            Line(CHAIR, say(VOTED)),
            Line(CHAIR, say(COUNTED, present=shown, blank=BLANK)),
        ]
    said = say(DECLARED[outcome], label=label, blank=BLANK)
    return (*lines, Line(CHAIR, said, GAVEL))


def closing(say: Words, *, body: str, meeting: str, following: object = None) -> tuple[Line, ...]:
    """Return the last words; `following` is the moment of the next meeting where it is known."""
    when = say(FOLLOWING, when=following) if following is not None else say(NO_FOLLOWING)
    return (
        Line(CHAIR, when),
        Line(CHAIR, say(CLOSED, body=body, meeting=meeting), GAVEL),
    )


def gavel(say: Words, line: Line) -> str:
    """Return the place for the gavel after a line: "(의사봉 3타)", nothing where it stays still."""
    # Blanks that do not break keep the mark on one line.
    return say(N_("(gavel × {n})"), n=line.gavel).replace(" ", "\u00a0") if line.gavel else ""
