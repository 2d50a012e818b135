"""The two commands of the README: what they lock, and what they say when they cannot go on."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture
def dev() -> ModuleType:
    """The command's module, loaded anew."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_is_hashed_and_names_no_host() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", text, re.MULTILINE)
    assert len(packages) > 40
    blocks = re.split(r"^(?=[A-Za-z0-9_.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text and "index" not in text.lower().replace("sqlalchemy", "")
    pins = {name.lower(): version for name, version in packages}
    assert pins["pyside6-essentials"] == "6.11.3"


def test_the_lock_holds_what_the_project_asks_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[=<>~]", one)[0].lower().replace("_", "-") for one in asked}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    assert {name for name in names if not re.search(rf"^{re.escape(name)}==", lock, re.M)} == set()


def test_without_root_it_stops_with_the_line_to_type(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "missing_packages", lambda: ["libgl1", "libegl1"])
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit) as stopped:
        dev.install_libraries()
    assert str(stopped.value).endswith(
        "sudo apt-get install -y --no-install-recommends libgl1 libegl1"
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's way of packaging")
def test_a_browser_is_wished_for_and_not_demanded(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []
    there = {"apt-get": "/usr/bin/apt-get"}

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 100)

    monkeypatch.setattr(dev.shutil, "which", there.get)
    monkeypatch.setattr(dev.subprocess, "run", run)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    dev.install_browser()
    assert [command[1] for command in asked] == ["install", "update", "install"]
    assert "tests of the public site are skipped" in capsys.readouterr().err
    there["chromium"] = "/usr/bin/chromium"
    dev.install_browser()
    assert len(asked) == 3


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's way of packaging")
def test_debians_python_without_its_venv_package_is_noticed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda _: None)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert package in dev.missing_packages()


def test_a_failed_step_of_the_setup_is_one_sentence_naming_it(dev: ModuleType) -> None:
    with pytest.raises(SystemExit) as stopped:
        dev.must([sys.executable, "-c", "raise SystemExit(3)"])
    assert str(stopped.value).startswith("error: ") and sys.executable in str(stopped.value)


def test_another_lock_is_another_fingerprint(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dev.fingerprint()
    changed = tmp_path / "requirements.lock"
    changed.write_bytes(dev.LOCK.read_bytes() + b"\n")
    monkeypatch.setattr(dev, "LOCK", changed)
    assert dev.fingerprint() != before


def test_tests_keep_their_files_in_memory_where_there_is_room(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(dev, "MEMORY", tmp_path)
    monkeypatch.setattr(dev, "ROOM", 1)
    assert dev.in_memory() == {"TMPDIR": str(tmp_path)}
    monkeypatch.setattr(dev, "ROOM", 1 << 60)
    assert dev.in_memory() == {}
    monkeypatch.setattr(dev, "ROOM", 1)
    monkeypatch.setenv("TMPDIR", "elsewhere")
    assert dev.in_memory() == {}
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(dev, "MEMORY", tmp_path / "not there")
    assert dev.in_memory() == {}


def test_a_word_it_does_not_know_is_wrong_usage() -> None:
    for words in ([], ["frobnicate"]):
        done = subprocess.run(
            [sys.executable, str(ROOT / "dev.py"), *words], capture_output=True, check=False
        )
        assert done.returncode == 2 and b"run" in done.stderr


def test_it_needs_the_standard_library_alone() -> None:
    import ast

    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    names = {
        (node.module or "").split(".")[0]
        if isinstance(node, ast.ImportFrom)
        else alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert names <= set(sys.stdlib_module_names)
