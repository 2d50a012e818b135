"""The first paint imports little, garbage dies on the window's thread, and None survives."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from gwangju_desktop.__main__ import window_only
from tests.ui.conftest import spin
from ui.sweeper import Sweeper
from ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "numpy", "pandas", "pyqtgraph", "reportlab", "sqlite3", "asyncio")
PROGRAM = f"""
import os, sys
from gwangju_desktop import __main__
from ui import app
def painted(self):
    print([name for name in {HEAVY} if name in sys.modules])
    sys.stdout.flush()
    os._exit(0)
app.Start.on_painted = painted
sys.argv = ["gwangju-desktop", "--office", "nowhere.gwoffice"]
__main__.main()
"""


PUT_OFF = """
import sys
from ui import later
later.put_off()
import sqlalchemy.orm, sqlalchemy.dialects.sqlite
absent = ("ssl", "email", "asyncio.events", "_sysconfigdata")
print([name for name in sys.modules if name in absent or name.startswith(absent[-1])])
from sqlalchemy.util import concurrency, langhelpers
async def seven():
    return 7
print(concurrency.asyncio.run(seven()), "asyncio.events" in sys.modules)
import asyncio, asyncio.tasks, importlib.metadata
print(asyncio.Lock.__name__, importlib.metadata.version("SQLAlchemy") == sqlalchemy.__version__)
from sqlalchemy.util import compat
import sysconfig
asked = compat.sysconfig.get_config_var("EXT_SUFFIX"), compat.sysconfig.get_path("stdlib")
print(asked == (sysconfig.get_config_var("EXT_SUFFIX"), sysconfig.get_path("stdlib")), None in asked)
print(langhelpers.importlib.metadata.version.__module__, type(asyncio), type(importlib.metadata))
"""


def test_what_is_put_off_comes_when_it_is_used() -> None:
    told = subprocess.run(
        [sys.executable, "-c", PUT_OFF],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.stdout.splitlines() == [
        "[]",
        "7 True",
        "Lock True",
        "True False",
        "importlib.metadata <class 'module'> <class 'module'>",
    ], told.stderr


def test_first_paint_imports_nothing_heavy(tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment["GWANGJU_DESKTOP_HOME"] = str(tmp_path)
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=60
    )
    assert told.stdout.strip() == "[]", told.stderr


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], {}),
        (["open"], {}),
        (["--office", "a b.gwoffice"], {"office": "a b.gwoffice"}),
        (
            ["open", "--office=가.gwoffice", "--lang", "en"],
            {"office": "가.gwoffice", "language": "en"},
        ),
        (["가 나.gwsnap"], {"office": "가 나.gwsnap"}),
        (["가 나.ZIP"], {"office": "가 나.ZIP"}),
        (["가 나.zip.001"], {"office": "가 나.zip.001"}),
        (["open", "가 나.GWOFFICE", "--lang=ko"], {"office": "가 나.GWOFFICE", "language": "ko"}),
        (["a.gwsnap", "b.gwsnap"], None),
        (["a.pdf"], None),
        (["--lang", "xx"], None),
        (["--office"], None),
        (["--office", "--json"], None),
        (["list", "bodies"], None),
        (["open", "open"], None),
        (["--help"], None),
    ],
)
def test_lines_that_only_open_the_window_need_no_parser(words: list, asked: dict | None) -> None:
    assert window_only(words) == asked


def test_garbage_is_collected_on_the_window_thread_only(window: Window) -> None:
    seen: set[str] = set()

    def watch(phase: str, _info: dict) -> None:
        if phase == "start":
            seen.add(threading.current_thread().name)

    gc.callbacks.append(watch)
    try:
        sweeper = window.findChild(Sweeper)
        assert sweeper is not None and not gc.isenabled()
        for key in ("members", "meetings", "today") * 3:
            window.shell.go(key)
            spin(lambda: window.shell.desk.idle)
        garbage = [[] for _n in range(2_000)]
        for item in garbage:
            item.append(item)
        del garbage
        sweeper.on_tick()
    finally:
        gc.callbacks.remove(watch)
    assert seen == {"MainThread"}


def test_none_survives_calls_of_void_methods(dressed) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for _n in range(2_000):
        label.update()
    assert abs(sys.getrefcount(None) - before) < 200
