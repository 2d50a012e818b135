CREATE TABLE evidence_check (
    id BIGSERIAL NOT NULL,
    checked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    occasion TEXT COLLATE "C" NOT NULL,
    files INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    seconds FLOAT NOT NULL,
    broken TEXT,
    missing TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_evidence_check PRIMARY KEY (id)
);
CREATE TABLE action_plan (
    id BIGSERIAL NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    title_en TEXT COLLATE "C" NOT NULL,
    submitted_on DATE,
    starts INTEGER,
    ends INTEGER,
    closed_on DATE,
    monitor_body_id BIGINT,
    forum_body_id BIGINT,
    url TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_action_plan PRIMARY KEY (id),
    CONSTRAINT uq_action_plan_code UNIQUE (code),
    CONSTRAINT fk_action_plan_monitor_body_id_body FOREIGN KEY(monitor_body_id) REFERENCES body (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_plan_forum_body_id_body FOREIGN KEY(forum_body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_action_plan_forum_body_id ON action_plan (forum_body_id);
CREATE INDEX ix_action_plan_monitor_body_id ON action_plan (monitor_body_id);
CREATE TABLE monitor_key (
    id BIGSERIAL NOT NULL,
    person_id BIGINT NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL,
    public_key VARCHAR(64) NOT NULL,
    compared_on DATE NOT NULL,
    ended_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_monitor_key PRIMARY KEY (id),
    CONSTRAINT fk_monitor_key_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT uq_monitor_key_fingerprint UNIQUE (fingerprint)
);
CREATE INDEX ix_monitor_key_person_id ON monitor_key (person_id);
CREATE TABLE commitment (
    id BIGSERIAL NOT NULL,
    plan_id BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    title_en TEXT COLLATE "C" NOT NULL,
    starts INTEGER,
    ends INTEGER,
    policy_area TEXT COLLATE "C" NOT NULL,
    policy_area_en TEXT COLLATE "C" NOT NULL,
    sector TEXT COLLATE "C" NOT NULL,
    sector_en TEXT COLLATE "C" NOT NULL,
    open_values TEXT COLLATE "C" NOT NULL,
    own_status TEXT COLLATE "C" NOT NULL,
    own_status_reason TEXT COLLATE "C" NOT NULL,
    own_status_on DATE,
    merged_into_id BIGINT,
    delay_cause TEXT COLLATE "C" NOT NULL,
    delay_cause_en TEXT COLLATE "C" NOT NULL,
    completed_on DATE,
    edition INTEGER NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_commitment PRIMARY KEY (id),
    CONSTRAINT fk_commitment_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT uq_commitment_code UNIQUE (code),
    CONSTRAINT fk_commitment_merged_into_id_commitment FOREIGN KEY(merged_into_id) REFERENCES commitment (id) ON DELETE RESTRICT
);
CREATE INDEX ix_commitment_merged_into_id ON commitment (merged_into_id);
CREATE INDEX ix_commitment_plan_id ON commitment (plan_id);
CREATE TABLE plan_rule (
    id BIGSERIAL NOT NULL,
    plan_id BIGINT NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT COLLATE "C" NOT NULL,
    unverified BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_plan_rule PRIMARY KEY (id),
    CONSTRAINT uq_plan_rule_plan_id_rule_valid_from UNIQUE (plan_id, rule, valid_from),
    CONSTRAINT fk_plan_rule_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT
);
CREATE INDEX ix_plan_rule_plan_id ON plan_rule (plan_id);
CREATE TABLE evidence (
    id BIGSERIAL NOT NULL,
    plan_id BIGINT NOT NULL,
    commitment_id BIGINT,
    file_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    title_en TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    obtained_on DATE NOT NULL,
    obtained_from TEXT COLLATE "C" NOT NULL,
    disclosure TEXT COLLATE "C" NOT NULL,
    ground TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_evidence PRIMARY KEY (id),
    CONSTRAINT fk_evidence_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_evidence_commitment_id ON evidence (commitment_id);
CREATE INDEX ix_evidence_file_id ON evidence (file_id);
CREATE INDEX ix_evidence_plan_id ON evidence (plan_id);
CREATE TABLE milestone (
    id BIGSERIAL NOT NULL,
    commitment_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    title_en TEXT COLLATE "C" NOT NULL,
    output TEXT COLLATE "C" NOT NULL,
    output_en TEXT COLLATE "C" NOT NULL,
    starts_on DATE,
    due_on DATE,
    started_on DATE,
    completed_on DATE,
    state TEXT COLLATE "C" NOT NULL,
    weight INTEGER NOT NULL,
    responsible TEXT COLLATE "C" NOT NULL,
    supporting TEXT COLLATE "C" NOT NULL,
    delay_cause TEXT COLLATE "C" NOT NULL,
    delay_cause_en TEXT COLLATE "C" NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_milestone PRIMARY KEY (id),
    CONSTRAINT ck_milestone_completed CHECK ((state = 'completed') = (completed_on IS NOT NULL)),
    CONSTRAINT fk_milestone_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT
);
CREATE INDEX ix_milestone_commitment_id ON milestone (commitment_id);
CREATE INDEX ix_milestone_due_on ON milestone (due_on);
CREATE TABLE plan_institution (
    id BIGSERIAL NOT NULL,
    plan_id BIGINT NOT NULL,
    commitment_id BIGINT,
    role TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    organisation_id BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_plan_institution PRIMARY KEY (id),
    CONSTRAINT fk_plan_institution_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_institution_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_institution_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_plan_institution_commitment_id ON plan_institution (commitment_id);
CREATE INDEX ix_plan_institution_organisation_id ON plan_institution (organisation_id);
CREATE INDEX ix_plan_institution_plan_id ON plan_institution (plan_id);
CREATE TABLE plan_text (
    id BIGSERIAL NOT NULL,
    plan_id BIGINT NOT NULL,
    commitment_id BIGINT,
    section TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    text_en TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_plan_text PRIMARY KEY (id),
    CONSTRAINT uq_plan_text_plan_id_commitment_id_section UNIQUE (plan_id, commitment_id, section),
    CONSTRAINT fk_plan_text_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_text_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT
);
CREATE INDEX ix_plan_text_commitment_id ON plan_text (commitment_id);
CREATE INDEX ix_plan_text_plan_id ON plan_text (plan_id);
CREATE TABLE review (
    id BIGSERIAL NOT NULL,
    plan_id BIGINT NOT NULL,
    commitment_id BIGINT,
    kind TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    title_en TEXT COLLATE "C" NOT NULL,
    from_on DATE,
    until_on DATE,
    due_on DATE,
    submitted_on DATE,
    state TEXT COLLATE "C" NOT NULL,
    department TEXT COLLATE "C" NOT NULL,
    asked TEXT COLLATE "C" NOT NULL,
    asked_en TEXT COLLATE "C" NOT NULL,
    summary TEXT COLLATE "C" NOT NULL,
    summary_en TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_review PRIMARY KEY (id),
    CONSTRAINT fk_review_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT
);
CREATE INDEX ix_review_commitment_id ON review (commitment_id);
CREATE INDEX ix_review_plan_id ON review (plan_id);
CREATE TABLE commitment_edition (
    id BIGSERIAL NOT NULL,
    commitment_id BIGINT NOT NULL,
    edition INTEGER NOT NULL,
    adjusted_on DATE NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    reason_en TEXT COLLATE "C" NOT NULL,
    consulted TEXT COLLATE "C" NOT NULL,
    meeting_id BIGINT,
    content TEXT,
    closed_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_commitment_edition PRIMARY KEY (id),
    CONSTRAINT uq_commitment_edition_commitment_id_edition UNIQUE (commitment_id, edition),
    CONSTRAINT fk_commitment_edition_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_commitment_edition_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_commitment_edition_commitment_id ON commitment_edition (commitment_id);
CREATE INDEX ix_commitment_edition_meeting_id ON commitment_edition (meeting_id);
CREATE TABLE plan_count (
    id BIGSERIAL NOT NULL,
    plan_id BIGINT NOT NULL,
    parent_id BIGINT,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    label_en TEXT COLLATE "C" NOT NULL,
    number INTEGER,
    held_on DATE,
    meeting_id BIGINT,
    source TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_plan_count PRIMARY KEY (id),
    CONSTRAINT fk_plan_count_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_count_parent_id_plan_count FOREIGN KEY(parent_id) REFERENCES plan_count (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_count_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_plan_count_meeting_id ON plan_count (meeting_id);
CREATE INDEX ix_plan_count_parent_id ON plan_count (parent_id);
CREATE INDEX ix_plan_count_plan_id ON plan_count (plan_id);
CREATE TABLE progress_note (
    id BIGSERIAL NOT NULL,
    commitment_id BIGINT NOT NULL,
    milestone_id BIGINT,
    noted_on DATE NOT NULL,
    department TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    text_en TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_progress_note PRIMARY KEY (id),
    CONSTRAINT fk_progress_note_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_progress_note_milestone_id_milestone FOREIGN KEY(milestone_id) REFERENCES milestone (id) ON DELETE RESTRICT
);
CREATE INDEX ix_progress_note_commitment_id ON progress_note (commitment_id);
CREATE INDEX ix_progress_note_milestone_id ON progress_note (milestone_id);
CREATE TABLE publication (
    id BIGSERIAL NOT NULL,
    plan_id BIGINT NOT NULL,
    commitment_id BIGINT,
    review_id BIGINT,
    file_id BIGINT,
    channel TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    title_en TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    published_on DATE NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_publication PRIMARY KEY (id),
    CONSTRAINT fk_publication_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_publication_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_publication_review_id_review FOREIGN KEY(review_id) REFERENCES review (id) ON DELETE RESTRICT,
    CONSTRAINT fk_publication_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_publication_commitment_id ON publication (commitment_id);
CREATE INDEX ix_publication_file_id ON publication (file_id);
CREATE INDEX ix_publication_plan_id ON publication (plan_id);
CREATE INDEX ix_publication_review_id ON publication (review_id);
CREATE TABLE review_file (
    id BIGSERIAL NOT NULL,
    review_id BIGINT NOT NULL,
    snapshot_id BIGINT NOT NULL,
    key_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    signed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    imported_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_review_file PRIMARY KEY (id),
    CONSTRAINT fk_review_file_review_id_review FOREIGN KEY(review_id) REFERENCES review (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_file_snapshot_id_snapshot FOREIGN KEY(snapshot_id) REFERENCES snapshot (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_file_key_id_monitor_key FOREIGN KEY(key_id) REFERENCES monitor_key (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_file_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
    CONSTRAINT uq_review_file_sha256 UNIQUE (sha256)
);
CREATE INDEX ix_review_file_file_id ON review_file (file_id);
CREATE INDEX ix_review_file_key_id ON review_file (key_id);
CREATE INDEX ix_review_file_review_id ON review_file (review_id);
CREATE INDEX ix_review_file_snapshot_id ON review_file (snapshot_id);
CREATE TABLE evidence_claim (
    id BIGSERIAL NOT NULL,
    evidence_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    claim TEXT COLLATE "C" NOT NULL,
    claim_en TEXT COLLATE "C" NOT NULL,
    commitment_id BIGINT,
    milestone_id BIGINT,
    count_id BIGINT,
    form TEXT COLLATE "C" NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    picked INTEGER,
    version BIGINT NOT NULL,
    CONSTRAINT pk_evidence_claim PRIMARY KEY (id),
    CONSTRAINT fk_evidence_claim_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_claim_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_claim_milestone_id_milestone FOREIGN KEY(milestone_id) REFERENCES milestone (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_claim_count_id_plan_count FOREIGN KEY(count_id) REFERENCES plan_count (id) ON DELETE RESTRICT
);
CREATE INDEX ix_evidence_claim_commitment_id ON evidence_claim (commitment_id);
CREATE INDEX ix_evidence_claim_count_id ON evidence_claim (count_id);
CREATE INDEX ix_evidence_claim_evidence_id ON evidence_claim (evidence_id);
CREATE INDEX ix_evidence_claim_milestone_id ON evidence_claim (milestone_id);
CREATE TABLE review_answer (
    id BIGSERIAL NOT NULL,
    review_id BIGINT NOT NULL,
    commitment_id BIGINT,
    question TEXT COLLATE "C" NOT NULL,
    person_id BIGINT,
    review_file_id BIGINT,
    origin TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    explanation TEXT COLLATE "C" NOT NULL,
    explanation_en TEXT COLLATE "C" NOT NULL,
    agreed TEXT,
    answered_on DATE NOT NULL,
    replaced_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_review_answer PRIMARY KEY (id),
    CONSTRAINT fk_review_answer_review_id_review FOREIGN KEY(review_id) REFERENCES review (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_answer_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_answer_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_answer_review_file_id_review_file FOREIGN KEY(review_file_id) REFERENCES review_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_review_answer_commitment_id ON review_answer (commitment_id);
CREATE INDEX ix_review_answer_person_id ON review_answer (person_id);
CREATE INDEX ix_review_answer_review_file_id ON review_answer (review_file_id);
CREATE INDEX ix_review_answer_review_id ON review_answer (review_id);
CREATE TABLE review_comment (
    id BIGSERIAL NOT NULL,
    review_id BIGINT NOT NULL,
    commitment_id BIGINT,
    milestone_id BIGINT,
    evidence_id BIGINT,
    question TEXT COLLATE "C" NOT NULL,
    department TEXT COLLATE "C" NOT NULL,
    person_id BIGINT,
    review_file_id BIGINT,
    commented_on DATE NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    text_en TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_review_comment PRIMARY KEY (id),
    CONSTRAINT fk_review_comment_review_id_review FOREIGN KEY(review_id) REFERENCES review (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_comment_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_comment_milestone_id_milestone FOREIGN KEY(milestone_id) REFERENCES milestone (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_comment_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_comment_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_comment_review_file_id_review_file FOREIGN KEY(review_file_id) REFERENCES review_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_review_comment_commitment_id ON review_comment (commitment_id);
CREATE INDEX ix_review_comment_evidence_id ON review_comment (evidence_id);
CREATE INDEX ix_review_comment_milestone_id ON review_comment (milestone_id);
CREATE INDEX ix_review_comment_person_id ON review_comment (person_id);
CREATE INDEX ix_review_comment_review_file_id ON review_comment (review_file_id);
CREATE INDEX ix_review_comment_review_id ON review_comment (review_id);
CREATE TABLE review_finding (
    id BIGSERIAL NOT NULL,
    review_id BIGINT NOT NULL,
    commitment_id BIGINT,
    position INTEGER NOT NULL,
    found_on DATE NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    text_en TEXT COLLATE "C" NOT NULL,
    recommendation TEXT COLLATE "C" NOT NULL,
    recommendation_en TEXT COLLATE "C" NOT NULL,
    review_file_id BIGINT,
    settled_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_review_finding PRIMARY KEY (id),
    CONSTRAINT fk_review_finding_review_id_review FOREIGN KEY(review_id) REFERENCES review (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_finding_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_finding_review_file_id_review_file FOREIGN KEY(review_file_id) REFERENCES review_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_review_finding_commitment_id ON review_finding (commitment_id);
CREATE INDEX ix_review_finding_review_file_id ON review_finding (review_file_id);
CREATE INDEX ix_review_finding_review_id ON review_finding (review_id);
ALTER TABLE thread_link
  ADD COLUMN from_commitment_id BIGINT,
  ADD COLUMN from_review_finding_id BIGINT,
  ADD COLUMN to_commitment_id BIGINT,
  ADD CONSTRAINT fk_thread_link_from_review_finding_id_review_finding FOREIGN KEY (from_review_finding_id)
    REFERENCES review_finding (id) ON DELETE RESTRICT,
  ADD CONSTRAINT fk_thread_link_from_commitment_id_commitment FOREIGN KEY (from_commitment_id)
    REFERENCES commitment (id) ON DELETE RESTRICT,
  ADD CONSTRAINT fk_thread_link_to_commitment_id_commitment FOREIGN KEY (to_commitment_id)
    REFERENCES commitment (id) ON DELETE RESTRICT;
CREATE INDEX ix_thread_link_from_commitment_id ON thread_link (from_commitment_id);
CREATE INDEX ix_thread_link_from_review_finding_id ON thread_link (from_review_finding_id);
CREATE INDEX ix_thread_link_to_commitment_id ON thread_link (to_commitment_id);
