"""Whatever is edited after an issue, the numbers on paper never shift."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.store import Store
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, queries
from gwangju_desktop.meetings import papers as attachments
from gwangju_desktop.packs import issues, outlining
from gwangju_desktop.packs.changes import changes_since
from gwangju_desktop.packs.issuing import issue_pack, revise_pack, supplement_pack
from tests.gwangju_desktop.packs.office import add_item, attach, new_meeting

Edit = tuple[str, int]
EDITS = (
    "edit",
    "add",
    "delete",
    "move",
    "attach",
    "remove",
    "leave out",
    "swap",
    "sides",
    "undo",
    "supplement",
    "revise",
)


def carry_out(store: Store, meeting: int, edit: Edit) -> None:
    """Do one thing a secretariat may do after the issue; what is refused changes nothing."""
    what, n = edit
    with store.reading() as read:
        items = [item.id for item in agenda.of_meeting(read, meeting)]
        papers = [row.id for row in queries.papers(read, item_ids=items)]
    item = items[n % len(items)] if items else 0
    acts: dict[str, Callable[[], object]] = {
        "edit": lambda: store.run(agenda.edit_item, id=item, reason="긴 글 " * (n * 60)),
        "add": lambda: add_item(store, meeting, f"새 항목 {n}"),
        "delete": lambda: store.run(agenda.delete_item, id=item),
        "move": lambda: store.run(agenda.move_item, id=item, by=1 - 2 * (n % 2)),
        "attach": lambda: attach(store, item, 1 + n % 3, f"자료 {n}"),
        "remove": lambda: (
            papers and store.run(attachments.remove_paper, id=papers[n % len(papers)])
        ),
        "leave out": lambda: store.run(
            outlining.include_part, meeting_id=meeting, key=f"item-{item}", included=False
        ),
        "swap": lambda: store.run(
            outlining.move_part, meeting_id=meeting, key="attendance", by=1 - 2 * (n % 2)
        ),
        "sides": lambda: store.run(
            outlining.set_plan, meeting_id=meeting, sides=("running", "right_hand")[n % 2]
        ),
        "undo": store.undo,
        "supplement": lambda: supplement_pack(store, meeting_id=meeting, reason="늦음"),
        "revise": lambda: revise_pack(store, meeting_id=meeting, reason="정정"),
    }
    try:
        acts[what]()
    except UserError:
        return


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(edits=st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 7)), max_size=8))
def test_numbers_on_paper_never_shift(_empty_office: Path, edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "사무국.gwoffice"
        shutil.copy(_empty_office, path)
        with Store.open(path) as store:
            meeting = new_meeting(store)
            first = add_item(store, meeting, "첫째")
            attach(store, first, 2, "첫 자료")
            add_item(store, meeting, "둘째")
            issue_pack(store, meeting_id=meeting)
            places: dict[str, tuple[int, int]] = {}
            for edit in [("edit", 0), *edits]:
                hold(store, meeting, places)
                carry_out(store, meeting, edit)
            for left in ("supplement", "revise"):
                carry_out(store, meeting, (left, 0))
            hold(store, meeting, places)
            with store.reading() as read:
                found = changes_since(read, store.papers, meeting_id=meeting)
            assert found is not None and not found.any


def hold(store: Store, meeting: int, places: dict[str, tuple[int, int]]) -> None:
    """Check that every part on paper is where it was, and that no two share a page."""
    with store.reading() as read:
        rows = issues.of_meeting(read, meeting_id=meeting)
    paper = issues.on_paper(rows[0], rows[1:])
    for key, part in paper.items():
        assert places.setdefault(key, (part.first, part.count)) == (part.first, part.count)
    assert places.keys() == paper.keys()
    taken = [page for part in paper.values() for page in range(part.first, part.first + part.count)]
    assert len(taken) == len(set(taken))
    last = rows[0].last_page
    for row in rows[1:]:
        if row.kind == "supplement":
            assert row.first_page == last + 1
            last = row.last_page
    for row in rows:
        assert all(store.papers.has(file.sha256) for file in row.files)
