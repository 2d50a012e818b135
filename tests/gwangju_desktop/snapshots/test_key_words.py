from __future__ import annotations

import hashlib
import unicodedata
from itertools import combinations

import pytest

from gwangju_desktop.snapshots import key_words, signing


def one_apart(one: str, other: str) -> bool:
    """Say whether two words differ by at most one letter or sound put in, left out or changed."""
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


@pytest.mark.parametrize(("language", "prefix"), [("ko", 1), ("en", 3)])
def test_words_are_told_apart_by_ear(language: str, prefix: int) -> None:
    words = key_words.lists()[language]
    assert len(words) == 256 == len(set(words))
    assert len({word[:prefix] for word in words}) == 256
    sounds = [unicodedata.normalize("NFD", word) for word in words]
    assert not [pair for pair in combinations(sounds, 2) if one_apart(*pair)]


def test_korean_words_have_two_syllables_and_english_ones_are_short() -> None:
    for word in key_words.lists()["ko"]:
        assert len(word) == 2 and all("가" <= one <= "힣" for one in word)
    for word in key_words.lists()["en"]:
        assert word.isascii() and word.islower() and 3 <= len(word) <= 8


def test_a_list_once_read_from_never_changes() -> None:
    """Fingerprints stand in printed minutes; another list would be another fingerprint."""
    told = {
        language: hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
        for language, words in key_words.lists().items()
    }
    assert told == {"ko": "451c36c09d9d84c2", "en": "b2b9c236ef17e025"}


def test_words_are_of_the_first_half_of_the_fingerprint() -> None:
    public = bytes(range(32))
    number = signing.key_id(public)
    words = key_words.fingerprint_words(number, "ko")
    assert len(words) == key_words.BITS // 8 == 16
    held = key_words.lists()["ko"]
    assert bytes(held.index(word) for word in words).hex() == number[:32]
    assert key_words.fingerprint_words(signing.fingerprint(public), "ko") == words
    assert key_words.lined(number, "en").split() == list(key_words.fingerprint_words(number, "en"))
