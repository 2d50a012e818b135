"""The processes the fault tests start and kill: `python -m tests.faults.worker ACT OFFICE ARG…`."""

from __future__ import annotations

import random
import secrets
import sys
import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Busy, Refused, Unreachable
from db.schema.members import Person
from db.stale import Look, Stale
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


@usecase("Write a note")
def write_note(tx: Session, *, id: int, note: str) -> None:
    """Put a note in the place of the one that was read."""
    tx.get_one(Person, id).note = note


def edit(office: str, name: str, times: str, seconds: str = "inf") -> None:
    """Say that one is there, mark notes that others edit too, until the number or the time is over.

    At the end it says how many edits came too late and how many were made.
    """
    chance = random.Random(name)
    stale = done = 0
    with Store.open(office) as store:
        with store.reading() as read:
            people = list(read.scalars(select(Person.id)))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        ends = time.monotonic() + float(seconds)
        while done < int(times) and (not done or time.monotonic() < ends):
            id = chance.choice(people)
            look = Look(store.head())
            with store.reading() as read:
                note = read.get_one(Person, id).note
            try:
                store.run(write_note, look=look, id=id, note=f"{note} {name}.{done}")
                done += 1
            except Stale:
                stale += 1
    sys.stdout.write(f"{stale} {done}\n")


def write_through(office: str, times: str) -> None:
    """Add people over a server that comes and goes; say each name once its commit was answered.

    What was asked when the line broke is asked again with the same command.
    """
    with Store.open(office) as store:
        start = store.head()
        for number in range(start, start + int(times)):
            command, told = secrets.token_hex(16), ""
            while not told:
                try:
                    done = store.run(add, name=f"{number}", command=command)
                    told = "found" if done.replayed else "done"
                except (Unreachable, Busy, Refused):
                    time.sleep(0.02)
            sys.stdout.write(f"{number} {told}\n")
            sys.stdout.flush()


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


def keep(office: str, stick: str) -> None:
    """Back an office up by itself again and again, beside it and in a second folder."""
    from pathlib import Path

    from gwangju_desktop.backups import automatic
    from gwangju_desktop.backups.why import Why
    from gwangju_desktop.members import usecases

    with Store.open(office) as store:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for n in range(1000):
            store.run(usecases.add_person, name=f"가상 {n}", fictional=True)
            automatic.keep(store, why=Why.TIMED, second=automatic.Second(Path(stick)))


def main() -> None:
    """Carry out one act."""
    acts: dict[str, Any] = {
        "write": write_until_killed,
        "count": count,
        "edit": edit,
        "write-through": write_through,
        "back-up": back_up,
        "keep": keep,
    }
    acts[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
