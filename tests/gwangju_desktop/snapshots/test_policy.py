from __future__ import annotations

import base64
import hmac
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.snapshots import disclose, leaks, policy, scanning, vocabulary


@pytest.mark.parametrize(
    "text",
    [
        "문의 062-613-0000으로",
        "010-0000-0000",
        "(010 0000 0000)",
        "+82-10-0000-0000",
        "02)000-0000",
        "someone.else@example.org에",
        "주민번호 000101-3000000 아님",
    ],
)
def test_contacts_are_found_as_people_write_them(text: str) -> None:
    masked, count = scanning.review(text, scanning.Hidden())
    assert count == 1 and scanning.MASK in masked
    assert scanning.review(masked, scanning.Hidden()) == (masked, 0)


@pytest.mark.parametrize(
    "text",
    [
        "2022. 3. 17.(목) 14:00",
        "2018~2022년, 8,973,446 MWh",
        "정보공개법 제9조제1항제6호",
        "a" * 20 + "0123456789012345678901234567890123456789abcd",
        "4708 FF55 E166 607F D571 D63F 1145 A790 0612 3456 0789 0123",
        "kepco_sigungu_contract_monthly_2024.csv",
        "29110 동구",
    ],
)
def test_figures_dates_and_hashes_are_no_contacts(text: str) -> None:
    assert scanning.review(text, scanning.Hidden()) == (text, 0)


def test_hidden_words_are_found_in_either_normal_form() -> None:
    name = "가상밖"
    text = unicodedata.normalize("NFD", f"{name} 님과 {name} 님")
    assert scanning.review(text, scanning.Hidden([name])) == ("[가림] 님과 [가림] 님", 2)


def test_many_hidden_words_are_found_by_how_they_begin() -> None:
    hidden = scanning.Hidden([f"가상{n}호" for n in range(200_000)] + ["가상", "하늘"])
    assert hidden.within("가상77호 님과 하늘 아래 상가") == {"가상", "가상77호", "하늘"}
    assert hidden.within("가") == hidden.within("") == set()


@given(st.lists(st.text(max_size=6)), st.sets(st.text(min_size=2, max_size=4), max_size=3))
def test_many_texts_are_told_harmless_only_when_each_is(texts: list[str], words: set[str]) -> None:
    texts = [*texts, *(text + "010-0000-0000" for text in texts[:1] if "@" in text)]
    hidden = scanning.Hidden(words)
    if scanning.harmless(texts, hidden):
        for text in texts:
            assert scanning.plain(text) == text and not scanning.spans(text, hidden)
    assert [*scanning.plain_all(texts)] == [scanning.plain(text) for text in texts]
    for bad in ("a@example.org", "010-0000-0000", "글\0", "\u1100\u1161", *words):
        assert not scanning.harmless([*texts, bad], hidden)


def test_codes_are_stable_short_and_differ_by_table_and_secret() -> None:
    coder = policy.Coder(b"one")
    assert coder("person", 1) == policy.Coder(b"one")("person", 1)
    others = {coder("person", 2), coder("body", 1), policy.Coder(b"two")("person", 1)}
    assert len(others | {coder("person", 1)}) == 4
    # As RFC 2104 and RFC 4648 say, one by one or many together.
    digest = hmac.digest(b"one", b"person\0" + b"1", "sha256")
    assert coder("person", 1) == base64.b32encode(digest)[:12].decode()
    assert policy.Coder(b"one").many("person", [2, None, 1]) == {
        n: coder("person", n) for n in (1, 2)
    }
    codes = {coder("reading", n) for n in range(20_000)}
    assert len(codes) == 20_000 and {len(code) for code in codes} == {12}


def test_closed_words_and_short_values_are_not_sought() -> None:
    assert policy.sought_forms("female") is None
    assert policy.sought_forms("가상") is None
    assert policy.sought_forms(None) is None
    assert policy.sought_forms(" 010-0000-0000 ") == "010-0000-0000"


def test_every_line_names_what_people_call_it() -> None:
    rules = policy.load()
    for table in rules.tables.values():
        assert table.ko and table.en
        assert all(column.ko and column.en for column in table.columns)
    assert rules.tables["person"].columns
    assert {c.action for c in rules.tables["person"].columns if c.name in ("phone", "email")} == {
        "drop"
    }


def test_closed_words_belong_to_columns_that_go_out() -> None:
    shown = {(t.name, c.name) for t in policy.load().tables.values() for c in t.shown}
    assert set(vocabulary.COLUMNS) <= shown
    assert all(ko and en for *_, ko, en in vocabulary.rows())


def test_a_line_that_says_nothing_is_a_gap() -> None:
    grounds = {"duty": policy.Ground("", "")}
    for line in (
        {},
        {"keep": "duty", "drop": "duty"},
        {"keep": "unknown"},
        {"keep": "duty", "maybe": 1},
        {"keep": "duty", "only": "friends"},
    ):
        with pytest.raises(policy.PolicyGap):
            policy._column("person", "name", {"ko": "", "en": "", **line}, grounds)


def test_no_two_tables_of_a_copy_share_a_name() -> None:
    inside = {disclose.META.name, disclose.CODEBOOK.name, disclose.WORDS.name}
    inside.add(disclose.WITHHELD.name)
    assert len(inside) == 4 and not inside & set(policy.load().tables)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8"), min_size=4, max_size=12), max_size=6),
    st.binary(max_size=300),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]),
    st.sampled_from(["NFC", "NFD"]),
)
def test_leaks_are_found_wherever_they_lie(
    texts: list[str], noise: bytes, coding: str, form: str
) -> None:
    planted = texts[:3]
    hay = noise
    for text in planted:
        hay += unicodedata.normalize(form, text).encode(coding) + noise
    found = leaks.find([hay], dict.fromkeys(texts, "person.phone"))
    assert set(planted) <= set(found)
    for text in found:
        assert any(shape in hay for shape in leaks.forms(text))


def test_a_leak_across_pieces_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "PIECE", 64)
    for at in range(200):
        hay = b"x" * at + b"010-0000-0000" + b"x" * 40
        assert leaks.find([hay], {"010-0000-0000": "person.phone"})
    assert leaks.find([b"x" * 500, b""], {"010-0000-0000": "person.phone"}) == {}
    with pytest.raises(ValueError):
        leaks.find([b""], {"a": "person.phone"})
