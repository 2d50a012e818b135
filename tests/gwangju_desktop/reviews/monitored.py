"""An office whose action plan two made-up monitors review, its copy, and what they sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from db.schema.commitments import ActionPlan, Commitment, Milestone
from db.schema.evidence import Evidence
from db.schema.members import Body, Membership, Person
from db.schema.papers import StoredFile
from db.store import Store, usecase
from gwangju_desktop import clock, settings
from gwangju_desktop.reviews import copies, drafts, monitors, review_file
from gwangju_desktop.reviews.review_file import Answer, Comment, Finding, Written
from gwangju_desktop.snapshots import signing
from gwangju_desktop.snapshots.build import make_snapshot

PASSPHRASE = "예시 암호구절 하나"
PLAN, FIRST, SECOND = "KRGNJ2021", "KRGNJ0001", "KRGNJ0002"
PROOF = b"a made-up record of a meeting"
# Keys of made-up monitors, the same in every run.
KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3)]
NAMES = ("가상점검하나", "가상점검둘")


@dataclass(frozen=True, slots=True)
class Known:
    """Ids of the office."""

    plan: int
    forum: int
    first: int
    second: int
    milestone: int
    evidence: int
    people: tuple[int, int]
    stranger: int


@usecase("Fill a monitored office")
def fill(tx: Session, *, sha256: str) -> dict[str, Any]:
    """Add a submitted plan of two commitments, its forum and two monitors."""
    bodies = [
        Body(
            position=n * 1024,
            kind=kind,
            name_ko=f"예시 {kind}",
            name_en=kind,
            short_ko=kind,
            short_en=kind,
        )
        for n, kind in enumerate(("monitoring", "forum"), 1)
    ]
    tx.add_all(bodies)
    tx.flush()
    people = [
        Person(name=name, latin=f"MONITOR {n}", fictional=True) for n, name in enumerate(NAMES)
    ]
    stranger = Person(name="가상부서", fictional=True)
    tx.add_all([*people, stranger])
    tx.flush()
    for person in people:
        tx.add(
            Membership(
                person_id=person.id,
                body_id=bodies[0].id,
                capacity="appointed",
                starts_on=dt.date(2021, 6, 1),
            )
        )
    plan = ActionPlan(
        code=PLAN,
        title="예시 실행계획",
        title_en="Example plan",
        submitted_on=dt.date(2021, 7, 30),
        starts=202108,
        ends=202206,
        monitor_body_id=bodies[0].id,
        forum_body_id=bodies[1].id,
    )
    tx.add(plan)
    tx.flush()
    commitments = [
        Commitment(plan_id=plan.id, code=code, position=n, title=f"예시 과제 {n}")
        for n, code in enumerate((FIRST, SECOND), 1)
    ]
    tx.add_all(commitments)
    tx.flush()
    milestone = Milestone(
        commitment_id=commitments[0].id, position=1024, number=1, title="예시 단계", sample=True
    )
    file = StoredFile(sha256=sha256, name="회의록.txt", bytes=len(PROOF))
    tx.add_all([milestone, file])
    tx.flush()
    evidence = Evidence(
        plan_id=plan.id,
        commitment_id=commitments[0].id,
        file_id=file.id,
        position=1024,
        title="예시 회의록",
        obtained_on=dt.date(2022, 1, 3),
        disclosure="public",
        sample=True,
    )
    tx.add(evidence)
    tx.flush()
    return {
        "plan": plan.id,
        "forum": bodies[1].id,
        "first": commitments[0].id,
        "second": commitments[1].id,
        "milestone": milestone.id,
        "evidence": evidence.id,
        "people": [person.id for person in people],
        "stranger": stranger.id,
    }


def furnish(store: Store, copy: Path) -> Known:
    """Fill an office, register both monitors' keys and make its first copy."""
    store.run(settings.set_up)
    ids = store.run(fill, sha256=store.papers.put(PROOF)).value
    ids["people"] = tuple(ids["people"])
    known = Known(**ids)
    for person, key in zip(known.people, KEYS, strict=False):
        store.run(monitors.register_key, person_id=person, key=fingerprint(key))
    make_snapshot(store, target=copy, passphrase=PASSPHRASE)
    return known


def fingerprint(key: Ed25519PrivateKey) -> str:
    """Return what a monitor reads over the phone."""
    return signing.fingerprint(key.public_key().public_bytes_raw())


def closing(copy: copies.CopyFacts, value: str = "substantial", **more: Any) -> Written:
    """Return a draft of the report on the first commitment with one rating."""
    draft = drafts.begun(copy, "closing", FIRST)
    return drafts.with_answer(draft, Answer("1.1", value, "설명", "Because of it", FIRST, **more))


def full(copy: copies.CopyFacts, proof: str) -> Written:
    """Return a draft that says something in every way there is."""
    import dataclasses

    draft = closing(copy, evidence=(proof,))
    draft = drafts.with_answer(
        draft, Answer("2.1.1", "major", "정보를 더 공개함", "More is disclosed", FIRST)
    )
    draft = drafts.with_answer(draft, Answer("3.1", "", "교훈", "A lesson", FIRST))
    return dataclasses.replace(
        draft,
        comments=(
            Comment("자료를 더 주십시오.", "More data please", FIRST, milestone=1),
            Comment("좋은 자료", "", FIRST, "1.1", evidence=proof),
        ),
        findings=(Finding("결과가 없음", "No results", "결과 공표", "Publish them", FIRST),),
    )


def signed(
    draft: Written,
    target: Path,
    key: Ed25519PrivateKey = KEYS[0],
    agreed: tuple[str, ...] = (),
    minutes: int = 0,
) -> Path:
    """Sign a draft some minutes from now and write the file."""
    moment = clock.now() + dt.timedelta(minutes=minutes)
    ready = drafts.ready(draft, monitor=NAMES[0], agreed=agreed, moment=moment)
    target.write_bytes(review_file.build(ready, key))
    return target
