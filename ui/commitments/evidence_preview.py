"""What an evidence file looks like: its pages, its words, or why neither is shown."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.evidence.preview import LARGEST, Shows
from gwangju_desktop.evidence.rows import EvidenceRow
from ui import theme
from ui.commitments import evidence_jobs as jobs
from ui.packs.pictures import Workshop
from ui.text import C_, N_, Msg
from ui.widgets.forms import Prose
from ui.widgets.pages_view import PagesView
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row

HEIGHT, LOW = 300, 112  # px at 100 %, the lower one of a sentence alone
SETTLE_MS = 120  # a row passed by with the arrow keys is not looked into
WORDS: dict[Shows, tuple[str, str, Msg]] = {
    Shows.FACTS: ("file-text", "text3", N_("Open it in its own program to see it.")),
    Shows.LARGE: (
        "file-text",
        "text3",
        N_("Larger than {n} MB: open it in its own program to see it."),
    ),
    Shows.UNREAD: ("circle-alert", "warn", N_("The file cannot be shown here.")),
    Shows.BROKEN: ("triangle-alert", "bad", N_("The bytes on the disk are not those taken in.")),
    Shows.MISSING: ("triangle-alert", "bad", N_("The file is gone from the disk.")),
}
PAGES, TEXT, WORDS_SHOWN = range(3)


class EvidencePreview(QStackedWidget):
    """The file of one piece of evidence, drawn by child processes."""

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk, self.row, self.work = desk, None, None
        self.shown: Shows | None = None
        self.workshop = Workshop()
        self.workshop.drawn.connect(self.on_drawn)
        self.workshop.undrawn.connect(self.on_undrawn)
        self.destroyed.connect(self.workshop.close)
        self.file = None
        self.view = PagesView()
        self.view.wanted.connect(self.on_wanted)
        self.view.turned.connect(self.on_turned)
        self.page = Label("", "cap")
        self.back = Button("", "ghost", "chevron-left", name=N_("Previous page"), slot=self.on_back)
        self.next = Button("", "ghost", "chevron-right", name=N_("Next page"), slot=self.on_next)
        self.smaller = Button("", "ghost", "zoom-out", name=N_("Zoom out"), slot=self.on_smaller)
        self.larger = Button("", "ghost", "zoom-in", name=N_("Zoom in"), slot=self.on_larger)
        tools = row(self.back, self.page, self.next, None, self.smaller, self.larger, gap=2)
        self.prose = Prose(C_("evidence", "Words of the file"), read_only=True)
        self.cut = Label(N_("The beginning of the file."), "cap")
        self.icon = Icon("file-text", "text3", 28)
        self.words = Label("", "sec", wrap=True, align=Align.AlignHCenter)
        told = frame("inset")
        column(
            None,
            (self.icon, Align.AlignHCenter),
            self.words,
            None,
            margins=(16, 12, 16, 12),
            gap=8,
            into=told,
        )
        self.addWidget(column((self.view, 1), tools, gap=2))
        self.addWidget(column((self.prose, 1), self.cut, gap=4))
        self.addWidget(told)
        self.settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self.settle.timeout.connect(self.look)
        self.setFixedHeight(theme.px(LOW))

    def dress(self) -> None:
        """Take the height at the present text size; while a file is looked into it stays."""
        if self.shown is not None:
            seen = self.shown in (Shows.PAGES, Shows.TEXT)
            self.setFixedHeight(theme.px(HEIGHT if seen else LOW))

    @property
    def settled(self) -> bool:
        """Say whether what is to be seen is there."""
        looking = self.settle.isActive() or (self.work is not None and not self.work.over)
        return not looking and self.workshop.idle and not self.view.settle.isActive()

    # --- what is shown
    def show_evidence(self, held: EvidenceRow | None) -> None:
        """Show a file; the same one again stays as it is."""
        same = (
            held is not None
            and self.row is not None
            and ((held.sha256, held.broken) == (self.row.sha256, self.row.broken))
        )
        self.row = held
        if same:
            return
        self.stop()
        self.view.show_document(0)
        self.shown = None
        self.tell("file-text", "text3", Msg(""))
        if held is not None:
            self.settle.start()

    def look(self) -> None:
        """Find out what is to be seen."""
        if self.row is None:
            return
        self.work = self.desk.work(
            jobs.look,
            title=jobs.LOOKING,
            then=self.on_look,
            otherwise=self.on_unlooked,
            sha256=self.row.sha256,
            name=self.row.name,
            size=self.row.bytes,
            folder=self.workshop.new_folder(),
        )

    def on_look(self, look) -> None:
        """Show what was found."""
        self.shown = look.shows
        if look.shows == Shows.PAGES:
            self.file = look.file
            self.setCurrentIndex(PAGES)
            self.view.show_document(look.count)
            self.view.go(1)
            self.on_turned(1)
        elif look.shows == Shows.TEXT:
            self.prose.show_text(look.text)
            self.cut.setVisible(look.cut)
            self.setCurrentIndex(TEXT)
        else:
            icon, ink, words = WORDS[look.shows]
            self.tell(icon, ink, words, n=LARGEST // (1024 * 1024))
        self.dress()

    def on_unlooked(self, error: Exception) -> None:
        """Say that it cannot be shown; stopped, leave it to the next one."""
        if not isinstance(error, Cancelled):
            self._unread()

    def _unread(self) -> None:
        self.shown = Shows.UNREAD
        self.tell(*WORDS[Shows.UNREAD])
        self.dress()

    def tell(self, icon: str, ink: str, words: Msg, **values) -> None:
        """Show a sentence where the file would be."""
        self.icon.show_icon(icon, ink)
        self.words.say(words, **values)
        self.setCurrentIndex(WORDS_SHOWN)

    def stop(self) -> None:
        """Want nothing of the file before any more."""
        self.settle.stop()
        if self.work is not None:
            self.work.cancel()
            self.work = None
        self.workshop.forget()
        self.file = None

    # --- pictures
    def on_wanted(self, wishes) -> None:
        if self.file is not None:
            self.workshop.want(self.file, wishes)

    def on_drawn(self, drawn) -> None:
        if drawn.file == self.file:
            self.view.put(drawn.page, drawn.picture)

    def on_undrawn(self, undrawn) -> None:
        if undrawn.file == self.file:
            self._unread()

    # --- turning
    def on_turned(self, page: int) -> None:
        self.page.say(N_("{page} / {count} pages"), page=page, count=self.view.count)
        self.back.setEnabled(page > 1)
        self.next.setEnabled(page < self.view.count)

    def on_back(self) -> None:
        self.view.step(-1)

    def on_next(self) -> None:
        self.view.step(1)

    def on_smaller(self) -> None:
        self.view.zoom_by(-1)

    def on_larger(self) -> None:
        self.view.zoom_by(1)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "view"):
            QTimer.singleShot(0, self, self.dress)
