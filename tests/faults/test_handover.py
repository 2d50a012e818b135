"""A handover killed at every step that changes a file: never two writers, and one question heals it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.errors import Full
from db.store import Store
from gwangju_desktop import check, settings
from gwangju_desktop.handover import giving, notes, state
from gwangju_desktop.handover.giving import give
from gwangju_desktop.handover.state import Standing
from gwangju_desktop.handover.taking import take
from gwangju_desktop.members import usecases
from tests.faults.test_disk import fill, small_disk

__all__ = ["small_disk"]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied here")
CHANGING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate")
KILLED, MOST = 9, 300
# Of about 45 steps so many are tried; `--trials 45` tries each.
STEPS, TRIED = 45, 6


@pytest.fixture
def sit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Sit down at a PC by its name; returns its folder."""

    def at(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(folder / "own"))
        monkeypatch.setattr(notes, "pc", lambda: name)
        return folder

    return at


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A small office with a paper, closed."""
    place = tmp_path / "사무국.gwoffice"
    with Store.create(place) as store:
        store.run(settings.set_up)
        store.papers.put(b"%PDF- a paper")
    return place


def killed_at(n: int, act: Callable[[], object]) -> bool:
    """Do `act` in a process that dies at its n-th change of a file; False when it was done before."""
    child = os.fork()
    if child:
        _pid, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in (0, KILLED), code
        return code == KILLED
    try:
        left = [n]

        def step() -> None:
            left[0] -= 1
            if left[0] < 0:
                os._exit(KILLED)

        def hear(event: str, values: tuple[Any, ...]) -> None:
            writes = event == "open" and isinstance(values[2], int) and values[2] & os.O_ACCMODE
            if event in CHANGING or writes:
                step()

        straight = Store.run

        def run(store: Store, *asked: Any, **values: Any) -> Any:
            step()
            changes = straight(store, *asked, **values)
            step()
            return changes

        Store.run = run  # type: ignore[method-assign]
        sys.addaudithook(hear)
        act()
        os._exit(0)
    except BaseException as error:
        sys.stderr.write(f"{error!r}\n")
        os._exit(7)


def copied(office: Path, folder: Path) -> Path:
    place = folder / office.name
    shutil.copyfile(office, place)
    shutil.copytree(f"{office}.files", f"{place}.files")
    return place


def test_giving_is_killed_at_every_step(
    office: Path,
    tmp_path: Path,
    sit: Callable[[str], Path],
    trials: Callable[[int], int],
) -> None:
    every = max(1, STEPS // trials(TRIED))
    seen: set[Standing] = set()
    for n in range(0, MOST, every):
        here = sit(f"{n}")
        place, stick = copied(office, here), here / "USB"
        stick.mkdir()

        def act(place: Path = place, stick: Path = stick) -> None:
            with Store.open(place) as store:
                give(store, stick, to="홍예시")

        died = killed_at(n, act)
        with Store.open(place) as store:
            told = state.of_office(store)
            files = list(stick.glob("*.gwhand"))
            seen.add(told.standing)
            # Who may write: this copy, or whoever has the file; never both.
            assert (store.why_read_only is None) + len(files) <= 1
            assert (told.standing is Standing.AWAY) == bool(files)
            if told.standing is Standing.UNFINISHED:
                if n % 2:
                    giving.call_off(store)
                    store.run(usecases.add_person, name="홍예시", fictional=True)
                else:
                    files = [giving.give_again(store).file]
            assert check.check(store) == []
        if files:
            sit(f"{n} 나")
            take(files[0], tmp_path / f"{n} 나" / "나.gwoffice")
        if not died:
            break
    else:
        pytest.fail("a giving never ends")
    print(f"killed at {n} steps")
    assert n > 15 and seen == {Standing.ALONE, Standing.UNFINISHED, Standing.AWAY}


def test_taking_is_killed_at_every_step(
    office: Path,
    tmp_path: Path,
    sit: Callable[[str], Path],
    trials: Callable[[int], int],
) -> None:
    every = max(1, STEPS // trials(TRIED))
    home = sit("가")
    mine = copied(office, home)
    with Store.open(mine) as store:
        gone = give(store, home, to="홍예시").file
    there = sit("나") / "나.gwoffice"
    take(gone, there)
    with Store.open(there) as store:
        store.run(usecases.add_person, name="나에서 쓴 사람", fictional=True)
        store.papers.put(b"%PDF- another paper")
        back = give(store, there.parent, to="김예시").file
    for waits in (True, False):
        for n in range(1 + waits, MOST, every):
            here = sit(f"{waits} {n}")
            file = Path(shutil.copyfile(back, here / back.name))
            place = copied(mine, here) if waits else here / "새.gwoffice"
            died = killed_at(n, lambda file=file, place=place: take(file, place))  # type: ignore[misc]
            if waits:
                # The old copy or the new one stands there, whole.
                with Store.open(place, write=False) as store:
                    assert len(store.papers.digests()) in (1, 2)
            try:
                take(file, place)
            except Exception as error:
                # Nothing was left to do, and the second taking of a file is refused.
                assert "이 PC에서 이미" in str(error), error
            with Store.open(place) as store:
                assert store.why_read_only is None and check.check(store) == []
                assert len(store.papers.digests()) == 2
            if not died:
                break
        else:
            pytest.fail("a taking never ends")
        print(f"killed at {n} steps, waiting copy: {waits}")
        assert n > 15


@pytest.mark.parametrize("leave", [0, 100_000, 900_000])
def test_a_full_disk_leaves_the_office_here_or_the_copy_waiting(
    leave: int,
    office: Path,
    tmp_path: Path,
    sit: Callable[[str], Path],
    small_disk: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = small_disk("8m")
    mine = copied(office, sit("가"))
    with monkeypatch.context() as patch, Store.open(mine) as store:
        # As where the room goes while the file is written.
        patch.setattr(giving, "_demand_room", lambda _store, _folder: None)
        fill(place, leave)
        with pytest.raises(Full):
            give(store, place, to="홍예시")
        assert store.away is None and not list(place.glob("*.gwhand"))
        store.run(usecases.add_person, name="계속 쓴 사람", fictional=True)
        stick = tmp_path / "USB"
        stick.mkdir()
        gone = give(store, stick, to="홍예시").file
    sit("나")
    with pytest.raises(Full):
        take(gone, place / "나.gwoffice")
    assert not (place / "나.gwoffice").exists() and not notes.claim_of(gone).exists()
    take(gone, tmp_path / "나" / "나.gwoffice")
