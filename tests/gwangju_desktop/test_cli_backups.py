"""`backup` on the sample office, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.gwangju_desktop.test_cli import outcome, told


def test_a_backup_is_made_checked_restored_and_tried(
    sample_copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    folder = tmp_path / "백업"
    code, out, err = outcome(capfdbinary, "--office", sample_copy, "backup", "make", folder)
    assert code == 0, err
    (path,) = folder.glob("*.gwbak")
    assert out.splitlines() == [str(path)]
    assert (folder / "files").is_dir()
    verdict = told(capfdbinary, "backup", "verify", path)
    assert verdict["ok"] and verdict["problems"] == [] and verdict["rows"] > 1000
    target = tmp_path / "되돌린 사무국.gwoffice"
    done = told(capfdbinary, "backup", "restore", path, target)
    assert done["missing"] == [] and target.read_bytes() == sample_copy.read_bytes()
    assert told(capfdbinary, "--office", target, "check")["ok"]
    code, _, err = outcome(capfdbinary, "backup", "restore", path, target)
    assert code == 1 and target.name in err
    found = told(capfdbinary, "backup", "drill", folder)
    assert found["ok"] and found["backup"] == path.name and found["problems"] == []
    assert json.loads((folder / "drills.json").read_text("utf-8"))[0]["backup"] == path.name
    assert [row["file"] for row in told(capfdbinary, "backup", "list", folder)] == [path.name]
    assert told(capfdbinary, "backup", "thin", folder) == {"gone": [], "dry_run": False}


def test_a_spoilt_backup_is_told_and_restores_nothing(
    sample_copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    folder = tmp_path / "b"
    secret = tmp_path / "secret"
    secret.write_text("가상의 암호문\n", encoding="utf-8")
    sealed = ("--passphrase-file", secret)
    made = told(capfdbinary, "--office", sample_copy, "backup", "make", folder, *sealed)
    path = Path(made["file"])
    assert told(capfdbinary, "backup", "verify", path, *sealed)["ok"]
    code, out, err = outcome(capfdbinary, "backup", "verify", path, "--json")
    assert code == 1 and json.loads(out)["ok"] is False and "암호구절" in err
    path.write_bytes(path.read_bytes()[:-40])
    code, out, _ = outcome(capfdbinary, "backup", "verify", path, *sealed, "--json")
    assert code == 1 and json.loads(out)["problems"]
    found = outcome(capfdbinary, "backup", "drill", folder, *sealed, "--json")
    assert found[0] == 1 and json.loads(found[1])["ok"] is False
    target = tmp_path / "r.gwoffice"
    assert outcome(capfdbinary, "backup", "restore", path, target, *sealed)[0] == 1
    assert not target.exists()


def test_a_folder_must_be_named(capfdbinary: Any, tmp_path: Path, sample_copy: Path) -> None:
    assert outcome(capfdbinary, "backup", "drill")[0] == 2
    code, _, err = outcome(capfdbinary, "backup", "drill", tmp_path)
    assert code == 1 and str(tmp_path) in err
    code, _, err = outcome(capfdbinary, "--office", sample_copy, "backup", "drill")
    assert code == 1 and f"{sample_copy.name}.backups" in err
