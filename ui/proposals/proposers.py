"""Who proposed, a line each, with their shares; numbers of other systems, a line each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import access
from gwangju_desktop.proposals import shares
from gwangju_desktop.proposals.words import PROPOSERS
from ui.members.pickers import Completing, Masked
from ui.proposals.inputs import Growing, ShareField
from ui.text import C_, N_
from ui.widgets.forms import Choice, Field
from ui.widgets.parts import Button, Label, column, row

CONTACTS = ("phone", "email", "address")


class ProposerLine(QWidget):
    """One proposer: person or group, the name, how to reach them, the share."""

    def __init__(self, box: Proposers, one=None) -> None:
        super().__init__()
        self.box = box
        self.kind = Choice(PROPOSERS.items(), N_("Person or group"), getattr(one, "kind", None), 92)
        self.name = Field(N_("Name"), N_("Name"))
        self.first = self.name
        phone, email = getattr(one, "phone", ""), getattr(one, "email", "")
        self.phone = Masked(phone, access.masked_phone(phone))
        self.email = Masked(email, access.masked_email(email))
        self.address = Field(N_("Address"), N_("Address"))
        for field, word in ((self.phone, N_("Phone")), (self.email, N_("E-mail"))):
            field.say(word)
            field.named(word)
        self.share = ShareField(getattr(one, "share", None) if box.joint(one) else None)
        self.percent = Label("%", "sec")
        self.remove = Button("", "ghost", "x", name=N_("Remove proposer"), slot=self.on_remove)
        self.contacts = row((self.phone, 2), (self.email, 3), (self.address, 3), gap=6)
        column(
            row(self.kind, (self.name, 1), self.share, self.percent, self.remove, gap=6),
            self.contacts,
            gap=4,
            into=self,
        )
        self.name.setText(getattr(one, "name", ""))
        self.address.setText(getattr(one, "address", ""))
        self.id = getattr(one, "id", None)
        self.share.textChanged.connect(box.on_share)

    def value(self) -> dict:
        """Return the line as the use case takes it."""
        found = {"id": self.id, "kind": self.kind.value(), "name": self.name.value()}
        found |= {key: getattr(self, key).value() for key in CONTACTS}
        return found

    def empty(self) -> bool:
        """Say whether nobody wrote in it."""
        return not any(getattr(self, key).text().strip() for key in ("name", *CONTACTS))

    def show_share(self, joint: bool) -> None:
        """Ask for a share where several proposed together."""
        self.share.setVisible(joint)
        self.percent.setVisible(joint)

    def on_remove(self) -> None:
        self.box.drop(self)


class Proposers(Growing):
    """The proposers; several of them share 100 %."""

    def __init__(self, known=()) -> None:
        self.known = list(known)
        self.even = Button(N_("Split evenly"), "link", slot=self.on_even)
        self.sum = Label("", "cap")
        super().__init__(N_("Add a proposer"), self.even, self.sum)
        for one in self.known or [None]:
            self.put(one)

    def joint(self, one) -> bool:
        """Say whether a record that is shown is one of several."""
        return one is not None and len(self.known) > 1

    def make(self, one) -> ProposerLine:
        return ProposerLine(self, one)

    def changed(self) -> None:
        joint = len(self.lines) > 1
        for line in self.lines:
            line.show_share(joint)
            line.remove.setVisible(joint)
        self.even.setVisible(joint)
        self.sum.setVisible(joint)
        self.on_share()

    def on_share(self, _text: str = "") -> None:
        """Say what the shares come to."""
        try:
            total = sum(line.share.value() or 0 for line in self.lines)
        except UserError:
            return
        ink = "text2" if total in (0, shares.WHOLE) else "bad"
        self.sum.ink(ink).say(N_("{total} % in all"), total=shares.written(total))

    def on_even(self) -> None:
        for line, share in zip(self.lines, shares.even(len(self.lines)), strict=True):
            line.share.show_share(share)

    def value(self) -> list[dict]:
        """Return the proposers; raises UserError for shares that do not come to 100."""
        lines = [line for line in self.lines if not line.empty()]
        found = [line.value() for line in lines]
        if len(lines) > 1:
            asked = [line.share.value() for line in lines]
            for one, share in zip(found, shares.settled(asked), strict=True):
                one["share"] = share
        elif found:
            found[0]["share"] = shares.WHOLE
        return found


class OutsideLine(QWidget):
    """One number in another system."""

    def __init__(self, box: OutsideNumbers, one=None) -> None:
        super().__init__()
        self.box = box
        self.system = Completing(C_("outside number", "System"), C_("outside number", "System"))
        self.first = self.system
        self.number = Field(N_("Number there"), N_("Number there"))
        self.remove = Button("", "ghost", "x", name=N_("Remove number"), slot=self.on_remove)
        row((self.system, 2), (self.number, 3), self.remove, gap=6, into=self)
        self.id = getattr(one, "id", None)
        self.system.setText(getattr(one, "system", ""))
        self.number.setText(getattr(one, "number", ""))
        self.system.show_known(list(box.systems))

    def value(self) -> dict[str, str]:
        """Return the line as the use case takes it."""
        return {"system": self.system.value(), "number": self.number.value()}

    def on_remove(self) -> None:
        self.box.drop(self)


class OutsideNumbers(Growing):
    """Where else the proposal has a number, and which."""

    def __init__(self, known=(), systems=()) -> None:
        self.systems = list(systems)
        super().__init__(N_("Add a number"))
        for one in known:
            self.put(one)

    def make(self, one) -> OutsideLine:
        return OutsideLine(self, one)

    def offer(self, systems) -> None:
        """Complete the systems that were used before."""
        self.systems = list(systems)
        for line in self.lines:
            line.system.show_known(self.systems)

    def value(self) -> list[dict[str, str]]:
        """Return the numbers; lines nobody wrote in are none."""
        found = [line.value() for line in self.lines]
        return [one for one in found if one["system"] or one["number"]]
