"""What stands beside an opened copy: how far it is proved, and the record or change in front."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from gwangju_desktop.snapshots import key_words, trust
from gwangju_desktop.snapshots.trust import Standing
from ui import theme
from ui.snapshots.facts import WIDE, Details, Selectable, fact, in_lines, moment, named, short
from ui.text import C_, N_, Msg, language, say
from ui.widgets.parts import Button, Icon, Label, column, frame, row, rule, scrolled

# Of which register the card says how many rows there are, in this order.
COUNTED = ("meeting", "proposal", "poll", "commitment", "series")


class CopyCard(QFrame):
    """The inspector: verification above, what is chosen below, its buttons at the foot."""

    def __init__(self, on_trust) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.view, self.known = None, False
        self.seal = Icon("shield-check", "ok", 24)
        self.verdict, self.under = Label("", "h3", wrap=True), Label("", "cap", wrap=True)
        self.signer, self.fingerprint, self.words = Selectable(), Selectable(), Selectable()
        self.made_at, self.digest, self.content = Selectable(), Selectable(), Selectable()
        self.spoken = fact(N_("In words"), self.words)
        self.trust = Button(N_("The fingerprint is right"), icon="check", slot=on_trust)
        card = frame("card")
        column(
            row(self.seal, (column(self.verdict, self.under, gap=1), 1), gap=12),
            self.trust,
            rule(),
            fact(C_("review copies", "Signer"), self.signer),
            fact(N_("Key fingerprint"), self.fingerprint),
            self.spoken,
            fact(N_("Made at"), self.made_at),
            fact(N_("Hash (SHA-256)"), self.digest),
            fact(C_("review copies", "Contents"), self.content),
            margins=(16, 14, 16, 14),
            gap=9,
            into=card,
        )
        self.chosen = Label("", "h2", wrap=True)
        self.place = Label("", "cap")
        self.title = Label("", "secb", wrap=True)
        self.details = Details()
        self.buttons = row(margins=(20, 8, 20, 12), gap=8)
        inside = column(
            Label(N_("Verification"), "h2"),
            card,
            2,
            row((self.chosen, 1), self.place),
            self.title,
            self.details,
            None,
            margins=(20, 16, 20, 8),
            gap=9,
        )
        column((scrolled(inside), 1), self.buttons, gap=0, into=self)
        self.dress()

    def dress(self) -> None:
        self.setFixedWidth(theme.px(WIDE))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "buttons"):
            self.dress()

    # --- the copy
    def show_view(self, view) -> None:
        """Say what a copy is, and how far that is proved."""
        manifest, verdict = view.manifest, view.verdict
        known = self.show_standing(view)
        none = say(C_("review copies", "not said"))
        if manifest is None:
            self.signer.say(none)
            self.made_at.say(none)
        else:
            name = manifest.office_ko if language() == "ko" else manifest.office_en
            words = name if view.proved else say(N_("{name} (says the file)"), name=name)
            self.signer.say(words)
            self.made_at.say(N_("{made:when}"), made=moment(manifest.made_at))
        self.known, self.view = known, view
        if view.proved:
            self.words.say(key_words.lined(manifest.key, language()))
        self.fold(False)
        digest = verdict.manifest_sha256
        self.digest.say(short(digest) if digest else none)
        self.content.say(contents(view))

    def fold(self, folded: bool) -> None:
        """Show the whole fingerprint of a key that is to be compared, or only its ends."""
        text = self.view.verdict.fingerprint or ""
        none = say(C_("review copies", "not said"))
        short_one = self.known or folded
        self.fingerprint.say((_shortened(text) if short_one else in_lines(text)) if text else none)
        self.spoken.setVisible(self.view.proved and not short_one)

    def show_standing(self, view) -> bool:
        """Say whose word the copy is; return whether this person compared that key before."""
        if not view.proved:
            self._say("shield-alert", "bad", N_("Not verified"), Msg(""))
            self.under.say(str(view.verdict.problems[0]))
            self.trust.hide()
            return False
        found = trust.judge(view.verdict)
        told = trust.sentence(view.verdict, found)
        known = found.standing is Standing.KNOWN
        if known:
            under = N_("Unchanged since it was made; you know the signer.")
            self._say("shield-check", "ok", N_("The signature is confirmed"), under)
        elif found.bad:
            self._say("shield-alert", "bad", N_("Do not rely on this key"), Msg(str(told)))
            self.trust.say(N_("Trust the new key all the same"))
        else:
            under = N_("Compare the fingerprint with the minutes or read it out on the phone.")
            title = N_("Whole, but the signer is new to you")
            self._say("shield-alert", "warn", title, Msg(str(told)) if told else under)
            self.trust.say(N_("The fingerprint is right"))
        self.trust.setVisible(not known)
        return known

    def _say(self, icon: str, tone: str, title: Msg, under: Msg) -> None:
        self.seal.show_icon(icon, tone)
        self.verdict.ink("text" if tone == "ok" else tone).say(title)
        self.under.say(under)

    # --- what is chosen
    def show_chosen(self, heading: Msg, place: str, title: str, *parts) -> None:
        """Show a record or a change; no heading leaves the place empty."""
        self.chosen.say(heading)
        self.place.say(place)
        self.title.say(title)
        for label in (self.chosen, self.place, self.title):
            label.setVisible(bool(label.text()))
        self.details.put(*parts)

    def offer(self, *buttons) -> None:
        """Show these buttons at the foot; they are shown and hidden, never made anew."""
        layout = self.buttons.layout()
        while layout.count():
            item = layout.takeAt(0)
            if item.widget() is not None:
                item.widget().hide()
        for button in buttons:
            layout.addWidget(button)
            button.show()
        layout.addStretch(1)
        self.buttons.setVisible(bool(buttons))


def contents(view) -> str:
    """Say how much of the main registers a copy holds."""
    tables = [view.table(name) for name in COUNTED]
    parts = [f"{named(table)} {table.total:,}" for table in tables if table is not None]
    rows = sum(table.total for table in view.tables)
    return " · ".join(parts) or say(N_("{n} rows"), n=f"{rows:,}")


def _shortened(fingerprint: str) -> str:
    groups = fingerprint.split(" ")
    return f"{' '.join(groups[:2])} · {' '.join(groups[-2:])}"
