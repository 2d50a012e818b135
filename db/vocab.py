"""The words columns may hold. Imports nothing of SQLAlchemy, so that screens may use them."""

from __future__ import annotations

from enum import StrEnum


class BodyKind(StrEnum):
    """What a body is."""

    COMMITTEE = "committee"
    SUBCOMMITTEE = "subcommittee"
    HEADQUARTERS = "headquarters"
    WORKING_GROUP = "working_group"
    CONSULTATIVE = "consultative"
    STEERING = "steering"
    MONITORING = "monitoring"
    FORUM = "forum"


class NameKind(StrEnum):
    """Why a body has another name."""

    FORMER = "former"
    ALIAS = "alias"


class Role(StrEnum):
    """What a member does in a body."""

    CO_CHAIR = "co_chair"
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    OBSERVER = "observer"


class Capacity(StrEnum):
    """How a member came to the seat: by post (당연직) or by appointment (위촉직)."""

    EX_OFFICIO = "ex_officio"
    APPOINTED = "appointed"


class Gender(StrEnum):
    """Used for counts only (양성평등기본법 제21조)."""

    FEMALE = "female"
    MALE = "male"


class EndReason(StrEnum):
    """Why a membership or a holding of a post ended (해촉 사유: 각종위원회 조례 제8조)."""

    TERM = "term"
    RESIGNED = "resigned"
    REMOVED = "removed"
    POST_CHANGED = "post_changed"
    ILLNESS = "illness"
    DIED = "died"
    DISSOLVED = "dissolved"


class Channel(StrEnum):
    """How a candidate was found: open call (공모), recommendation (추천), by the office (직권)."""

    OPEN_CALL = "open_call"
    RECOMMENDED = "recommended"
    OFFICE = "office"


class Decision(StrEnum):
    """What becomes of an appointed seat in a new term: 연임, 교체, 공석."""

    OPEN = "open"
    RENEW = "renew"
    REPLACE = "replace"
    VACANT = "vacant"


class Precedence(StrEnum):
    """The order members of a body stand in.

    `office`: chair, vice chair, ex officio in the order of their posts, appointed by field and
    name. `appointed_first`: the appointed before the ex officio. `custom`: as dragged.
    """

    OFFICE = "office"
    APPOINTED_FIRST = "appointed_first"
    CUSTOM = "custom"


class Layout(StrEnum):
    """How the tables stand in the room."""

    U_SHAPE = "u_shape"
    ROWS = "rows"
    OVAL = "oval"


class Sector(StrEnum):
    """Which part of society an organisation belongs to."""

    GOVERNMENT = "government"
    COUNCIL = "council"
    EDUCATION = "education"
    RESEARCH = "research"
    BUSINESS = "business"
    CIVIL_SOCIETY = "civil_society"
    CITIZEN = "citizen"
    OTHER = "other"


class ConsentField(StrEnum):
    """Which personal data a consent is about."""

    PHONE = "phone"
    EMAIL = "email"
    GENDER = "gender"
    BIRTH = "birth"
    DISABILITY = "disability"
    NAME = "name"
    PHOTO = "photo"


class ConsentPurpose(StrEnum):
    """What personal data may be used for; each purpose is asked for separately (제22조)."""

    CONTACT = "contact"
    STATISTICS = "statistics"
    PUBLICATION = "publication"
    PAYMENT = "payment"


class Access(StrEnum):
    """What was done with personal contact data (접속기록)."""

    REVEAL = "reveal"
    COPY = "copy"
    EXPORT = "export"
    PRINT = "print"


class BodyRuleKey(StrEnum):
    """The rules a body may have; values and defaults: gwangju_desktop.members.profiles."""

    QUORUM = "quorum"
    DECISION = "decision"
    TIE = "tie"
    RECUSED_PRESENT = "recused_present"
    NOTICE_DAYS = "notice_days"
    MATERIAL_DAYS = "material_days"
    COUNT_MODE = "count_mode"
    MINUTES_MONTHS = "minutes_months"
    TERM_YEARS = "term_years"
    MOST_TERMS = "most_terms"
    MOST_COMMITTEES = "most_committees"
    REMAINDER = "remainder"
    CARRY_OVER = "carry_over"
    GENDER_MOST = "gender_most"
    YOUTH_LEAST = "youth_least"
    NON_OFFICIALS = "non_officials"
    MEETING_NUMBER = "meeting_number"
    ITEM_NUMBER = "item_number"
    OPENNESS = "openness"
    DEPUTIES = "deputies"
    WRITTEN = "written"
    CONFIRMATION = "confirmation"
    REVIEW_DAYS = "review_days"
    SPEAKERS = "speakers"
    ALLOWANCE = "allowance"
    ALLOWANCE_LONG = "allowance_long"
    ALLOWANCE_HOURS = "allowance_hours"
    ALLOWANCE_TAX = "allowance_tax"


class MeetingKind(StrEnum):
    """How a meeting was called; a written resolution (서면의결) has no sitting."""

    REGULAR = "regular"
    EXTRAORDINARY = "extraordinary"
    WRITTEN = "written"


class MeetingState(StrEnum):
    """Where a meeting stands, from the plan to the published minutes, and its three side ends."""

    PLANNED = "planned"
    NOTICED = "noticed"
    DISTRIBUTED = "distributed"
    OPENED = "opened"
    CLOSED = "closed"
    DRAFTED = "drafted"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    NO_QUORUM = "no_quorum"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"

    @property
    def ahead(self) -> bool:
        """Say whether the meeting is still to come."""
        return self in AHEAD

    @property
    def over(self) -> bool:
        """Say whether the meeting was held and has ended; what was marked then is sealed."""
        return self in OVER

    @property
    def dropped(self) -> bool:
        """Say whether the meeting was never held."""
        return self in (MeetingState.NO_QUORUM, MeetingState.POSTPONED, MeetingState.CANCELLED)


AHEAD = (MeetingState.PLANNED, MeetingState.NOTICED, MeetingState.DISTRIBUTED)
OVER = (
    MeetingState.CLOSED,
    MeetingState.DRAFTED,
    MeetingState.CONFIRMED,
    MeetingState.PUBLISHED,
)


class Adjournment(StrEnum):
    """How a sitting ended: 산회 (to be continued another day) or 폐회."""

    ADJOURNED = "adjourned"
    CLOSED = "closed"


class BreakKind(StrEnum):
    """Why a sitting rests: 정회, or a talk (간담회) in which nothing is decided."""

    RECESS = "recess"
    TALK = "talk"


class GuestKind(StrEnum):
    """Who else was in the room: 배석자, 방청인."""

    OBSERVER = "observer"
    SPECTATOR = "spectator"


class ItemKind(StrEnum):
    """What the body is asked to do with an item; procedures and headings have no item number."""

    PROCEDURE = "procedure"
    DELIBERATION = "deliberation"
    REPORT = "report"
    DISCUSSION = "discussion"
    ADVICE = "advice"
    OTHER = "other"
    HEADING = "heading"


class Standing(StrEnum):
    """Items every meeting has, filled by the program."""

    QUORUM_REPORT = "quorum_report"
    PREVIOUS_MINUTES = "previous_minutes"
    PREVIOUS_ACTIONS = "previous_actions"
    WRITTEN_REPORT = "written_report"


class Listing(StrEnum):
    """How an item came on the agenda: with it, after it froze, or laid on the table."""

    NORMAL = "normal"
    LATE = "late"
    TABLED = "tabled"


class ItemState(StrEnum):
    """Where an agenda item stands; carried over is 이월, on to the next meeting's agenda."""

    PENDING = "pending"
    TAKEN_UP = "taken_up"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    CARRIED_OVER = "carried_over"


class Outcome(StrEnum):
    """What became of an item (domain: 원안, 수정, 조건부, 보류, 부결, 반려, 철회, 보고접수)."""

    AS_PROPOSED = "as_proposed"
    AMENDED = "amended"
    CONDITIONAL = "conditional"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"


class RecusalKind(StrEnum):
    """Why a member does not take part in an item: 제척, 기피, 회피 (각종위원회 조례 제7조)."""

    EXCLUDED = "excluded"
    CHALLENGED = "challenged"
    SELF = "self"


class VoteSubject(StrEnum):
    """What is voted on."""

    ITEM = "item"
    AMENDMENT = "amendment"
    ELECTION = "election"
    CHALLENGE = "challenge"
    CLOSED_SITTING = "closed_sitting"
    CLOSED_MINUTES = "closed_minutes"
    PROCEDURE = "procedure"


class VoteMethod(StrEnum):
    """How a vote is taken; no objection is 이의 없음, unanimous of those present and entitled."""

    NO_OBJECTION = "no_objection"
    CONSENSUS = "consensus"
    SHOW_OF_HANDS = "show_of_hands"
    ROLL_CALL = "roll_call"
    SECRET = "secret"
    WRITTEN = "written"


class VoteState(StrEnum):
    """Whether a vote still counts."""

    OPEN = "open"
    CLOSED = "closed"


class Choice(StrEnum):
    """One member's vote."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    INVALID = "invalid"
    NOT_VOTING = "not_voting"


class Verdict(StrEnum):
    """What a count means under the rule."""

    CARRIED = "carried"
    LOST = "lost"
    TIE = "tie"
    NO_QUORUM = "no_quorum"


class AmendmentState(StrEnum):
    """What became of an amendment (수정안)."""

    PROPOSED = "proposed"
    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


class Confirmation(StrEnum):
    """How minutes become final: the chairs sign after a review, or the next meeting confirms."""

    SIGNATURE = "signature"
    NEXT_MEETING = "next_meeting"


class Speakers(StrEnum):
    """How minutes name who spoke: by name, as 위원 A, or not at all."""

    NAME = "name"
    LETTER = "letter"
    NONE = "none"


class AnswerKind(StrEnum):
    """What a member did with draft minutes."""

    REVIEW = "review"
    SIGN = "sign"


class ActionState(StrEnum):
    """Where an action (조치사항) stands; being late follows from its due day."""

    ASSIGNED = "assigned"
    UNDER_WAY = "under_way"
    DONE = "done"
    IMPOSSIBLE = "impossible"


class Deputies(StrEnum):
    """Whether somebody may come in a member's place, and with a vote or without."""

    NONE = "none"
    ATTEND = "attend"
    VOTE = "vote"


class Openness(StrEnum):
    """Whether sittings are open to spectators (방청)."""

    OPEN = "open"
    CLOSED = "closed"


class WrittenBase(StrEnum):
    """What a written resolution's majority counts from."""

    REPLIES = "replies"
    ENROLLED = "enrolled"


class TaxMode(StrEnum):
    """How an attendance allowance is taxed (domain: 비과세, 기타소득)."""

    NON_TAXABLE = "non_taxable"
    OTHER_INCOME = "other_income"


class DrawnKind(StrEnum):
    """What a number was drawn for."""

    MEETING = "meeting"
    ITEM = "item"


class Disclosure(StrEnum):
    """Who may read a paper."""

    PUBLIC = "public"
    MEMBERS = "members"


class Reply(StrEnum):
    """What a member said about coming."""

    NONE = "none"
    COMING = "coming"
    NOT_COMING = "not_coming"
    SUBSTITUTE = "substitute"


class Presence(StrEnum):
    """What the attendance sheet says."""

    UNMARKED = "unmarked"
    PRESENT = "present"
    LEFT = "left"
    ABSENT = "absent"


class CountBase(StrEnum):
    """What a quorum counts from."""

    ENROLLED = "enrolled"
    PRESENT = "present"
    VOTES = "votes"


class TieRule(StrEnum):
    """What an even vote means."""

    REJECTED = "rejected"
    CHAIR_CASTS = "chair_casts"


class CountMode(StrEnum):
    """How the days before a meeting are counted: the day itself in, or full days between."""

    LENIENT = "lenient"
    STRICT = "strict"


class IndicatorKind(StrEnum):
    """How an indicator adds up over time: flows add, stocks and rates do not."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


class Direction(StrEnum):
    """Which way is better."""

    DOWN = "down"
    UP = "up"
    NONE = "none"
