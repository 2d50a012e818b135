"""A file read in a child: it may be hostile, swell or hang, and only an answer comes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.sheets.areas import CITY, is_kept
from gwangju_desktop.sheets.facts import (
    Asked,
    Question,
    Reading,
    SheetChoice,
    TableFacts,
    Understanding,
    Wrong,
)
from gwangju_desktop.sheets.layouts import known
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.sheets.resolve import area_names
from gwangju_desktop.text import N_, Msg

_SECONDS = 120.0
_MEMORY_MB = 1500
# A file of the largest size that is read holds less than this in numbers.
_OUTPUT_MB = 200
_SAMPLE = 6


def read(
    path: Path,
    *,
    keep: Collection[str] | None = None,
    period: str = "",
    unit: str = "",
    layout: str = "",
    sheets: Sequence[str] = (),
    accept_totals: bool = False,
    declared: Sequence[str] = (),
    answers: Mapping[str, Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Understanding:
    """Return what a file holds, with the readings of the areas in `keep`; None keeps those known.

    Known are the nation, the provinces, the five districts and their dongs, and a layout's own
    area. While questions are open the readings are a sample. `progress` hears the share done, 0
    to 1. Raises UserError in one sentence naming the file, Cancelled when `cancelled()` turns true.
    """
    asked = {
        "keep": None if keep is None else list(keep),
        "period": period,
        "unit": unit,
        "layout": layout,
        "sheets": list(sheets),
        "accept_totals": accept_totals,
        "declared": list(declared),
        "answers": dict(answers or {}),
    }
    with TemporaryDirectory(prefix="gwangju-", ignore_cleanup_errors=True) as folder:
        numbers = Path(folder) / "numbers"
        asked["columns"] = str(numbers)
        told = in_child("sheet.read", path, asked, cancelled, progress)
        found = _understanding(told, declared)
        if told["columns"]:
            from gwangju_desktop.sheets import columns

            found.columns = columns.fetched(told["columns"], numbers)
    return found


def in_child(
    task: str,
    path: Path,
    asked: dict[str, Any],
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> dict[str, Any]:
    """Return a child's answer about a file; what it refused is raised here.

    `progress` hears the share done, for a task that tells it. Raises UserError in one sentence
    naming the file, Cancelled.
    """
    try:
        if path.exists() and not path.is_file():
            raise OSError(f"{path.name} is no regular file")
        with path.open("rb"):
            pass
        with _heard(progress, cancelled) as (where, listening):
            told = child.run(
                task,
                {"path": str(path.resolve()), **asked, **where},
                seconds=_SECONDS,
                memory_mb=_MEMORY_MB,
                output_mb=_OUTPUT_MB,
                cancelled=listening,
            )
    except FileNotFoundError:
        raise UserError(
            N_("{file} is not there."), hint=N_("Check the file's name."), file=path.name
        ) from None
    except OSError:
        raise UserError(
            N_("{file} cannot be opened."),
            hint=N_("Close it in other programs and check your rights to it."),
            file=path.name,
        ) from None
    except child.ChildFailed as failure:
        raise _failed(path.name, failure) from failure
    if "refused" in told:
        why = told["refused"]
        hint = Msg(why["hint"]) if why["hint"] else None
        raise UserError(Msg(why["message"]), hint=hint, **why["values"])
    return told


def refused(error: UserError) -> dict[str, Any]:
    """Return a child's answer that `in_child` raises again."""
    return {"refused": {"message": error.message, "hint": error.hint, "values": error.values}}


@contextmanager
def _heard(
    progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None
) -> Iterator[tuple[dict[str, str], Callable[[], bool] | None]]:
    """Listen to a child that adds a byte to a file for each hundredth it has done."""
    if progress is None:
        yield {}, cancelled
        return
    with TemporaryDirectory(prefix="gwangju-", ignore_cleanup_errors=True) as folder:
        counter = Path(folder) / "done"
        counter.touch()

        def listening() -> bool:
            progress(min(1.0, counter.stat().st_size / 100))
            return bool(cancelled and cancelled())

        yield {"counter": str(counter)}, listening
    progress(1.0)


def _teller(counter: str | None) -> Callable[[float], None]:
    """Return what a child calls with the share it has done: the other side of `_heard`."""
    if not counter:
        return lambda share: None
    done = 0

    def tell(share: float) -> None:
        nonlocal done
        more = int(share * 100) - done
        if more > 0:
            done += more
            with Path(counter).open("ab") as file:
                file.write(b"." * more)

    return tell


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a file: the child's side of `read`."""
    from gwangju_desktop.sheets import columns, fast

    said = Asked(
        period=asked["period"],
        unit=asked["unit"],
        layout=asked["layout"],
        sheets=tuple(asked["sheets"]),
        accept_totals=asked["accept_totals"],
        declared=tuple(asked["declared"]),
        answers=asked["answers"],
    )
    try:
        tell = _teller(asked.get("counter"))
        found = fast.understand(Path(asked["path"]), said, tell=tell)
    except UserError as error:
        return refused(error)
    # Places whose code was answered are known by that.
    answered = set(area_names(said.answers.get("areas")).values())
    kept = _kept(found, asked["keep"], answered)
    long = [one for one in found.columns if _is_kept(one.area, asked["keep"], found, answered)]
    told = {name: getattr(found, name) for name in _PLAIN}
    return told | {
        "layout": found.layout.id if found.layout else None,
        "tables": [asdict(table) for table in found.tables],
        "questions": [asdict(question) for question in found.questions],
        "remarks": [asdict(remark) for remark in found.remarks],
        "unit_from": sorted(found.unit_from),
        "period_from": sorted(found.period_from),
        "sheet_choice": [
            [one.name, one.readable, asdict(one.why) if one.why else None]
            for one in found.sheet_choice
        ],
        "accepted": [asdict(one) for one in found.accepted],
        "readings": [list(one) for one in kept],
        "columns": columns.written(long, Path(asked["columns"])) if long else [],
    }


def _kept(found: Understanding, keep: list[str] | None, answered: set[str]) -> list[Reading]:
    """Return the readings of areas that are kept, or a sample while questions are open."""
    kept = [one for one in found.readings if _is_kept(one.area, keep, found, answered)]
    if kept and found.ready:
        return kept
    # What is shown before the answer is the city's, where there is any of it.
    pool = [one for one in kept if one.area.startswith(CITY[:2])] or kept or found.readings
    return pool[:: max(1, len(pool) // _SAMPLE)][:_SAMPLE]


def _is_kept(area: str, keep: list[str] | None, found: Understanding, answered: set[str]) -> bool:
    own = found.layout.area if found.layout else ""
    if keep is not None:
        return area in keep
    return is_kept(area) or area == own or area in answered


_PLAIN = (
    "file",
    "sha256",
    "form",
    "encoding",
    "sheets",
    "missing",
    "count",
    "values_sha256",
    "fingerprint",
    "expected",
    "layouts",
    "area_names",
)


def _understanding(told: dict[str, Any], declared: Sequence[str]) -> Understanding:
    layouts = {layout.id: layout for layout in known(tuple(declared))}
    found = Understanding(**{name: told[name] for name in _PLAIN})
    found.expected = tuple(told["expected"])
    found.layouts = tuple(told["layouts"])
    found.sheet_choice = tuple(
        SheetChoice(name, readable, _remark(why) if why else None)
        for name, readable, why in told["sheet_choice"]
    )
    found.accepted = tuple(Wrong(**one) for one in told["accepted"])
    found.layout = layouts.get(told["layout"])
    found.tables = [_table(table) for table in told["tables"]]
    found.questions = [
        Question(one["about"], _remark(one["text"]), tuple(one["proposals"]))
        for one in told["questions"]
    ]
    found.remarks = [_remark(one) for one in told["remarks"]]
    found.unit_from = set(told["unit_from"])
    found.period_from = set(told["period_from"])
    found.readings = [Reading(*one) for one in told["readings"]]
    return found


def _remark(told: dict[str, Any]) -> Remark:
    return Remark(Msg(told["message"]), told["values"])


def _table(told: dict[str, Any]) -> TableFacts:
    wrong = tuple(Wrong(**one) for one in told["totals_wrong"])
    pairs = tuple((name, role) for name, role in told["roles"])
    lists = {
        name: tuple(value)
        for name, value in told.items()
        if isinstance(value, list) and name not in ("totals_wrong", "roles")
    }
    return TableFacts(**(told | lists | {"totals_wrong": wrong, "roles": pairs}))


def _failed(name: str, failure: child.ChildFailed) -> Exception:
    if failure.why == "cancelled":
        return Cancelled()
    if failure.why == "time":
        return UserError(
            N_("{file} takes longer than {seconds} seconds to read."),
            hint=N_("Split it into smaller files."),
            file=name,
            seconds=int(_SECONDS),
        )
    if failure.why == "memory":
        return UserError(
            N_("{file} needs more memory than a spreadsheet should."),
            hint=N_("Delete the empty rows and columns and save it again."),
            file=name,
        )
    return UserError(
        N_("{file} is damaged or not a workbook."),
        hint=N_("Download it again."),
        file=name,
    )
