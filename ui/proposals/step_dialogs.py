"""One dialog for every step of a proposal; what it asks stands in `step_forms`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import ProposalState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import offered, parting, steps, tabling
from ui.members.pickers import Completing
from ui.proposals.step_forms import ASSIGN, REASSIGN, WANTED_BY_GUARD, Ask, Form, form_of
from ui.text import C_, N_, day, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, Field, Labelled, Lines, beside
from ui.widgets.parts import Align, Icon, Label, column, row

S = ProposalState
TITLES = 6  # proposals that are named where several are tabled
NEW_ITEM = N_("A new item")
NO_MEETING = N_("No meeting is planned; plan one first.")
LATE = N_("The notice of this meeting has gone out.")


class Told(QWidget):
    """What is to be known before a step: a sentence each, amber where something speaks against."""

    ROWS = 4

    def __init__(self) -> None:
        super().__init__()
        self.marks = [Icon("info", "text2", 14) for _n in range(self.ROWS)]
        self.words = [Label("", "cap", wrap=True) for _n in range(self.ROWS)]
        self.rows = [
            row((mark, Align.AlignTop), (words, 1), gap=6)
            for mark, words in zip(self.marks, self.words, strict=True)
        ]
        column(*self.rows, gap=4, into=self)
        self.show_said("", [])

    def show_said(self, says: str, lacks: list[str]) -> None:
        """Show what is to be known, then what is lacking."""
        said = [(words, "info", "text2") for words in (says,) if words]
        said += [(words, "triangle-alert", "warn") for words in lacks]
        for n, line in enumerate(self.rows):
            line.setVisible(n < len(said))
            if n < len(said):
                words, icon, ink = said[n]
                self.marks[n].show_icon(icon, ink)
                self.words[n].ink(ink).say(words)
        self.setVisible(bool(said))


class StepDialog(Dialog):
    """A step with its fields; what the profile makes of its day is said while it is chosen.

    `way` is the steps.Ahead of the move, None for what is no move (a department).
    """

    edits = ("proposal", "proposal")

    def __init__(self, parent, desk, proposal, form: Form, way=None) -> None:
        self.desk, self.proposal, self.form, self.way = desk, proposal, form, way
        self.asks = with_wanted(form, way)
        self.fields = {ask.key: self._field(ask) for ask in self.asks}
        self.told = Told()
        said = [Label(form.said, "cap", wrap=True)] if form.said else []
        super().__init__(
            parent,
            form.title,
            Label(title_of(proposal), "sec", "text2", wrap=True),
            *self._laid(),
            self.told,
            *said,
            button=form.button,
            kind=form.kind,
            width=form.width,
        )
        self._offer()
        if "on_day" in self.fields and self.moves:
            self.fields["on_day"].field.typing.connect(self.on_day)
        self._fill()
        self.show_way(way)
        first = self.fields[self.asks[0].key]
        getattr(first, "field", first).setFocus()

    @property
    def moves(self) -> bool:
        """Say whether the step is a move of the profile, taken as such."""
        return self.way is not None and self.form.usecase is steps.move

    def _field(self, ask: Ask) -> QWidget:
        field = ask.make(ask.label)
        return field if isinstance(field, Check) else Labelled(ask.label, field, ask.help)

    def _laid(self) -> list[QWidget]:
        """Return the fields, days beside each other."""
        laid: list[list[QWidget]] = []
        for ask in self.asks:
            part = self.fields[ask.key]
            short = isinstance(getattr(part, "field", None), DateField)
            last = laid[-1][-1] if laid else None
            pair = short and isinstance(getattr(last, "field", None), DateField)
            if laid and len(laid[-1]) == 1 and (ask.beside or pair):
                laid[-1].append(part)
            else:
                laid.append([part])
        return [beside(*parts) if len(parts) > 1 else parts[0] for parts in laid]

    def _fill(self) -> None:
        """Begin with what is known: the plan, the day it was planned for, who leads."""
        plan, planned = getattr(self.proposal, "plan", ""), self.fields.get("planned_on")
        if "plan" in self.fields and plan:
            self.fields["plan"].field.setPlainText(plan)
        known = getattr(self.proposal, "planned_on", None)
        if planned is not None and known and self.way and self.way.to_state == S.IMPLEMENTING:
            planned.field.show_date(known)
        asked = getattr(self.proposal, "opinions", ())
        if "leads" in self.fields:
            self.fields["leads"].field.choose(not any(one.leads for one in asked))
        if "department" in self.fields and "leads" in self.fields and not asked:
            self.fields["department"].field.setText(self.proposal.department)

    def _offer(self) -> None:
        if any(isinstance(getattr(one, "field", None), Completing) for one in self.fields.values()):
            self.desk.read(offered.offered, then=self.on_offered)

    def on_offered(self, found) -> None:
        for part in self.fields.values():
            field = getattr(part, "field", None)
            if isinstance(field, Completing):
                field.show_known(list(getattr(found, field.offers_of)))

    def on_day(self, *_typed) -> None:
        """Ask what the profile makes of the day."""
        try:
            on_day = self.fields["on_day"].field.value()
        except UserError:
            return
        self.desk.read(steps.ahead, then=self.on_ways, id=self.proposal.id, on_day=on_day)

    def on_ways(self, ways) -> None:
        found = (way for way in ways if way.to_state == self.way.to_state)
        self.show_way(next(found, self.way))

    def show_way(self, way) -> None:
        """Say what is to be known before the step, and what it lacks."""
        same = self.fields.get("same_content")
        if same is not None:
            same.setVisible(bool(way and way.says))
        lacks = [str(lack) for lack in way.lacks] if way is not None and self.moves else []
        self.told.show_said(way.says if way is not None else "", lacks)
        self.adjustSize()

    def values(self) -> dict:
        """Return what was entered; raises UserError at the first field that lacks something."""
        wanted = self.way.asks if self.way is not None else ("reason",)
        found = {}
        for ask in self.asks:
            part = self.fields[ask.key]
            value = part.value()
            needed = ask.missing is not None and (not ask.guard or ask.guard in wanted)
            if needed and (value is None or value == ""):
                part.wrong(say(ask.missing))
                raise UserError(ask.missing)
            found[ask.key] = value
        return found

    def confirm(self) -> None:
        values = self.values()
        if self.form.state_as:
            values[self.form.state_as] = str(self.way.to_state)
        self.desk.do(
            self.form.usecase,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.proposal.id,
            **values,
        )


def with_wanted(form: Form, way) -> tuple[Ask, ...]:
    """Return what a form asks, and what else the profile wants of this move."""
    if way is None:
        return form.asks
    asked = {ask.guard for ask in form.asks}
    more = [WANTED_BY_GUARD[one] for one in way.asks if one in WANTED_BY_GUARD]
    return (*form.asks, *(ask for ask in more if ask.guard not in asked))


class TableDialog(Dialog):
    """Put proposals on the agenda of a meeting in one step."""

    def __init__(self, parent, desk, proposals) -> None:
        self.desk, self.proposals, self.places = desk, list(proposals), []
        self.meeting = Labelled(N_("Meeting"), Choice([], N_("Meeting")))
        self.item = Labelled(N_("Agenda item"), Choice([(None, NEW_ITEM)], N_("Agenda item")))
        self.late = Labelled(
            N_("Why it is put on late"), Lines(N_("Why it is put on late"), "", 56), LATE
        )
        titles = [title_of(one) for one in self.proposals[:TITLES]]
        more = len(self.proposals) - len(titles)
        titles += [say(N_("{n} more"), n=more)] if more else []
        self.none = Label(NO_MEETING, "cap", "warn", wrap=True)
        self.none.hide()
        self.late.hide()
        super().__init__(
            parent,
            N_("Table before the committee"),
            Label("\n".join(titles), "sec", "text2", wrap=True),
            self.meeting,
            self.item,
            self.late,
            self.none,
            Label(
                N_("An agenda item is made of it, with a link to where it came from."),
                "cap",
                wrap=True,
            ),
            button=N_("Put on the agenda"),
            width=520,
        )
        self.meeting.field.currentIndexChanged.connect(self.on_meeting)
        self.item.field.currentIndexChanged.connect(self.on_item)
        desk.read(tabling.places, then=self.on_places)
        self.meeting.field.setFocus()

    def on_places(self, found) -> None:
        self.places = list(found)
        self.meeting.field.show_options([(one.meeting_id, called(one)) for one in self.places])
        self.none.setVisible(not self.places)
        self.meeting.setVisible(bool(self.places))
        self.button.why_not("" if self.places else NO_MEETING)
        self.on_meeting()

    def place(self):
        """Return the meeting that is chosen, None where none is planned."""
        chosen = self.meeting.value()
        return next((one for one in self.places if one.meeting_id == chosen), None)

    def on_meeting(self, _n: int = 0) -> None:
        place = self.place()
        items = place.items if place is not None else ()
        known = [(id, " ".join(filter(None, words))) for id, *words in items]
        self.item.field.show_options([(None, NEW_ITEM), *known])
        self.item.setVisible(bool(known))
        self.on_item()

    def on_item(self, _n: int = 0) -> None:
        place = self.place()
        late = place is not None and place.gone_out and self.item.value() is None
        self.late.setVisible(late)
        self.adjustSize()

    def confirm(self) -> None:
        item = self.item.value()
        self.desk.do(
            tabling.table_proposal,
            then=self.on_accepted,
            otherwise=self.on_refused,
            ids=[one.id for one in self.proposals],
            meeting_id=None if item else self.meeting.value(),
            item_id=item,
            listing_reason="" if self.late.isHidden() else self.late.value(),
        )


def called(place) -> str:
    """Return how a meeting is offered: its day, body and title."""
    return " · ".join((day(place.starts_at.date(), "long"), place.body, place.title))


class PartlyTransferDialog(Dialog):
    """Split a part off and transfer it; both keep the thread."""

    def __init__(self, parent, desk, proposal) -> None:
        self.desk, self.proposal, self.part = desk, proposal, None
        self.title = Labelled(N_("Title of the part that goes"), Field())
        self.text = Labelled(
            N_("Text of the part that goes"), Lines(N_("Text of the part that goes"), "", 72)
        )
        self.outside = Labelled(N_("Agency"), Completing("", N_("Agency")))
        self.number = Labelled(N_("Its number there"), Field())
        self.reason = Labelled(N_("Reason"), Lines(N_("Reason"), "", 56))
        super().__init__(
            parent,
            N_("Transfer a part"),
            Label(title_of(proposal), "sec", "text2", wrap=True),
            self.title,
            self.text,
            beside(self.outside, self.number),
            self.reason,
            Label(
                N_("A proposal of its own is split off and goes; the rest stays with us."),
                "cap",
                wrap=True,
            ),
            button=C_("button", "Split and transfer"),
            width=520,
        )
        desk.read(offered.offered, then=self.on_offered)
        self.title.field.setFocus()

    def on_offered(self, found) -> None:
        self.outside.field.show_known(list(found.agencies))

    def confirm(self) -> None:
        needed = (
            (self.title, N_("The part needs a title.")),
            (self.outside, N_("To which agency does it go?")),
            (self.reason, N_("The reason is needed.")),
        )
        for part, message in needed:
            if not part.value():
                part.wrong(say(message))
                raise UserError(message)
        self.desk.do(
            parting.transfer_part,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.proposal.id,
            title=self.title.value(),
            text=self.text.value(),
            outside=self.outside.value(),
            outside_number=self.number.value(),
            reason=self.reason.value(),
        )


def title_of(proposal) -> str:
    """Return number and title, as they stand at the head of a form."""
    return " · ".join(filter(None, (proposal.number, proposal.title)))


def overdue(proposal) -> bool:
    """Say whether the supplement asked for last has not come by its day."""
    last = next(reversed(getattr(proposal, "supplements", ())), None)
    return last is not None and last.came_on is None and last.until_on < clock.today()


class _Opening(QWidget):
    """Waits for what the profile wants of a step, and opens its form."""

    def __init__(self, view, proposal, to: ProposalState) -> None:
        super().__init__(view)
        self.view, self.proposal, self.to = view, proposal, to
        self.hide()
        view.desk.read(steps.ahead, then=self.on_ways, id=proposal.id)

    def on_ways(self, ways) -> None:
        way = next((one for one in ways if one.to_state == self.to), None)
        form = form_of(self.proposal.state, self.to, overdue(self.proposal))
        if form is not None:
            window = self.view.window()
            StepDialog(window, self.view.desk, self.proposal, form, way).open()
        self.deleteLater()


def open_step(view, proposal, to_state: str) -> None:
    """Open the form of a step of one proposal; `view` has the desk and stands in the window."""
    to = ProposalState(to_state)
    if to == S.TABLED:
        open_tabling(view, [proposal])
    else:
        _Opening(view, proposal, to)


def open_assign(view, proposal) -> Dialog:
    """Open the form that gives a proposal its department, or another one with a reason."""
    form = REASSIGN if proposal.department else ASSIGN
    dialog = StepDialog(view.window(), view.desk, proposal, form)
    dialog.open()
    return dialog


def open_note(view, proposal, form: Form) -> Dialog:
    """Open a form that notes something of a proposal without taking it on."""
    dialog = StepDialog(view.window(), view.desk, proposal, form)
    dialog.open()
    return dialog


def open_partial_transfer(view, proposal) -> Dialog:
    """Open the form that splits a part off and transfers it."""
    dialog = PartlyTransferDialog(view.window(), view.desk, proposal)
    dialog.open()
    return dialog


def open_tabling(view, proposals) -> Dialog:
    """Open the form that puts several proposals on one agenda."""
    dialog = TableDialog(view.window(), view.desk, proposals)
    dialog.open()
    return dialog
