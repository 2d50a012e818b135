"""All of a proposal besides its line: the words, who proposed, consent, numbers, sorting."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.vocab import ProposalConsent
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.inclusion import SECTORS
from gwangju_desktop.proposals import offered
from gwangju_desktop.proposals.words import CONSENTS
from ui.proposals.proposers import OutsideNumbers, Proposers
from ui.proposals.watching import Flagged
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, DateField, Labelled, Lines, NumberField, beside
from ui.widgets.parts import column

UNSORTED = N_("Not sorted")


class MessageField(Lines):
    """The words as they came; Ctrl+Enter saves."""

    def keyPressEvent(self, event) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class More(QWidget):
    """All of a proposal besides its line: the words, who proposed, consent, numbers, sorting."""

    def __init__(self, desk, known=None, proposers=()) -> None:
        super().__init__()
        one = known
        received = one.received_on if one else clock.today()
        self.text = Labelled(
            N_("Text"), MessageField(N_("Text"), one.text if one else "", 96 if one else 84)
        )
        self.flagged = Flagged(desk, self.text.field)
        self.received = Labelled(N_("Received on"), DateField(N_("Received on"), received, 0))
        self.consent = Labelled(
            N_("May be published"),
            Choice(
                CONSENTS.items(),
                N_("May be published"),
                one.consent if one else ProposalConsent.TITLE_ONLY.value,
            ),
        )
        self.call = Labelled(N_("Call for proposals"), Choice([], N_("Call for proposals")))
        self.anonymous = Check(N_("Anonymous"), bool(one and one.anonymous))
        self.proposers = Labelled(N_("Proposers"), Proposers(proposers))
        self.outside = Labelled(
            N_("Numbers in other systems"), OutsideNumbers(one.outside if one else ())
        )
        self.field = Labelled(C_("proposal", "Field"), Choice([], C_("proposal", "Field")))
        self.district = Labelled(N_("District"), Choice([], N_("District")))
        self.sector = Labelled(
            N_("Sector"), Choice([("", UNSORTED), *SECTORS.items()], N_("Sector"))
        )
        self.profile = Labelled(N_("Handled by"), Choice([], N_("Handled by")))
        self.supports = Labelled(C_("proposal", "Number of supports"), number("supports", one))
        self.comments = Labelled(C_("proposal", "Comments"), number("comments", one))
        self.received_already = one is not None and one.number is not None
        kept = ("call_id", "field", "district", "sector", "profile_id")
        self.kept = {key: getattr(one, key, None) for key in kept}
        self.sector.field.choose(self.kept["sector"] or "")
        self.anonymous.toggled.connect(self.on_anonymous)
        column(
            column(self.text, self.flagged, gap=5),
            beside(self.received, self.consent, self.call),
            column(self.proposers, self.anonymous, gap=6),
            beside(self.field, self.district, self.sector, self.profile),
            self.outside,
            *([] if one is None else [beside(self.supports, self.comments)]),
            gap=12,
            into=self,
        )
        self.on_anonymous(self.anonymous.value())

    def offer(self, found: offered.Offered) -> None:
        """Offer what the office knows."""
        none = (None, N_("None"))
        self.call.field.show_options([none, *found.calls], self.kept["call_id"])
        self.call.setVisible(bool(found.calls))
        unsorted = ("", UNSORTED)
        self.field.field.show_options([unsorted, *found.fields], self.kept["field"] or "")
        self.district.field.show_options([unsorted, *found.districts], self.kept["district"] or "")
        self.outside.field.offer(found.systems)
        self.profile.field.show_options(found.profiles, self.kept["profile_id"])
        # What was received stays with its profile.
        self.profile.setVisible(len(found.profiles) > 1 and not self.received_already)

    def on_anonymous(self, on: bool) -> None:
        self.proposers.setVisible(not on)
        if hasattr(self.window(), "fit_screen") and self.window().isVisible():
            self.window().adjustSize()

    def clear(self) -> None:
        """Begin the next one; day, consent and sorting stay, for letters come in heaps."""
        self.text.field.clear()
        self.proposers.field.clear()
        self.proposers.field.put()
        self.outside.field.clear()
        self.anonymous.setChecked(False)

    def values(self) -> dict:
        """Return what is entered as the use case takes it, without people and numbers."""
        received = self.received.value()
        if received is None:
            message = N_("The day it came in is needed.")
            self.received.wrong(say(message))
            raise UserError(message)
        return {
            "text": self.text.value(),
            "received_on": received,
            "consent": self.consent.value(),
            "call_id": self.call.value(),
            "anonymous": self.anonymous.value(),
            "field": self.field.value() or "",
            "district": self.district.value() or "",
            "sector": self.sector.value(),
            **({} if self.received_already else {"profile_id": self.profile.value()}),
        }

    def counts(self) -> dict[str, int]:
        """Return the voices and comments that were counted."""
        return {"supports": self.supports.value() or 0, "comments": self.comments.value() or 0}

    def people(self) -> list[dict]:
        """Return who proposed; nobody where it is anonymous."""
        return [] if self.anonymous.value() else self.proposers.value()


def number(key: str, known) -> NumberField:
    """Return the field of a count of a proposal."""
    name = C_("proposal", "Number of supports") if key == "supports" else C_("proposal", "Comments")
    return NumberField(name, getattr(known, key, 0), high=999_999_999, width=0)
