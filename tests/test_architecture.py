"""The picture in docs/ARCHITECTURE.md, executed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from db import schema
from db.base import Base, Recorded

schema.everything()
ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("db", "gwangju_desktop", "ui", "resources")


def sources(*packages: str) -> Iterator[tuple[str, str]]:
    """Yield (path from the root, text) of every module."""
    for package in packages or PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@cache
def _walked(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a module calls and imports; each is read once for all tests."""
    called, imported = set(), set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                called.add(name)
            case ast.Import(names=names):
                imported |= {alias.name for alias in names}
            case ast.ImportFrom(module=str(module), names=names):
                imported.add(module)
                imported |= {f"{module}.{alias.name}" for alias in names}
    return frozenset(called), frozenset(imported)


def calls(text: str) -> frozenset[str]:
    """Return the names a module calls, bare or as an attribute."""
    return _walked(text)[0]


def imports(text: str) -> frozenset[str]:
    """Return the dotted names a module imports, anywhere in it."""
    return _walked(text)[1]


def test_the_floors_hold() -> None:
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(
        [*lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(Base.metadata.tables))
def test_every_table_is_journalled_and_searched_or_says_why_not(name: str) -> None:
    mapped = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
    kind = mapped.get(name)
    if kind is not None and issubclass(kind, Recorded):
        searched = kind.__searched__
        assert searched, f"{name}: __searched__ names columns or says why not"
        if isinstance(searched, tuple):
            assert set(searched) <= set(kind.__table__.c.keys())
        if kind.__subject__:
            assert kind.__subject__ in kind.__table__.c
        if kind.__table__.c.get("id") is not None:
            assert kind.__table__.dialect_options["sqlite"]["autoincrement"], name
        for key in kind.__table__.foreign_keys:
            assert key.ondelete == "RESTRICT", f"{name}: a cascade of the database is not recorded"
    else:
        info = Base.metadata.tables[name].info
        assert info.get("journal") and info.get("search"), f"{name} says nothing"


ONLY_IN = {
    "create_engine": {"db/engine.py"},
    "exec_driver_sql": {
        "db/engine.py",
        "db/erase.py",
        "db/search.py",
        "db/bulk.py",
        "db/rolls.py",
        "db/migrate.py",
        "db/greeting.py",
        "db/integrity.py",
        "db/rights.py",
        "db/salvage/references.py",
        "db/salvage/rows.py",
        "db/store.py",
        "db/transfer.py",
        "db/migrations/widen.py",
        "db/migrations/versions/0002_members.py",
        "db/migrations/versions/0003_meetings.py",
        "db/migrations/versions/0004_packs.py",
        "db/migrations/versions/0005_proposals.py",
        "db/migrations/versions/0006_polls.py",
        "db/migrations/versions/0007_energy.py",
        "db/migrations/versions/0008_commitments.py",
        "db/migrations/versions/0009_snapshots.py",
        "db/migrations/versions/0010_texts.py",
    },
    "begin_nested": set(),
    "bulk_insert_mappings": set(),
    "bulk_save_objects": set(),
    "Popen": {"gwangju_desktop/child.py"},
    "QSaveFile": set(),
    "mkstemp": {"db/files.py"},
    "NamedTemporaryFile": set(),
}


@pytest.mark.parametrize("name", ONLY_IN)
def test_called_in_one_place_only(name: str) -> None:
    places = {path for path, text in sources() if name in calls(text)}
    assert places <= ONLY_IN[name]


def test_the_driver_is_reached_inside_the_nouns_only() -> None:
    places = {
        path for path, text in sources("gwangju_desktop", "ui") if "driver_connection" in text
    }
    assert places == set()


def test_sqlalchemy_text_stays_with_the_raw_sql() -> None:
    allowed = {"db/bulk.py", "db/search.py", "db/migrate.py", "db/engine.py"}
    places = {path for path, text in sources() if "sqlalchemy.text" in imports(text)}
    assert places <= allowed


def test_foreign_sqlite_files_are_touched_by_snapshots_and_backups_only() -> None:
    places = {path for path, text in sources() if "sqlite3" in imports(text)}
    assert places <= {
        "db/migrate.py",
        "db/salvage/wreck.py",
        "gwangju_desktop/snapshots/sqlite_file.py",
    }


def test_children_start_in_one_place() -> None:
    places = {path for path, text in sources() if "subprocess" in imports(text)}
    assert places <= {"gwangju_desktop/child.py"}
    assert {path for path, text in sources() if "sys.executable" in text} <= {
        "gwangju_desktop/child.py"
    }


def test_what_goes_off_once_belongs_to_a_widget() -> None:
    """A timer without a context calls a form that is gone, and Qt ends the program for it."""
    loose = [
        f"{path}:{node.lineno}"
        for path, text in sources("ui")
        if "singleShot" in text
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "singleShot"
        and len(node.args) < 3
    ]
    assert loose == []


def test_no_module_opens_a_connection_to_the_network() -> None:
    network = {"urllib.request", "http.client", "socket", "requests", "httpx", "ftplib", "smtplib"}
    places = {path for path, text in sources() if network & imports(text)}
    assert places == set()


def test_every_module_is_imported_without_posix(tmp_path: Path) -> None:
    """Users sit at Windows: nothing on an import path may need fcntl, resource or pwd."""
    modules = [
        path[: -len(".py")].replace("/", ".").removesuffix(".__init__")
        for path, _ in sources()
        if not path.startswith("db/migrations/")
    ]
    program = (
        "import sys, importlib, warnings\n"
        "import platformdirs, filelock, sqlalchemy, PySide6.QtWidgets, psycopg\n"
        "for name in ('fcntl', 'resource', 'pwd', 'grp', 'termios'): sys.modules[name] = None\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
    )
    script = tmp_path / "import_all.py"
    script.write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**_environment(), "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ) | {"QT_QPA_PLATFORM": "offscreen"}
