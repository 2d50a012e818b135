"""Every bit of a snapshot, tampering, damage, hostile files, kills: hours of it, not by default."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import Store
from db.vocab import Profile
from gwangju_desktop import paths
from gwangju_desktop.snapshots import queries, reader, sending, sqlite_file
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.opening import as_view
from gwangju_desktop.snapshots.verify import Verdict, unpacked, verify
from tests.faults.budget import Outcome, within
from tests.gwangju_desktop.snapshots import hostile, hostile_files, offices, tampering

REFUSED = Verdict(False, None, False, None, None, ())
KILLS, DAMAGED, TAMPERED, BUILDS, BITS = 60, 8000, 20_000, 200, 10**9
Trials = Callable[[int], int]
Judged = Callable[[str, Outcome], None]
DAY = 24 * 3600


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME, str(tmp_path / "person"))


@pytest.mark.timeout(DAY)
def test_every_bit_of_a_small_snapshot(
    tmp_path: Path, trials: Trials, seed: int, judged: Judged
) -> None:
    """Flip each bit of each byte, in place and in no order: none is accepted."""
    path = hostile.sealed(tmp_path, hostile.good)
    whole = path.read_bytes()
    every = list(range(len(whole) * 8))
    random.Random(seed).shuffle(every)
    found = Outcome(note=f"of {len(every):,} bits")
    with path.open("r+b") as file:
        for n in within(found, min(len(every), trials(BITS))):
            at, bit = divmod(every[n], 8)
            file.seek(at)
            file.write(bytes([whole[at] ^ 1 << bit]))
            file.flush()
            with unpacked(path) as (verdict, _):
                found.corrupt += verdict.ok
            file.seek(at)
            file.write(whole[at : at + 1])
            file.flush()
    assert verify(path).ok
    judged("a flipped bit accepted", found)


@pytest.mark.timeout(DAY)
def test_tampered_copies(tmp_path: Path, trials: Trials, seed: int, judged: Judged) -> None:
    """Bytes, members, names, parts of other copies, another key: none passes for the genuine one."""
    made = tampering.copies(tmp_path)
    path = tmp_path / "copy.gwsnap"
    tried: Counter[str] = Counter()
    found, count = Outcome(), trials(TAMPERED)
    tampered = tampering.tampered(made, count, seed=seed)
    for _n, (way, data) in zip(within(found, count), tampered, strict=False):
        path.write_bytes(data)
        tried[way] += 1
        found.corrupt += made.accepts(path)
    found.note = f"{len(tried)} ways"
    judged("a tampered copy accepted", found)


@pytest.mark.timeout(DAY)
def test_every_bit_of_what_signs(tmp_path: Path, trials: Trials, judged: Judged) -> None:
    """Flipped inside a container whose checksums are right, so that only the signatures find it."""
    made = tampering.copies(tmp_path)
    path = tmp_path / "copy.gwsnap"
    found = Outcome()
    flipped = tampering.flipped(made, every_bit=True)
    for _n, (_name, _bit, data) in zip(within(found, trials(BITS)), flipped, strict=False):
        path.write_bytes(data)
        found.corrupt += made.accepts(path)
    judged("a flipped bit of what signs accepted", found)


_OPENER = """
import json, resource, sys, time
from pathlib import Path
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import unproved
from gwangju_desktop.snapshots.verify import verify
path = Path(sys.argv[1])
def looked():
    try:
        return unproved.look(path).proved
    except UserError as error:
        return path.name not in str(error)
def measured(act):
    start = time.monotonic()
    wrong = act()
    return [wrong, time.monotonic() - start]
def own():
    # What getrusage says of the process itself begins with what its parent held.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))
print(json.dumps({
    "verify": measured(lambda: verify(path).ok),
    "look": measured(looked),
    "parent": own(),
    "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
}))
"""


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("name", [*hostile.HOSTILE, *hostile_files.FILES])
def test_a_hostile_file_costs_little(tmp_path: Path, name: str) -> None:
    """Signed by a stranger and looked into unsigned: refused in 3 s and 600 MB, child and parent."""
    path = tmp_path / "copy.gwsnap"
    if name in hostile.HOSTILE:
        hostile.sealed(tmp_path, hostile.HOSTILE[name], name=path.name)
    else:
        hostile_files.FILES[name](path)
    done = subprocess.run(
        [sys.executable, "-c", _OPENER, str(path)],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    told = json.loads(done.stdout)
    print(f"\n{name}: {told}")
    for way in ("verify", "look"):
        wrong, seconds = told[way]
        assert not wrong and seconds < 3, (name, way)
    assert told["parent"] < 600 and told["child"] < 600


@pytest.mark.timeout(DAY)
@pytest.mark.parametrize("vouched", [True, False])
def test_random_damage_never_hangs_or_crashes_the_reader(
    tmp_path: Path, vouched: bool, trials: Trials, seed: int, judged: Judged
) -> None:
    """Damaged databases, past the signature: an answer every time, and never other rows.

    Nothing vouches for one that is looked into although its signature is wrong.
    """
    good, wrong = tmp_path / "good.sqlite", tmp_path / "wrong.sqlite"
    good.touch()
    hostile.good(good)
    asked = {
        "mode": "view",
        "path": str(wrong),
        "seconds": 2.0,
        "schema": sqlite_file.schema_hash(hostile.SHAPES) if vouched else None,
        "rows": hostile.ROWS if vouched else None,
    }
    dice = random.Random(seed)
    found = Outcome()
    data = good.read_bytes()
    read = 0
    for _ in within(found, trials(DAMAGED)):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 1, 2, 8, 64))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        if dice.random() < 0.1:
            damaged = damaged[: dice.randrange(len(damaged))]
        wrong.write_bytes(damaged)
        start = time.monotonic()
        answer = reader.read_task(asked)
        found.corrupt += time.monotonic() - start > 3
        if "why" not in answer:
            read += 1
            as_view(wrong, REFUSED, len(damaged), answer)
    # Only a signature finds damage inside a value; most of it is in unused space here.
    assert read < found.trials or found.trials < 50
    found.note = f"{read:,} read in spite of it"
    judged("a damaged copy, vouched for" if vouched else "a damaged copy", found)


@pytest.mark.timeout(DAY)
def test_redaction_over_many_builds(tmp_path: Path, trials: Trials, judged: Judged) -> None:
    """Tokens in every text column, half of the rows gone again: none of what stays is found."""
    found = Outcome()
    for n in within(found, trials(BUILDS)):
        profile = list(Profile)[n % 2]
        target = tmp_path / "copy.gwsnap"
        with Store.create(tmp_path / f"{n}.gwoffice") as store:
            tokens = offices.fill_tokens(store)
            if n % 4 >= 2:
                offices.thin(store)
            make_snapshot(store, target=target, passphrase=offices.PASSPHRASE, profile=profile)
        found.corrupt += offices.leaked(target, tokens, profile) != {}
        (tmp_path / f"{n}.gwoffice").unlink()
    judged("a token in a review copy", found)


_MAKER = """
import sys
from pathlib import Path
from db.store import Store
from db.vocab import Profile
from gwangju_desktop.snapshots.build import make_snapshot
with Store.open(sys.argv[1]) as store:
    print("ready", flush=True)
    make_snapshot(store, target=Path(sys.argv[2]), passphrase=sys.argv[3])
    print("made", flush=True)
"""


@pytest.mark.timeout(DAY)
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of POSIX")
def test_kill_while_a_snapshot_is_made(
    tmp_path: Path, trials: Trials, seed: int, judged: Judged
) -> None:
    """Old file or new file, whole; a number is never given twice, a gap has its record."""
    office, target = tmp_path / "office.gwoffice", tmp_path / "copy.gwsnap"
    with Store.create(office) as store:
        offices.small(store)
        make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    dice = random.Random(seed)
    found = Outcome()
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-c", _MAKER, str(office), str(target), offices.PASSPHRASE]
    seen: dict[int, str] = {}
    for _ in within(found, trials(KILLS)):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, env=environment, start_new_session=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.uniform(0.05, 0.9))
        process.kill()
        process.communicate()
        verdict = verify(target)
        found.corrupt += not verdict.ok
        assert verdict.manifest is not None and verdict.manifest_sha256 is not None
        number = verdict.manifest.sequence
        assert seen.setdefault(number, verdict.manifest_sha256) == verdict.manifest_sha256
        with Store.open(office) as store, store.reading() as read:
            issued = [row.sequence for row in queries.snapshots(read)]
        assert issued == list(range(len(issued), 0, -1)) and number <= issued[0]
    judged("kill -9 while a review copy is made", found)


_SENDER = """
import sys
from pathlib import Path
from gwangju_desktop.snapshots import sending
print("ready", flush=True)
while True:
    sending.save_for_sending(Path(sys.argv[1]), Path(sys.argv[2]), part_mb=1)
"""


@pytest.mark.timeout(DAY)
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of POSIX")
def test_kill_while_a_copy_is_saved_for_sending(
    tmp_path: Path, trials: Trials, seed: int, judged: Judged
) -> None:
    """Each part is whole or not there; the copy itself is as it was; a later saving mends it."""
    path, folder = tmp_path / "copy.gwsnap", tmp_path / "sent"
    folder.mkdir()
    whole = random.Random(2).randbytes(5 * sending.MEGABYTE + 17)
    path.write_bytes(whole)
    parts = [whole[at : at + sending.MEGABYTE] for at in range(0, len(whole), sending.MEGABYTE)]
    dice = random.Random(seed)
    found = Outcome()
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-c", _SENDER, str(path), str(folder)]
    for _ in within(found, trials(KILLS)):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.uniform(0, 0.1))
        process.kill()
        process.communicate()
        found.lost += path.read_bytes() != whole
        for n, part in enumerate(parts, 1):
            there = folder / f"copy.zip.{n:03}"
            found.corrupt += there.exists() and there.read_bytes() != part
    sent = sending.save_for_sending(path, folder, part_mb=1)
    assert b"".join(file.read_bytes() for file in sent.files) == whole
    judged("kill -9 while a copy is saved for sending", found)


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="a full disk is made with a size limit")
def test_a_full_disk_leaves_the_old_copy(tmp_path: Path) -> None:
    """The file size limit fails writes as a full disk does: the old file stays as it was."""
    office, target = tmp_path / "office.gwoffice", tmp_path / "copy.gwsnap"
    with Store.create(office) as store:
        offices.small(store)
        make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    before = target.read_bytes()
    limited = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    for room in range(4096, len(before), 16_384):
        limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                limited + _MAKER.replace('print("ready", flush=True)', limit.strip()),
                str(office),
                str(target),
                offices.PASSPHRASE,
            ],
            capture_output=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        )
        assert done.returncode != 0
        assert target.read_bytes() == before
        assert not list(tmp_path.glob(".writing-*"))


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="a full disk is made with a size limit")
def test_a_full_disk_while_saving_for_sending_leaves_the_old_file(tmp_path: Path) -> None:
    """What was sent before stays whole, and nothing half-written lies beside it."""
    path, folder = tmp_path / "copy.gwsnap", tmp_path / "sent"
    folder.mkdir()
    path.write_bytes(b"first" * 50_000)
    sent = sending.save_for_sending(path, folder)
    before = sent.files[0].read_bytes()
    path.write_bytes(b"other" * 60_000)
    limited = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
    done = subprocess.run(
        [sys.executable, "-c", limited + _SENDER, str(path), str(folder)],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert done.returncode != 0 and b"ready" in done.stdout and b"Full" in done.stderr
    assert [file.name for file in folder.iterdir()] == [sent.files[0].name]
    assert sent.files[0].read_bytes() == before
