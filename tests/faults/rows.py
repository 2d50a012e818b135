"""The plan of faults as data: what is done to an office, by which test, how often.

A part is tried by loops that count their trials, or by tests of the default run, which are counted
themselves. What cannot be tried on one machine says why.
"""

from __future__ import annotations

from dataclasses import dataclass

HERE = "tests/faults"
CORE = "tests/gwangju_desktop"


@dataclass(frozen=True, slots=True)
class Part:
    """One invocation of pytest: `minutes` is how long its loops may take, 0 for whole tests.

    `planned` is how often the plan wants it before each release, in words.
    """

    key: str
    fault: str
    how: str
    nodes: tuple[str, ...]
    planned: str
    minutes: float = 0

    @property
    def loops(self) -> bool:
        """Say whether its trials are counted one by one, and end with the time."""
        return self.minutes > 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the plan; `untried` says what of it is not tried here, and why."""

    number: int
    name: str
    parts: tuple[Part, ...]
    untried: str = ""


def _loop(key: str, fault: str, how: str, node: str, planned: str, minutes: float) -> Part:
    return Part(key, fault, how, (f"{HERE}/{node}",), planned, minutes)


def _suite(key: str, fault: str, how: str, *nodes: str) -> Part:
    return Part(key, fault, how, nodes, "each test")


EACH_STEP = "test_plan.py::test_killed_at_each_step"
SMALL = "test_plan.py::test_of_a_small_office"
DISK = f"{HERE}/test_disk.py"

ROWS: tuple[Row, ...] = (
    Row(
        1,
        "kill -9 in a commit",
        (
            _loop(
                "1",
                "kill -9 in a commit",
                "a writer is killed 0–60 ms after its first acknowledgement",
                "test_kill.py",
                "1,000",
                20,
            ),
        ),
    ),
    Row(
        2,
        "Power cut",
        (
            _loop(
                "2.writes",
                "power cut while changes and papers are written",
                "what was asked of the disk is recorded; what was not synced is lost or torn",
                f"{SMALL}[power cut]",
                "3,000",
                12,
            ),
            _loop(
                "2.converting",
                "power cut while an office is converted",
                "the same, over a conversion from the first release",
                f"{SMALL}[power cut while converting]",
                "1,000",
                12,
            ),
        ),
        "A real plug pulled out of a real disk: the model of what a disk promises stands for it.",
    ),
    Row(
        3,
        "Kill in a long piece of work",
        (
            *(
                _loop(
                    f"3.{act}",
                    f"kill -9 while {words}",
                    "killed at each file opened, renamed, removed or synced",
                    f"{EACH_STEP}[{act}]",
                    "each step",
                    6,
                )
                for act, words in (
                    ("backing_up", "backing up"),
                    ("restoring", "restoring"),
                    ("converting", "converting"),
                    ("salvaging", "salvaging"),
                )
            ),
            _loop(
                "3.moments",
                "kill -9 while backing up and restoring",
                "at random moments",
                "test_backups.py::test_killed_while_backing_up_and_restoring",
                "40",
                3,
            ),
            _loop(
                "3.automatic",
                "kill -9 while it backs up by itself",
                "at random moments, two folders",
                "test_backups.py::test_killed_while_it_backs_up_by_itself",
                "6",
                2,
            ),
            _loop(
                "3.pack",
                "kill -9 while a pack is issued",
                "at random moments",
                "test_packs.py::test_a_kill_while_a_pack_is_issued_leaves_none_or_a_whole_one",
                "12",
                3,
            ),
            _loop(
                "3.copy",
                "kill -9 while a review copy is made",
                "at random moments",
                "test_snapshots.py::test_kill_while_a_snapshot_is_made",
                "60",
                5,
            ),
            _loop(
                "3.sending",
                "kill -9 while a review copy is saved for sending",
                "at random moments",
                "test_snapshots.py::test_kill_while_a_copy_is_saved_for_sending",
                "60",
                3,
            ),
            Part(
                "3.handover",
                "kill -9 while an office is handed over and taken",
                "at each step that changes a file",
                (
                    f"{HERE}/test_handover.py::test_giving_is_killed_at_every_step",
                    f"{HERE}/test_handover.py::test_taking_is_killed_at_every_step",
                ),
                "each step",
            ),
            _loop(
                "3.damage",
                "a file damaged by chance, salvaged",
                "pages wiped, bytes changed, ends cut off",
                "test_plan.py::test_damaged_by_chance",
                "200",
                5,
            ),
        ),
    ),
    Row(
        4,
        "Disk full",
        (
            _loop(
                "4.steps",
                "disk full, eight pieces of work",
                "a file system in memory, filled up but for a multiple of 4 KB",
                "test_full.py::test_any_room_left",
                "500 × 8",
                15,
            ),
            Part(
                "4.command",
                "disk full under the command line",
                "small file systems; a limit on the size of files",
                (
                    DISK,
                    f"{HERE}/test_evidence.py",
                    f"{HERE}/test_backups.py::test_a_full_disk_keeps_the_older_backups",
                    f"{HERE}/test_packs.py::test_a_full_disk_issues_nothing",
                    f"{HERE}/test_handover.py"
                    "::test_a_full_disk_leaves_the_office_here_or_the_copy_waiting",
                    f"{HERE}/test_snapshots.py::test_a_full_disk_leaves_the_old_copy",
                    f"{HERE}/test_snapshots.py"
                    "::test_a_full_disk_while_saving_for_sending_leaves_the_old_file",
                ),
                "each test",
            ),
        ),
    ),
    Row(
        5,
        "I/O error, read-only folder, removed USB stick",
        (
            _loop(
                "5.errors",
                "an error of the disk",
                "SQLite’s k-th request to its file system is refused",
                f"{SMALL}[error of the disk]",
                "2,000",
                8,
            ),
            _loop(
                "5.gone",
                "a stick that is pulled out",
                "the file system under an open office is moved away",
                "test_full.py::test_a_stick_that_goes",
                "200",
                3,
            ),
        ),
        "A folder that turns read-only under an open office: an open file refuses the remount.",
    ),
    Row(
        6,
        "Stale journal beside a restored file",
        (
            _loop(
                "6",
                "stale journal",
                "another office’s -journal, -wal or -shm lies beside the restored file",
                f"{SMALL}[stale journal]",
                "400",
                4,
            ),
        ),
    ),
    Row(
        7,
        "Several writers",
        (
            _loop(
                "7.file",
                "four processes on one file",
                "each counts up one number, without the office lock",
                "test_writers.py::test_four_processes_lose_no_increment",
                "10,000",
                8,
            ),
            _loop(
                "7.server",
                "eight processes on PostgreSQL",
                "each adds marks to notes all of them edit",
                "test_server.py::test_eight_processes_lose_no_edit",
                "8 × 1,000",
                10,
            ),
        ),
    ),
    Row(
        8,
        "Stale edits",
        (
            _loop(
                "8.steps",
                "edits of values that somebody changed since",
                "two sessions edit single rows and many at once; a model says what is stale",
                "test_stale_edits.py",
                "50,000",
                10,
            ),
            Part(
                "8.machines",
                "any life of proposals and meetings by two writers",
                "Hypothesis state machines on SQLite and PostgreSQL",
                (f"{HERE}/test_machines.py",),
                "9,000 steps",
            ),
            _suite(
                "8.suite",
                "stale edits by example",
                "two sessions on each engine",
                "tests/db/test_stale.py",
                "tests/db/test_several_pcs.py",
            ),
        ),
    ),
    Row(
        9,
        "Second instance, lock after kill, clock",
        (
            _loop(
                "9",
                "second instance, lock after kill, clock",
                "the first one is killed; its lock’s dates are set decades back or forward",
                f"{SMALL}[second instance, lock after kill, clock]",
                "1,000",
                3,
            ),
        ),
        "A PC that sleeps: a lock of the operating system does not know of it.",
    ),
    Row(
        10,
        "WAL gate",
        (
            _suite(
                "10",
                "pragmas of the office file",
                "WAL is not used: each connection reads its journal mode back or does not open",
                "tests/db/test_engine.py",
            ),
        ),
    ),
    Row(
        11,
        "Hostile review copies",
        (
            Part(
                "11.cost",
                "hostile zips and databases",
                "each in a process of its own: refused in 3 s and 600 MB",
                (f"{HERE}/test_snapshots.py::test_a_hostile_file_costs_little",),
                "each file",
            ),
            _suite(
                "11.suite",
                "hostile zips and databases in reader and window",
                "refused in a sentence, the window lives",
                f"{CORE}/snapshots/test_reader.py",
                f"{CORE}/snapshots/test_container.py",
                "tests/ui/snapshots/test_hostile.py",
                "tests/ui/snapshots/test_opened.py",
            ),
        ),
        "Other operating systems: this machine is the one named above.",
    ),
    Row(
        12,
        "Damaged review copies",
        (
            _loop(
                "12",
                "bytes changed and ends cut off, past the signature",
                "1 to 64 bytes of a database",
                "test_snapshots.py::test_random_damage_never_hangs_or_crashes_the_reader",
                "2 × 8,000",
                8,
            ),
        ),
    ),
    Row(
        13,
        "Signature",
        (
            _loop(
                "13.tampered",
                "tampered copies",
                "bytes, members, names, parts of other copies, another key",
                "test_snapshots.py::test_tampered_copies",
                "20,000",
                8,
            ),
            _loop(
                "13.bits",
                "every bit of a small copy",
                "flipped in place, in random order where time is short",
                "test_snapshots.py::test_every_bit_of_a_small_snapshot",
                "each bit",
                10,
            ),
            _loop(
                "13.signed",
                "every bit of what signs",
                "inside a container whose checksums are right",
                "test_snapshots.py::test_every_bit_of_what_signs",
                "each bit",
                10,
            ),
        ),
    ),
    Row(
        14,
        "Redaction",
        (
            _loop(
                "14",
                "tokens in every text column",
                "half of the rows deleted, both profiles; the copy’s bytes are searched",
                "test_snapshots.py::test_redaction_over_many_builds",
                "200",
                10,
            ),
            _suite(
                "14.suite",
                "tokens in files, packs and texts",
                "the copy and all beside it are searched",
                f"{CORE}/snapshots/test_canary.py",
                f"{CORE}/snapshots/test_inside.py",
            ),
        ),
    ),
    Row(
        15,
        "New column",
        (
            _suite(
                "15",
                "a column the policy does not know",
                "the build refuses",
                f"{CORE}/snapshots/test_policy.py",
                f"{CORE}/snapshots/test_build.py"
                "::test_every_column_has_a_line_and_a_new_one_stops_the_build",
            ),
        ),
    ),
    Row(
        16,
        "Small groups",
        (
            _loop(
                "16",
                "surveys told twice",
                "an attacker subtracts cells and two successive releases",
                "test_small_groups.py",
                "10,000",
                8,
            ),
            _suite(
                "16.suite",
                "tables and committees",
                "no hidden cell can be computed",
                f"{CORE}/polls/test_hiding.py",
                f"{CORE}/snapshots/test_poll_cells.py",
            ),
        ),
    ),
    Row(
        17,
        "Audit tamper",
        (
            _loop(
                "17",
                "an altered journal",
                "an entry is edited, deleted, moved, the end cut off, the chain made anew",
                "test_journal.py::test_what_was_altered_is_found",
                "5 × 1,000",
                6,
            ),
            _suite("17.suite", "by example, on both engines", "", f"{CORE}/history/test_chain.py"),
        ),
    ),
    Row(
        18,
        "Erasing a person",
        (
            _loop(
                "18",
                "nothing is left of a person",
                "a token in each field, edits, undo; the bytes of office and drafts are searched",
                "test_journal.py::test_nobody_who_was_erased_is_left",
                "1,000",
                6,
            ),
            _suite(
                "18.suite",
                "tables, index, drafts, older copies",
                "",
                f"{CORE}/members/test_erasing.py",
                f"{CORE}/members/test_erasing_storm.py",
                f"{CORE}/members/test_erase_command.py",
                "tests/db/test_unsaved.py",
            ),
        ),
    ),
    Row(
        19,
        "Markup",
        (
            _suite(
                "19",
                "markup in names, titles and texts",
                "shown literally on screens, in PDF, pages, sheets and lists",
                f"{CORE}/packs/test_hostile_pack.py",
                f"{CORE}/snapshots/test_beside.py",
                f"{CORE}/proposals/test_hostile_texts.py",
                f"{CORE}/members/test_hostile_names.py",
                f"{CORE}/documents/test_writer_pdf.py",
                f"{CORE}/catalogue/test_composing.py",
                "tests/ui/snapshots/test_texts.py",
                "tests/ui/proposals/test_desk.py",
            ),
        ),
        "Not every pair of payload and field, and no loopback server: no test opens a port.",
    ),
    Row(
        20,
        "Long and odd text",
        (
            _suite(
                "20",
                "texts of any length and letters",
                "Hypothesis; a megabyte; NFD, halves of pairs, NUL",
                f"{CORE}/documents/test_layout.py",
                f"{CORE}/documents/test_lines.py",
                f"{CORE}/proposals/test_hostile_texts.py",
                f"{CORE}/members/test_hostile_names.py",
                f"{CORE}/test_forms.py",
            ),
        ),
    ),
    Row(
        21,
        "Formula injection",
        (
            _suite(
                "21",
                "cells that begin like a formula",
                "CSV and XLSX are written, and read back by openpyxl",
                f"{CORE}/outgoing/test_cells.py",
                f"{CORE}/members/importing/test_round_trip.py",
                f"{CORE}/members/importing/test_values.py",
                f"{CORE}/snapshots/test_beside.py::test_every_beginning_of_a_formula_is_known",
                "tests/ui/energy/test_figures.py::test_csv_has_a_mark_blank_cells_and_no_formulas",
            ),
        ),
        "Opening in LibreOffice Calc and Excel: neither is on this machine.",
    ),
    Row(
        22,
        "Import bombs",
        (
            _suite(
                "22",
                "sheets that swell, lie or have no end",
                "refused in a sentence, or all rows or none",
                f"{CORE}/sheets/test_asked.py",
                f"{CORE}/sheets/test_variants.py",
                f"{CORE}/members/importing/test_published.py",
                f"{CORE}/papers/test_texts.py"
                "::test_a_document_with_entities_and_one_that_swells_are_left_alone",
                f"{CORE}/energy/test_imports.py",
            ),
        ),
    ),
    Row(
        23,
        "File names",
        (
            _loop(
                "23",
                "names from other people",
                "random letters of every kind, reserved names, paths, bidi marks",
                "test_journal.py::test_any_name_is_safe",
                "100,000",
                3,
            ),
            _suite(
                "23.suite",
                "names of lent papers and of a zip’s members",
                "",
                f"{CORE}/papers/test_lending.py",
                f"{CORE}/snapshots/test_container.py",
            ),
        ),
    ),
    Row(
        24,
        "Hostile PDFs",
        (
            _suite(
                "24",
                "active, encrypted, damaged and endless PDFs",
                "read in a child of its own; the clean copy has nothing active",
                f"{CORE}/packs/test_intake.py",
                f"{CORE}/packs/test_hostile_pack.py",
            ),
        ),
        "Public fuzz corpora beyond the published nasty files.",
    ),
    Row(
        25,
        "Migration",
        (
            _suite(
                "25",
                "an office of every release",
                "converted, compared with a fresh schema; retried after a failure",
                "tests/db/test_releases.py",
                "tests/db/test_migrate.py",
            ),
        ),
        "Kills and power cuts while converting are in rows 2 and 3.",
    ),
    Row(
        26,
        "Restore drill",
        (
            _loop(
                "26",
                "400 simulated days",
                "a day’s changes and backups; what is kept is compared with the rule and restored",
                "test_journal.py::test_every_backup_of_400_days_comes_back",
                "50 seeds",
                10,
            ),
            _suite(
                "26.suite",
                "thinning and drills",
                "",
                f"{CORE}/backups/test_thinning.py",
                f"{CORE}/backups/test_automatic.py",
            ),
        ),
    ),
    Row(
        27,
        "Empty backup",
        (
            _loop(
                "27",
                "a file that only looks like a backup",
                "empty, cut off, of zeros",
                f"{SMALL}[empty backup]",
                "100",
                3,
            ),
        ),
    ),
    Row(
        28,
        "One way to write a file",
        (
            _suite(
                "28",
                "writes outside atomic_write, QSaveFile",
                "the program’s own source is read",
                "tests/test_architecture.py",
            ),
        ),
    ),
    Row(
        29,
        "Drafts",
        (
            _loop(
                "29",
                "kill -9 while typing",
                "each form is typed into and killed; no more than 2 s may be lost",
                "test_drafts.py",
                "each form",
                10,
            ),
            _suite("29.suite", "drafts over newer versions", "", "tests/ui/test_drafts.py"),
        ),
    ),
    Row(
        30,
        "PostgreSQL",
        tuple(
            _loop(f"30.{key}", fault, how, f"test_server.py::{node}", planned, minutes)
            for key, fault, how, node, planned, minutes in (
                (
                    "backends",
                    "killed connections",
                    "pg_terminate_backend while a worker writes",
                    "test_killed_backends_lose_nothing",
                    "1,000",
                    6,
                ),
                (
                    "crash",
                    "a server that crashes",
                    "SIGQUIT, as stop -m immediate, and recovery",
                    "test_a_server_that_crashes_loses_nothing",
                    "100",
                    6,
                ),
                (
                    "line",
                    "a line that is cut",
                    "TCP dropped in the middle of whatever it carries",
                    "test_a_line_that_is_cut_loses_nothing",
                    "1,000",
                    6,
                ),
                (
                    "answer",
                    "a commit whose answer is lost",
                    "cut at COMMIT, before it arrives or before its answer is back",
                    "test_a_commit_whose_answer_is_lost_is_done_once",
                    "1,000",
                    6,
                ),
            )
        ),
    ),
    Row(
        31,
        "Soak",
        (),
        "A random user’s day with faults mixed in: there is no such test yet.",
    ),
    Row(
        32,
        "Other tools",
        (
            _suite(
                "32",
                "the review copy in other programs",
                "the sqlite3 command, pandas and Frictionless read it; rows as in the manifest",
                f"{CORE}/snapshots/test_beside.py",
            ),
        ),
        "DB Browser, R, Excel by ODBC and older versions of sqlite3: not on this machine.",
    ),
)


def chosen(only: list[str]) -> list[tuple[Row, Part]]:
    """Return the parts of the rows asked for ("3"), or single parts ("3.pack"); all without words."""
    every = [(row, part) for row in ROWS for part in row.parts]
    return [
        (row, part)
        for row, part in every
        if not only or str(row.number) in only or part.key in only
    ]
