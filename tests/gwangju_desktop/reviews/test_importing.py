"""A monitor's signed answers: written on a copy, taken into the office, read-only there."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from db.errors import Barred
from db.schema.reviews import MonitorKey, ReviewAnswer
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import erasing, merging
from gwangju_desktop.reviews import (
    answering,
    comments,
    copies,
    drafts,
    findings,
    monitors,
    queries,
    ratings,
    rounds,
)
from gwangju_desktop.reviews.copies import CopyFacts
from gwangju_desktop.reviews.review_file import Answer
from tests.gwangju_desktop.reviews import monitored
from tests.gwangju_desktop.reviews.monitored import FIRST, KEYS, NAMES, PROOF, SECOND, Known

Names = Callable[[str], Path]
DIGEST = hashlib.sha256(PROOF).hexdigest()


def _importing(store: Store, path: Path, refusal: str) -> None:
    with pytest.raises(UserError, match=refusal) as raised:
        answering.import_review(store, path)
    assert path.name in str(raised.value)
    with store.reading() as read:
        assert queries.reviews(read) == []


def _round_trip(store: Store, known: Known, facts: CopyFacts, path: Path) -> None:
    draft = monitored.full(facts, DIGEST)
    drafts.save(draft)
    assert drafts.begun(facts, "closing", FIRST) == draft
    monitored.signed(draft, path)

    done = answering.import_review(store, path)
    assert (done.answers, done.comments, done.findings, done.new_review) == (3, 2, 1, True)
    assert done.signer == NAMES[0] and done.fingerprint == monitored.fingerprint(KEYS[0])
    with store.reading() as read:
        whole = queries.review(read, done.review_id)
        rated = ratings.of(read, [known.first, known.second])
        public = read.scalar(
            select(MonitorKey.public_key).where(MonitorKey.person_id == known.people[0])
        )
    assert public == KEYS[0].public_key().public_bytes_raw().hex()
    answer = whole.answers_to("1.1", known.first)[0]
    assert (answer.value, answer.explanation, answer.explanation_en) == (
        "substantial",
        "설명",
        "Because of it",
    )
    assert answer.origin == "signed" and answer.person is not None
    assert answer.person.id == known.people[0] and answer.evidence[0].sha256 == DIGEST
    assert [c.milestone_id for c in whole.comments] == [known.milestone, None]
    assert whole.comments[1].evidence_id == known.evidence and whole.comments[1].question == "1.1"
    assert whole.findings[0].recommendation_en == "Publish them" and whole.findings[0].open
    assert whole.files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert store.papers.path(whole.files[0].sha256).read_bytes() == path.read_bytes()
    assert whole.row.questions == 5 and whole.row.answers == 3
    completion = rated[known.first]["completion"]
    assert (completion.value, completion.who, completion.origin, completion.provisional) == (
        "substantial",
        (NAMES[0],),
        "signed",
        True,
    )
    assert rated[known.first]["opened.information"].value == "major"
    assert rated[known.second] == {}


def test_a_review_written_on_a_copy_appears_in_the_office(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    _round_trip(office, known, facts, signing_into("점검 답변"))


def test_a_review_written_on_a_copy_appears_on_an_office_server(
    new_postgres: Callable[[], str], tmp_path: Path, signing_into: Names
) -> None:
    with Store.open(new_postgres()) as store:
        copy = tmp_path / "사본.gwsnap"
        known = monitored.furnish(store, copy)
        facts = copies.open_copy(copy)
        _round_trip(store, known, facts, signing_into("점검 답변"))
        joint = monitored.signed(
            monitored.closing(facts, "limited"), signing_into("공동 답변"), KEYS[1], agreed=NAMES
        )
        answering.import_review(store, joint)
        with store.reading() as read:
            rating = ratings.of(read, [known.first])[known.first]["completion"]
        assert (rating.value, rating.who, rating.agreed) == ("limited", NAMES, True)


def test_ratings_are_read_only_in_the_office(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    done = answering.import_review(
        office, monitored.signed(monitored.full(facts, DIGEST), signing_into("a"))
    )
    with office.reading() as read:
        whole = queries.review(read, done.review_id)
    answer, finding, comment = whole.answers[0], whole.findings[0], whole.comments[0]
    assert office.undoable is None
    with pytest.raises(UserError, match="서명된 답변"):
        office.run(answering.withdraw_published_answer, id=answer.id)
    with pytest.raises(UserError, match="서명하여 답한"):
        office.run(
            answering.record_published_answer,
            review_id=done.review_id,
            question="1.1",
            value="complete",
            answered_on=dt.date(2022, 7, 1),
            source="다른 보고서",
            commitment_id=known.first,
        )
    for usecase, id in (
        (comments.edit_comment, comment.id),
        (comments.remove_comment, comment.id),
        (findings.edit_finding, finding.id),
        (findings.remove_finding, finding.id),
    ):
        values = {"text": "고침"} if "edit" in usecase.__name__ else {}
        with pytest.raises(UserError, match="모니터링위원"):
            office.run(usecase, id=id, **values)
    with pytest.raises(UserError, match="종료"):
        office.run(rounds.remove_review, id=done.review_id)
    # A department answers with a comment; the rating stays what it was.
    said = office.run(
        comments.add_comment,
        review_id=done.review_id,
        text="자료를 보완함",
        department="예시과",
        question="1.1",
        commitment_id=known.first,
    ).value
    office.run(findings.settle_finding, id=finding.id)
    with office.reading() as read:
        after = queries.review(read, done.review_id)
        assert ratings.of(read, [known.first])[known.first]["completion"].value == "substantial"
    assert after.answers == whole.answers
    assert [c.id for c in after.comments_on("1.1", known.first)] == [whole.comments[1].id, said]
    office.undo()
    office.undo()
    with pytest.raises(Barred):
        _undo_import(office)


def _undo_import(store: Store) -> None:
    """Try to take the import itself back, as another program might."""
    from db import seals
    from db.changes import RowChange

    with store.office.read.connect() as connection:
        row = RowChange("review_answer", 1, None, {"id": 1}, None)
        seals.refuse(connection, [row])


def test_nothing_but_the_three_doors_writes_an_answer() -> None:
    package = Path(answering.__file__).parent
    writing = {
        path.name for path in package.rglob("*.py") if "ReviewAnswer(" in path.read_text("utf-8")
    }
    root = package.parent
    elsewhere = [
        path
        for path in root.rglob("*.py")
        if package not in path.parents
        and "ReviewAnswer(" in path.read_text("utf-8")
        and "sample" not in path.parts
    ]
    assert writing == {"answering.py", "taking.py"} and elsewhere == []


def test_a_later_file_replaces_and_an_older_one_is_refused(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    older = monitored.signed(monitored.closing(facts, "limited"), signing_into("older"))
    later = monitored.signed(monitored.closing(facts, "complete"), signing_into("later"), minutes=5)
    middle = monitored.signed(monitored.closing(facts), signing_into("middle"), minutes=2)
    first = answering.import_review(office, older)
    second = answering.import_review(office, later)
    assert second.review_id == first.review_id and second.replaced == 1
    for again, why in ((later, "이미 가져"), (older, "이미 가져"), (middle, "마지막으로 가져온")):
        with pytest.raises(UserError, match=why):
            answering.import_review(office, again)
    with office.reading() as read:
        whole = queries.review(read, first.review_id)
    assert [answer.value for answer in whole.answers] == ["complete"]
    assert [(a.value, a.replaced_on) for a in whole.replaced] == [("limited", clock.today())]
    assert len(whole.files) == 2


def test_two_monitors_answer_separately_and_the_joint_answer_names_who_agreed(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    one = monitored.signed(monitored.closing(facts, "limited"), signing_into("one"))
    two = monitored.signed(monitored.closing(facts, "complete"), signing_into("two"), KEYS[1])
    done = answering.import_review(office, one)
    assert answering.import_review(office, two).review_id == done.review_id

    def rating() -> ratings.Rating:
        with office.reading() as read:
            return ratings.of(read, [known.first])[known.first]["completion"]

    differing = rating()
    assert differing.value is None
    assert differing.differing == ((NAMES[0], "limited"), (NAMES[1], "complete"))

    joint = monitored.signed(
        monitored.closing(facts, "substantial"),
        signing_into("joint"),
        KEYS[1],
        agreed=(NAMES[0], "monitor  1"),
        # Signed before the other's own file: a joint answer is no replay of it.
        minutes=-3,
    )
    answering.import_review(office, joint)
    agreed = rating()
    assert (agreed.value, agreed.agreed, agreed.who) == ("substantial", True, NAMES)
    with office.reading() as read:
        answers = queries.review(read, done.review_id).answers_to("1.1", known.first)
    assert [answer.value for answer in answers] == ["substantial", "limited", "complete"]
    assert answers[0].person is None and answers[0].joint
    # A later round without a joint answer does not put the joint one aside.
    office.run(rounds.submit_review, id=done.review_id)
    office.run(rounds.close_review, id=done.review_id)
    assert rating().value == "substantial" and not rating().provisional
    third = monitored.signed(monitored.closing(facts), signing_into("third"), minutes=9)
    with pytest.raises(UserError, match="종료한 점검"):
        answering.import_review(office, third)
    again = {"kind": "closing", "commitment_id": known.first}
    new = office.run(rounds.add_review, plan_id=known.plan, **again).value
    stale = monitored.signed(monitored.closing(facts, "limited"), signing_into("stale"), minutes=-9)
    with pytest.raises(UserError, match="마지막으로 가져온"):
        answering.import_review(office, stale)
    with pytest.raises(UserError, match="이미 가져온"):
        answering.import_review(office, joint)
    assert answering.import_review(office, third).review_id == new
    office.run(rounds.submit_review, id=new)
    assert rating().review_id == done.review_id and rating().agreed


def test_two_monitors_who_say_the_same_are_one_rating(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    for n, key in enumerate(KEYS[:2]):
        path = monitored.signed(monitored.closing(facts, "limited"), signing_into(str(n)), key)
        done = answering.import_review(office, path)
    with office.reading() as read:
        found = ratings.of(read, [known.first], ("completion",))[known.first]
    assert set(found) == {"completion"} and found["completion"].review_id == done.review_id
    assert (found["completion"].value, found["completion"].who) == ("limited", NAMES)
    assert not found["completion"].agreed


@pytest.mark.parametrize("agreed", [(NAMES[0], "없는사람"), (NAMES[1], "MONITOR 1")])
def test_a_joint_answer_names_members_and_its_signer(
    office: Store, facts: CopyFacts, signing_into: Names, agreed: tuple[str, ...]
) -> None:
    path = monitored.signed(monitored.closing(facts), signing_into("joint"), agreed=agreed)
    _importing(office, path, "없는사람|함께 답한")


def test_an_unknown_key_is_refused_with_its_fingerprint(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    path = monitored.signed(monitored.closing(facts), signing_into("unknown"), KEYS[2])
    _importing(office, path, monitored.fingerprint(KEYS[2]))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert not office.papers.has(digest)
    with pytest.raises(UserError, match="모니터링 기구"):
        office.run(
            monitors.register_key, person_id=known.stranger, key=monitored.fingerprint(KEYS[2])
        )
    with pytest.raises(UserError, match=NAMES[0]):
        office.run(
            monitors.register_key, person_id=known.people[1], key=monitored.fingerprint(KEYS[0])
        )


def test_a_key_that_was_ended_signs_no_more(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    with office.reading() as read:
        key = monitors.keys_of(read, [known.people[0]])[0]
    office.run(monitors.end_key, id=key.id, ended_on=clock.today() - dt.timedelta(days=1))
    _importing(
        office, monitored.signed(monitored.closing(facts), signing_into("late")), "만료|종료"
    )


def test_another_snapshot_another_office_and_another_plan_are_refused(
    office: Store, facts: CopyFacts, signing_into: Names
) -> None:
    draft = monitored.closing(facts)
    for name, changed, refusal in (
        ("office", {"office": "0123456789abcdef"}, "다른 업무파일"),
        ("snapshot", {"snapshot": "0" * 64}, "만든 적이 없는"),
        ("number", {"sequence": 7}, "만든 적이 없는"),
        ("plan", {"plan": "KRGNJ1999"}, "KRGNJ1999"),
        ("form", {"form": "interview"}, "알 수 없는 서식"),
        ("nothing", {"commitment": ""}, "무엇에 대한"),
    ):
        path = monitored.signed(dataclasses.replace(draft, **changed), signing_into(name))
        _importing(office, path, refusal)
    for name, answers, refusal in (
        ("stranger", [Answer("1.1", "limited", commitment="KRGNJ0009")], "KRGNJ0009"),
        ("other", [Answer("1.1", "limited", commitment=SECOND)], SECOND),
        ("value", [Answer("1.1", "worsened", commitment=FIRST)], "1.1"),
        ("plan question", [Answer("1.1", "limited")], "1.1"),
        ("question", [Answer("9.9", "yes", commitment=FIRST)], "9.9"),
    ):
        path = monitored.signed(
            dataclasses.replace(draft, answers=tuple(answers)), signing_into(name)
        )
        with pytest.raises(UserError, match=refusal):
            answering.import_review(office, path)
    with office.reading() as read:
        assert queries.reviews(read) == []


def test_a_file_of_the_future_and_of_no_word_is_refused(
    office: Store, facts: CopyFacts, signing_into: Names
) -> None:
    ahead = monitored.signed(monitored.closing(facts), signing_into("ahead"), minutes=60 * 48)
    _importing(office, ahead, "아직 오지 않은")
    blank = dataclasses.replace(
        monitored.closing(facts), answers=(Answer("3.1", "", " ", "\n", FIRST),)
    )
    _importing(office, monitored.signed(blank, signing_into("blank")), "없습니다")


def test_an_inception_report_asks_of_plan_and_commitments(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    draft = drafts.begun(facts, "inception")
    draft = drafts.with_answer(draft, Answer("1.1", "yes"))
    draft = drafts.with_answer(draft, Answer("3.verifiable", "yes", commitment=FIRST))
    draft = drafts.with_answer(draft, Answer("3.verifiable", "unclear", commitment=SECOND))
    done = answering.import_review(office, monitored.signed(draft, signing_into("inception")))
    with office.reading() as read:
        whole = queries.review(read, done.review_id)
        rated = ratings.of(read, [known.first, known.second])
    assert whole.row.questions == 6 + 2 * 4 and whole.row.commitment_id is None
    assert whole.answers_to("1.1", None)[0].value == "yes"
    assert rated[known.first]["verifiable"].value == "yes"
    assert rated[known.second]["verifiable"].value == "unclear"


def test_a_chosen_round_must_be_the_one_of_the_file(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    other = office.run(
        rounds.add_review, plan_id=known.plan, kind="closing", commitment_id=known.second
    ).value
    planned = office.run(
        rounds.add_review, plan_id=known.plan, kind="closing", commitment_id=known.first
    ).value
    path = monitored.signed(monitored.closing(facts), signing_into("file"))
    with pytest.raises(UserError, match="다른 점검"):
        answering.import_review(office, path, review_id=other)
    done = answering.import_review(office, path)
    assert (done.review_id, done.new_review) == (planned, False)
    with office.reading() as read:
        states = {row.id: row.state for row in queries.reviews(read, known.plan)}
        on_first = [row.id for row in queries.reviews(read, commitment_id=known.first)]
        stored = read.scalars(select(ReviewAnswer.origin)).all()
    assert states == {other: "planned", planned: "open"} and on_first == [planned]
    assert stored == ["signed"]


def test_a_monitor_found_twice_keeps_key_and_answers(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    joint = monitored.signed(monitored.closing(facts), signing_into("joint"), agreed=NAMES)
    done = answering.import_review(office, joint)
    own = monitored.signed(monitored.closing(facts, "limited"), signing_into("own"))
    answering.import_review(office, own)
    kept = office.run(merging.merge_people, keep_id=known.stranger, other_id=known.people[0])
    assert kept.value == known.stranger

    def who() -> set[tuple[int, ...]]:
        with office.reading() as read:
            answers = queries.review(read, done.review_id).answers
        return {
            tuple(one.id for one in answer.agreed or (answer.person,) if one) for answer in answers
        }

    assert who() == {(known.stranger,), (known.stranger, known.people[1])}
    later = monitored.signed(monitored.closing(facts), signing_into("later"), minutes=4)
    assert answering.import_review(office, later).replaced == 1
    assert office.undoable is None


def test_merging_monitors_is_undone(
    office: Store, known: Known, facts: CopyFacts, signing_into: Names
) -> None:
    own = monitored.signed(monitored.closing(facts, "limited"), signing_into("own"))
    done = answering.import_review(office, own)
    office.run(merging.merge_people, keep_id=known.stranger, other_id=known.people[0])
    office.undo()
    with office.reading() as read:
        answer = queries.review(read, done.review_id).answers[0]
    assert answer.person is not None and answer.person.id == known.people[0]


def test_what_somebody_erased_signed_stays_their_own_answer(
    office: Store,
    known: Known,
    facts: CopyFacts,
    signing_into: Callable[[str], Path],
) -> None:
    for n, value in enumerate(("limited", "complete")):
        path = monitored.signed(
            monitored.closing(facts, value), signing_into(str(n)), monitored.KEYS[n]
        )
        answering.import_review(office, path)
    erasing.erase(office, id=known.people[0])
    with office.reading() as read:
        rating = ratings.of(read, [known.first])[known.first]["completion"]
    # Not the answer of the body as a whole: the two still differ.
    assert rating.value is None
    assert rating.who == ("삭제된 사람", monitored.NAMES[1])
    later = monitored.signed(monitored.closing(facts), signing_into("later"), minutes=5)
    with pytest.raises(UserError):
        answering.import_review(office, later)
    with pytest.raises(UserError):
        key = monitored.fingerprint(monitored.KEYS[2])
        office.run(monitors.register_key, person_id=known.people[0], key=key)


def test_nobody_signs_before_the_copy_was_made(
    office: Store, facts: CopyFacts, signing_into: Callable[[str], Path]
) -> None:
    early = monitored.signed(monitored.closing(facts), signing_into("early"), minutes=-3 * 24 * 60)
    with pytest.raises(UserError, match="점검용 사본"):
        answering.import_review(office, early)
