"""Work on foreign files in a process of its own: it may hang, swell or die, and we go on.

The one helper that starts children, frozen or not. The clock is kept by the parent; memory is
capped by the child itself on POSIX and by a job object on Windows, in both cases before the child
reads what it has to do.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

# A task's name and where it is; the function takes and returns a JSON object.
TASKS = {
    "backup.drill": "gwangju_desktop.backups.drill:drill_task",
    "boundary.read": "gwangju_desktop.energy.boundary_reading:read_task",
    "codes.read": "gwangju_desktop.energy.area_codes:read_task",
    "calendar.read": "gwangju_desktop.meetings.calendar_reading:read_task",
    "members.read": "gwangju_desktop.members.importing.reading:read_task",
    "paper.convert": "gwangju_desktop.papers.converting:convert",
    "paper.intake": "gwangju_desktop.packs.intake:take",
    "paper.texts": "gwangju_desktop.papers.extracting:texts_task",
    "picture.take": "gwangju_desktop.documents.picture:take_task",
    "pdf.pages": "gwangju_desktop.packs.preview:render",
    "polls.read": "gwangju_desktop.polls.reading.files:read_task",
    "proposals.read": "gwangju_desktop.proposals.importing.reading:read_task",
    "register.read": "gwangju_desktop.meetings.importing.reading:read_task",
    "review.sheet": "gwangju_desktop.reviews.questionnaire:read_task",
    "sheet.read": "gwangju_desktop.sheets.reading:read_task",
    "snapshot.look": "gwangju_desktop.snapshots.inside:look_task",
    "snapshot.read": "gwangju_desktop.snapshots.reader:read_task",
}
# What a task loads only when it is asked.
LIBRARIES = {
    "paper.texts": ("pypdfium2",),
    "pdf.pages": ("pypdfium2", "PIL.PngImagePlugin"),
}
FLAG = "--child"
MEGABYTE = 1024 * 1024


class ChildFailed(Exception):
    """A child did not answer; `why` says how it ended."""

    def __init__(
        self, why: Literal["time", "memory", "broken", "cancelled"], log: str = ""
    ) -> None:
        super().__init__(f"{why}: {log[-2000:]}" if log else why)
        self.why, self.log = why, log


def run(
    task: str,
    asked: dict[str, Any],
    *,
    seconds: float,
    memory_mb: int = 700,
    output_mb: int = 64,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Carry out `task` in a child and return its answer.

    Raises ChildFailed: `time` after `seconds`, `memory` beyond `memory_mb`, `cancelled` when
    `cancelled()` turns true, else `broken`. An answer `{"why": …}` of the task itself is no failure.
    """
    process = _start(task, memory_mb, output_mb, seconds)
    return _ask(process, asked, seconds, memory_mb, cancelled)


class Spare:
    """A child of one task started before it is asked: its program is up, its libraries loaded.

    `run` asks the one that waits, as the function `run` does; `ready` starts one, `close` ends it.
    A child that waits ends with us: its question never comes.
    """

    def __init__(
        self, task: str, *, seconds: float, memory_mb: int = 700, output_mb: int = 64
    ) -> None:
        self._limits = (task, memory_mb, output_mb, seconds)
        self._waiting: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._bell = threading.Lock()

    def ready(self) -> None:
        """Let a child wait, unless one does."""
        with self._bell:
            if self._waiting is None and not self._closed:
                self._waiting = _start(*self._limits)

    def run(
        self, asked: dict[str, Any], cancelled: Callable[[], bool] | None = None
    ) -> dict[str, Any]:
        """Carry out the task; raises ChildFailed."""
        with self._bell:
            process, self._waiting = self._waiting, None
        if process is not None and process.poll() is not None:
            _end(process)
            process = None
        _task, memory_mb, _output_mb, seconds = self._limits
        return _ask(process or _start(*self._limits), asked, seconds, memory_mb, cancelled)

    def close(self) -> None:
        """End the child that waits; from now on none does."""
        with self._bell:
            process, self._waiting, self._closed = self._waiting, None, True
        if process is not None:
            _end(process)


def _start(task: str, memory_mb: int, output_mb: int, seconds: float) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        _command(task, memory_mb, output_mb, seconds),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        # A group of its own, so that what the child itself started ends with it.
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    with process:
        _kill(process)
        process.communicate()


def _ask(
    process: subprocess.Popen[bytes],
    asked: dict[str, Any],
    seconds: float,
    memory_mb: int,
    cancelled: Callable[[], bool] | None,
) -> dict[str, Any]:
    with process, _job(process, memory_mb):
        try:
            out, err = _talk(process, json.dumps(asked).encode(), seconds, cancelled)
        except BaseException:
            _kill(process)
            process.communicate()
            raise
    log = err.decode("utf-8", "replace")
    if process.returncode == 0 and out:
        answer = json.loads(out)
        assert isinstance(answer, dict)
        return answer
    if process.returncode in (-9, -6, -11) or "MemoryError" in log or "bad_alloc" in log:
        raise ChildFailed("memory", log)
    raise ChildFailed("broken", log)


def program(command: list[str]) -> int:
    """Run another program inside a child, silently, and return its code; it ends with the child."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        check=False,
    )
    return done.returncode


def main(arguments: list[str]) -> int:
    """Be the child: `--child TASK MEMORY_MB OUTPUT_MB SECONDS`, the request on stdin."""
    task, memory_mb, output_mb, seconds = arguments
    _limit(int(memory_mb), int(output_mb), float(seconds))
    # Libraries may print; the answer keeps a pipe of its own.
    with os.fdopen(os.dup(1), "wb") as answer:
        os.dup2(2, 1)
        module, function = TASKS[task].split(":")
        # Before the question: a spare child has time for it.
        for name in (module, *LIBRARIES.get(task, ())):
            importlib.import_module(name)
        asked = json.loads(sys.stdin.buffer.read())
        told = getattr(sys.modules[module], function)(asked)
        # Escaped, because a broken file name holds what UTF-8 cannot write.
        answer.write(json.dumps(told).encode())
    return 0


def _command(task: str, memory_mb: int, output_mb: int, seconds: float) -> list[str]:
    limits = [task, str(memory_mb), str(output_mb), str(seconds)]
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG, *limits]
    return [sys.executable, "-m", "gwangju_desktop", FLAG, *limits]


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parent.parent)
    # One thread for each library: numpy's own pool alone reserves more than the memory limit.
    quiet = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    return os.environ | quiet | {"PYTHONPATH": root}


def _talk(
    process: subprocess.Popen[bytes],
    asked: bytes,
    seconds: float,
    cancelled: Callable[[], bool] | None,
) -> tuple[bytes, bytes]:
    until = time.monotonic() + seconds
    data: bytes | None = asked
    while True:
        # Before each wait, the first too: a child may answer sooner than we look.
        if cancelled and cancelled():
            raise ChildFailed("cancelled")
        try:
            return process.communicate(data, timeout=0.1 if cancelled else seconds)
        except subprocess.TimeoutExpired:
            data = None
            if time.monotonic() >= until:
                raise ChildFailed("time") from None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a child and its own children; on Windows the job object takes those."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _limit(memory_mb: int, output_mb: int, seconds: float) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows: the parent's job object holds this process.
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_mb * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))


@contextlib.contextmanager
def _job(process: subprocess.Popen[bytes], memory_mb: int) -> Any:
    """Hold a Windows child in a job object that caps its memory and dies with us."""
    if os.name != "nt":
        yield
        return
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    process_memory, kill_on_close, extended_information = 0x100, 0x2000, 9
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
    limits = Extended()
    limits.BasicLimitInformation.LimitFlags = process_memory | kill_on_close
    limits.ProcessMemoryLimit = memory_mb * MEGABYTE
    kernel.SetInformationJobObject(
        job, extended_information, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    handle = wintypes.HANDLE(process._handle)  # type: ignore[attr-defined,unused-ignore]
    kernel.AssignProcessToJobObject(job, handle)
    try:
        yield
    finally:
        kernel.CloseHandle(job)
