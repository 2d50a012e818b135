"""Whether a codebook and the questionnaire of a wave mean the same by a code."""

from __future__ import annotations

from collections.abc import Sequence

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.model import Question
from gwangju_desktop.polls.reading import codebook, words
from gwangju_desktop.polls.reading.model import Source
from gwangju_desktop.text import N_


def refuse_other_words(source: Source, known: Sequence[Question]) -> None:
    """Raise UserError where the codebook calls a code otherwise than the wave's question does.

    The answers are codes alone: read by the questionnaire, a scale that the file's codebook runs
    the other way would be turned round without a word.
    """
    for question in known:
        labels = {option.code: option.label for option in question.options}
        for variable in (question.code, *(part.code for part in question.parts)):
            entry = source.codebook.get(codebook.folded(variable))
            for code, label in entry.options if entry is not None else ():
                if label and code in labels and _plain(label) != _plain(labels[code]):
                    raise UserError(
                        N_(
                            "{file}: by the codebook {code} of question {question} is “{label}”, "
                            "in the wave it is “{kept}”."
                        ),
                        hint=N_("Choose the wave’s own codebook, or import it as another wave."),
                        file=source.name,
                        code=code,
                        question=question.code,
                        label=label,
                        kept=labels[code],
                    )


def _plain(label: str) -> str:
    return words.folded(codebook.without_number(label))
