"""Every form there is: what a person types into its fields is drafted and comes back.

The forms are made without an office, with rows that answer whatever they are asked, and "opened
again" after a program that ended under them. What needs a whole record to be made at all is
named below; those forms are met in the tests of their rooms.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

import ui
from db.unsaved import Unsaved
from ui.widgets import typed
from ui.widgets.forms import Dialog


def answer(name: str):
    """Return something of the right kind for what an attribute of a row is called."""
    if name.startswith("__"):
        raise AttributeError(name)
    if name == "id" or name.endswith(("_id", "year")) or name in ("n", "seats", "minutes"):
        return 1
    if name.endswith(("_on", "_at", "day")):
        return ON
    if name in FLAGS or name.startswith(("is_", "has_")):
        return False
    if name.endswith("s") and not name.endswith(("basis", "class", "status", "ss")):
        return ()
    return Row()


ON = dt.datetime(2022, 3, 17, 14, tzinfo=dt.UTC)
FLAGS = (
    "frozen",
    "restricted",
    "read_only",
    "voting",
    "active",
    "secret",
    "given",
    "weighted",
    "open",
)


class Row(str):
    """Words, and a row that holds something of the right kind for whatever it is asked."""

    __slots__ = ()
    title = number = ""

    def __getattr__(self, name: str):
        return answer(name)

    def __call__(self, *_asked, **_more) -> None: ...

    def __format__(self, _form: str) -> str:
        return ""


class Page(QWidget):
    """What a form is opened from."""

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk

    def __getattr__(self, name: str):
        return answer(name)


class Shell:
    """The window's other half."""

    rooms = None

    def __init__(self, window, desk) -> None:
        self.window, self.desk = window, desk

    def __getattr__(self, name: str):
        return answer(name)


class Desk(QObject):
    """A desk that asks nobody."""

    changed = Signal(object)
    done = Signal(object)
    read_only = False
    store = None
    shown = 0

    def __init__(self, drafter) -> None:
        super().__init__()
        self.drafter = drafter

    def read(self, *_asked, **_more) -> None: ...

    do = work = read

    def peek(self, *_asked, **_more) -> None:
        return None


class Drafter:
    """The drafts as a file would hold them, through JSON and back."""

    office = "예시"

    def __init__(self) -> None:
        self.forms: list = []
        self.held: dict[tuple, Unsaved] = {}

    def here(self) -> tuple:
        return ("today", None, "")

    def put(self, draft: Unsaved) -> None:
        self.held[draft.key] = draft

    def drop(self, draft: Unsaved) -> None:
        self.held.pop(draft.key, None)

    def find(self, form: str, record: str, but: Unsaved | None = None) -> Unsaved | None:
        found = [d for d in self.held.values() if (d.form, d.record) == (form, record)]
        return found[0] if found else None


def everything() -> list[type[Dialog]]:
    for part in pkgutil.walk_packages(ui.__path__, "ui."):
        if not part.name.startswith("ui.app"):
            importlib.import_module(part.name)
    found, waiting = [], list(Dialog.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("ui."):
            found.append(kind)
    return sorted(set(found), key=lambda kind: (kind.__module__, kind.__qualname__))


def made(kind: type[Dialog], parent: QWidget, desk: Desk) -> Dialog:
    """Make a form with what its constructor asks for."""
    args, values = [], {}
    for name, asked in list(inspect.signature(kind.__init__).parameters.items())[1:]:
        if asked.kind in (asked.VAR_POSITIONAL, asked.VAR_KEYWORD):
            continue
        if name in ("parent", "view", "page", "bar", "tab"):
            value: object = parent
        elif name == "shell":
            value = Shell(parent, desk)
        elif name == "desk":
            value = desk
        elif asked.default is not asked.empty and asked.default is not None:
            continue
        elif name.endswith("_id") or name == "id":
            value = 1
        elif asked.default is None:
            continue
        elif name == "ids":
            value = [1, 2]
        elif name.endswith("s") and name not in ("facts", "names"):
            value = []
        elif name == "on" or name.endswith("_on"):
            value = dt.date(2022, 3, 17)
        else:
            value = Row()
        if asked.kind == asked.KEYWORD_ONLY:
            values[name] = value
        else:
            args.append(value)
    return kind(*args, **values)


def type_everywhere(form: Dialog) -> None:
    """Type and choose in every field as a hand does."""
    for name, part in typed.fields(form).items():
        if not part.isEnabled() or part.isHidden() or not isValid(part):
            continue
        if isinstance(part, QLineEdit):
            part.setText("12" if part.inputMask() else f"12 {name}"[:12])
            part.textEdited.emit(part.text())
        elif isinstance(part, typed.TEXTS):
            part.textCursor().insertText(f"쓰던 글 {name}\n둘째 줄")
        elif isinstance(part, QAbstractButton):
            part.click()
        elif isinstance(part, QComboBox) and part.count() > 1:
            part.setCurrentIndex((part.currentIndex() + 1) % part.count())
            part.activated.emit(part.currentIndex())


@pytest.mark.qt_no_exception_capture  # what a form makes of invented rows is not asked here
def test_what_is_typed_into_any_form_is_drafted_and_comes_back(dressed: QApplication) -> None:
    kinds = everything()
    met, unmade, wrong = [], [], []
    for kind in kinds:
        drafter = Drafter()
        desk = Desk(drafter)
        page = Page(desk)
        try:
            form = made(kind, page, desk)
        except Exception:
            unmade.append(kind.__qualname__)
            continue
        name = f"{kind.__module__}.{kind.__qualname__}"
        form.drafting.begin()
        if not kind.drafts:
            assert form.drafting.drafter is None
            page.deleteLater()
            continue
        form.drafting.keep()
        if drafter.held:
            wrong.append(f"{name}: a draft without typing")
        type_everywhere(form)
        form.drafting.keep()
        said = dict(form.drafting.draft.fields) if form.drafting.draft else {}
        if said:
            met.append(name)
            again = made(kind, page, desk)
            again.drafting.begin()
            if again.drafting.offered is None:
                wrong.append(f"{name}: not offered")
            else:
                again.drafting.on_go_on()
                fields = typed.fields(again)
                lost = {
                    key: (mine, typed.state(fields[key]) if key in fields else None)
                    for key, (_was, mine) in said.items()
                    if key not in fields or typed.state(fields[key]) != mine
                }
                if lost:
                    wrong.append(f"{name}: {lost}")
            again.deleteLater()
        elif typed.fields(form) and any(
            one.isEnabled() and not one.isHidden() for one in typed.fields(form).values()
        ):
            unmade.append(f"{name} (nothing to type)")
        page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not wrong, "\n".join(wrong)
    assert len(met) >= len(kinds) * 0.5, sorted(unmade)
