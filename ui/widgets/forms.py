"""Labels above fields, and dialogs that keep what was typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.unsaved import Stale
from ui import theme
from ui.text import N_, Msg, say
from ui.widgets.drafts import Drafting, record_of
from ui.widgets.fields import (
    Check,
    Choice,
    DateField,
    Field,
    Lines,
    NumberField,
    Prose,
    TimeField,
    parse_date,
    parse_time,
)
from ui.widgets.focusring import FocusRing
from ui.widgets.parts import Align, Button, Icon, Label, column, row, scrolled

__all__ = ["Check", "Choice", "DateField", "Dialog", "Field", "Labelled", "Lines", "NumberField"]
__all__ += ["Prose", "TimeField", "begin_at", "beside", "parse_date", "parse_time"]

FRAME = 16, 40  # px that a window's frame and title take of a screen
GAP = 12  # px between the parts of a form


class Labelled(QWidget):
    """A label above a field and, when something is wrong, a sentence below it."""

    def __init__(self, label: Msg, field: QWidget, help: str = "") -> None:
        super().__init__()
        self.field = field
        self.label = Label(label, "secb")
        self.label.setBuddy(field)
        self.help = Label(help, "cap", wrap=True)
        # Never shown before it stands in something: it would be a window of its own for a moment.
        if not help:
            self.help.hide()
        self.mark = Icon("circle-alert", "bad", 14)
        self.error = Label("", "cap", "bad", wrap=True)
        self.wrong_row = row((self.mark, Align.AlignTop), (self.error, 1), gap=6)
        self.wrong_row.hide()
        self._name = None if field.accessibleName() else label
        self._call()
        column(self.label, field, self.help, self.wrong_row, gap=5, into=self)

    def _call(self) -> None:
        if self._name is not None:
            self.field.setAccessibleName(say(self._name))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and hasattr(self, "_name"):
            self._call()
        super().changeEvent(event)

    def value(self):
        """Return the field's value; say below the field what is wrong and raise UserError."""
        try:
            value = self.field.value()
        except UserError as error:
            self.wrong(str(error))
            raise
        self.right()
        return value

    def wrong(self, sentence: str) -> None:
        """Mark the field and say what is wrong."""
        self.error.say(sentence)
        self.field.setAccessibleDescription(sentence)
        self._mark(True)

    def says(self, sentence: str) -> bool:
        """Say whether that is what is said to be wrong here."""
        return self.wrong_row.isVisibleTo(self) and self.error.text() == sentence

    def right(self) -> None:
        """Take the mark away."""
        self.field.setAccessibleDescription("")
        self._mark(False)

    def _mark(self, wrong: bool) -> None:
        self.wrong_row.setVisible(wrong)
        self.field.setProperty("wrong", wrong)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)


def beside(*parts: QWidget) -> QWidget:
    """Return parts of equal width beside each other, their labels on one line."""
    return row(*((column(part, None, gap=0), 1) for part in parts), gap=12)


def begin_at(field: QWidget) -> None:
    """Give the focus to a field that was laid a moment ago, whenever its window becomes active.

    A layout shows what is new in it a round of events later, and until then Qt keeps a focus only
    for the active window; a form that was read while another window stands in front would begin
    at its first button.
    """
    part, on_purpose = field, Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    while not part.isWindow():
        if part.isHidden() and not part.testAttribute(on_purpose):
            part.show()
        part = part.parentWidget()
    field.setFocus(Qt.FocusReason.OtherFocusReason)


class Dialog(QDialog):
    """A question with a form: what is typed stays until it was accepted.

    Build with the parts and the word on the button; override `confirm()`, which runs a use case
    with `then=self.on_accepted, otherwise=self.on_refused`, or raises UserError.

    What is typed is kept as a draft (ui.widgets.drafts): Cancel forgets it, Esc and closing the
    window leave it for the next time. A form that must not be kept says `drafts = False`. One
    that changes a record says which in `edits`: its table, and the attribute with the row or its
    id; then it hears of others who change it too.
    """

    drafts = True
    edits: tuple[str, str] | None = None

    def __new__(cls, *args: object, **values: object):
        made = super().__new__(cls, *args, **values)
        made._made_of = record_of(args, values)
        return made

    def __init__(
        self,
        parent: QWidget,
        title: Msg,
        *parts,
        button: Msg | None = None,
        icon: str = "",
        width: int = 440,
        kind: str = "primary",
        **values: object,
    ) -> None:
        super().__init__(parent)
        self.seen_at = None
        self._aside = False
        self.drafting = Drafting(self, self._made_of)
        self.finished.connect(self.on_ended)
        self._title, self._title_values, self._width = title, values, width
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.value = None
        self.scroller: QWidget | None = None  # what scrolls where the screen is low
        self.refusal = Label("", "sec", "bad", wrap=True)
        self.refusal_row = row(
            (Icon("circle-alert", "bad"), Align.AlignTop), (self.refusal, 1), gap=8
        )
        self.refusal_row.hide()
        self.button = Button(button or N_("Save"), kind, icon, slot=self.on_confirm)
        self.cancel_button = Button(N_("Cancel"), slot=self.reject)
        self.cancel_button.setAutoDefault(False)
        self.buttons = row(None, self.cancel_button, self.button)
        head = Label(title, "h2", wrap=True, **values)
        parts = [head, 2, *parts, self.refusal_row, 4, self.buttons]
        column(*parts, margins=(24, 20, 24, 18), gap=GAP, into=self)
        # Only now that it stands in the dialog: before, a link of the form would take Enter.
        self.button.setDefault(True)
        self.retitle()
        self.setMinimumWidth(theme.px(width))
        self.ring = FocusRing(self)

    def sizeHint(self) -> QSize:
        """Return the size at the least width: sentences wrap as they will be shown."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), self.minimumWidth()), hint.height())

    # --- small screens
    def setVisible(self, visible: bool) -> None:
        if visible:
            self.drafting.begin()
            self.fit_screen()
        super().setVisible(visible)

    # --- drafts, and what others change
    def record_edited(self) -> tuple[str, int] | None:
        """Return the table and id of the record the form changes; None when it adds one."""
        if self.edits is None:
            return None
        table, path = self.edits
        at: object = self
        for step in path.split("."):
            at = getattr(at, step, None)
        number = getattr(at, "id", at)
        return (table, number) if isinstance(number, int) else None

    def put_notice(self, notice: QWidget) -> None:
        """Show a line between the title and the fields."""
        super().layout().insertWidget(2, notice)
        notice.show()
        self.fit_notice()

    def fit_notice(self) -> None:
        """Take the size that the lines over the fields leave needed."""
        if self.isVisible():
            self.adjustSize()

    def on_ended(self, result: int) -> None:
        """Forget the draft of a form that was saved or cancelled; Esc leaves it."""
        self.drafting.end(aside=self._aside and result != QDialog.DialogCode.Accepted)

    def closeEvent(self, event) -> None:
        self._aside = True
        super().closeEvent(event)
        self._aside = False

    def adjustSize(self) -> None:
        super().adjustSize()
        self.fit_screen()

    def fit_screen(self) -> None:
        """Be no larger than the screen: a form higher than it scrolls under its title."""
        screen = self.screen().availableSize()
        wide, high = screen.width() - FRAME[0], screen.height() - FRAME[1]
        self.setMinimumSize(min(self.minimumWidth(), wide), min(self.minimumHeight(), high))
        width = max(self.minimumWidth(), super().layout().minimumSize().width())
        needed = self._least(width)
        if needed > high and self.scroller is None:
            self._scroll(wide)
        if self.scroller is not None:
            self.resize(max(self.minimumWidth(), min(width, wide)), high)
        elif self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(min(self.width(), wide), min(max(self.height(), needed), high))

    def _least(self, width: int) -> int:
        """Return the least height of the form at a width."""
        layout = super().layout()
        if layout.hasHeightForWidth():
            return layout.minimumHeightForWidth(width)
        return layout.minimumSize().height()

    def _scroll(self, wide: int) -> None:
        """Move what stands between the title and the refusal into a pane."""
        layout, inside, focused = super().layout(), QWidget(), self.focusWidget()
        first, last = 2, layout.indexOf(self.refusal_row)
        self.scroller = scrolled(inside)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        layout.insertWidget(last, self.scroller, 1)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, GAP // 2, 0)
        box.setSpacing(GAP)
        for _n in range(first, last):
            stretch, item = layout.stretch(first), layout.takeAt(first)
            if item.widget():
                box.addWidget(item.widget(), stretch, item.alignment())
            else:
                box.addItem(item)
        bar = self.scroller.verticalScrollBar().sizeHint().width()
        edges = layout.contentsMargins()
        free = wide - edges.left() - edges.right()
        self.scroller.setMinimumWidth(min(box.minimumSize().width() + bar, free))
        if focused is not None:
            focused.setFocus()  # a widget that moves loses it

    def retitle(self) -> None:
        self.setWindowTitle(say(self._title, **self._title_values))

    def confirm(self) -> None:
        """Do what the button says."""
        self.accept()

    def on_confirm(self) -> None:
        self.refusal_row.hide()
        try:
            self.confirm()
        except UserError as error:
            self.on_refused(error)

    def on_accepted(self, value: object) -> None:
        """Close; `value` is the use case's."""
        self.value = value
        self.accept()

    def on_refused(self, error: Exception) -> None:
        """Say why it was refused; the form stays open. Faults that are ours go to the alerts."""
        from ui import alerts

        self.button.setEnabled(True)
        if isinstance(error, Stale):
            self.drafting.stale(error)
            return
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            return
        marked = [part for part in self.findChildren(Labelled) if part.says(sentence)]
        if marked:
            marked[0].field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.refusal.say(sentence)
            self.refusal_row.show()
        self.adjustSize()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retitle()
        super().changeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = self.ring.moving(super().focusNextPrevChild, forward)
        focused = self.focusWidget()
        # A pane brings into view what is reached from inside it; a button is outside.
        if moved and self.scroller is not None and self.scroller.isAncestorOf(focused):
            self.scroller.ensureWidgetVisible(focused)
        return moved

    def keyPressEvent(self, event) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            if self.button.isEnabled():
                self.on_confirm()
            return
        self._aside = event.key() == Qt.Key.Key_Escape
        super().keyPressEvent(event)
        self._aside = False
