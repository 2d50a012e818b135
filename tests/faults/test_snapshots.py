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
from pathlib import Path

import pytest

from db.store import Store
from db.vocab import Profile
from gwangju_desktop import paths
from gwangju_desktop.snapshots import queries, reader, sending, sqlite_file
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.opening import as_view
from gwangju_desktop.snapshots.verify import Verdict, unpacked, verify
from tests.gwangju_desktop.snapshots import hostile, hostile_files, offices, tampering

REFUSED = Verdict(False, None, False, None, None, ())
KILLS = int(os.environ.get("GWANGJU_KILLS", "60"))
DAMAGED = int(os.environ.get("GWANGJU_DAMAGED", "8000"))
TAMPERED = int(os.environ.get("GWANGJU_TAMPERED", "20000"))
BUILDS = int(os.environ.get("GWANGJU_BUILDS", "200"))


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME, str(tmp_path / "person"))


@pytest.mark.timeout(3600)
def test_every_bit_of_a_small_snapshot(tmp_path: Path) -> None:
    """Flip each bit of each byte in turn, in place: none is accepted."""
    path = hostile.sealed(tmp_path, hostile.good)
    whole = path.read_bytes()
    accepted = []
    with path.open("r+b") as file:
        for at, byte in enumerate(whole):
            for bit in range(8):
                file.seek(at)
                file.write(bytes([byte ^ 1 << bit]))
                file.flush()
                with unpacked(path) as (verdict, _):
                    if verdict.ok:
                        accepted.append((at, bit))
            file.seek(at)
            file.write(bytes([byte]))
            file.flush()
    assert accepted == []
    assert verify(path).ok


@pytest.mark.timeout(3600)
def test_tampered_copies(tmp_path: Path) -> None:
    """Bytes, members, names, parts of other copies, another key: none passes for the genuine one."""
    made = tampering.copies(tmp_path)
    path = tmp_path / "copy.gwsnap"
    tried: Counter[str] = Counter()
    accepted = []
    for way, data in tampering.tampered(made, TAMPERED, seed=TAMPERED):
        path.write_bytes(data)
        tried[way] += 1
        if made.accepts(path):
            accepted.append((way, tried[way]))
    print(f"\ntampered: {tried.total()}, accepted: {len(accepted)}", dict(tried))
    assert accepted == []


@pytest.mark.timeout(3600)
def test_every_bit_of_what_signs(tmp_path: Path) -> None:
    """Flipped inside a container whose checksums are right, so that only the signatures find it."""
    made = tampering.copies(tmp_path)
    path = tmp_path / "copy.gwsnap"
    tried: Counter[str] = Counter()
    accepted = []
    for name, bit, data in tampering.flipped(made, every_bit=True):
        path.write_bytes(data)
        tried[name] += 1
        if made.accepts(path):
            accepted.append((name, bit))
    print(f"\nbits: {tried.total()}, accepted: {len(accepted)}", dict(tried))
    assert accepted == []


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


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("vouched", [True, False])
def test_random_damage_never_hangs_or_crashes_the_reader(tmp_path: Path, vouched: bool) -> None:
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
    dice = random.Random(20220311)
    data = good.read_bytes()
    read = 0
    for _ in range(DAMAGED):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 1, 2, 8, 64))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        if dice.random() < 0.1:
            damaged = damaged[: dice.randrange(len(damaged))]
        wrong.write_bytes(damaged)
        start = time.monotonic()
        answer = reader.read_task(asked)
        assert time.monotonic() - start < 3
        if "why" not in answer:
            read += 1
            as_view(wrong, REFUSED, len(damaged), answer)
    # Only a signature finds damage inside a value; most of it is in unused space here.
    assert read < DAMAGED


@pytest.mark.timeout(3600)
def test_redaction_over_many_builds(tmp_path: Path) -> None:
    """Tokens in every text column, half of the rows gone again: none of what stays is found."""
    for n in range(BUILDS):
        profile = list(Profile)[n % 2]
        target = tmp_path / "copy.gwsnap"
        with Store.create(tmp_path / f"{n}.gwoffice") as store:
            tokens = offices.fill_tokens(store)
            if n % 4 >= 2:
                offices.thin(store)
            make_snapshot(store, target=target, passphrase=offices.PASSPHRASE, profile=profile)
        assert offices.leaked(target, tokens, profile) == {}


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


@pytest.mark.timeout(3600)
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of POSIX")
def test_kill_while_a_snapshot_is_made(tmp_path: Path) -> None:
    """Old file or new file, whole; a number is never given twice, a gap has its record."""
    office, target = tmp_path / "office.gwoffice", tmp_path / "copy.gwsnap"
    with Store.create(office) as store:
        offices.small(store)
        make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    dice = random.Random(1)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-c", _MAKER, str(office), str(target), offices.PASSPHRASE]
    seen: dict[int, str] = {}
    for _ in range(KILLS):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, env=environment, start_new_session=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.uniform(0.05, 0.9))
        process.kill()
        process.communicate()
        verdict = verify(target)
        assert verdict.ok, [str(p) for p in verdict.problems]
        assert verdict.manifest is not None and verdict.manifest_sha256 is not None
        number = verdict.manifest.sequence
        assert seen.setdefault(number, verdict.manifest_sha256) == verdict.manifest_sha256
        with Store.open(office) as store, store.reading() as read:
            issued = [row.sequence for row in queries.snapshots(read)]
        assert issued == list(range(len(issued), 0, -1)) and number <= issued[0]


_SENDER = """
import sys
from pathlib import Path
from gwangju_desktop.snapshots import sending
print("ready", flush=True)
while True:
    sending.save_for_sending(Path(sys.argv[1]), Path(sys.argv[2]), part_mb=1)
"""


@pytest.mark.timeout(3600)
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of POSIX")
def test_kill_while_a_copy_is_saved_for_sending(tmp_path: Path) -> None:
    """Each part is whole or not there; the copy itself is as it was; a later saving mends it."""
    path, folder = tmp_path / "copy.gwsnap", tmp_path / "sent"
    folder.mkdir()
    whole = random.Random(2).randbytes(5 * sending.MEGABYTE + 17)
    path.write_bytes(whole)
    parts = [whole[at : at + sending.MEGABYTE] for at in range(0, len(whole), sending.MEGABYTE)]
    dice = random.Random(3)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-c", _SENDER, str(path), str(folder)]
    for _ in range(KILLS):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.uniform(0, 0.1))
        process.kill()
        process.communicate()
        assert path.read_bytes() == whole
        for n, part in enumerate(parts, 1):
            there = folder / f"copy.zip.{n:03}"
            assert not there.exists() or there.read_bytes() == part
    sent = sending.save_for_sending(path, folder, part_mb=1)
    assert b"".join(file.read_bytes() for file in sent.files) == whole


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
