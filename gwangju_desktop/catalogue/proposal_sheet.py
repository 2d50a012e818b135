"""What the letters about a proposal are made of: numbered lines, facts, what people wrote.

What a citizen or an official wrote is printed as it stands, never numbered or set in bold.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from db.vocab import ProposerKind
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.proposal_facts import Facts, Who
from gwangju_desktop.documents.blocks import Block, Column, Para, Weight, clean, para, table, words
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.proposals import flags
from gwangju_desktop.proposals.words import CHANNELS, PROPOSERS
from gwangju_desktop.text import C_, N_, NN_, Msg, Words

# More proposers than these stand on a sheet of their own.
MOST_NAMED = 4
# So many lines at least stand above who signs.
_WITH_SIGNATURE = 2

NUMBER = C_("proposal letter", "Proposal number")
ELSEWHERE = C_("proposal letter", "Number elsewhere")
TITLE = C_("proposal letter", "Proposal")
RECEIVED = C_("proposal letter", "Received")
CHANNEL = C_("proposal letter", "Came by")
DEPARTMENT = C_("proposal letter", "Department in charge")
DUE = C_("proposal letter", "Decision due")
TOGETHER = C_("proposal letter", "Joint proposers (shares)")
CUT_FROM = C_("proposal letter", "Cut from")
CONTENT = C_("proposal letter", "The proposal")
NOTHING_WRITTEN = N_("No text came with the proposal.")


@dataclass(slots=True)
class Sheet:
    """The body of a letter being written: `1.` lines, below them `가.` lines, and free text.

    `joint` says that joint proposers are named in it: their list may have to go with it.
    """

    say: Words
    blocks: list[Block] = field(default_factory=list)
    lines: int = 0
    below: int = 0
    joint: bool = False

    def line(self, message: str, **values: object) -> None:
        """Write the next numbered line: a msgid with its values, or what was said already."""
        self._next(self.say(message, **values))

    def fact(self, term: Msg, value: str) -> None:
        """Write a fact below the last line; what has no value is left out."""
        if not value.strip():
            return
        self.below += 1
        mark = frame.mark(1, self.below, self.say)
        said = (*words(f"{self.say(term)}:", "B"), *words(value))
        self.blocks.append(Para(said, "body", mark, 2))

    def text(self, title: Msg, written: str) -> None:
        """Write a numbered title and below it what somebody wrote, letter for letter."""
        self._next(self.say(title), weight="B", keep=True)
        self.blocks += literal(written, depth=1)

    def ended(self) -> list[Block]:
        """Return the body; its last lines stay with who signs below them."""
        at = len(self.blocks) - _WITH_SIGNATURE
        return [
            replace(block, keep=True) if n >= at and isinstance(block, Para) else block
            for n, block in enumerate(self.blocks)
        ]

    def _next(self, said: str, *, weight: Weight = "", keep: bool = False) -> None:
        self.lines += 1
        self.below = 0
        mark = frame.mark(0, self.lines, self.say)
        self.blocks.append(Para(words(said, weight), "body", mark, 1, keep=keep))


def literal(written: str, *, depth: int = 0) -> list[Block]:
    """Return what somebody wrote, a paragraph each line; empty lines are left out."""
    lines = clean(written).split("\n")
    return [Para(words(line), "body", "", depth) for line in lines if line.strip()]


def known(sheet: Sheet, data: Facts) -> None:
    """Write what every document of a proposal says of it."""
    sheet.fact(NUMBER, data.number)
    sheet.fact(ELSEWHERE, elsewhere(data))
    sheet.fact(TITLE, data.title)
    sheet.fact(RECEIVED, data.say.day(data.received_on, "long"))
    sheet.fact(CUT_FROM, data.split_from)


def elsewhere(data: Facts) -> str:
    """Return the numbers of other systems, each behind its system."""
    return ", ".join(f"{system} {number}" for system, number in data.outside)


def percent(share: int) -> str:
    """Write a share in hundredths of a percent: 33.33%, 50%."""
    whole, rest = divmod(share, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") + "%"


def joint(data: Facts) -> tuple[Who, ...]:
    """Return the joint proposers to be named, none where one proposed or all are anonymous."""
    several = len(data.people) > 1 and not data.anonymous
    return data.people if several else ()


def name_joint(sheet: Sheet, data: Facts) -> None:
    """Write who proposed together and with which shares."""
    sheet.joint = True
    sheet.fact(TOGETHER, together(data))


def together(data: Facts) -> str:
    """Return the joint proposers with their shares on one line, or how many they are."""
    people = joint(data)
    if len(people) > MOST_NAMED:
        return data.say(NN_("{n} (list enclosed)", "{n} (list enclosed)"), n=len(people))
    return ", ".join(f"{_name(one, data.say)} {percent(one.share)}" for one in people)


def enclosed_people(data: Facts) -> tuple[list[str], list[list[Block]]]:
    """Return the list of joint proposers as something enclosed, where it stands on its own sheet."""
    people, say = joint(data), data.say
    if len(people) <= MOST_NAMED:
        return [], []
    title = say(C_("proposal letter", "List of joint proposers"))
    columns = [
        Column(say(C_("proposers", "No.")), 0.1, "right", "number"),
        Column(say(C_("proposers", "Name")), 0.5, style="strong"),
        Column(say(C_("proposers", "Kind")), 0.2),
        Column(say(C_("proposers", "Share")), 0.2, "right", "number"),
    ]
    rows = [
        [str(n), _name(one, say), say(PROPOSERS[one.kind]), percent(one.share)]
        for n, one in enumerate(people, 1)
    ]
    total = sum(one.share for one in people)
    rows.append(["", say(C_("proposers", "Total")), "", percent(total)])
    page: list[Block] = [
        *frame.head(data.number, title),
        table(columns, rows, min_row=7.5 * MM, grid=True, caption=title),
    ]
    return [say(N_("List of joint proposers, one copy."))], [page]


def _name(one: Who, say: Words) -> str:
    return one.name or say(C_("proposers", "(erased)"))


def kinds(data: Facts) -> str:
    """Return who proposed without a name: a person, a group, so many together."""
    say = data.say
    if len(data.people) > 1:
        return say(NN_("{n} together", "{n} together"), n=len(data.people))
    kind = data.people[0].kind if data.people else ProposerKind.PERSON.value
    return say(PROPOSERS[kind])


def content(data: Facts) -> list[Block]:
    """Return the proposal itself on a page, without who proposed; personal numbers are masked."""
    say = data.say
    text, hidden = masked(data.text)
    title, more = masked(data.title)
    written = literal(text) or [para(say(NOTHING_WRITTEN))]
    page: list[Block] = [
        *frame.head(data.number, say(CONTENT)),
        frame.facts(
            [
                (TITLE, title),
                (ELSEWHERE, elsewhere(data)),
                (RECEIVED, say.day(data.received_on, "long")),
                (CHANNEL, say(CHANNELS[data.channel])),
                (C_("proposal letter", "Proposed by"), kinds(data)),
                (C_("proposal letter", "Files"), _files(data)),
            ],
            say,
            row=7,
        ),
        *written,
    ]
    if hidden + more:
        message = NN_(
            "{n} number that looks like personal data is masked.",
            "{n} numbers that look like personal data are masked.",
        )
        page.append(para(say(message, n=hidden + more), "note"))
    return page


def _files(data: Facts) -> str:
    if not data.files:
        return ""
    message = NN_("{n} file, sent apart", "{n} files, sent apart")
    return data.say(message, n=data.files)


def masked(text: str) -> tuple[str, int]:
    """Return a text with its personal numbers masked, and how many there were."""
    return flags.masked(text), len(flags.found(text))
