CREATE TABLE outside_number (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    system TEXT NOT NULL,
    number TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_outside_number_system_number UNIQUE (system, number),
    CONSTRAINT fk_outside_number_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_outside_number_proposal_id ON outside_number (proposal_id);
CREATE TABLE profile_criterion (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    profile_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    weight INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_profile_criterion_profile_id_code UNIQUE (profile_id, code),
    CONSTRAINT fk_profile_criterion_profile_id_proposal_profile FOREIGN KEY(profile_id) REFERENCES proposal_profile (id) ON DELETE RESTRICT
);
CREATE INDEX ix_profile_criterion_profile_id ON profile_criterion (profile_id);
CREATE TABLE profile_move (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    profile_id INTEGER NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    needs TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_profile_move_profile_id_from_state_to_state UNIQUE (profile_id, from_state, to_state),
    CONSTRAINT fk_profile_move_profile_id_proposal_profile FOREIGN KEY(profile_id) REFERENCES proposal_profile (id) ON DELETE RESTRICT
);
CREATE INDEX ix_profile_move_profile_id ON profile_move (profile_id);
CREATE TABLE profile_rule (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    profile_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    value TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    unverified BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_profile_rule_profile_id_rule_valid_from UNIQUE (profile_id, rule, valid_from),
    CONSTRAINT fk_profile_rule_profile_id_proposal_profile FOREIGN KEY(profile_id) REFERENCES proposal_profile (id) ON DELETE RESTRICT
);
CREATE INDEX ix_profile_rule_profile_id ON profile_rule (profile_id);
CREATE TABLE profile_state (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    profile_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    position INTEGER NOT NULL,
    stage TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_profile_state_profile_id_state UNIQUE (profile_id, state),
    CONSTRAINT fk_profile_state_profile_id_proposal_profile FOREIGN KEY(profile_id) REFERENCES proposal_profile (id) ON DELETE RESTRICT
);
CREATE INDEX ix_profile_state_profile_id ON profile_state (profile_id);
CREATE TABLE proposal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    profile_id INTEGER NOT NULL,
    call_id INTEGER,
    number TEXT,
    number_year INTEGER,
    number_drawn INTEGER,
    state TEXT NOT NULL,
    since_on DATE NOT NULL,
    channel TEXT NOT NULL,
    received_on DATE NOT NULL,
    due_on DATE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    department TEXT NOT NULL,
    field TEXT NOT NULL,
    district TEXT NOT NULL,
    sector TEXT NOT NULL,
    anonymous BOOLEAN NOT NULL,
    consent TEXT NOT NULL,
    consent_on DATE,
    supports INTEGER NOT NULL,
    supports_on DATE,
    comments INTEGER NOT NULL,
    fingerprint VARCHAR(64) NOT NULL,
    merged_into_id INTEGER,
    split_from_id INTEGER,
    adoption TEXT,
    decided_on DATE,
    planned_on DATE,
    "plan" TEXT NOT NULL,
    review_on DATE,
    implemented_on DATE,
    effect_from DATE,
    effect TEXT NOT NULL,
    effect_measured_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT fk_proposal_profile_id_proposal_profile FOREIGN KEY(profile_id) REFERENCES proposal_profile (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_call_id_proposal_call FOREIGN KEY(call_id) REFERENCES proposal_call (id) ON DELETE RESTRICT,
    CONSTRAINT uq_proposal_number UNIQUE (number),
    CONSTRAINT fk_proposal_merged_into_id_proposal FOREIGN KEY(merged_into_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_split_from_id_proposal FOREIGN KEY(split_from_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_call_id ON proposal (call_id);
CREATE INDEX ix_proposal_due_on ON proposal (due_on);
CREATE INDEX ix_proposal_fingerprint ON proposal (fingerprint);
CREATE INDEX ix_proposal_merged_into_id ON proposal (merged_into_id);
CREATE INDEX ix_proposal_profile_id ON proposal (profile_id);
CREATE INDEX ix_proposal_received_on ON proposal (received_on);
CREATE INDEX ix_proposal_split_from_id ON proposal (split_from_id);
CREATE INDEX ix_proposal_state_due_on ON proposal (state, due_on);
CREATE TABLE proposal_board (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    round INTEGER NOT NULL,
    held_on DATE NOT NULL,
    members INTEGER NOT NULL,
    citizens INTEGER NOT NULL,
    stance TEXT NOT NULL,
    result TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_proposal_board_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_board_proposal_id ON proposal_board (proposal_id);
CREATE TABLE proposal_call (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    begins_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE proposal_check (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    made_on DATE NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_proposal_check_kind_year_quarter UNIQUE (kind, year, quarter)
);
CREATE TABLE proposal_distinct (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_proposal_distinct_proposal_id_other_id UNIQUE (proposal_id, other_id),
    CONSTRAINT fk_proposal_distinct_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_distinct_other_id_proposal FOREIGN KEY(other_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_distinct_other_id ON proposal_distinct (other_id);
CREATE INDEX ix_proposal_distinct_proposal_id ON proposal_distinct (proposal_id);
CREATE TABLE proposal_field (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_proposal_field_code UNIQUE (code)
);
CREATE TABLE proposal_file (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    disclosure TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_proposal_file_proposal_id_position UNIQUE (proposal_id, position),
    CONSTRAINT fk_proposal_file_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_file_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_file_file_id ON proposal_file (file_id);
CREATE INDEX ix_proposal_file_proposal_id ON proposal_file (proposal_id);
CREATE TABLE proposal_note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    text TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_proposal_note_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_note_proposal_id ON proposal_note (proposal_id);
CREATE TABLE proposal_notice (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    step_id INTEGER,
    kind TEXT NOT NULL,
    made_on DATE NOT NULL,
    told_on DATE,
    how TEXT NOT NULL,
    reason TEXT NOT NULL,
    new_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT fk_proposal_notice_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_notice_step_id_proposal_step FOREIGN KEY(step_id) REFERENCES proposal_step (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_notice_proposal_id ON proposal_notice (proposal_id);
CREATE INDEX ix_proposal_notice_step_id ON proposal_notice (step_id);
CREATE TABLE proposal_opinion (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    department TEXT NOT NULL,
    leads BOOLEAN NOT NULL,
    asked_on DATE NOT NULL,
    due_on DATE NOT NULL,
    told_on DATE,
    question TEXT NOT NULL,
    answered_on DATE,
    stance TEXT NOT NULL,
    text TEXT NOT NULL,
    withdrawn_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT fk_proposal_opinion_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_opinion_due_on ON proposal_opinion (due_on);
CREATE INDEX ix_proposal_opinion_proposal_id ON proposal_opinion (proposal_id);
CREATE TABLE proposal_profile (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    basis TEXT NOT NULL,
    standard BOOLEAN NOT NULL,
    retired_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT uq_proposal_profile_code UNIQUE (code)
);
CREATE TABLE proposal_reply (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    round INTEGER NOT NULL,
    text TEXT NOT NULL,
    reasons TEXT NOT NULL,
    sent_on DATE,
    sent_by TEXT NOT NULL,
    published_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT uq_proposal_reply_proposal_id_round UNIQUE (proposal_id, round),
    CONSTRAINT fk_proposal_reply_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_reply_proposal_id ON proposal_reply (proposal_id);
CREATE TABLE proposal_score (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    criterion_id INTEGER NOT NULL,
    round INTEGER NOT NULL,
    assessor TEXT NOT NULL,
    score INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_proposal_score_proposal_id_round_assessor_criterion_id UNIQUE (proposal_id, round, assessor, criterion_id),
    CONSTRAINT fk_proposal_score_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_score_criterion_id_profile_criterion FOREIGN KEY(criterion_id) REFERENCES profile_criterion (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_score_criterion_id ON proposal_score (criterion_id);
CREATE INDEX ix_proposal_score_proposal_id ON proposal_score (proposal_id);
CREATE TABLE proposal_step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT,
    on_day DATE NOT NULL,
    at DATETIME NOT NULL,
    "by" TEXT NOT NULL,
    department TEXT NOT NULL,
    reason TEXT NOT NULL,
    outside TEXT NOT NULL,
    outside_number TEXT NOT NULL,
    other_id INTEGER,
    version BIGINT NOT NULL,
    CONSTRAINT fk_proposal_step_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_step_other_id_proposal FOREIGN KEY(other_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_step_other_id ON proposal_step (other_id);
CREATE INDEX ix_proposal_step_proposal_id ON proposal_step (proposal_id);
CREATE TABLE proposal_supplement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    asked_on DATE NOT NULL,
    until_on DATE NOT NULL,
    wanted TEXT NOT NULL,
    pauses BOOLEAN NOT NULL,
    came_on DATE,
    answer TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_proposal_supplement_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_supplement_proposal_id ON proposal_supplement (proposal_id);
CREATE TABLE proposer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    subject_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    share INTEGER NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_proposer_proposal_id_position UNIQUE (proposal_id, position),
    CONSTRAINT fk_proposer_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT uq_proposer_subject_id UNIQUE (subject_id)
);
CREATE INDEX ix_proposer_proposal_id ON proposer (proposal_id);
CREATE TABLE reply_template (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    reasons TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE thread_link (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    from_proposal_id INTEGER,
    from_item_id INTEGER,
    from_action_id INTEGER,
    to_proposal_id INTEGER,
    to_item_id INTEGER,
    to_action_id INTEGER,
    to_indicator_id INTEGER,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_thread_link_from_proposal_id_proposal FOREIGN KEY(from_proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_item_id_agenda_item FOREIGN KEY(from_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_action_id_action FOREIGN KEY(from_action_id) REFERENCES action (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_proposal_id_proposal FOREIGN KEY(to_proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_item_id_agenda_item FOREIGN KEY(to_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_action_id_action FOREIGN KEY(to_action_id) REFERENCES action (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_indicator_id_indicator FOREIGN KEY(to_indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
);
CREATE INDEX ix_thread_link_from_action_id ON thread_link (from_action_id);
CREATE INDEX ix_thread_link_from_item_id ON thread_link (from_item_id);
CREATE INDEX ix_thread_link_from_proposal_id ON thread_link (from_proposal_id);
CREATE INDEX ix_thread_link_to_action_id ON thread_link (to_action_id);
CREATE INDEX ix_thread_link_to_indicator_id ON thread_link (to_indicator_id);
CREATE INDEX ix_thread_link_to_item_id ON thread_link (to_item_id);
CREATE INDEX ix_thread_link_to_proposal_id ON thread_link (to_proposal_id);
