"""Erase a proposer: out of which proposals the name goes, and where else it stands."""

from __future__ import annotations

from gwangju_desktop.members import erasewords
from gwangju_desktop.members.erasing import BACKUP_MONTHS
from gwangju_desktop.proposals import erasing
from ui.members.erase import MOST_MENTIONS, EraseDialog
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Choice, Labelled
from ui.widgets.parts import Align, Icon, Label, column, row


def erase(work, *, desk, id: int, reason: str) -> erasing.Outcome:
    """Erase a proposer on a thread of its own, and let the screens hear of it."""
    outcome = erasing.erase_proposer(work.store, id, reason)
    desk.look_for_changes()
    return outcome


class EraseProposerDialog(EraseDialog):
    """The one step that cannot be undone, for one of those who made a proposal."""

    TITLE = N_("Erase a proposer")
    ERASED = N_("The proposer was erased; the proposal stays.")
    LEFT = N_("The proposer was erased. This is left to do:")
    preview = staticmethod(erasing.preview)
    act = staticmethod(erase)

    def __init__(self, parent, desk, proposal) -> None:
        named = [one for one in proposal.proposers if one.name]
        self.who = Labelled(
            C_("erase", "Proposer"), Choice([(one.id, one.name) for one in named], N_("Proposer"))
        )
        self.who.setVisible(False)
        above = (self.who,) if len(named) > 1 else ()
        super().__init__(parent, desk, named[0].id, *above)
        self.who.setVisible(bool(above))
        self.who.field.currentIndexChanged.connect(self.on_who)

    def on_who(self) -> None:
        """Show what erasing another of them would do."""
        box = self.shown.layout()
        while box.count():
            part = box.takeAt(0).widget()
            if part is not None:
                part.deleteLater()
        self.name.field.clear()
        self.look(self.who.field.value())

    def parts(self, known: erasing.Preview) -> list:
        """Return the preview's rows."""
        goes = NN_(
            "Name and contact, out of {n} proposal and all that was written on it",
            "Name and contact, out of {n} proposals and all that was written on them",
        )
        where = " · ".join(f"{number} {title}".strip() for number, title in known.proposals[:6])
        more = "…" if len(known.proposals) > 6 else ""
        parts = [
            Label(N_("Goes"), "capb"),
            self.told("trash-2", "bad", goes, where + more, n=len(known.proposals)),
            Label(N_("Stays, and why"), "capb"),
            self.told(
                "lock",
                "text3",
                N_("The proposal with its number, steps and figures, the shares of all"),
            ),
        ]
        if known.files:
            files = NN_(
                "{n} attached file: look whether it names the proposer",
                "{n} attached files: look whether they name the proposer",
            )
            parts.append(self.told("triangle-alert", "warn", files, n=known.files))
        if known.mentions:
            parts.append(Label(N_("Named elsewhere too; correct it there"), "capb"))
            lines = list(dict.fromkeys(self.place(one) for one in known.mentions))
            parts += [self.told("triangle-alert", "warn", line) for line in lines[:MOST_MENTIONS]]
            if len(lines) > MOST_MENTIONS:
                parts.append(self.note(N_("and {n} more"), n=len(lines) - MOST_MENTIONS))
        parts.append(
            self.note(
                N_(
                    "Attached files, packs and snapshots handed out are not looked into. Copies of"
                    " the office hold the proposer until they are deleted; keep none for more than"
                    " {months} months."
                ),
                months=BACKUP_MONTHS,
            )
        )
        return parts

    def place(self, found: erasing.Mention) -> str:
        """Return where a name still stands."""
        place = f"{erasewords.table_name(found.table)} {found.id}"
        return f"{place} “{found.title}”" if found.title else place

    def told(self, icon: str, ink: str, message, where: str = "", **values):
        """Return one line of the preview, with the places below it."""
        words = [Label(say(message, **values), "sec", "text", wrap=True)]
        if where:
            words.append(Label(where, "cap", wrap=True))
        return row((Icon(icon, ink, 14), Align.AlignTop), (column(*words, gap=1), 1), gap=8)
