"""A draft for the city's own document system: its text to the clipboard, what it encloses to files."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from db.vocab import Access
from gwangju_desktop.outgoing.drafts import Draft
from ui import theme
from ui.documents.output import Output, folder
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Dialog, Prose
from ui.widgets.parts import Align, Button, Icon, Label, column, row

SIZE = (640, 600)


class DraftDialog(Dialog):
    """The text as it will be pasted, and what is enclosed as files."""

    def __init__(self, parent: QWidget, draft: Draft, suffix: str, output: Output) -> None:
        self.draft, self.suffix, self.output = draft, suffix, output
        self.text = Prose(N_("Text of the draft"), read_only=True)
        self.text.setPlainText(draft.text)
        self.text.setMinimumHeight(theme.px(120))
        files = column(gap=4)
        for one in draft.enclosed:
            line = row(Icon("paperclip", "text3"), (Label(one.title, "sec", elide=True), 1), gap=6)
            files.layout().addWidget(line)
        enclosed = row((Label(C_("draft", "Enclosed"), "secb"), Align.AlignTop), (files, 1), gap=12)
        n = len(draft.enclosed)
        enclosed.setVisible(n > 0)
        self.only_text = Button(N_("Copy the text only"), icon="copy", slot=self.on_text)
        self.only_text.setAutoDefault(False)
        self.only_text.setVisible(n > 0)
        self.only_reply = Button(
            N_("Copy the reply only"), icon="message-square-text", slot=self.on_reply
        )
        self.only_reply.setAutoDefault(False)
        self.only_reply.setVisible(bool(draft.reply))
        hint = N_("Paste the text into the city's document system and add the files there.")
        super().__init__(
            parent,
            N_("Copy draft"),
            Label(hint, "sec", wrap=True),
            (self.text, 1),
            enclosed,
            button=N_("Copy the text"),
            icon="copy",
        )
        if n:
            saving = NN_("Copy and save {n} file as {kind}…", "Copy and save {n} files as {kind}…")
            self.button.say(saving, n=n, kind=suffix.upper())
        self.buttons.layout().insertWidget(1, self.only_text)
        self.buttons.layout().insertWidget(1, self.only_reply)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self.draft.text)
        self.output.dialog.record(Access.EXPORT)
        self.output.dialog.toast(N_("The draft is on the clipboard."))

    def on_text(self) -> None:
        """Copy the text and leave the files."""
        self.copy()
        self.accept()

    def on_reply(self) -> None:
        """Put the reply alone on the clipboard, for a message or a web page."""
        QGuiApplication.clipboard().setText(self.draft.reply)
        self.output.dialog.toast(N_("The reply is on the clipboard."))
        self.accept()

    def confirm(self) -> None:
        """Copy the text and ask for the folder of the files."""
        self.copy()
        if not self.draft.enclosed:
            self.accept()
            return
        asked = QFileDialog(self, say(N_("Folder for what is enclosed")), folder())
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.setOption(QFileDialog.Option.ShowDirsOnly)
        asked.fileSelected.connect(self.on_folder)
        asked.open()

    def on_folder(self, name: str) -> None:
        """Write the files into a folder."""
        self.output.enclose(self.draft, name, self.suffix)
        self.accept()
