"""`backup make | verify | list | restore | drill | thin`."""

from __future__ import annotations

import argparse
from pathlib import Path

from gwangju_desktop.commands import output, salvaging
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commands.snapshots import passphrase
from gwangju_desktop.text import N_, NN_, say


def backup(asked: argparse.Namespace) -> int:
    """Carry out one of the acts."""
    acts = {
        "make": _make,
        "verify": _verify,
        "list": _list,
        "restore": _restore,
        "salvage": salvaging.salvage,
        "drill": _drill,
        "thin": _thin,
    }
    return acts[asked.act](asked)


def _secret(asked: argparse.Namespace) -> str | None:
    return passphrase(asked.passphrase_file) if asked.passphrase_file else None


def _folder(asked: argparse.Namespace) -> Path:
    """Return the folder named, or that of the office's own backups."""
    from gwangju_desktop.backups import form

    if asked.folder is not None:
        return Path(asked.folder)
    if not asked.office or "://" in str(asked.office):
        raise UsageError(say(N_("Name the folder of backups, or the office with --office FILE.")))
    return form.beside(Path(asked.office))


def _make(asked: argparse.Namespace) -> int:
    from gwangju_desktop.backups.making import make_backup

    secret = _secret(asked)
    # Reading is enough, and does not keep a window from writing on.
    with output.office(asked) as store:
        made = make_backup(store, asked.folder, passphrase=secret, progress=output.progress_line)
    if asked.json:
        output.document(
            {
                "file": str(made.path),
                "made_at": made.manifest.moment,
                "rows": sum(made.manifest.tables.values()),
                "files": len(made.manifest.files),
                "copied": made.copied,
                "missing": made.manifest.missing,
            }
        )
        return 0
    output.line(str(made.path))
    if made.missing:
        output.aside(
            say(
                NN_(
                    "{n} file that a record names was missing or changed; “check” names it.",
                    "{n} files that records name were missing or changed; “check” names them.",
                ),
                n=made.missing,
            )
        )
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from gwangju_desktop.backups.verifying import verify

    verdict = verify(asked.file, passphrase=_secret(asked), progress=output.progress_line)
    if asked.json:
        output.document(verdict.as_json())
        return 0 if verdict.ok else 1
    for problem in verdict.problems:
        output.line(str(problem))
    said = verdict.manifest
    if verdict.ok and said:
        output.line(
            say(
                N_("{file} is whole: {rows:,} records and {files:,} files of {when:when}."),
                file=asked.file,
                rows=sum(said.tables.values()),
                files=len(said.files),
                when=said.moment,
            )
        )
    return 0 if verdict.ok else 1


def _list(asked: argparse.Namespace) -> int:
    from gwangju_desktop.backups import form

    rows = [
        {
            "file": path.name,
            "made_at": form.moment_of(path.name),
            "bytes": path.stat().st_size,
            "sealed": form.is_sealed(path),
        }
        for path in form.listed(_folder(asked))
    ]
    if asked.json:
        output.document(rows)
    else:
        columns = ("file", "made_at", "bytes", "sealed")
        output.table(columns, [[row[column] for column in columns] for row in rows])
    return 0


def _restore(asked: argparse.Namespace) -> int:
    from gwangju_desktop.backups.restoring import restore

    done = restore(
        asked.file, asked.target, passphrase=_secret(asked), progress=output.progress_line
    )
    if asked.json:
        output.document(
            {
                "file": str(done.path),
                "made_at": done.manifest.moment,
                "rows": sum(done.manifest.tables.values()),
                "files": len(done.manifest.files) - len(done.missing),
                "missing": done.missing,
                "erased_again": done.erased,
                "moved_aside": [str(path) for path in done.aside],
            }
        )
        return 0
    output.line(
        say(
            N_("{file} is the office as it was on {when:when}."),
            file=done.path,
            when=done.manifest.moment,
        )
    )
    if done.missing:
        message = NN_(
            "{n} file was not beside the backup.", "{n} files were not beside the backup."
        )
        output.line(say(message, n=len(done.missing)))
    if done.erased:
        message = NN_(
            "{n} person who was erased since was erased again.",
            "{n} people who were erased since were erased again.",
        )
        output.line(say(message, n=done.erased))
    for path in done.aside:
        output.line(say(N_("What lay in the way is now {file}."), file=path))
    return 0


def _drill(asked: argparse.Namespace) -> int:
    from gwangju_desktop.backups.drill import drill

    found = drill(_folder(asked), passphrase=_secret(asked), progress=output.progress_line)
    if asked.json:
        output.document(found.as_json())
        return 0 if found.ok else 1
    for problem in found.problems:
        output.line(problem)
    if found.ok:
        output.line(
            say(
                N_("{file} was restored elsewhere and does its work ({seconds:.0f} s)."),
                file=found.backup,
                seconds=found.seconds,
            )
        )
    return 0 if found.ok else 1


def _thin(asked: argparse.Namespace) -> int:
    from gwangju_desktop.backups.keeping import thin

    gone = thin(_folder(asked), dry_run=asked.dry_run)
    if asked.json:
        output.document({"gone": [path.name for path in gone], "dry_run": asked.dry_run})
        return 0
    for path in gone:
        output.line(path.name)
    return 0
