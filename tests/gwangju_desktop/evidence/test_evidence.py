"""Evidence: what it is, what it proves, which files go into the official upload."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from db.schema.evidence import Evidence
from db.schema.members import Person
from db.schema.papers import StoredFile
from db.schema.reviews import MonitorKey, ReviewComment, ReviewFile
from db.schema.snapshots import Snapshot
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.commitments import proofs
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import evidence, intake, integrity, queries
from gwangju_desktop.evidence.intake import MEGABYTE
from gwangju_desktop.reviews import comments, rounds
from tests.gwangju_desktop.evidence.offices import DAY, add, file, on_disk, plan

CLOSING = {"form": "closing", "question": "1.1"}


def test_a_file_becomes_evidence_with_what_it_proves(store: Store, tmp_path: Path) -> None:
    made = plan(store)
    content = "가상 회의록".encode()
    id = add(
        store,
        file(tmp_path, "가상 회의록.txt", content),
        made.plan,
        commitment_id=made.commitment,
        claim="2021년 9월 회의에서\n논의하였음",
        milestone_id=made.milestone,
    )
    with store.reading() as read:
        row = queries.evidence(read, id=id)
        assert proofs.by_milestone(read, None) == {made.milestone: 1}
        assert proofs.by_commitment(read, None) == {made.commitment: 1}
        assert [one.id for one in queries.shelf(read, commitment_id=made.commitment)] == [id]
        assert queries.shelf(read, plan_id=made.other_plan) == []
    assert (row.title, row.name, row.bytes) == ("가상 회의록", "가상 회의록.txt", len(content))
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert (row.kind, row.obtained_on, row.public) == ("document", DAY, False)
    (claim,) = row.claims
    # One sentence is one line.
    assert claim.claim == "2021년 9월 회의에서 논의하였음"
    assert (claim.number, claim.milestone, claim.commitment) == (1, "예시 단계 1", "EX0001")
    assert row.untranslated and row.broken == ""
    assert store.papers.path(row.sha256).read_bytes() == content
    store.undo()
    with store.reading() as read:
        assert queries.shelf(read) == []
    store.redo()
    with store.reading() as read:
        assert queries.evidence(read, id=id).claims[0].claim_en == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("조사.CSV", "data"),
        ("현장.jpg", "photo"),
        ("누리집.mhtml", "page"),
        ("계획.hwpx", "document"),
        ("모형.bin", "other"),
    ],
)
def test_the_suffix_proposes_what_a_file_is(name: str, kind: str) -> None:
    assert evidence.kind_of(name) == kind


@pytest.mark.file_only
def test_bad_evidence_is_refused_with_a_sentence(store: Store, tmp_path: Path) -> None:
    made = plan(store)
    path = file(tmp_path, "가상 보고서.pdf")
    first = add(store, path, made.plan)
    with pytest.raises(UserError, match="가상 보고서"):
        add(store, path, made.plan)
    # Another plan may rest on the same file.
    add(store, path, made.other_plan)
    other = file(tmp_path, "둘째.pdf", b"second")
    with pytest.raises(UserError, match="2999"):
        add(store, other, made.plan, obtained_on=dt.date(2999, 1, 1))
    with pytest.raises(UserError, match=str(made.commitment)):
        add(store, other, made.other_plan, commitment_id=made.commitment)
    store.run(evidence.edit_evidence, id=first, disclosure="public")
    with pytest.raises(UserError):
        store.run(evidence.edit_evidence, id=first, disclosure="members")
    store.run(evidence.edit_evidence, id=first, disclosure="members", ground="가상 조례 제1조")
    store.run(evidence.edit_evidence, id=first, disclosure="public")
    with store.reading() as read:
        assert queries.evidence(read, id=first).ground == ""
    with pytest.raises(UserError, match="9999"):
        store.run(evidence.edit_evidence, id=9999, title="없음")


def test_the_name_of_a_file_stands_in_one_line(store: Store, tmp_path: Path) -> None:
    made = plan(store)
    facts = intake.take_in(store.papers, file(tmp_path, "가상.txt"), name="두\n줄\0이름.txt")
    id = store.run(evidence.add_evidence, plan_id=made.plan, **asdict(facts)).value
    with store.reading() as read:
        row = queries.evidence(read, id=id)
    assert (row.title, row.name) == ("두 줄이름", "두 줄이름.txt")


@pytest.mark.file_only
def test_a_claim_speaks_of_one_place_of_its_plan(store: Store, tmp_path: Path) -> None:
    made = plan(store)
    id = add(store, file(tmp_path, "가.pdf"), made.plan)

    def claim(**links: object) -> int:
        return int(store.run(evidence.add_claim, evidence_id=id, claim="입증함", **links).value)

    for wrong in (
        {},
        {"milestone_id": made.milestone, "count_id": made.count},
        {"milestone_id": made.milestone, "commitment_id": made.commitment},
        {"form": "closing"},
        {"question": "1.1"},
        {"form": "interview", "question": "1.1"},
        {"form": "closing", "question": "9.9", "commitment_id": made.second},
        {"form": "closing", "question": "1.1"},
        {"form": "inception", "question": "1.1", "commitment_id": made.second},
    ):
        with pytest.raises(UserError):
            claim(**wrong)
    with pytest.raises(UserError):
        store.run(evidence.add_claim, evidence_id=id, claim=" \n ", count_id=made.count)
    elsewhere = add(store, file(tmp_path, "나.pdf", b"b"), made.other_plan)
    for link in ({"milestone_id": made.milestone}, {"count_id": made.count}):
        with pytest.raises(UserError):
            store.run(evidence.add_claim, evidence_id=elsewhere, claim="입증함", **link)
    number = claim(count_id=made.count)
    answer = claim(commitment_id=made.second, **CLOSING)
    whole = claim(commitment_id=made.second)
    with store.reading() as read:
        row = queries.evidence(read, id=id)
        assert [one.id for one in row.claims] == [number, answer, whole]
        assert row.commitments == (made.second,)
        assert [one.id for one in queries.shelf(read, count_id=made.count)] == [id]
    store.run(evidence.move_claim, claim_id=whole, by=-2)
    store.run(evidence.edit_claim, claim_id=number, claim="고쳐 적음", claim_en="Mended")
    store.run(evidence.remove_claim, claim_id=answer)
    with store.reading() as read:
        row = queries.evidence(read, id=id)
    assert [(one.id, one.claim) for one in row.claims] == [
        (whole, "입증함"),
        (number, "고쳐 적음"),
    ]


def test_the_best_files_are_public_small_and_few(store: Store, tmp_path: Path) -> None:
    made = plan(store)

    def answering(n: int, size: int = 10, **values: object) -> int:
        path = tmp_path / f"증빙 {n}.pdf"
        path.write_bytes(bytes([n]) * size)
        asked = {"disclosure": "public", "commitment_id": made.commitment} | values
        add(store, path, made.plan, claim=f"입증 {n}", **CLOSING, **asked)
        with store.reading() as read:
            rows = queries.best(read, commitment_id=made.commitment, **CLOSING).rows
        return next(row.claim_id for row in rows if row.claim == f"입증 {n}")

    claims = [answering(n) for n in range(5)]
    large = answering(10, 10 * MEGABYTE + 1)
    whole = answering(11, 10 * MEGABYTE)
    closed = answering(12, disclosure="members")
    for claim in (claims[0], whole):
        store.run(evidence.pick, claim_id=claim)
    with pytest.raises(UserError, match="10"):
        store.run(evidence.pick, claim_id=large)
    with pytest.raises(UserError, match="증빙 12"):
        store.run(evidence.pick, claim_id=closed)
    store.run(evidence.pick, claim_id=claims[1])
    with pytest.raises(UserError, match="3"):
        store.run(evidence.pick, claim_id=claims[2])
    # Picking one that is picked already changes nothing.
    assert store.run(evidence.pick, claim_id=whole).value == 2

    def picked() -> list[tuple[int | None, str]]:
        with store.reading() as read:
            found = queries.best(read, commitment_id=made.commitment, **CLOSING)
            assert queries.best(read, commitment_id=made.second, **CLOSING).rows == ()
        assert (found.files, found.bytes_each) == (3, 10 * MEGABYTE)
        return [(row.picked, row.claim) for row in found.picked]

    assert picked() == [(1, "입증 0"), (2, "입증 11"), (3, "입증 1")]
    store.run(evidence.move_pick, claim_id=claims[1], by=-2)
    store.run(evidence.unpick, claim_id=whole)
    assert picked() == [(1, "입증 1"), (2, "입증 0")]
    with store.reading() as read:
        id = next(
            row.evidence_id
            for row in queries.best(read, commitment_id=made.commitment, **CLOSING).rows
            if row.claim_id == claims[0]
        )
    with pytest.raises(UserError, match="증빙 0"):
        store.run(evidence.edit_evidence, id=id, disclosure="members", ground="가상 조례")
    # A claim of another question is not picked for that one.
    store.run(evidence.edit_claim, claim_id=claims[0], question="2.1.1")
    assert picked() == [(1, "입증 1")]


@pytest.mark.file_only
def test_another_file_takes_the_place_of_one(store: Store, tmp_path: Path) -> None:
    made = plan(store)
    id = add(
        store,
        file(tmp_path, "처음.pdf"),
        made.plan,
        claim="입증함",
        milestone_id=made.milestone,
        note="비고",
        disclosure="public",
    )
    second = add(store, file(tmp_path, "다음.pdf", b"next"), made.plan)
    facts = intake.take_in(store.papers, file(tmp_path, "바꿈.pdf", b"mended"))
    new = store.run(evidence.replace_file, id=id, **asdict(facts)).value
    with store.reading() as read:
        rows = queries.shelf(read, plan_id=made.plan)
    assert [row.id for row in rows] == [new, second]
    row = rows[0]
    assert (row.title, row.name, row.public) == ("바꿈", "바꿈.pdf", True)
    assert [claim.milestone_id for claim in row.claims] == [made.milestone]
    assert row.note.startswith("비고\n") and "처음.pdf" in row.note
    taken = intake.take_in(store.papers, tmp_path / "다음.pdf")
    with pytest.raises(UserError, match="다음"):
        store.run(evidence.replace_file, id=new, **asdict(taken))
    store.run(evidence.move_evidence, id=new, by=1)
    store.run(evidence.remove_evidence, id=second)
    with store.reading() as read:
        assert [one.id for one in queries.shelf(read, plan_id=made.plan)] == [new]
    for _ in range(3):
        store.undo()
    with store.reading() as read:
        assert [one.name for one in queries.shelf(read, plan_id=made.plan)] == [
            "처음.pdf",
            "다음.pdf",
        ]
        assert read.get(Evidence, new) is None


@usecase("Let a monitor sign for a test")
def sign(tx: Session, *, review_id: int, evidence_id: int) -> int:
    """Add what taking a signed file in leaves: a comment without words that cites evidence."""
    person = Person(name="가상 점검위원")
    snapshot = Snapshot(
        **{
            **dict.fromkeys(("file_name", "sha256", "manifest_sha256", "fingerprint"), "x"),
            **dict.fromkeys(("profile", "audit_hash"), "x"),
            **dict.fromkeys(("sequence", "bytes", "rows", "withheld", "audit_id"), 1),
            "made_at": clock.now(),
        }
    )
    file = StoredFile(sha256="f" * 64, name="답변.gwreview", bytes=1)
    tx.add_all([person, snapshot, file])
    tx.flush()
    key = MonitorKey(person_id=person.id, fingerprint="x", public_key="x", compared_on=DAY)
    tx.add(key)
    tx.flush()
    signed = ReviewFile(
        review_id=review_id,
        snapshot_id=snapshot.id,
        key_id=key.id,
        file_id=file.id,
        sha256="f" * 64,
        signed_at=clock.now(),
        imported_at=clock.now(),
    )
    tx.add(signed)
    tx.flush()
    comment = ReviewComment(
        review_id=review_id,
        evidence_id=evidence_id,
        review_file_id=signed.id,
        commented_on=DAY,
        text="",
    )
    tx.add(comment)
    tx.flush()
    return comment.id


@pytest.mark.file_only
def test_what_a_review_speaks_of_stays_and_a_signed_answer_keeps_its_hash(
    store: Store, tmp_path: Path
) -> None:
    made = plan(store)
    id = add(store, file(tmp_path, "가상 보고서.pdf"), made.plan)
    review = store.run(rounds.add_review, plan_id=made.plan, kind="interview").value
    said = store.run(
        comments.add_comment,
        review_id=review,
        evidence_id=id,
        text="의견(예시)",
        department="가상과",
    ).value
    with pytest.raises(UserError, match="가상 보고서"):
        store.run(evidence.remove_evidence, id=id)
    other = asdict(intake.take_in(store.papers, file(tmp_path, "둘째.pdf", b"second")))
    new = store.run(evidence.replace_file, id=id, **other).value
    signed = store.run(sign, review_id=review, evidence_id=new).value
    third = asdict(intake.take_in(store.papers, file(tmp_path, "셋째.pdf", b"third")))
    with pytest.raises(UserError, match="둘째"):
        store.run(evidence.replace_file, id=new, **third)
    on_disk(store, other["sha256"]).unlink()
    integrity.check(store)
    last = store.run(evidence.replace_file, id=new, **third).value
    with store.reading() as read:
        assert read.get_one(ReviewComment, said).evidence_id == last
        cited = read.get_one(ReviewComment, signed)
        assert cited.evidence_id is None and other["sha256"] in cited.text
        assert integrity.broken(read) == []
