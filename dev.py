"""Set up and run this project with the standard library alone: `python3 dev.py WORD`.

Words: run · test · setup · lock · words · bench · faults · pictures.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "stamp"
LOCK = ROOT / "requirements.lock"
MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3  # bytes
SAMPLE = ROOT / "build" / "sample"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# What Qt's wheels expect of the system, and the Debian 12 package that brings each.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
SCREEN_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# What the tests of the public site look at its pages with; without one of these they are skipped.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def has_screen() -> bool:
    """Say whether a window can be shown here."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_packages() -> list[str]:
    """Name the Debian packages whose libraries do not load."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = LIBRARIES | (SCREEN_LIBRARIES if has_screen() else {})
    missing = []
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    # Debian keeps what makes an environment apart from Python.
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def install_libraries() -> None:
    """Install missing system libraries as root, or stop with the line to type."""
    missing = missing_packages()
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"error: system libraries are missing; run: sudo {' '.join(command)}")
    print("installing", *missing, file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(command, env=environment, stdout=sys.stderr).returncode != 0:
        must(["apt-get", "update"], environment)
        must(command, environment)


def install_browser() -> None:
    """Install a browser for the tests as root; without one say what they leave out."""
    if not sys.platform.startswith("linux") or any(map(shutil.which, BROWSERS)):
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing chromium", file=sys.stderr)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for step in (command, ["apt-get", "update"], command):
            done = subprocess.run(step, env=environment, stdout=sys.stderr).returncode == 0
            if done and step is command:
                return
    print(
        f"note: no browser, so tests of the public site are skipped; sudo {' '.join(command)}",
        file=sys.stderr,
    )


def must(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a command of the set-up, or stop with one sentence under what it said itself."""
    if subprocess.run(command, env=environment, stdout=sys.stderr).returncode != 0:
        sys.exit(f"error: this command failed, see above: {' '.join(command)}")


def fingerprint() -> str:
    """Tell one lock under one Python from another."""
    return hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()


def setup() -> None:
    """Make .venv from the lock unless it is already the lock's."""
    install_libraries()
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("making .venv from requirements.lock", file=sys.stderr)
    venv.create(VENV, clear=True, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    flags = ["--require-hashes", "--only-binary=:all:", "--no-deps", "--no-compile"]
    must([*pip, *flags, "-r", str(LOCK)])
    STAMP.write_text(wanted)


def python(*arguments: str, quiet: bool = False, **environment: str) -> int:
    """Run the project's own Python in the project's folder and return its exit code."""
    # Without bytecode every start would compile the libraries anew.
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [str(PYTHON), *arguments],
        cwd=ROOT,
        env=kept | environment,
        stdout=subprocess.DEVNULL if quiet else None,
    ).returncode


def run(arguments: list[str]) -> int:
    """Open the sample office in a window, or do the same job on paper without a screen."""
    if not has_screen() or arguments == ["--paper"]:
        return run_on_paper()
    office = SAMPLE / "sample.gwoffice"
    if not office.exists():
        SAMPLE.mkdir(parents=True, exist_ok=True)
        made = python("-m", "gwangju_desktop", "new", str(office), "--sample")
        if made:
            return made
    return python("-m", "gwangju_desktop", "--office", str(office), "open", *arguments)


def run_on_paper() -> int:
    """Make the sample office, its pack, a snapshot and pictures anew, and swap them in."""
    print("no screen here: doing the sample office's work on paper", file=sys.stderr)
    SAMPLE.parent.mkdir(exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=".sample-", dir=SAMPLE.parent))
    try:
        made = workshop / "sample"
        code = python("-m", "gwangju_desktop", "self-check", str(made), "--json", quiet=True)
        if code:
            return code
        if SAMPLE.exists():
            SAMPLE.rename(workshop / "old")
        made.rename(SAMPLE)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    for path in sorted(SAMPLE.rglob("*.*")):
        if path.is_file() and path.suffix != ".lock" and ".files" not in str(path.parent):
            print(path.relative_to(ROOT))
    return 0


def test(arguments: list[str]) -> int:
    """Run every check: lint, format, types, then the tests."""
    python_files = ["db", "gwangju_desktop", "ui", "resources", "tests", "dev.py"]
    checks = [
        ["-m", "ruff", "check", *python_files],
        ["-m", "ruff", "format", "--check", *python_files],
        ["-m", "mypy"],
        # Each worker begins with a half of its own: what a folder's tests share is made once.
        ["-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments],
    ]
    for check in checks:
        code = python(*check, QT_QPA_PLATFORM="offscreen", **in_memory())
        if code:
            return code
    return 0


def in_memory() -> dict[str, str]:
    """Return where tests keep their files: in memory, where the system has room for them there.

    A test office is written to the disk thousands of times; what a power cut needs is tried by
    `faults`, on the disk.
    """
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return {}
    return {"TMPDIR": str(MEMORY)} if shutil.disk_usage(MEMORY).free >= ROOM else {}


def lock() -> int:
    """Resolve pyproject.toml anew into requirements.lock, with hashes and without host names."""
    return python(
        *("-m", "uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal"),
        *("--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--quiet"),
        *("--custom-compile-command", "python dev.py lock", "-o", str(LOCK), "--upgrade"),
    )


def each(folder: str, arguments: list[str], **environment: str) -> int:
    """Run the pytest files of one folder that the default run leaves out, one by one, aloud."""
    if not any(argument.startswith("tests/") for argument in arguments):
        arguments = [f"tests/{folder}", *arguments]
    return python(
        *("-m", "pytest", "-s", "--timeout", "1800", *arguments),
        QT_QPA_PLATFORM="offscreen",
        **environment,
    )


def bench(arguments: list[str]) -> int:
    """Measure beside the peers, and write what was found as docs/BENCHMARKS.md."""
    peers = with_peers()
    told = {"BENCH_PYTHON": str(peers), "DUCKDB_PYTHON": str(peers)} if peers else {}
    code = each("benchmarks", arguments, BENCH_LARGE="1", **told)
    return python("-m", "tests.benchmarks.table") or code


def with_peers() -> Path | None:
    """Return an interpreter that has the peers, in an environment of its own; None without them."""
    folder, wanted = ROOT / "build" / "peers", ROOT / "tests" / "benchmarks" / "peers.txt"
    names = folder / "installed.txt"
    found = folder / PYTHON.relative_to(VENV)
    if not names.exists() or names.read_text() != wanted.read_text():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        install = [str(found), "-m", "pip", "install", "--quiet", "-r", str(wanted)]
        if subprocess.run(install, cwd=ROOT).returncode:
            print("no peers could be installed: what needs them is left out", file=sys.stderr)
            return None
        shutil.copyfile(wanted, names)
    return found


def main() -> int:
    """Carry out one word."""
    if sys.version_info < OLDEST:
        sys.exit(f"error: Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    words = ("run", "test", "setup", "lock", "words", "bench", "faults", "pictures")
    if len(sys.argv) < 2 or sys.argv[1] not in words:
        print(f"usage: python3 dev.py {'|'.join(words)}", file=sys.stderr)
        return 2
    word, rest = sys.argv[1], sys.argv[2:]
    setup()
    if word in ("setup", "test"):
        install_browser()
    if word == "run":
        return run(rest)
    if word == "test":
        return test(rest)
    if word == "lock":
        return lock()
    if word == "words":
        return python("-m", "tests.words", *rest)
    if word == "bench":
        return bench(rest)
    if word == "faults":
        return python("-m", "tests.faults", *rest, QT_QPA_PLATFORM="offscreen")
    if word == "pictures":
        return python("-m", "tests.pictures", *rest, QT_QPA_PLATFORM="offscreen")
    return 0


if __name__ == "__main__":
    sys.exit(main())
