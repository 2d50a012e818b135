"""How to begin, in three steps: what is there already, what it is called, who writes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from gwangju_desktop import VERSION
from gwangju_desktop.errors import UserError
from ui import theme
from ui.settings import kept
from ui.settings.display import LANGUAGES
from ui.text import N_, Msg, language, say
from ui.welcome.steps import Beginning, FromFile, Names, Place, Writer
from ui.widgets.fields import Choice, Field
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row, scrolled

FIRST_YEAR, LAST_YEAR, BARS = 2018, 2045, 23
NOW_BAR = 3
TEXT_WIDTH, CHOICES_WIDTH, SIDE_WIDTH = 350, 600, 470


class PathToZero(Painted):
    """Emissions going down to zero, as the law has it; a drawing, no data."""

    def __init__(self) -> None:
        super().__init__(170)

    def sentence(self) -> str:
        return say(N_("A path from {first} down to net zero in {last}"), **self._years())

    def _years(self) -> dict[str, int]:
        return {"first": FIRST_YEAR, "last": LAST_YEAR}

    def draw(self, painter: QPainter, area: QRectF) -> None:
        foot = theme.px(24)
        ground = area.height() - foot
        step = area.width() / BARS
        painter.setPen(Qt.PenStyle.NoPen)
        for n in range(BARS):
            high = max(6.0, ground * (1 - n / (BARS - 0.6)))
            painter.setBrush(theme.color("acc" if n == NOW_BAR else "accLine"))
            bar = QRectF(n * step, ground - high, step * 0.66, high)
            painter.drawRoundedRect(bar, 2, 2)
        painter.setPen(QPen(theme.color("text3"), 1))
        painter.drawLine(QPointF(0, ground + 0.5), QPointF(area.width(), ground + 0.5))
        painter.setFont(theme.font("cap"))
        words = QRectF(0, ground + 4, area.width(), foot - 4)
        painter.drawText(words, Align.AlignLeft | Align.AlignVCenter, str(FIRST_YEAR))
        last = say(N_("Net zero {last}"), **self._years())
        painter.drawText(words, Align.AlignRight | Align.AlignVCenter, last)


class ChoiceButton(Button):
    """One way to begin: an icon, what it is, one sentence."""

    def __init__(self, icon: str, title: Msg, sentence: Msg, slot) -> None:
        self._sentence = sentence
        super().__init__("", "choice", name=title, slot=slot)
        self.setProperty("bare", False)
        self.setAutoDefault(True)
        named = Label(title, "strong")
        words = column(None, named, Label(sentence, "sec", elide=True), None, gap=6)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(18, 0, 16, 0)
        inside.setSpacing(16)
        inside.addWidget(Icon(icon, "acc", 24))
        inside.addWidget(words, 1)
        inside.addWidget(Icon("chevron-right", "text3", 16))
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def named(self, message: str, **values: object) -> ChoiceButton:
        super().named(message, **values)
        self.setAccessibleDescription(say(self._sentence))
        self.setToolTip("")
        return self


class WelcomePage(QFrame):
    """The first screen; ↑↓ choose, Enter begins, Esc goes a step back."""

    begun = Signal(object)  # Beginning
    opened, sampled, looked = Signal(), Signal(), Signal()
    restored, taken = Signal(), Signal()
    spoken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.choices = [
            ChoiceButton(
                "file-plus",
                N_("Make a new office"),
                N_("Begin with the members' roll and the first meeting."),
                self.on_new,
            ),
            ChoiceButton(
                "file-spreadsheet",
                N_("Bring in from Excel"),
                N_("A roll of members, a register of meetings or proposals (.xlsx, .csv)."),
                self.on_from_file,
            ),
            ChoiceButton(
                "folder-open",
                N_("Open an office"),
                N_("An office file on this PC or on a secured USB drive."),
                self.opened,
            ),
            ChoiceButton(
                "hard-drive",
                N_("Connect to an office server"),
                N_("Several PCs write in one office (PostgreSQL)."),
                self.on_server,
            ),
            ChoiceButton(
                "shield-check",
                N_("Open a review copy"),
                N_("For monitoring: read-only, without an office of one's own."),
                self.looked,
            ),
        ]
        self.sample = Button(N_("Look round in the sample"), "link", "eye", slot=self.sampled)
        self.take_over = Button(
            N_("Take over a handed office file"), "link", "inbox", slot=self.taken
        )
        self.restore = Button(N_("Restore from a backup"), "link", "history", slot=self.restored)
        self.tongue = Choice(LANGUAGES, N_("Language"), language(), 140)
        self.tongue.currentIndexChanged.connect(self.on_tongue)
        self.number = Label("1 / 3", "capb")
        self.title = Label("", "title")
        self.hint = Label("", "sec", wrap=True)
        # Made when first wanted: most begin with what stands on the first step.
        self.names: Names | None = None
        self.file: FromFile | None = None
        self.server: QWidget | None = None
        self.writer: Writer | None = None
        self.place: Place | None = None
        self.way, self.step = "", 1
        self._met: object = None
        self._address: object = None
        self.refusal = Label("", "sec", "bad", wrap=True)
        self.refusal.hide()
        self.back = Button(N_("Back"), slot=self.on_back)
        self.next = Button(N_("Next"), "primary", slot=self.on_next)
        row(self._side(), (self._ask(), 1), gap=0, into=self)
        self._show()

    def _side(self) -> QFrame:
        side = frame("inset")
        self.side = side
        column(
            None,
            Label(N_("Gwangju Metropolitan City"), "sec"),
            Label(N_("Carbon-Neutral City Promotion Committee secretariat"), "display", wrap=True),
            4,
            Label(
                N_(
                    "From preparing a meeting to its decisions and the energy figures, on this "
                    "one PC. It works without the internet."
                ),
                "body",
                "text2",
                wrap=True,
            ),
            24,
            PathToZero(),
            None,
            Label(N_("Version {version} · records stay on this PC"), "cap", version=VERSION),
            margins=(64, 32, 56, 28),
            gap=8,
            into=side,
        )
        return side

    def _ask(self) -> QFrame:
        box = frame("page")
        box.setMaximumWidth(CHOICES_WIDTH + 80)
        keys = Label(N_("↑↓ choose · Enter begins"), "cap", align=Align.AlignRight)
        links = row(self.sample, self.restore, self.take_over, None, gap=14)
        first = column(*self.choices, 6, links, keys, gap=8)
        self.parts = column(gap=16)
        foot = row(self.back, None, self.next, gap=8)
        second = column(self.parts, 8, self.refusal, foot, None, gap=12)
        self.stack = QStackedWidget()
        self.stack.addWidget(first)
        self.stack.addWidget(second)
        column(
            None,
            row(self.number, None, self.tongue),
            16,
            self.title,
            self.hint,
            12,
            self.stack,
            None,
            margins=(40, 20, 40, 20),
            gap=8,
            into=box,
        )
        # Of a low window the last choice is scrolled to.
        self.pane = scrolled(row(None, (box, 20), None, gap=0))
        return self.pane

    def first(self) -> Button:
        """Return the button that has the focus first."""
        return self.choices[0]

    # --- the steps
    def on_new(self) -> None:
        self._go("new", 2)

    def on_from_file(self) -> None:
        self._go("file", 2)

    def on_server(self) -> None:
        """Ask which server; also where the settings lead."""
        self._go("server", 2)

    def on_back(self) -> None:
        """Go a step back; what was typed is kept."""
        if self.step > 1:
            self._go(self.way, self.step - 1)

    def on_next(self) -> None:
        """Take what this step asks for and go on; on the last, begin."""
        self.refusal.hide()
        try:
            if self.step == 2:
                self._take_second()
                self._go(self.way, 3)
            else:
                self.begun.emit(self._beginning())
        except (UserError, OSError) as error:
            self._refuse(error)

    def _take_second(self) -> None:
        if self.way == "server":
            if self._met is None:
                self.server.on_test()
                raise UserError(N_("The connection is tried first; then go on."))
            self._address = self.server.address()
        else:
            self.names.value()
            if self.way == "file":
                self.file.value()

    def _beginning(self) -> Beginning:
        signed = self.way == "server" and self._met.role
        if not signed:
            kept.keep("who", self.writer.value())
        if self.way == "server":
            self.server.keep_password(self._address)
            names = self.names.value() if self._met.empty else None
            return Beginning(self._address.url, "empty" if names else "", names)
        room, file = self.file.value() if self.way == "file" else ("", "")
        return Beginning(self.place.value(), "empty", self.names.value(), room, file)

    def _refuse(self, error: Exception) -> None:
        from ui import alerts
        from ui.widgets.forms import Labelled

        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            return
        # Said below its field already, it is not said twice.
        if not any(part.says(sentence) for part in self.findChildren(Labelled)):
            self.refusal.say(sentence)
            self.refusal.show()

    def _go(self, way: str, step: int) -> None:
        self.way, self.step = way, step
        self._show()

    def _show(self) -> None:
        self.refusal.hide()
        self.number.say(f"{self.step} / 3")
        self.stack.setCurrentIndex(self.step > 1)
        title, hint = TITLES[self.way if self.step == 2 else "", self.step]
        self.title.say(title)
        self.hint.say(hint)
        if self.step == 1:
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        layout = self.parts.layout()
        while layout.count():
            layout.takeAt(0).widget().setParent(None)
        for part in self._wanted():
            layout.addWidget(part)
            part.show()
        last = self.step == 3
        makes = self.way != "server" or bool(self._met and self._met.empty)
        self.next.say(N_("Next") if not last else N_("Make the office") if makes else N_("Open"))
        # A layout shows what is new in it a round of events later.
        QTimer.singleShot(0, self, self.on_laid)

    def on_laid(self) -> None:
        """Begin at the first field."""
        if self.step > 1:
            self.next.setDefault(True)
            field = self.parts.findChild(Field)
            if field is not None:
                field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wanted(self) -> list[QWidget]:
        """Return the parts of this step."""
        server = self.way == "server"
        if self.step == 2:
            if server:
                return [self._server()]
            file = [self._file()] if self.way == "file" else []
            return [*file, self._names()]
        if not server:
            return [self._writer(), self._place()]
        parts: list[QWidget] = [] if self._met.role else [self._writer()]
        return [*parts, self._names()] if self._met.empty else parts or [self._signed()]

    def _names(self) -> Names:
        self.names = self.names or Names()
        return self.names

    def _file(self) -> FromFile:
        self.file = self.file or FromFile()
        return self.file

    def _writer(self) -> Writer:
        self.writer = self.writer or Writer()
        return self.writer

    def _place(self) -> Place:
        self.place = self.place or Place()
        return self.place

    def _server(self) -> QWidget:
        if self.server is None:
            from ui.server.form import ServerForm

            self.server = ServerForm()
            self.server.found.connect(self.on_found)
        return self.server

    def _signed(self) -> QWidget:
        """Say whom the server knows: the journal says that name, not one typed here."""
        from gwangju_desktop.server.roles import MAY, NAMES, Role

        role = Role(self._met.role)
        return column(
            Label(N_("{name}, {role}"), "strong", name=self._met.name, role=NAMES[role]),
            Label(MAY[role], "sec", wrap=True),
            gap=4,
        )

    def on_found(self, found: object) -> None:
        """Go on is there once the server answered."""
        self._met = found
        if found is not None:
            self.refusal.hide()

    # --- events
    def on_tongue(self, n: int) -> None:
        self.spoken.emit(LANGUAGES[n][0])

    def resizeEvent(self, event) -> None:
        wide = self.width() >= theme.px(1000)
        self.side.setVisible(wide)
        self.side.setFixedWidth(min(theme.px(SIDE_WIDTH), self.width() * 2 // 5))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        focused = self.focusWidget()
        if event.key() in steps and focused in self.choices:
            n = self.choices.index(focused) + steps[Qt.Key(event.key())]
            choice = self.choices[n % len(self.choices)]
            choice.setFocus(Qt.FocusReason.TabFocusReason)
            self.pane.ensureWidgetVisible(choice)
        elif enter and self.step > 1 and isinstance(focused, Field):
            self.on_next()
        elif event.key() == Qt.Key.Key_Escape:
            self.on_back()
        else:
            super().keyPressEvent(event)


TITLES: dict[tuple[str, int], tuple[Msg, Msg]] = {
    ("", 1): (
        N_("How would you like to begin?"),
        N_("Everything can be changed later in the settings."),
    ),
    ("new", 2): (
        N_("What is the office called?"),
        N_("These names stand on notices, minutes and packs."),
    ),
    ("file", 2): (
        N_("What is brought in?"),
        N_("The rows are shown and checked before anything is taken over."),
    ),
    ("server", 2): (
        N_("Which office server?"),
        N_("The administrator of the server gives these to you."),
    ),
    ("", 3): (
        N_("Who writes, and where?"),
        N_("The name stands in the history beside each change."),
    ),
}
