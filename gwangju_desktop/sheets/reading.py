"""A file read in a child: it may be hostile, swell or hang, and only an answer comes back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.sheets.facts import Question, Reading, TableFacts, Understanding, Wrong
from gwangju_desktop.sheets.layouts import known
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import N_, Msg

_SECONDS = 120.0
_MEMORY_MB = 1500
_SAMPLE = 6


def read(
    path: Path,
    *,
    keep: Collection[str],
    period: str = "",
    unit: str = "",
    cancelled: Callable[[], bool] | None = None,
) -> Understanding:
    """Return what a file holds, with the readings of the areas in `keep` only.

    While questions are open the readings are a sample. Raises UserError in one sentence naming
    the file, Cancelled when `cancelled()` turns true.
    """
    asked = {"keep": list(keep), "period": period, "unit": unit}
    told = in_child("sheet.read", path, asked, cancelled)
    return _understanding(told)


def in_child(
    task: str,
    path: Path,
    asked: dict[str, Any],
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Return a child's answer about a file; what it refused is raised here.

    Raises UserError in one sentence naming the file, Cancelled.
    """
    try:
        if path.exists() and not path.is_file():
            raise OSError(f"{path.name} is no regular file")
        with path.open("rb"):
            pass
        told = child.run(
            task,
            {"path": str(path.resolve()), **asked},
            seconds=_SECONDS,
            memory_mb=_MEMORY_MB,
            cancelled=cancelled,
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


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a file: the child's side of `read`."""
    from gwangju_desktop.sheets.understand import understand

    path = Path(asked["path"])
    try:
        found = understand(path, period_given=asked["period"], unit_given=asked["unit"])
    except UserError as error:
        return refused(error)
    keep = set(asked["keep"])
    kept = [one for one in found.readings if one.area in keep]
    if not kept or not found.ready:
        pool = kept or found.readings
        kept = pool[:: max(1, len(pool) // _SAMPLE)][:_SAMPLE]
    told = {name: getattr(found, name) for name in _PLAIN}
    return told | {
        "layout": found.layout.id if found.layout else None,
        "tables": [asdict(table) for table in found.tables],
        "questions": [asdict(question) for question in found.questions],
        "remarks": [asdict(remark) for remark in found.remarks],
        "unit_from": sorted(found.unit_from),
        "period_from": sorted(found.period_from),
        "readings": [list(one) for one in kept],
    }


_PLAIN = ("file", "sha256", "form", "encoding", "sheets", "missing", "count", "values_sha256")


def _understanding(told: dict[str, Any]) -> Understanding:
    layouts = {layout.id: layout for layout in known()}
    found = Understanding(**{name: told[name] for name in _PLAIN})
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
