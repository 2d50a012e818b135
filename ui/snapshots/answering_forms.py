"""Forms of a monitor who answers on a review copy: a comment, a finding, signing, the own key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import handing_in, own_key
from gwangju_desktop.reviews.written import Comment, Finding
from ui.snapshots.secret import secret
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, Dialog, Field, Labelled, Lines, beside
from ui.widgets.parts import Label

WIDTH = 600
ENGLISH = C_("review", "In English")
SIGNED_FILES = N_("Signed answers ({pattern})")
KEY_NOTE = N_(
    "The key stays on this PC under the passphrase. Read its fingerprint to the office by voice;"
    " it takes in only what a key it has compared has signed. A lost passphrase cannot be"
    " recovered: a new key is then compared anew."
)


def lines(title, value: str = "", height: int = 72) -> Labelled:
    """Return a field of several lines under its label."""
    return Labelled(title, Lines(title, value, height))


def in_two(fingerprint: str) -> str:
    """Return a fingerprint on two lines of as many groups, as it is read out."""
    groups = fingerprint.split(" ")
    half = (len(groups) + 1) // 2
    return "\n".join(("", " ".join(groups[:half]), " ".join(groups[half:])))


class CommentDialog(Dialog):
    """Say something of a commitment, a milestone or a piece of evidence."""

    def __init__(self, parent, facts, shown: Comment | None = None) -> None:
        self.facts = {one.code: one for one in facts}
        title = C_("review", "Commitment")
        options = [(one.code, f"{one.code} {named(one.title, one.title_en)}") for one in facts]
        options.insert(0, ("", say(C_("review", "The plan as a whole"))))
        self.about = Labelled(title, Choice(options, title, shown.commitment if shown else ""))
        step = C_("review", "Milestone")
        self.milestone = Labelled(step, Choice([(None, "")], step))
        self.text = lines(C_("review", "Comment"), shown.text if shown else "")
        self.text_en = lines(ENGLISH, shown.text_en if shown else "")
        super().__init__(
            parent,
            C_("review", "Edit comment") if shown else C_("review", "Add comment"),
            self.about,
            self.milestone,
            beside(self.text, self.text_en),
            width=WIDTH,
        )
        self.about.field.currentIndexChanged.connect(self.on_about)
        self.on_about()
        if shown is not None:
            self.milestone.field.choose(shown.milestone)
        self.text.field.setFocus()

    def on_about(self, _n: int = 0) -> None:
        """Offer the milestones of the commitment that is chosen."""
        one = self.facts.get(self.about.value())
        steps = (
            [
                (step.number, f"{step.number}. {named(step.title, step.title_en)}")
                for step in one.milestones
            ]
            if one
            else []
        )
        self.milestone.field.show_options([(None, say(C_("review", "As a whole"))), *steps], None)
        self.milestone.setVisible(bool(steps))

    def confirm(self) -> None:
        if not self.text.value().strip():
            raise UserError(N_("Write the comment."))
        self.on_accepted(
            Comment(
                self.text.value().strip(),
                self.text_en.value().strip(),
                commitment=self.about.value(),
                milestone=None if self.milestone.isHidden() else self.milestone.value(),
            )
        )


class FindingDialog(Dialog):
    """Say what was found and what should follow."""

    def __init__(self, parent, facts, shown: Finding | None = None) -> None:
        title = C_("review", "Commitment")
        options = [(one.code, f"{one.code} {named(one.title, one.title_en)}") for one in facts]
        options.insert(0, ("", say(C_("review", "The plan as a whole"))))
        self.about = Labelled(title, Choice(options, title, shown.commitment if shown else ""))
        held = shown or Finding("")
        self.parts = {
            "text": lines(C_("review", "Finding"), held.text),
            "text_en": lines(ENGLISH, held.text_en),
            "recommendation": lines(C_("review", "Recommendation"), held.recommendation),
            "recommendation_en": lines(ENGLISH, held.recommendation_en),
        }
        of = self.parts
        super().__init__(
            parent,
            C_("review", "Edit finding") if shown else C_("review", "Add finding"),
            self.about,
            beside(of["text"], of["text_en"]),
            beside(of["recommendation"], of["recommendation_en"]),
            width=WIDTH,
        )
        of["text"].field.setFocus()

    def confirm(self) -> None:
        words = {name: part.value().strip() for name, part in self.parts.items()}
        if not words["text"]:
            raise UserError(N_("Say what was found."))
        self.on_accepted(Finding(**words, commitment=self.about.value()))


class SignDialog(Dialog):
    """Sign the answers with the monitor's own key and save them for the office."""

    drafts = False

    def __init__(self, parent, desk, draft) -> None:
        self.desk, self.draft = desk, draft
        self.key = own_key.own()
        name = C_("review", "Your name")
        self.name = Labelled(name, Field(""))
        self.name.field.setText(draft.monitor)
        self.name.field.setAccessibleName(say(name))
        self.joint = Check(N_("This is the joint answer of several monitors"), bool(draft.agreed))
        self.agreed = Labelled(
            C_("review", "Who agreed, a name on each line"),
            Lines(C_("review", "Who agreed"), "\n".join(draft.agreed), 64),
        )
        self.passphrase = secret(N_("Passphrase"))
        self.again = secret(N_("The passphrase once more"))
        self.note = Label(KEY_NOTE, "cap", wrap=True)
        self.fingerprint = Label("", "cap", wrap=True)
        super().__init__(
            parent,
            C_("review", "Sign the answers"),
            self.name,
            self.joint,
            self.agreed,
            Label(N_("You have no signing key on this PC yet; one is made now."), "sec", wrap=True)
            if self.key is None
            else self.fingerprint,
            self.passphrase,
            self.again,
            self.note,
            button=C_("review", "Sign and save"),
            icon="shield-check",
            width=WIDTH,
        )
        self.again.setVisible(self.key is None)
        self.note.setVisible(self.key is None)
        if self.key is not None:
            self.fingerprint.say(N_("Your key: {words}"), words=in_two(self.key.fingerprint))
        self.joint.toggled.connect(self.on_joint)
        self.on_joint()
        (self.passphrase if draft.monitor else self.name).field.setFocus()

    def on_joint(self, _on: bool = False) -> None:
        """Ask for the names where the answer is a joint one."""
        self.agreed.setVisible(self.joint.value())
        self.adjustSize()

    def names(self) -> tuple[str, ...]:
        """Return who agreed; nobody for one's own answers."""
        if not self.joint.value():
            return ()
        return tuple(filter(None, (one.strip() for one in self.agreed.value().splitlines())))

    def confirm(self) -> None:
        if not self.name.value().strip():
            raise UserError(N_("The answers need the name of the monitor who signs them."))
        if self.joint.value() and len(self.names()) < 2:
            raise UserError(
                N_("A joint answer names at least two monitors, the one who signed among them.")
            )
        if self.key is None and self.passphrase.value() != self.again.value():
            raise UserError(N_("The two passphrases differ."))
        name = f"{self.draft.commitment or self.draft.plan}-{self.draft.form}{handing_in.SUFFIX}"
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            say(C_("review", "Sign and save")),
            str(Path.home() / name),
            say(SIGNED_FILES, pattern=f"*{handing_in.SUFFIX}"),
        )
        if chosen:
            self.sign(Path(chosen))

    def sign(self, target: Path) -> None:
        """Sign into a file."""
        self.desk.work(
            sign,
            title=N_("Signing the answers"),
            then=self.on_accepted,
            otherwise=self.on_refused,
            draft=self.draft,
            target=target,
            monitor=self.name.value(),
            agreed=self.names(),
            passphrase=self.passphrase.value(),
            make=self.key is None,
        )


def sign(work, *, draft, target: Path, monitor: str, agreed, passphrase: str, make: bool):
    """Make a key where there is none, sign, and return the file and the key's fingerprint."""
    if make and own_key.own() is None:
        own_key.make(passphrase)
    if target.suffix != handing_in.SUFFIX:
        target = target.with_name(target.name + handing_in.SUFFIX)
    fingerprint = handing_in.sign(
        draft, target, monitor=monitor, passphrase=passphrase, agreed=agreed
    )
    return target, fingerprint
