"""Handover of the post: who leaves, who comes, where the passphrase is kept; saved to be signed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from db.files import atomic_write
from gwangju_desktop import clock
from gwangju_desktop.catalogue import entries
from gwangju_desktop.documents import writers
from gwangju_desktop.handover import post
from gwangju_desktop.handover.post import Post
from ui.handover.parts import Deed
from ui.text import C_, N_, language, say
from ui.widgets.forms import Field, Labelled, Lines, beside
from ui.widgets.parts import Button, Label, frame, row

FORMATS = N_("Documents ({pattern})")
ENDINGS = (".pdf", ".hwpx", ".html")


def look(read) -> Post:
    """Return what is open; on the reader's thread."""
    return post.look(read, day=clock.today())


def save(work, *, target: Path, language: str, asked: dict[str, str]) -> Path:
    """Compose the document and write it in the format of its suffix; a job for `desk.work`."""
    with work.reading() as read:
        made = entries.compose(read, "post", id=None, language=language, **asked)
    data = writers.write(made, target.suffix.lstrip("."))
    with atomic_write(target) as out:
        out.write(data)
    return target


class PostDialog(Deed):
    """One document for whoever takes over the post."""

    def __init__(self, shell) -> None:
        self.by = Labelled(C_("handover", "Handed over by"), Field(""))
        self.to = Labelled(C_("handover", "Taken over by"), Field(""))
        self.witness = Labelled(C_("handover", "Witness"), Field(""))
        self.kept = Labelled(
            N_("Where the passphrase of the signing key is kept"),
            Field(N_("For example: sealed envelope in the safe of the office")),
            say(N_("A sentence, never the passphrase itself.")),
        )
        self.remarks = Labelled(N_("Remarks"), Lines(N_("Remarks"), "", 70))
        self.open_work = Label("", "sec", wrap=True)
        card = frame("state")
        row((self.open_work, 1), margins=(14, 12, 14, 12), into=card)
        self.key = Button(N_("Make a new signing key…"), icon="key-round", slot=self.on_key)
        self.key.setAutoDefault(False)
        self.key.hide()
        super().__init__(
            shell,
            N_("Handover of the post"),
            Label(
                N_(
                    "One document to be signed by both and a witness: open work, settings, backups,"
                    " the signing key. The new person makes a key of their own, which the present"
                    " key signs."
                ),
                "sec",
                wrap=True,
            ),
            card,
            beside(self.by, self.to, self.witness),
            self.kept,
            self.remarks,
            row(self.key, None),
            button=N_("Save the document…"),
            icon="printer",
            width=600,
        )
        self.by.field.setFocus()
        shell.desk.read(look, then=self.on_found)

    def on_found(self, found: Post) -> None:
        """Say how much is open, and offer a new key where there is one to sign it."""
        self.open_work.say(
            N_(
                "Open: meetings {meetings} · deadlines {deadlines} · actions {actions} · proposals"
                " {proposals} · documents not dispatched {unsent}"
            ),
            meetings=len(found.meetings),
            deadlines=len(found.deadlines),
            actions=len(found.actions),
            proposals=len(found.proposals),
            unsent=len(found.unsent),
        )
        self.key.setVisible(found.key is not None and not self.shell.desk.read_only)
        self.adjustSize()

    def on_key(self) -> None:
        """Let the present key sign a new one."""
        from ui.snapshots.key_forms import SuccessorDialog

        page = self.shell.rooms.page(self.shell.window.side.current)
        SuccessorDialog(page, self.shell.desk).open()

    def confirm(self) -> None:
        stem = f"{clock.today():%Y-%m-%d} {say(C_('document', 'Handover of the post'))}"
        name, chosen = QFileDialog.getSaveFileName(
            self,
            say(N_("Save the document…")),
            str(Path.home() / f"{stem}.pdf"),
            ";;".join(say(FORMATS, pattern=f"*{ending}") for ending in ENDINGS),
        )
        if not name:
            return
        target = Path(name)
        if target.suffix not in ENDINGS:
            ending = next((one for one in ENDINGS if one in chosen), ENDINGS[0])
            target = target.with_name(target.name + ending)
        self.begin(
            save,
            title=N_("Writing the document"),
            desk=self.shell.desk,
            target=target,
            language=language(),
            asked={
                "by": self.by.value(),
                "to": self.to.value(),
                "witness": self.witness.value(),
                "kept": self.kept.value(),
                "remarks": self.remarks.value(),
            },
        )

    def on_done(self, value) -> None:
        super().on_done(value)
        self.shell.window.toast.tell(N_("Saved: {file}"), undo=False, file=value.name)
