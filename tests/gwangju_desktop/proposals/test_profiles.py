"""Profiles: what ships, what a day changes, and what an office may edit."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from db import vocab
from db.schema.proposals import ProfileRule, ProposalProfile
from db.store import Store
from db.vocab import ProposalRuleKey, ProposalStage, ProposalState
from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import (
    calls,
    fields,
    guards,
    profile_edits,
    profile_rows,
    profiles,
    spans,
    steps,
    usecases,
    words,
)
from gwangju_desktop.proposals.words import MOVES, STATES

D = dt.date
S = ProposalState
K = ProposalRuleKey
# The moves of the national rule as its text has them (states of the app in their order).
NATIONAL = [
    "draft received",
    "received supplement",
    "supplement received",
    "received review",
    "received closed",
    "received civil_petition",
    "received transferred",
    "supplement closed",
    "supplement civil_petition",
    "supplement transferred",
    "review opinion",
    "opinion review",
    "review tabled",
    "tabled adopted",
    "tabled partly",
    "tabled not_adopted",
    "tabled deferred",
    "adopted replied",
    "partly replied",
    "not_adopted replied",
    "deferred replied",
    "replied implementing",
    "implementing done",
    "implementing delayed",
    "implementing dropped",
    "delayed implementing",
    "delayed done",
    "delayed dropped",
    "replied re_exam",
    "re_exam adopted",
    "re_exam not_adopted",
    "received withdrawn",
    "supplement withdrawn",
    "review withdrawn",
    "opinion withdrawn",
    "tabled withdrawn",
]
GUARDED = {
    "supplement": "wanted",
    "transferred": "outside",
    "closed": "reason",
    "civil_petition": "reason",
    "adopted": "planned",
    "partly": "planned",
    "not_adopted": "reason",
    "deferred": "review_day",
    "replied": "reply",
    "re_exam": "within_re_exam",
    "delayed": "reason",
    "dropped": "reason",
}


def national() -> profile_rows.Profile:
    return next(w for w in profile_rows.shipped() if w.code == "NATIONAL").on(D(2023, 5, 1))


def test_the_national_profile_has_every_state_and_guard_of_the_rule() -> None:
    profile = national()
    voices = {S.SUPPORT, S.DEBATE}
    assert set(profile.states) == {str(state) for state in S} - voices
    ways = {(m.from_state, m.to_state): guards.needs(m) for m in profile.moves}
    for line in NATIONAL:
        before, after = line.split()
        assert (before, after) in ways, line
        if before not in ("supplement", "opinion") and after in GUARDED:
            assert GUARDED[after] in ways[before, after], line
    assert "board" in ways["re_exam", "adopted"]
    assert "board" in ways["re_exam", "not_adopted"]
    assert not [w for w in ways if w[1] == "withdrawn" and w[0] in ("adopted", "replied", "done")]
    assert {c.code for c in profile.criteria} == {
        "feasibility",
        "creativity",
        "effect",
        "scope",
        "continuity",
    }
    assert sum(c.weight for c in profile.criteria) == 100


@pytest.mark.parametrize("code", ["NATIONAL", "BAROSOTONG"])
def test_what_ships_holds_together(code: str) -> None:
    profile = next(w for w in profile_rows.shipped() if w.code == code).on(D(2023, 5, 1))
    reached = {"draft"}
    for _ in profile.states:
        reached |= {m.to_state for m in profile.moves if m.from_state in reached}
    assert reached == set(profile.states)
    for move in profile.moves:
        assert {move.from_state, move.to_state} <= set(profile.states)
        assert set(move.needs) <= set(guards.GUARDS)
        assert move.to_state in MOVES
    for state, word in profile.states.items():
        assert state in STATES
        assert word.name_ko
        assert word.name_en
        ProposalStage(word.stage)
    for key, rule in profile.rules.items():
        profile.value(key)
        assert rule.source
        assert profile.text(key)
    for key in spans.RULES:
        if key not in (K.SUPPORT, K.DEBATE, K.REVIEW_WITHIN, K.RE_EXAM_WITHIN):
            assert key in profile.rules or key in (K.SAME_CONTENT_WITHIN, K.BOARD_CITIZENS)
    assert any(rule.unverified for rule in profile.rules.values())


def test_every_code_has_a_name() -> None:
    for codes, names in (
        (vocab.ProposalChannel, words.CHANNELS),
        (vocab.ProposalState, words.STATES),
        (vocab.ProposalStage, words.STAGES),
        (vocab.ProposalConsent, words.CONSENTS),
        (vocab.ProposerKind, words.PROPOSERS),
        (vocab.ProposalStepKind, words.STEPS),
        (vocab.ProposalStance, words.STANCES),
        (vocab.NoticeKind, words.NOTICES),
        (vocab.CheckKind, words.CHECKS),
        (vocab.ProposalRuleKey, spans.RULES),
    ):
        assert {str(code) for code in codes} == {str(code) for code in names}
    assert set(MOVES) == {str(state) for state in S} - {"draft"}


def test_a_rule_is_said_in_words_of_the_language() -> None:
    profile = national()
    assert profile.text(K.DECISION_WITHIN) == "1개월"
    assert profile.text(K.RE_EXAM_WITHIN) == "15일"
    assert profile.text(K.YEAR_REPORT) == "1. 31."
    assert profile.states["deferred"].name == "보류(계속검토)"
    assert "국민 제안 규정" in profile.source(K.OPINION_WITHIN)
    text.use("en")
    assert profile.text(K.OPINION_WITHIN) == "3 weeks"
    assert national().states["deferred"].name == "Deferred"


def test_thresholds_are_those_of_the_day_of_receipt() -> None:
    whole = next(w for w in profile_rows.shipped() if w.code == "BAROSOTONG")
    month = spans.Span(30, "day")
    for day, support, debate in (
        (D(2018, 5, 1), 100, 1000),
        (D(2019, 5, 1), 100, 1000),
        (D(2020, 2, 29), 100, 1000),
        (D(2020, 3, 1), 50, 100),
        (D(2022, 3, 1), 50, 100),
    ):
        profile = whole.on(day)
        assert profile.value(K.SUPPORT) == spans.Threshold(support, month)
        assert profile.value(K.DEBATE) == spans.Threshold(debate, month)


def test_an_office_without_rows_reads_what_ships_and_writes_it_when_needed(store: Store) -> None:
    with store.reading() as read:
        assert profiles.standard(read) is None
        assert profiles.of(read, None, D(2022, 3, 1)).code == "NATIONAL"
        assert [row.code for row in profiles.listed(read)] == ["NATIONAL", "BAROSOTONG"]
        assert len(fields.fields(read)) == 8
        assert read.scalar(select(func.count()).select_from(ProposalProfile)) == 0
    store.run(profile_edits.set_up)
    store.run(profile_edits.set_up)
    with store.reading() as read:
        standard = profiles.standard(read)
        assert standard is not None
        kept = profiles.of(read, standard, D(2022, 3, 1))
        shipped = profiles.of(read, None, D(2022, 3, 1))
        assert [(m.from_state, m.to_state, m.needs) for m in kept.moves] == [
            (m.from_state, m.to_state, m.needs) for m in shipped.moves
        ]
        assert {k: r.value for k, r in kept.rules.items()} == {
            k: r.value for k, r in shipped.rules.items()
        }
        assert list(kept.states) == list(shipped.states)
        assert profiles.state_names(read)[standard, "civil_petition"] == "민원전환"
        assert fields.fields(read)[0].code == "energy"
    store.undo()
    with store.reading() as read:
        assert profiles.standard(read) is None


def profile_id(store: Store) -> int:
    store.run(profile_edits.set_up)
    with store.reading() as read:
        standard = profiles.standard(read)
    assert standard is not None
    return standard


def refused(store: Store, usecase: object, **values: object) -> str:
    with pytest.raises(UserError) as error:
        store.run(usecase, **values)  # type: ignore[arg-type]
    return str(error.value)


def test_a_copy_is_changed_without_the_first(store: Store) -> None:
    first = profile_id(store)
    copy = store.run(
        profile_edits.copy_profile, profile_id=first, name_ko="우리 위원회", name_en="Our own"
    ).value
    store.run(
        profile_edits.rename_state,
        profile_id=copy,
        state="tabled",
        name_ko="분과 상정",
        name_en="Before the panel",
    )
    store.run(
        profile_edits.set_move,
        profile_id=copy,
        from_state="received",
        to_state="replied",
        needs=["adopted"],
    )
    store.run(profile_edits.set_criterion, profile_id=copy, name_ko="시민 참여", weight=30)
    with store.reading() as read:
        mine = profiles.of(read, copy, D(2022, 3, 1))
        theirs = profiles.of(read, first, D(2022, 3, 1))
        rows = {row.code: row for row in profiles.listed(read)}
    assert rows["OUR_OWN"].name == "우리 위원회"
    assert not rows["OUR_OWN"].standard
    assert mine.states["tabled"].name == "분과 상정"
    assert theirs.states["tabled"].name == "상정"
    assert mine.criteria[-1].weight == 30
    assert len(theirs.criteria) == 5
    way = mine.move("received", "replied")
    assert way is not None
    # No profile sends a reply without reasons.
    assert "reply" in way.needs
    assert theirs.move("received", "replied") is None
    # The standard one goes on; the copy may retire and come back.
    assert "사용을 중지할 수 없습니다" in refused(
        store, profile_edits.retire_profile, profile_id=first
    )
    store.run(profile_edits.set_standard, profile_id=copy)
    store.run(profile_edits.retire_profile, profile_id=first, retired_on=D(2022, 1, 1))
    refused(
        store,
        usecases.register,
        title="가상",
        channel="web",
        received_on=D(2022, 3, 1),
        anonymous=True,
        profile_id=first,
    )
    store.run(profile_edits.retire_profile, profile_id=first, back=True)
    with store.reading() as read:
        assert profiles.standard(read) == copy


def test_rules_have_days_and_sources(store: Store) -> None:
    id = profile_id(store)

    def set_to(value: str, day: dt.date, source: str = "가상 지침") -> int:
        made = store.run(
            profile_edits.set_rule,
            profile_id=id,
            rule="opinion_within",
            value=value,
            valid_from=day,
            source=source,
        )
        return int(made.value)

    later = set_to("2 weeks", D(2024, 1, 1))
    between = set_to("10 days", D(2023, 9, 1))
    for day, said in (
        (D(2021, 5, 1), "3주"),
        (D(2023, 8, 31), "3주"),
        (D(2023, 9, 1), "10일"),
        (D(2023, 12, 31), "10일"),
        (D(2024, 1, 1), "2주"),
    ):
        with store.reading() as read:
            assert profiles.of(read, id, day).text(K.OPINION_WITHIN) == said
    with store.reading() as read:
        held = read.scalars(
            select(ProfileRule)
            .where(ProfileRule.profile_id == id, ProfileRule.rule == "opinion_within")
            .order_by(ProfileRule.valid_from)
        ).all()
        assert [row.valid_to for row in held] == [D(2023, 8, 31), D(2023, 12, 31), None]
    store.run(profile_edits.remove_rule, id=between)
    store.run(profile_edits.remove_rule, id=later)
    with store.reading() as read:
        [only] = [r for r in profiles.rules(read, id) if r.rule == "opinion_within"]
        assert only.valid_to is None
        assert only.id is not None
    assert "하나뿐인" in refused(store, profile_edits.remove_rule, id=only.id)
    for value in ("3", "0 days", "1 fortnight", "-1 days"):
        refused(
            store,
            profile_edits.set_rule,
            profile_id=id,
            rule="opinion_within",
            value=value,
            valid_from=D(2024, 1, 1),
            source="가상 지침",
        )
    assert "근거" in refused(
        store,
        profile_edits.set_rule,
        profile_id=id,
        rule="opinion_within",
        value="3 weeks",
        valid_from=D(2024, 1, 1),
        source=" ",
    )


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        ("number", ["{YYYY}-{n:03}", "제안 {n}호"], ["2022", "{m}-{n}", "{n"]),
        ("support", ["", "50 within 30 days"], ["50", "50 in 30 days", "0 within 3 days"]),
        ("repeats", ["", "3 times, 2 notices"], ["3/2", "three"]),
        ("year_report", ["", "01-31"], ["1-31", "02-30", "13-01"]),
        ("board_citizens", ["", "1/2"], ["2/1", "1/0", "half"]),
        ("holiday_shift", ["yes", "no"], ["", "maybe"]),
        ("pause_days", ["both", "first", "last", "between"], ["none", ""]),
        ("pause_until", ["reply_or_due", "reply"], ["never"]),
        ("score_most", ["5", "100"], ["0", "", "101", "five"]),
    ],
)
def test_what_a_rule_may_say(rule: str, good: list[str], bad: list[str]) -> None:
    for value in good:
        spans.RULES[rule].read(value)
        assert spans.said(rule, value)
    for value in bad:
        with pytest.raises(UserError):
            spans.RULES[rule].read(value)


def test_states_and_moves_are_not_taken_from_under_proposals(store: Store) -> None:
    id = profile_id(store)
    made = store.run(
        usecases.register,
        title="가상 제안",
        channel="web",
        received_on=D(2022, 3, 2),
        anonymous=True,
    ).value
    store.run(steps.move, id=made, to="review", on_day=D(2022, 3, 3))
    store.run(steps.move, id=made, to="tabled", on_day=D(2022, 3, 4))
    assert "1건" in refused(store, profile_edits.remove_state, profile_id=id, state="tabled")
    with store.reading() as read:
        ways = [m for m in profiles.of(read, id, D(2022, 3, 4)).moves if m.from_state == "tabled"]
    for way in ways[:-1]:
        store.run(
            profile_edits.remove_move,
            profile_id=id,
            from_state=way.from_state,
            to_state=way.to_state,
        )
    last = ways[-1]
    assert "유일한" in refused(
        store, profile_edits.remove_move, profile_id=id, from_state="tabled", to_state=last.to_state
    )
    for state in ("draft", "received", "withdrawn"):
        refused(store, profile_edits.remove_state, profile_id=id, state=state)
    store.run(profile_edits.remove_state, profile_id=id, state="civil_petition")
    with store.reading() as read:
        profile = profiles.of(read, id, D(2022, 3, 4))
    assert "civil_petition" not in profile.states
    assert not [m for m in profile.moves if "civil_petition" in (m.from_state, m.to_state)]
    refused(
        store,
        profile_edits.set_move,
        profile_id=id,
        from_state="received",
        to_state="civil_petition",
    )
    refused(store, profile_edits.set_move, profile_id=id, from_state="received", to_state="draft")
    refused(
        store,
        profile_edits.set_move,
        profile_id=id,
        from_state="received",
        to_state="review",
        needs=["magic"],
    )


def test_fields_and_calls_are_edited(store: Store) -> None:
    new = store.run(fields.add_field, name_ko="기후 적응", name_en="Adaptation").value
    again = store.run(fields.add_field, name_ko="기후 적응 2", name_en="Adaptation").value
    store.run(fields.edit_field, id=new, name_ko="적응", name_en="Adapting")
    with store.reading() as read:
        held = {f.id: f for f in fields.fields(read)}
    assert held[new].code == "adaptation"
    assert held[new].name == "적응"
    assert held[again].code == "adaptation_2"
    made = store.run(
        usecases.register,
        title="가상 제안",
        channel="letter",
        received_on=D(2022, 3, 2),
        anonymous=True,
        field="adaptation",
    ).value
    assert made
    assert "1건" in refused(store, fields.remove_field, id=new)
    store.run(fields.remove_field, id=again)
    call = store.run(
        calls.add_call, name="가상 공모", begins_on=D(2022, 3, 1), ends_on=D(2022, 3, 31)
    ).value
    refused(store, calls.add_call, name="", begins_on=D(2022, 3, 1), ends_on=D(2022, 3, 31))
    refused(store, calls.edit_call, id=call, ends_on=D(2022, 2, 1))
    store.run(calls.edit_call, id=call, name="봄 공모")
    store.run(calls.remove_call, id=call)
    with store.reading() as read:
        assert calls.calls(read) == []
