"""What stands on English screens: sources, titles and years in English, in one piece."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from gwangju_desktop.commitments import rules
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import signing
from gwangju_desktop.text import speaking
from ui.commitments import overview_rows, shown
from ui.snapshots.secret import secret


def row_of(key: str, source: str) -> rules.RuleRow:
    return rules.RuleRow(1, key, 7, rules.ALWAYS, None, source, True, True)


def test_every_shipped_source_has_english_words() -> None:
    with speaking("en"):
        for key, one in rules.shipped().items():
            assert rules.source_text(row_of(key, one.source)).isprintable()
            said = rules.source_text(row_of(key, one.source))
            assert not any("가" <= letter <= "힣" for letter in said), key


def test_an_offices_own_source_and_korean_screens_keep_the_words() -> None:
    ours = rules.shipped()["check_days"].source
    with speaking("en"):
        assert rules.source_text(row_of("check_days", "내부 방침(예시)")) == "내부 방침(예시)"
    with speaking("ko"):
        assert rules.source_text(row_of("check_days", ours)) == ours


def test_what_is_due_next_is_named_in_the_language_shown() -> None:
    one = SimpleNamespace(next_due=dt.date(2022, 3, 31), next_title="결과", next_title_en="Results")
    for language, title in (("ko", "결과"), ("en", "Results")):
        with speaking(language):
            assert overview_rows._next(one).sub == title


def test_years_of_a_title_are_not_parted_at_a_line_end() -> None:
    plan = SimpleNamespace(title="계획", title_en="Action plan – Gwangju, 2021 – 2022")
    with speaking("en"):
        assert shown.title(plan) == "Action plan – Gwangju, 2021\u00a0–\u00a02022"


def test_a_passphrase_with_spaces_around_it_opens_its_key_and_no_other_does(dressed, qtbot) -> None:
    typed = secret("암호구절")
    qtbot.addWidget(typed)
    typed.field.setText(" 예시 암호구절 하나 ")
    key = signing.new_key(typed.value())
    assert signing.unseal(key, typed.value()).public_key().public_bytes_raw() == key.public
    typed.field.setText("예시 암호구절 하나")
    with pytest.raises(UserError):
        signing.unseal(key, typed.value())
