"""Words of opinion polls: kinds of questions, roles of options, states of a wave."""

from __future__ import annotations

from enum import StrEnum


class QuestionKind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    RANKING = "ranking"
    NUMBER = "number"
    OPEN = "open"
    GRID = "grid"


class OptionRole(StrEnum):
    """What choosing an option says; `none` is an answer, the two missing ones are not."""

    NORMAL = "normal"
    NONE = "none"
    OTHER = "other"
    DONT_KNOW = "dont_know"
    NO_ANSWER = "no_answer"


MISSING = frozenset({OptionRole.DONT_KNOW, OptionRole.NO_ANSWER})


class WaveState(StrEnum):
    """Where a wave stands: no share is shown before it is closed."""

    PLANNED = "planned"
    FIELDING = "fielding"
    CLOSED = "closed"
    PUBLISHED = "published"


class Sampling(StrEnum):
    """How respondents were found; an error is stated for probability samples alone.

    Unknown where nobody said, as of a file that only brought answers.
    """

    PROBABILITY = "probability"
    QUOTA = "quota"
    CONVENIENCE = "convenience"
    CENSUS = "census"
    UNKNOWN = ""


class PollMode(StrEnum):
    """How the questions were put; unknown where nobody said, as of a file that only brought answers."""

    PAPER = "paper"
    WEB = "web"
    TELEPHONE = "telephone"
    INTERVIEW = "interview"
    POST = "post"
    MIXED = "mixed"
    UNKNOWN = ""


class HolidayShift(StrEnum):
    """What becomes of a wave's day that is no working day."""

    NONE = "none"
    NEXT = "next"


class PollSource(StrEnum):
    """Where a wave's figures come from: answers held here, or totals published elsewhere."""

    ANSWERS = "answers"
    TOTALS = "totals"
