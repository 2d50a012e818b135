"""The processes the fault tests start and kill: `python -m tests.faults.worker ACT OFFICE ARG…`."""

from __future__ import annotations

import sys
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Person
from db.store import Store, usecase


@usecase("Add a numbered person")
def add(tx: Session, *, name: str) -> int:
    """Add one person."""
    person = Person(name=name, fictional=True, phone="0")
    tx.add(person)
    tx.flush()
    return person.id


@usecase("Count up")
def count_up(tx: Session) -> None:
    """Add one to the number the only person carries."""
    person = tx.scalars(select(Person)).one()
    person.phone = str(int(person.phone) + 1)


def write_until_killed(office: str) -> None:
    """Add people for ever and say each name once it is committed."""
    with Store.open(office) as store:
        start = store.head()
        for number in range(start, start + 1_000_000):
            store.run(add, name=f"{number}", command=f"command-{number}")
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


def count(office: str, times: str) -> None:
    """Count up without the office lock."""
    store = Store.open(office, locked=False)
    for _ in range(int(times)):
        store.run(count_up)
    store.close()


def back_up(office: str, folder: str, target: str) -> None:
    """Back up for ever, and bring the first backup back once."""
    from pathlib import Path

    from gwangju_desktop.backups.making import make_backup
    from gwangju_desktop.backups.restoring import restore

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with Store.open(office) as store:
        made = make_backup(store, Path(folder))
        restore(made.path, Path(target))
        while True:
            make_backup(store, Path(folder))


def main() -> None:
    """Carry out one act."""
    acts: dict[str, Any] = {"write": write_until_killed, "count": count, "back-up": back_up}
    acts[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
