"""What a count means under a body's rule, and the arithmetic in words.

Whole numbers only. Abstentions stay among those present, so they weigh against a motion where the
rule counts from those present (domain 2.2; 각종위원회 관행: 출석위원 과반수의 찬성).
"""

from __future__ import annotations

from dataclasses import dataclass

from db.vocab import CountBase, TieRule, Verdict
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import rules
from gwangju_desktop.text import C_, N_, Msg, Words


@dataclass(frozen=True, slots=True)
class Count:
    """The votes of one question; who was entitled and did none of these did not vote."""

    yes: int = 0
    no: int = 0
    abstain: int = 0
    invalid: int = 0

    @property
    def cast(self) -> int:
        """Count all that was handed in or raised."""
        return self.yes + self.no + self.abstain + self.invalid

    def check(self, entitled: int) -> None:
        """Raise UserError for a count that cannot be: below nothing, or more than are entitled."""
        if min(self.yes, self.no, self.abstain, self.invalid) < 0:
            raise UserError(N_("A count of votes is a whole number from 0."))
        if self.cast > entitled:
            raise UserError(
                N_("{cast} votes were counted, but only {entitled} may vote."),
                hint=N_("Count again, or mark who came in since."),
                cast=self.cast,
                entitled=entitled,
            )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rule makes of a count; `required` votes in favour carry."""

    verdict: Verdict
    required: int
    base: CountBase
    base_count: int
    count: Count
    rule: rules.Rule

    def sentence(self, say: Words, present: Msg | None = None) -> str:
        """Say the arithmetic: 출석 26명의 과반수는 14명, 찬성 13명으로 부결.

        `present` is what those present are called where they are not in a room ("회신 {n}명").
        """
        base = BASES[self.base]
        if present is not None and self.base == CountBase.PRESENT:
            base = present
        values = {
            "base": say(base, n=self.base_count),
            "part": part_words(self.rule.decides, say),
            "required": self.required,
            "yes": self.count.yes,
            "no": self.count.no,
        }
        if self.verdict == Verdict.TIE:
            return say(EVEN, **values)
        even = self.count.yes == self.count.no and self.count.yes > 0
        if even and self.verdict == Verdict.LOST:
            message = EVEN_LOST
        elif self.verdict == Verdict.LOST:
            message = LOST
        else:
            message = CARRIED
        return say(message, **values)


# The sentences a vote keeps, and what stands inside them.
EVEN = N_("{yes} for and {no} against: even, the chair decides.")
EVEN_LOST = N_("{part} of {base} is {required}; {yes} for, {no} against: even, lost.")
LOST = N_("{part} of {base} is {required}; {yes} for: lost.")
CARRIED = N_("{part} of {base} is {required}; {yes} for: carried.")
SEEN = N_("A majority was in favour, not counted.")
NOT_SEEN = N_("No majority was in favour, not counted.")
HALF, MORE, LEAST = N_("More than half"), N_("More than {num}/{den}"), N_("At least {num}/{den}")
BASES: dict[CountBase, Msg] = {
    CountBase.ENROLLED: C_("vote", "{n} enrolled"),
    CountBase.PRESENT: C_("vote", "{n} present"),
    CountBase.VOTES: C_("vote", "{n} votes cast"),
}


def part_words(share: rules.Share, say: Words) -> str:
    """Say a share in words: 과반수, 3분의 2 이상."""
    if (share.num, share.den, share.more) == (1, 2, True):
        return say(HALF)
    return say(MORE if share.more else LEAST, num=share.num, den=share.den)


def judge(
    rule: rules.Rule,
    *,
    enrolled: int,
    present: int,
    entitled: int,
    count: Count,
    chair_in_favour: bool | None = None,
) -> Outcome:
    """Say what a count means; raises UserError for one that cannot be.

    An even vote is lost, or open for the chair where the body's rule gives a casting vote: TIE
    until `chair_in_favour` is known.
    """
    count.check(entitled)
    votes = count.yes + count.no
    required = rules.majority(rule, enrolled=enrolled, present=present, votes=votes)
    base = rule.decides.base
    base_count = {
        CountBase.ENROLLED: enrolled,
        CountBase.PRESENT: present,
        CountBase.VOTES: votes,
    }[base]
    even = votes > 0 and count.yes == count.no
    if even and rule.tie == TieRule.CHAIR_CASTS and chair_in_favour is None:
        verdict = Verdict.TIE
    elif rules.carries(
        rule,
        enrolled=enrolled,
        present=present,
        in_favour=count.yes,
        against=count.no,
        chair_in_favour=bool(chair_in_favour),
    ):
        verdict = Verdict.CARRIED
    else:
        verdict = Verdict.LOST
    return Outcome(verdict, required, base, base_count, count, rule)


def uncounted(verdict: Verdict, say: Words) -> str:
    """Say that a majority was seen and not counted: no number, and no percentage, is printed."""
    return say(SEEN if verdict == Verdict.CARRIED else NOT_SEEN)
