"""The official forms as they are shipped."""

from __future__ import annotations

import pytest

from db.vocab import Completion, ReviewKind
from gwangju_desktop.commitments.words import COMPLETIONS, REVIEWS
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import forms
from gwangju_desktop.text import speaking


def test_both_forms_are_whole_in_both_languages() -> None:
    for kind in (ReviewKind.INCEPTION, ReviewKind.CLOSING):
        form = forms.form(kind)
        keys = [question.key for question in form.questions]
        assert len(set(keys)) == len(keys)
        for question in form.questions:
            assert question.source and question.section.ko and question.section.en
            for pair in (question.text, *(answer.label for answer in question.answers)):
                assert pair.ko and pair.en and pair.ko != pair.en
    inception, closing = forms.form("inception"), forms.form("closing")
    assert [q.key for q in inception.of_plan()] == ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2"]
    assert [q.rates for q in inception.of_commitment()] == [
        "verifiable",
        "relevance",
        "ambition",
        "",
    ]
    assert [q.key for q in closing.questions] == ["1.1", "2.1.1", "2.1.2", "2.1.3", "3.1"]
    # What nobody read in the official form says so.
    assert {q.key for q in closing.questions if not q.read} == {"2.1.2", "2.1.3", "3.1"}
    assert all(not q.read for q in inception.of_commitment())


def test_the_scale_of_completion_is_the_official_one_in_its_words() -> None:
    kind, question = forms.rated("completion")
    assert (kind, question.key) == ("closing", "1.1")
    assert question.codes == tuple(Completion)
    for language in ("ko", "en"):
        with speaking(language) as words:
            said = [answer.label.said(language) for answer in question.answers]
            assert said == [words(COMPLETIONS[code]) for code in Completion]


def test_titles_are_those_of_the_rounds_and_other_rounds_have_no_form() -> None:
    for kind in (ReviewKind.INCEPTION, ReviewKind.CLOSING):
        with speaking("en") as words:
            assert forms.form(kind).title.en == words(REVIEWS[kind])
    for kind in (ReviewKind.SUBMISSION, ReviewKind.INTERVIEW, ReviewKind.INSPECTION):
        assert forms.form_of(kind) is None
        with pytest.raises(UserError, match="공식 서식"):
            forms.form(kind)
    with pytest.raises(UserError, match=r"9\.9"):
        forms.form("closing").question("9.9")
    with pytest.raises(KeyError):
        forms.rated("beauty")
