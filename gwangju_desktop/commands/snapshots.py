"""`snapshot make | send | verify | compare | recompute`; the other acts stand beside."""

from __future__ import annotations

import argparse
from pathlib import Path

from gwangju_desktop.commands import output, snapshot_keys, snapshot_texts
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, language, say


def snapshot(asked: argparse.Namespace) -> int:
    """Carry out one of the acts."""
    acts = {
        "make": _make,
        "send": _send,
        "verify": _verify,
        "compare": _compare,
        "recompute": _recompute,
        "texts": snapshot_texts.texts,
        "decide": snapshot_texts.decide,
        "keys": snapshot_keys.keys,
        "deliveries": snapshot_keys.deliveries,
        "deliver": snapshot_keys.deliver,
    }
    return acts[asked.act](asked)


def _make(asked: argparse.Namespace) -> int:
    from db.vocab import Profile
    from gwangju_desktop.snapshots.build import make_snapshot

    words = passphrase(asked.passphrase_file)
    with output.office(asked, write=True) as store:
        made = make_snapshot(
            store,
            target=asked.output,
            passphrase=words,
            profile=Profile(asked.profile),
            previous=asked.previous,
            progress=output.progress_line,
        )
    if asked.json:
        output.document(made.as_json())
        return 0
    output.line(say(N_("{file}: snapshot {n}."), file=made.path, n=made.sequence))
    if made.new_key:
        output.line(say(N_("The office got a signing key. Print its fingerprint in the minutes:")))
    output.line(made.fingerprint)
    return 0


def _send(asked: argparse.Namespace) -> int:
    from gwangju_desktop.snapshots import sending
    from gwangju_desktop.snapshots.verify import unpacked

    # What arrives broken is asked for again: it is found here and not there.
    with unpacked(asked.file, progress=output.progress_line) as (verdict, _database):
        verdict.demand()
    sent = sending.save_for_sending(
        asked.file, asked.output, part_mb=asked.part_mb, progress=output.progress_line
    )
    if asked.json:
        output.document(sent.as_json())
        return 0
    for path in (*sent.files, *filter(None, [sent.note])):
        output.line(str(path))
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from gwangju_desktop.snapshots import trust
    from gwangju_desktop.snapshots.verify import verify

    verdict = verify(asked.file, fingerprint=asked.fingerprint, progress=output.progress_line)
    found = verdict.as_json()
    key = trust.judge(verdict)
    told = trust.sentence(verdict, key) if key else None
    if key and key.bad and not asked.fingerprint:
        # Whoever reads the exit code alone must not take another key for the office's.
        found["ok"] = False
        found["problems"].append(str(told))
    found["key"] = {"standing": key.standing, "says": str(told or "")} if key else None
    if asked.json:
        output.document(found)
        return 0 if found["ok"] else 1
    for problem in found["problems"]:
        output.line(problem)
    if verdict.ok:
        output.line(say(N_("{file} is whole and signed."), file=asked.file))
        output.line(f"{found['signer']} · {found['fingerprint']}")
    if found["ok"]:
        output.line(str(told) if told else say(N_("You compared this key before.")))
    return 0 if found["ok"] else 1


def _compare(asked: argparse.Namespace) -> int:
    from gwangju_desktop.snapshots.compare import compare
    from gwangju_desktop.snapshots.merging import KINDS

    comparison = compare(asked.old, asked.new, progress=output.progress_line)
    found = comparison.as_json()
    if asked.json:
        output.document(found)
        return 0
    for problem in comparison.problems:
        output.line(str(problem))
    for note in comparison.notes:
        output.line(str(note))
    output.table(
        ("table", *KINDS),
        [
            (
                table.ko if language() == "ko" else table.en,
                *(table.counts[kind] for kind in KINDS),
            )
            for table in comparison.tables
        ],
    )
    return 0


def _recompute(asked: argparse.Namespace) -> int:
    from gwangju_desktop.snapshots import recompute

    found = recompute.recompute(asked.file, progress=output.progress_line)
    if asked.json:
        output.document(found.as_json())
        return 0 if found.right else 1
    output.table(
        ("kind", "figure", "measure", "office", "recomputed", "state"),
        [
            (
                recompute.named_kind(one.kind),
                one.named(),
                recompute.named_measure(one),
                one.shown(one.ours),
                one.shown(one.worked),
                say(recompute.STATES[one.state]),
            )
            for one in found.figures
        ],
    )
    output.line(say(N_("What cannot be checked from this copy:")))
    for one in found.unchecked:
        count = "" if one.count is None else f" ({one.count:,})"
        output.line(f"- {recompute.spoken(one.what)}{count}: {recompute.spoken(one.ground)}")
    for name in found.agreement.different:
        output.line(say(recompute.OTHERWISE, file=name))
    counts = found.counts()
    message = (
        N_("{file}: {different} of {n} figures come out otherwise, {absent} are missing.")
        if found.different
        else N_("{file}: none of {n} figures comes out otherwise; {unknown} cannot be recomputed.")
    )
    output.line(say(message, file=asked.file, n=len(found.figures), **counts))
    return 0 if found.right else 1


def passphrase(path: Path) -> str:
    """Return the first line of a file; raise UserError when there is none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UserError(N_("{file} is not UTF-8 text."), file=path.name) from None
    if not lines or not lines[0]:
        raise UserError(N_("The first line of {file} is empty."), file=path.name)
    return lines[0]
