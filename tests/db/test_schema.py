"""Tables come in two lots: the first page's, and the others when wanted; both are sound alone."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from db import schema

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(module.name for module in pkgutil.iter_modules(schema.__path__))

FIRST = """
import sys
from sqlalchemy.orm import configure_mappers
from db import schema
configure_mappers()
for table in schema.Base.metadata.tables.values():
    for key in table.foreign_keys:
        key.column
print(*sorted(name[10:] for name in sys.modules if name.startswith("db.schema.")))
"""
# Each file in a process of its own, forked where the package alone is loaded.
ALONE = """
import importlib, os, sys
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, configure_mappers
from db import schema
configure_mappers()
plain = DeclarativeBase.__init_subclass__.__func__
def declare(cls, **asked):
    plain(cls, **asked)
    configure_mappers()
DeclarativeBase.__init_subclass__ = classmethod(declare)
for name in sys.argv[1:]:
    child = os.fork()
    if child:
        print(name, "sound" if os.waitpid(child, 0)[1] == 0 else "unsound")
        continue
    importlib.import_module("db.schema." + name)
    for table in schema.Base.metadata.tables.values():
        for key in table.foreign_keys:
            key.column
    os._exit(0)
"""
OVERVIEW = """
import datetime, sys
from db.store import Store
from gwangju_desktop import today
with Store.open(sys.argv[1], write=False) as store, store.reading() as read:
    today.glance(read, today=datetime.date(2022, 3, 10))
print(*sorted(name[10:] for name in sys.modules if name.startswith("db.schema.")))
"""


def told(program: str, *words: str) -> str:
    """Return what a fresh interpreter says."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def first() -> list[str]:
    return told(FIRST).split()


def test_first_tables_refer_to_no_later_ones(first: list[str]) -> None:
    assert "members" in first and "energy" not in first


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_a_file_of_tables_is_sound_alone_and_at_every_class(first: list[str]) -> None:
    names = [name for name in FILES if name not in first]
    assert len(names) > 10
    assert told(ALONE, *names).splitlines() == [f"{name} sound" for name in names]


def test_everything_is_every_file() -> None:
    schema.everything()
    assert {name for name in FILES if f"db.schema.{name}" not in sys.modules} == set()
    assert schema.table("reading").name == "reading"
    assert {mapper.class_.__module__.rpartition(".")[2] for mapper in schema.mappers()} < {*FILES}
    with pytest.raises(KeyError):
        schema.table("nothing")


def test_first_page_reads_first_tables_only(sample_office: Path, first: list[str]) -> None:
    assert told(OVERVIEW, str(sample_office)).split() == first
