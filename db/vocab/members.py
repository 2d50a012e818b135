"""Words of bodies, members and their rules."""

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


class Confirmation(StrEnum):
    """How minutes become final: the chairs sign after a review, or the next meeting confirms."""

    SIGNATURE = "signature"
    NEXT_MEETING = "next_meeting"


class Speakers(StrEnum):
    """How minutes name who spoke: by name, as 위원 A, or not at all."""

    NAME = "name"
    LETTER = "letter"
    NONE = "none"


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
