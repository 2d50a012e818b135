"""An office with a few made-up proposals, and forms opened over it as the room opens them."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

from gwangju_desktop.proposals import queries, steps, usecases
from tests.ui.conftest import spin
from ui.widgets.forms import Dialog
from ui.widgets.page import Page

RECEIVED = dt.date(2022, 2, 21)
TODAY = dt.date(2022, 3, 11)


class View(Page):
    """A page the forms open over; it remembers what it was asked to show."""

    def __init__(self, window) -> None:
        super().__init__(window.shell.desk)
        self.shown: list[int] = []
        self.setParent(window)
        self.resize(10, 10)
        self.show()

    def open(self, id: int | None = None, table: str = "") -> None:
        self.shown.append(id)

    def run(self, usecase, **asked: Any):
        """Run a use case and return its value; the window hears of it."""
        value = self.desk.store.run(usecase, **asked).value
        self.desk.look_for_changes()
        return value

    def read(self, query, *asked: Any, **more: Any):
        """Return what a query finds."""
        with self.desk.store.reading() as read:
            return query(read, *asked, **more)

    def one(self, id: int):
        """Return a proposal whole."""
        return self.read(queries.detail, id=id)

    def register(self, title: str = "버스 정류장 태양광 안내판 설치", **more: Any) -> int:
        """Register a made-up proposal."""
        asked = {
            "text": "정류장 안내판을 햇빛으로 켜기를 제안합니다.",
            "channel": "web",
            "received_on": RECEIVED,
            "proposers": [{"name": "가상 시민"}],
        }
        return self.run(usecases.register, title=title, **{**asked, **more})

    def step(self, id: int, to: str, **more: Any) -> None:
        """Take a step."""
        self.run(steps.move, id=id, to=to, **more)


def empty_copy(office: Path, folder: Path) -> Path:
    """Return an empty office of one's own."""
    path = folder / "제안 사무국.gwoffice"
    shutil.copy(office, path)
    return path


def form(window, kind: type[Dialog]):
    """Wait for a form of a kind and return it."""
    spin(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    return next(one for one in reversed(window.findChildren(kind)) if one.isVisible())


def closed(dialog) -> bool:
    """Say whether a form is gone."""
    try:
        return not dialog.isVisible()
    except RuntimeError:
        return True
