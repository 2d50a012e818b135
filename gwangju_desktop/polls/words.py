"""What the codes of opinion polls are called, and how a question is answered in a few words."""

from __future__ import annotations

from db.vocab import (
    HolidayShift,
    OptionRole,
    PollMode,
    PollSource,
    QuestionKind,
    Sampling,
    WaveState,
)
from gwangju_desktop.polls.model import Question
from gwangju_desktop.polls.table import Said, missing
from gwangju_desktop.text import C_, Msg

KINDS: dict[str, Msg] = {
    QuestionKind.SINGLE: C_("question kind", "One choice"),
    QuestionKind.MULTIPLE: C_("question kind", "Several choices"),
    QuestionKind.SCALE: C_("question kind", "Scale"),
    QuestionKind.RANKING: C_("question kind", "Ranking"),
    QuestionKind.NUMBER: C_("question kind", "Number"),
    QuestionKind.OPEN: C_("question kind", "Open answer"),
    QuestionKind.GRID: C_("question kind", "Grid"),
}
ROLES: dict[str, Msg] = {
    OptionRole.NORMAL: C_("option role", "Ordinary option"),
    OptionRole.NONE: C_("option role", "None of these"),
    OptionRole.OTHER: C_("option role", "Other"),
    OptionRole.DONT_KNOW: C_("option role", "Don’t know"),
    OptionRole.NO_ANSWER: C_("option role", "No answer"),
}
STATES: dict[str, Msg] = {
    WaveState.PLANNED: C_("wave state", "Planned"),
    WaveState.FIELDING: C_("wave state", "In the field"),
    WaveState.CLOSED: C_("wave state", "Closed"),
    WaveState.PUBLISHED: C_("wave state", "Published"),
}
# The words of the buttons that lead to a state.
MOVES: dict[str, Msg] = {
    WaveState.FIELDING: C_("wave move", "Begin the wave"),
    WaveState.CLOSED: C_("wave move", "Close the wave"),
    WaveState.PUBLISHED: C_("wave move", "Publish the wave"),
}
REOPEN = C_("wave move", "Reopen the wave")
MODES: dict[str, Msg] = {
    PollMode.PAPER: C_("poll mode", "Paper questionnaire"),
    PollMode.WEB: C_("poll mode", "Web"),
    PollMode.TELEPHONE: C_("poll mode", "Telephone"),
    PollMode.INTERVIEW: C_("poll mode", "Face to face"),
    PollMode.POST: C_("poll mode", "By post"),
    PollMode.MIXED: C_("poll mode", "Mixed modes"),
    PollMode.UNKNOWN: C_("poll mode", "Not known"),
}
SAMPLINGS: dict[str, Msg] = {
    Sampling.PROBABILITY: C_("sampling", "Probability sample"),
    Sampling.QUOTA: C_("sampling", "Quota sample"),
    Sampling.CONVENIENCE: C_("sampling", "Convenience sample"),
    Sampling.CENSUS: C_("sampling", "Everybody (census)"),
    Sampling.UNKNOWN: C_("sampling", "Not known"),
}
SHIFTS: dict[str, Msg] = {
    HolidayShift.NONE: C_("holiday shift", "Stay on the day"),
    HolidayShift.NEXT: C_("holiday shift", "Next working day"),
}
SOURCES: dict[str, Msg] = {
    PollSource.ANSWERS: C_("poll source", "Answers held here"),
    PollSource.TOTALS: C_("poll source", "Published totals only"),
}
# What a total counts: respondents, responses, or one option of them.
MEASURES: dict[str, Msg] = {
    "asked": C_("poll measure", "Asked"),
    "answered": C_("poll measure", "Answered"),
    "blank": C_("poll measure", "Left blank"),
    "missing": C_("poll measure", "Only don’t know or no answer"),
    "votes": C_("poll measure", "Responses"),
    "asked_unweighted": C_("poll measure", "Asked, without weights"),
    "answered_unweighted": C_("poll measure", "Answered, without weights"),
    "blank_unweighted": C_("poll measure", "Left blank, without weights"),
    "missing_unweighted": C_("poll measure", "Only don’t know or no answer, without weights"),
    "votes_unweighted": C_("poll measure", "Responses, without weights"),
    "count": C_("poll measure", "Chose this option"),
    "mean": C_("poll measure", "Mean"),
}

_UP_TO = C_("how answered", "choose up to {most}")
_POINTS = C_("how answered", "scale of {points} points")
_PLACES = C_("how answered", "rank up to {places}")
_ROWS = C_("how answered", "{rows} rows")
_BETWEEN = C_("how answered", "number from {low:g} to {high:g}")
_PLAIN: dict[str, Msg] = {
    QuestionKind.SINGLE: C_("how answered", "choose one"),
    QuestionKind.MULTIPLE: C_("how answered", "choose all that apply"),
    QuestionKind.NUMBER: C_("how answered", "number"),
    QuestionKind.OPEN: C_("how answered", "in own words"),
}


def how_answered(question: Question) -> Said:
    """Say in a few words how a question is answered: 최대 2개 선택, 5점 척도, 서술형."""
    match question.kind:
        case QuestionKind.MULTIPLE if question.max_choices:
            return Said(_UP_TO, {"most": question.max_choices})
        case QuestionKind.SCALE:
            points = sum(not missing(option) for option in question.options)
            return Said(_POINTS, {"points": points})
        case QuestionKind.RANKING:
            return Said(_PLACES, {"places": len(question.parts)})
        case QuestionKind.GRID:
            return Said(_ROWS, {"rows": len(question.parts)})
        case QuestionKind.NUMBER if question.low is not None and question.high is not None:
            return Said(_BETWEEN, {"low": question.low, "high": question.high})
        case kind:
            return Said(_PLAIN[kind])
