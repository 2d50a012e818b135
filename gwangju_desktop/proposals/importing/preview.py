"""What importing proposals would add, change, leave and refuse, without touching anything."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from db.vocab import ProposalState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.members.importing.people import LEAVE_OUT
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.proposals import fingerprint, flags
from gwangju_desktop.proposals.importing import columns, values
from gwangju_desktop.proposals.importing.fields import FIELDS, PARTS
from gwangju_desktop.proposals.importing.known import Held, Known
from gwangju_desktop.proposals.importing.model import (
    SKIP,
    Change,
    Count,
    New,
    Options,
    Plan,
    Row,
    Several,
)
from gwangju_desktop.proposals.importing.reading import SITE_FORM
from gwangju_desktop.proposals.usecases import words_of
from gwangju_desktop.proposals.words import FLAGS
from gwangju_desktop.sheets.model import Remark, remark
from gwangju_desktop.text import C_, N_, NN_, say, words

# What a state of another system may become here.
STATES = tuple(
    state.value for state in (ProposalState.RECEIVED, ProposalState.CLOSED, ProposalState.WITHDRAWN)
)
# Where numbers are from when neither the file nor the person says it.
OTHER_SYSTEM = C_("import", "Other system")
_LEFT_OUT = remark(N_("Left out by you."))
_NO_WORDS = remark(N_("The row has neither a title nor a text."))
_NO_TITLE = remark(N_("The row has no title."))
_MADE_TITLE = remark(N_("Without a title: it is made from the first words."))
_NO_DAY = remark(N_("The row names no day of receipt."))
_AHEAD = N_("{day:full} lies ahead.")
_BACKWARDS = N_("It was closed on {closed:full}, before it was received on {received:full}.")
_ALREADY = N_("{number} “{title}” is there.")
_ALREADY_HERE = N_("It stands on line {line:,} already.")
_OTHER_WORDS = N_("{system} {number} stands on line {line:,} with other words.")
_ALIKE = N_("Looks like {number} “{title}”.")
_ALIKE_HERE = N_("Looks like line {line:,}, “{title}”.")
_FLAGGED = N_("Personal numbers in the text: {what}.")
_MASKED = remark(N_("Registration numbers are masked on the way in."))
_UNTITLED = NN_("{n:,} title is made from the text.", "{n:,} titles are made from the text.")
_UNDATED = N_("Rows without a day of receipt get {day:full}.")
_SYSTEM = N_("Numbers are those of {system}.")
_NO_SYSTEM = remark(N_("The file does not say which system its numbers are from."))
_WAS_STATE = N_("State there: {word}")
_WAS_FIELD = N_("Field there: {word}")
_WAS_DISTRICT = N_("District there: {word}")


@dataclass(slots=True)
class _Entry:
    """One row of the file on its way."""

    line: int
    told: dict[str, Any] = field(default_factory=dict)
    notes: list[Remark] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.told.get("title") or "")[:120]


def plan(
    read: Session,
    *,
    source: Source,
    mapping: Sequence[str],
    options: Options | None = None,
    choices: Mapping[int, str] | None = None,
) -> Plan:
    """Say what becomes of every row; `choices` leave rows out by line.

    Raises UserError when no column holds the proposals' words.
    """
    options, choices = options or Options(), choices or {}
    columns.check(source, mapping)
    made = Plan(remarks=list(source.remarks))
    made.ignored = tuple(
        title for title, key in zip(source.titles, mapping, strict=True) if not key
    )
    judge = _Judge(read, source, mapping, options, made)
    for line, cells in source.rows:
        row = judge.row(line, cells, choices.get(line, ""))
        row.chosen = choices.get(line, "")
        made.rows.append(row)
    judge.say_of_all()
    return made


class _Judge:
    """Say of each row whether it is new, there already, or cannot be."""

    def __init__(
        self,
        read: Session,
        source: Source,
        mapping: Sequence[str],
        options: Options,
        made: Plan,
    ) -> None:
        self.options, self.made = options, made
        # The title first: a row that is refused is named by it.
        self.columns = sorted(
            ((at, key) for at, key in enumerate(mapping) if key), key=lambda one: one[1] != "title"
        )
        self.titles = source.titles
        self.known = Known(read, source.count)
        self.named = options.system or columns.system(source)
        self.system = self.named or words("ko")(OTHER_SYSTEM)
        self.numbers = "number" in mapping
        self.today = clock.today()
        self.received = options.received_on
        if self.received is None and source.form == SITE_FORM:
            # A citizen's computer cannot say when the office receives: it does so now.
            self.received = self.today
        self.seen: Counter[str] = Counter()
        self.states: dict[str, str] = {}

    def row(self, line: int, cells: Sequence[str], choice: str) -> Row:
        """Return what becomes of a row, and put what it does into the plan."""
        entry = _Entry(line)
        try:
            wrong = self._told(entry, cells)
        except UserError as error:
            return _refused(entry, Remark(error.message, dict(error.values)))
        if choice == SKIP:
            row = _refused(entry, _LEFT_OUT)
            row.choices = (LEAVE_OUT,)
            return row
        return wrong or self._placed(entry)

    # --- what a row says

    def _told(self, entry: _Entry, cells: Sequence[str]) -> Row | None:
        for at, key in self.columns:
            said = writable(cells[at])
            if not said:
                continue
            try:
                value = FIELDS[key].read(said)
            except UserError as error:
                why = Remark(error.message, dict(error.values))
                return _refused(entry, why, self.titles[at])
            if value is not None:
                entry.told[key] = value
        told = entry.told
        text = self._text(told)
        if not told.get("title"):
            if not text:
                return _refused(entry, _NO_WORDS)
            if not self.options.untitled:
                return _refused(entry, _NO_TITLE)
            self.seen["untitled"] += 1
            entry.notes.append(_MADE_TITLE)
        told["title"], told["text"] = words_of(told.get("title", ""), text)
        return self._days(entry)

    def _text(self, told: dict[str, Any]) -> str:
        """Put a proposal's text together from its parts; more than one get their headings."""
        parts = [(key, told[key]) for key in PARTS if told.get(key)]
        if len(parts) < 2:
            return str(parts[0][1]) if parts else ""
        korean = words("ko")
        return "\n\n".join(
            text if key in ("summary", "text") else f"{korean(FIELDS[key].title)}\n{text}"
            for key, text in parts
        )

    def _days(self, entry: _Entry) -> Row | None:
        told = entry.told
        if "received" not in told:
            if self.received is None:
                return _refused(entry, _NO_DAY)
            told["received"] = self.received
            self.seen["undated"] += 1
        received: dt.date = told["received"]
        closed: dt.date | None = told.get("closed")
        if received > self.today:
            return _refused(entry, remark(_AHEAD, day=received))
        if closed is not None and closed < received:
            return _refused(entry, remark(_BACKWARDS, closed=closed, received=received))
        return None

    # --- what becomes of it

    def _placed(self, entry: _Entry) -> Row:
        told = entry.told
        print_ = fingerprint.of(told["title"], told["text"], told["received"], told.get("name", ""))
        outside = self._outside(told)
        held = self.known.numbered.get(outside) if outside else None
        twin = self.known.printed.get(print_)
        if held is not None:
            if held.line and held.print != print_:
                assert outside is not None
                system, number = outside
                why = remark(_OTHER_WORDS, system=system, number=number, line=held.line)
                return _refused(entry, why)
            return self._there(entry, held)
        # The same words under another number of that system are another proposal.
        if twin is not None and not (outside and self.known.numbered_in(twin, outside[0])):
            return self._there(entry, twin)
        alike = self.known.alike(told["title"], told["text"])
        self.known.add(entry.line, told["title"], print_, outside)
        return self._new(entry, print_, outside, alike)

    def _outside(self, told: dict[str, Any]) -> tuple[str, str] | None:
        if not self.numbers or not told.get("number"):
            return None
        return str(told.get("system") or self.system), str(told["number"])

    def _there(self, entry: _Entry, held: Held) -> Row:
        """Leave what is there as it is, but for supports and comments that have grown."""
        row = Row(entry.line, "same", entry.name, self._where(entry))
        if held.line:
            row.why = remark(_ALREADY_HERE, line=held.line)
            return row
        row.why = remark(_ALREADY, number=held.number, title=held.title)
        grown = {
            key: entry.told[key]
            for key in ("supports", "comments")
            if entry.told.get(key, 0) > getattr(held, key)
        }
        if grown:
            row.kind, row.why = "change", None
            row.changes = tuple(Change(key, getattr(held, key), n) for key, n in grown.items())
            self.made.counted.append(Count(held.id, grown))
        return row

    def _new(self, entry: _Entry, print_: str, outside: tuple[str, str] | None, alike: Any) -> Row:
        told = entry.told
        row = Row(entry.line, "add", entry.name, self._where(entry), adds=("proposal",))
        flagged = flags.found(f"{told['title']}\n{told['text']}")
        notes = list(entry.notes)
        if flagged:
            row.kind = "flagged"
            kinds = Counter(one.kind for one in flagged)
            what = ", ".join(f"{say(FLAGS[kind])} {n}" for kind, n in kinds.items())
            notes.append(remark(_FLAGGED, what=what))
            if any(kind in flags.NEVER_KEPT for kind in kinds):
                notes.append(_MASKED)
        if alike is not None:
            row.kind, row.choices = "alike", (LEAVE_OUT,)
            line = getattr(alike, "line", 0)
            told_of = {"number": alike.number, "title": alike.title, "line": line}
            notes.insert(0, remark(_ALIKE_HERE if line else _ALIKE, **told_of))
        if notes:
            row.why = Several(tuple(notes))
        self.made.new.append(self._made(entry, print_, outside))
        return row

    def _made(self, entry: _Entry, print_: str, outside: tuple[str, str] | None) -> New:
        told = entry.told
        korean = words("ko")
        notes = []
        state = ProposalState.RECEIVED.value
        if word := told.get("status"):
            said = self.options.states.get(word)
            state = said if said in STATES else values.state(word)
            notes.append(self._was_state(word))
        field_code = self.known.field(told["field"]) if told.get("field") else ""
        if told.get("field") and not field_code:
            notes.append(korean(_WAS_FIELD, word=told["field"]))
        district = self.known.district(told["district"]) if told.get("district") else ""
        if told.get("district") and not district:
            notes.append(korean(_WAS_DISTRICT, word=told["district"]))
        received: dt.date = told["received"]
        over = state != ProposalState.RECEIVED
        # Closed on a day nobody told: it is known to be so since today, and kept the longer.
        since = min(told.get("closed") or self.today, self.today) if over else received
        consent = told.get("consent", "none")
        name = values.name(told.get("name", ""))
        supports = told.get("supports", 0)
        facts = {
            "state": state,
            "since_on": since,
            "channel": told.get("channel") or self.options.way(outside is not None),
            "received_on": received,
            "title": flags.kept(told["title"]),
            "text": flags.kept(told["text"]),
            "department": told.get("department", ""),
            "field": field_code,
            "district": district,
            "anonymous": not name,
            "consent": consent,
            "consent_on": received if consent != "none" else None,
            "supports": supports,
            "supports_on": self.today if supports else None,
            "comments": told.get("comments", 0),
            "fingerprint": print_,
        }
        proposer = None
        if name:
            proposer = {"name": name, "kind": told.get("kind", "person")}
            proposer |= {key: told.get(key, "") for key in ("phone", "email", "address")}
        return New(entry.line, facts, proposer, outside, " · ".join(notes), since)

    def _was_state(self, word: str) -> str:
        """Say a state of the other system; thousands of rows have a few between them."""
        if word not in self.states:
            self.states[word] = words("ko")(_WAS_STATE, word=word)
        return self.states[word]

    def _where(self, entry: _Entry) -> str:
        told = entry.told
        number = str(told.get("number") or "") if self.numbers else ""
        day = words().day(told["received"], "full") if "received" in told else ""
        return " · ".join(part for part in (day, number) if part)

    def say_of_all(self) -> None:
        """Put into the plan what is to be said of the whole file."""
        remarks = self.made.remarks
        if self.numbers:
            told = remark(_SYSTEM, system=self.named) if self.named else _NO_SYSTEM
            remarks.append(told)
        if self.seen["untitled"]:
            remarks.append(remark(_UNTITLED, n=self.seen["untitled"]))
        if self.seen["undated"]:
            remarks.append(remark(_UNDATED, day=self.received))


def _refused(entry: _Entry, why: Remark, column: str = "") -> Row:
    return Row(entry.line, "refused", entry.name, "", why, column, choices=(LEAVE_OUT,))


def chosen(words_there: Sequence[str]) -> dict[str, str]:
    """Return the states words of another system are taken for unless somebody says otherwise."""
    return {word: values.state(word) for word in words_there}
