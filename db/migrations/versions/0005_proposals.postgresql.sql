CREATE TABLE proposal_call (
    id BIGSERIAL NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    begins_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_call PRIMARY KEY (id)
);
CREATE TABLE proposal_check (
    id BIGSERIAL NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    made_on DATE NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_check PRIMARY KEY (id),
    CONSTRAINT uq_proposal_check_kind_year_quarter UNIQUE (kind, year, quarter)
);
CREATE TABLE proposal_field (
    id BIGSERIAL NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    name_ko TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_field PRIMARY KEY (id),
    CONSTRAINT uq_proposal_field_code UNIQUE (code)
);
CREATE TABLE proposal_profile (
    id BIGSERIAL NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    name_ko TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    basis TEXT COLLATE "C" NOT NULL,
    standard BOOLEAN NOT NULL,
    retired_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_profile PRIMARY KEY (id),
    CONSTRAINT uq_proposal_profile_code UNIQUE (code)
);
CREATE TABLE reply_template (
    id BIGSERIAL NOT NULL,
    position INTEGER NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    reasons TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_reply_template PRIMARY KEY (id)
);
CREATE TABLE profile_criterion (
    id BIGSERIAL NOT NULL,
    profile_id BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    name_ko TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    weight INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_profile_criterion PRIMARY KEY (id),
    CONSTRAINT uq_profile_criterion_profile_id_code UNIQUE (profile_id, code),
    CONSTRAINT fk_profile_criterion_profile_id_proposal_profile FOREIGN KEY(profile_id) REFERENCES proposal_profile (id) ON DELETE RESTRICT
);
CREATE INDEX ix_profile_criterion_profile_id ON profile_criterion (profile_id);
CREATE TABLE profile_move (
    id BIGSERIAL NOT NULL,
    profile_id BIGINT NOT NULL,
    from_state TEXT COLLATE "C" NOT NULL,
    to_state TEXT COLLATE "C" NOT NULL,
    needs TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_profile_move PRIMARY KEY (id),
    CONSTRAINT uq_profile_move_profile_id_from_state_to_state UNIQUE (profile_id, from_state, to_state),
    CONSTRAINT fk_profile_move_profile_id_proposal_profile FOREIGN KEY(profile_id) REFERENCES proposal_profile (id) ON DELETE RESTRICT
);
CREATE INDEX ix_profile_move_profile_id ON profile_move (profile_id);
CREATE TABLE profile_rule (
    id BIGSERIAL NOT NULL,
    profile_id BIGINT NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT COLLATE "C" NOT NULL,
    unverified BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_profile_rule PRIMARY KEY (id),
    CONSTRAINT uq_profile_rule_profile_id_rule_valid_from UNIQUE (profile_id, rule, valid_from),
    CONSTRAINT fk_profile_rule_profile_id_proposal_profile FOREIGN KEY(profile_id) REFERENCES proposal_profile (id) ON DELETE RESTRICT
);
CREATE INDEX ix_profile_rule_profile_id ON profile_rule (profile_id);
CREATE TABLE profile_state (
    id BIGSERIAL NOT NULL,
    profile_id BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    name_ko TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_profile_state PRIMARY KEY (id),
    CONSTRAINT uq_profile_state_profile_id_state UNIQUE (profile_id, state),
    CONSTRAINT fk_profile_state_profile_id_proposal_profile FOREIGN KEY(profile_id) REFERENCES proposal_profile (id) ON DELETE RESTRICT
);
CREATE INDEX ix_profile_state_profile_id ON profile_state (profile_id);
CREATE TABLE proposal (
    id BIGSERIAL NOT NULL,
    profile_id BIGINT NOT NULL,
    call_id BIGINT,
    number TEXT COLLATE "C",
    number_year INTEGER,
    number_drawn INTEGER,
    state TEXT COLLATE "C" NOT NULL,
    since_on DATE NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    received_on DATE NOT NULL,
    due_on DATE,
    title TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    department TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    district TEXT COLLATE "C" NOT NULL,
    sector TEXT COLLATE "C" NOT NULL,
    anonymous BOOLEAN NOT NULL,
    consent TEXT COLLATE "C" NOT NULL,
    consent_on DATE,
    supports INTEGER NOT NULL,
    supports_on DATE,
    comments INTEGER NOT NULL,
    fingerprint VARCHAR(64) NOT NULL,
    merged_into_id BIGINT,
    split_from_id BIGINT,
    adoption TEXT COLLATE "C",
    decided_on DATE,
    planned_on DATE,
    plan TEXT COLLATE "C" NOT NULL,
    review_on DATE,
    implemented_on DATE,
    effect_from DATE,
    effect TEXT COLLATE "C" NOT NULL,
    effect_measured_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal PRIMARY KEY (id),
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
CREATE TABLE outside_number (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    system TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_outside_number PRIMARY KEY (id),
    CONSTRAINT uq_outside_number_system_number UNIQUE (system, number),
    CONSTRAINT fk_outside_number_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_outside_number_proposal_id ON outside_number (proposal_id);
CREATE TABLE proposal_board (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    round INTEGER NOT NULL,
    held_on DATE NOT NULL,
    members INTEGER NOT NULL,
    citizens INTEGER NOT NULL,
    stance TEXT COLLATE "C" NOT NULL,
    result TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_board PRIMARY KEY (id),
    CONSTRAINT fk_proposal_board_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_board_proposal_id ON proposal_board (proposal_id);
CREATE TABLE proposal_distinct (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_distinct PRIMARY KEY (id),
    CONSTRAINT uq_proposal_distinct_proposal_id_other_id UNIQUE (proposal_id, other_id),
    CONSTRAINT fk_proposal_distinct_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_distinct_other_id_proposal FOREIGN KEY(other_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_distinct_other_id ON proposal_distinct (other_id);
CREATE INDEX ix_proposal_distinct_proposal_id ON proposal_distinct (proposal_id);
CREATE TABLE proposal_file (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    disclosure TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_file PRIMARY KEY (id),
    CONSTRAINT uq_proposal_file_proposal_id_position UNIQUE (proposal_id, position),
    CONSTRAINT fk_proposal_file_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_file_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_file_file_id ON proposal_file (file_id);
CREATE INDEX ix_proposal_file_proposal_id ON proposal_file (proposal_id);
CREATE TABLE proposal_note (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_note PRIMARY KEY (id),
    CONSTRAINT fk_proposal_note_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_note_proposal_id ON proposal_note (proposal_id);
CREATE TABLE proposal_opinion (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    department TEXT COLLATE "C" NOT NULL,
    leads BOOLEAN NOT NULL,
    asked_on DATE NOT NULL,
    due_on DATE NOT NULL,
    told_on DATE,
    question TEXT COLLATE "C" NOT NULL,
    answered_on DATE,
    stance TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    withdrawn_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_opinion PRIMARY KEY (id),
    CONSTRAINT fk_proposal_opinion_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_opinion_due_on ON proposal_opinion (due_on);
CREATE INDEX ix_proposal_opinion_proposal_id ON proposal_opinion (proposal_id);
CREATE TABLE proposal_reply (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    round INTEGER NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    reasons TEXT COLLATE "C" NOT NULL,
    sent_on DATE,
    sent_by TEXT COLLATE "C" NOT NULL,
    published_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_reply PRIMARY KEY (id),
    CONSTRAINT uq_proposal_reply_proposal_id_round UNIQUE (proposal_id, round),
    CONSTRAINT fk_proposal_reply_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_reply_proposal_id ON proposal_reply (proposal_id);
CREATE TABLE proposal_score (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    criterion_id BIGINT NOT NULL,
    round INTEGER NOT NULL,
    assessor TEXT COLLATE "C" NOT NULL,
    score INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_score PRIMARY KEY (id),
    CONSTRAINT uq_proposal_score_proposal_id_round_assessor_criterion_id UNIQUE (proposal_id, round, assessor, criterion_id),
    CONSTRAINT fk_proposal_score_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_score_criterion_id_profile_criterion FOREIGN KEY(criterion_id) REFERENCES profile_criterion (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_score_criterion_id ON proposal_score (criterion_id);
CREATE INDEX ix_proposal_score_proposal_id ON proposal_score (proposal_id);
CREATE TABLE proposal_step (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    from_state TEXT COLLATE "C",
    to_state TEXT COLLATE "C",
    on_day DATE NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT COLLATE "C" NOT NULL,
    department TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    outside TEXT COLLATE "C" NOT NULL,
    outside_number TEXT COLLATE "C" NOT NULL,
    other_id BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_step PRIMARY KEY (id),
    CONSTRAINT fk_proposal_step_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_step_other_id_proposal FOREIGN KEY(other_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_step_other_id ON proposal_step (other_id);
CREATE INDEX ix_proposal_step_proposal_id ON proposal_step (proposal_id);
CREATE TABLE proposal_supplement (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    asked_on DATE NOT NULL,
    until_on DATE NOT NULL,
    wanted TEXT COLLATE "C" NOT NULL,
    pauses BOOLEAN NOT NULL,
    came_on DATE,
    answer TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_supplement PRIMARY KEY (id),
    CONSTRAINT fk_proposal_supplement_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_supplement_proposal_id ON proposal_supplement (proposal_id);
CREATE TABLE proposer (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    subject_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    share INTEGER NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposer PRIMARY KEY (id),
    CONSTRAINT uq_proposer_proposal_id_position UNIQUE (proposal_id, position),
    CONSTRAINT fk_proposer_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT uq_proposer_subject_id UNIQUE (subject_id)
);
CREATE INDEX ix_proposer_proposal_id ON proposer (proposal_id);
CREATE TABLE proposal_notice (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    step_id BIGINT,
    kind TEXT COLLATE "C" NOT NULL,
    made_on DATE NOT NULL,
    told_on DATE,
    how TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    new_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_proposal_notice PRIMARY KEY (id),
    CONSTRAINT fk_proposal_notice_proposal_id_proposal FOREIGN KEY(proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proposal_notice_step_id_proposal_step FOREIGN KEY(step_id) REFERENCES proposal_step (id) ON DELETE RESTRICT
);
CREATE INDEX ix_proposal_notice_proposal_id ON proposal_notice (proposal_id);
CREATE INDEX ix_proposal_notice_step_id ON proposal_notice (step_id);
CREATE TABLE thread_link (
    id BIGSERIAL NOT NULL,
    from_proposal_id BIGINT,
    from_item_id BIGINT,
    from_action_id BIGINT,
    to_proposal_id BIGINT,
    to_item_id BIGINT,
    to_action_id BIGINT,
    to_indicator_id BIGINT,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_thread_link PRIMARY KEY (id),
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
