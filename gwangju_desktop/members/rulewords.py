"""What a rule's value says, in words: 재적위원 과반수 출석, 위촉직의 6/10 이하, 회의일 7일 전."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from db.vocab import BodyRuleKey, CountBase, CountMode, TieRule
from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import words as meetings
from gwangju_desktop.meetings.rules import Share
from gwangju_desktop.members import profiles
from gwangju_desktop.text import C_, N_, NN_, Msg, Words

BASES: dict[str, Msg] = {
    CountBase.ENROLLED: C_("rule", "the enrolled"),
    CountBase.PRESENT: C_("rule", "those present"),
    CountBase.VOTES: C_("rule", "the votes cast"),
}
TIES: dict[str, Msg] = {
    TieRule.REJECTED: C_("rule", "rejected"),
    TieRule.CHAIR_CASTS: C_("rule", "the chair decides"),
}
COUNTS: dict[str, Msg] = {
    CountMode.LENIENT: C_("rule", "back from the meeting's day"),
    CountMode.STRICT: C_("rule", "full days between"),
}
# rule -> (yes, no)
FLAGS: dict[str, tuple[Msg, Msg]] = {
    BodyRuleKey.RECUSED_PRESENT: (
        C_("rule", "count as present"),
        C_("rule", "do not count on that item"),
    ),
    BodyRuleKey.REMAINDER: (
        C_("rule", "for the rest of the predecessor's term"),
        C_("rule", "for a term of their own"),
    ),
    BodyRuleKey.CARRY_OVER: (
        C_("rule", "until a successor is appointed"),
        C_("rule", "to the last day of the term"),
    ),
    BodyRuleKey.NON_OFFICIALS: (
        C_("rule", "non-officials are the majority"),
        C_("rule", "not laid down"),
    ),
}
# rule -> (a number, no number)
NUMBERS: dict[str, tuple[Msg, Msg]] = {
    BodyRuleKey.NOTICE_DAYS: (
        NN_("{n} day before the meeting", "{n} days before the meeting"),
        C_("rule", "no period set"),
    ),
    BodyRuleKey.MATERIAL_DAYS: (
        NN_("{n} day before the meeting", "{n} days before the meeting"),
        C_("rule", "no period set"),
    ),
    BodyRuleKey.MINUTES_MONTHS: (
        NN_("within {n} month of the meeting", "within {n} months of the meeting"),
        C_("rule", "no period set"),
    ),
    BodyRuleKey.REVIEW_DAYS: (
        NN_("{n} day after the draft", "{n} days after the draft"),
        C_("rule", "no period set"),
    ),
    BodyRuleKey.ALLOWANCE_HOURS: (
        NN_("after {n} hour", "after {n} hours"),
        C_("rule", "not laid down"),
    ),
    BodyRuleKey.TERM_YEARS: (NN_("{n} year", "{n} years"), C_("rule", "no fixed term")),
    BodyRuleKey.MOST_TERMS: (
        NN_("appointed {n} time at most", "appointed {n} times in a row at most"),
        C_("rule", "reappointed without limit"),
    ),
    BodyRuleKey.MOST_COMMITTEES: (
        NN_("{n} committee a person", "{n} committees a person"),
        C_("rule", "without limit"),
    ),
}
CHOICES: dict[str, Mapping[str, Msg]] = {
    BodyRuleKey.TIE: TIES,
    BodyRuleKey.COUNT_MODE: COUNTS,
    BodyRuleKey.OPENNESS: meetings.OPENNESSES,
    BodyRuleKey.DEPUTIES: meetings.DEPUTIES,
    BodyRuleKey.WRITTEN: meetings.WRITTEN_BASES,
    BodyRuleKey.CONFIRMATION: meetings.CONFIRMATIONS,
    BodyRuleKey.SPEAKERS: meetings.SPEAKERS,
    BodyRuleKey.ALLOWANCE_TAX: meetings.TAX_MODES,
}
SHARES: dict[str, Msg] = {
    BodyRuleKey.QUORUM: N_("{part} of {base} attend"),
    BodyRuleKey.DECISION: N_("{part} of {base} in favour"),
}
FRACTIONS: dict[str, Msg] = {
    BodyRuleKey.GENDER_MOST: N_("at most {num}/{den} of the appointed"),
    BodyRuleKey.YOUTH_LEAST: N_("at least {num}/{den} of the appointed"),
}
# The numbers a format is shown with, as an example.
SHOWN = (5, 2026)


def words(rule: str, value: str, language: str | None = None) -> str:
    """Say a rule's value (its text form) in a language, by default the current one.

    A text that is no value of the rule is returned as it is: imported data may hold such.
    """
    try:
        read = profiles.RULES[rule].read(value)
    except (KeyError, UserError):
        return value
    return _say(rule, read, text.words(language))


def _say(rule: str, value: object, say: Words) -> str:
    if rule in SHARES and isinstance(value, Share):
        return say(SHARES[rule], part=_part(value, say), base=BASES[value.base])
    if rule in FLAGS:
        return say(FLAGS[rule][0 if value else 1])
    if rule in NUMBERS:
        number, none = NUMBERS[rule]
        return say(none) if value is None else say(number, n=value)
    if rule in FRACTIONS:
        if not isinstance(value, tuple):
            return say(C_("rule", "without limit"))
        return say(FRACTIONS[rule], num=value[0], den=value[1])
    if rule in CHOICES:
        return say(CHOICES[rule][str(value)])
    if kind(rule) == "amount":
        return say(C_("rule", "none")) if value is None else say(N_("{n} won"), n=f"{value:,}")
    return say(N_("such as {example}"), example=example(str(value)))


def _part(share: Share, say: Words) -> str:
    if share.num * 2 == share.den and share.more:
        return say(C_("rule", "more than half"))
    if share.num == share.den and not share.more:
        return say(C_("rule", "all"))
    message = N_("more than {num}/{den}") if share.more else N_("at least {num}/{den}")
    return say(message, num=share.num, den=share.den)


def example(form: str) -> str:
    """Return a number as a format writes it: 제{n}회 → 제5회."""
    number, year = SHOWN
    filled = form.replace("{n}", str(number)).replace("{YYYY}", str(year))
    return filled.replace("{YY}", f"{year % 100:02}")


KINDS: dict[Callable[[str], object], str] = {
    profiles.read_share: "share",
    profiles.read_fraction: "fraction",
    profiles.read_number: "number",
    profiles.read_flag: "flag",
    profiles.read_amount: "amount",
    profiles.read_tie: "choice",
    profiles.read_count_mode: "choice",
    profiles.read_openness: "choice",
    profiles.read_deputies: "choice",
    profiles.read_written: "choice",
    profiles.read_confirmation: "choice",
    profiles.read_speakers: "choice",
    profiles.read_tax: "choice",
    profiles.read_format: "format",
}


def kind(rule: str) -> str:
    """Return which kind of value a rule has: share, fraction, number, amount, flag, choice, format."""
    return KINDS[profiles.RULES[rule].read]
