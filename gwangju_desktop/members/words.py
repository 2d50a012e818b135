"""What the codes of members and bodies are called."""

from __future__ import annotations

from db.vocab import BodyKind, Capacity, Channel, Decision, EndReason, Gender, NameKind, Role
from gwangju_desktop.text import C_, N_, Msg

ROLES: dict[str, Msg] = {
    Role.CO_CHAIR: N_("Co-chair"),
    Role.CHAIR: N_("Chair"),
    Role.VICE_CHAIR: N_("Vice chair"),
    Role.SECRETARY: N_("Secretary"),
    Role.MEMBER: C_("role", "Member"),
    Role.OBSERVER: C_("role", "Observer"),
}
CAPACITIES: dict[str, Msg] = {
    Capacity.EX_OFFICIO: N_("Ex officio"),
    Capacity.APPOINTED: N_("Appointed"),
}
GENDERS: dict[str, Msg] = {
    Gender.FEMALE: N_("Woman"),
    Gender.MALE: N_("Man"),
}
BODY_KINDS: dict[str, Msg] = {
    BodyKind.COMMITTEE: N_("Committee"),
    BodyKind.SUBCOMMITTEE: N_("Subcommittee"),
    BodyKind.HEADQUARTERS: N_("Headquarters"),
    BodyKind.WORKING_GROUP: N_("Working group"),
    BodyKind.CONSULTATIVE: N_("Consultative body"),
    BodyKind.STEERING: N_("Steering committee"),
    BodyKind.MONITORING: N_("Monitoring body"),
    BodyKind.FORUM: N_("Forum"),
}
NAME_KINDS: dict[str, Msg] = {
    NameKind.FORMER: N_("Former name"),
    NameKind.ALIAS: N_("Also called"),
}
END_REASONS: dict[str, Msg] = {
    EndReason.TERM: N_("Term expired"),
    EndReason.RESIGNED: N_("Resigned"),
    EndReason.REMOVED: N_("Removed from office"),
    EndReason.POST_CHANGED: N_("Change of post"),
    EndReason.ILLNESS: N_("Illness or long absence"),
    EndReason.DIED: N_("Died"),
    EndReason.DISSOLVED: N_("Body dissolved"),
}
CHANNELS: dict[str, Msg] = {
    Channel.OPEN_CALL: C_("channel", "Open call"),
    Channel.RECOMMENDED: C_("channel", "Recommendation"),
    Channel.OFFICE: C_("channel", "By the office"),
}
DECISIONS: dict[str, Msg] = {
    Decision.OPEN: C_("seat", "Undecided"),
    Decision.RENEW: C_("seat", "Reappoint"),
    Decision.REPLACE: C_("seat", "Replace"),
    Decision.VACANT: C_("seat", "Leave vacant"),
}
