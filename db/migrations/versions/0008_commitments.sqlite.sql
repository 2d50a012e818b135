CREATE TABLE action_plan (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    submitted_on DATE,
    starts INTEGER,
    ends INTEGER,
    closed_on DATE,
    monitor_body_id INTEGER,
    forum_body_id INTEGER,
    url TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_action_plan_code UNIQUE (code),
    CONSTRAINT fk_action_plan_monitor_body_id_body FOREIGN KEY(monitor_body_id) REFERENCES body (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_plan_forum_body_id_body FOREIGN KEY(forum_body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_action_plan_forum_body_id ON action_plan (forum_body_id);
CREATE INDEX ix_action_plan_monitor_body_id ON action_plan (monitor_body_id);
CREATE TABLE commitment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    starts INTEGER,
    ends INTEGER,
    policy_area TEXT NOT NULL,
    policy_area_en TEXT NOT NULL,
    sector TEXT NOT NULL,
    sector_en TEXT NOT NULL,
    open_values TEXT NOT NULL,
    own_status TEXT NOT NULL,
    own_status_reason TEXT NOT NULL,
    own_status_on DATE,
    merged_into_id INTEGER,
    delay_cause TEXT NOT NULL,
    delay_cause_en TEXT NOT NULL,
    completed_on DATE,
    edition INTEGER NOT NULL,
    url TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_commitment_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT uq_commitment_code UNIQUE (code),
    CONSTRAINT fk_commitment_merged_into_id_commitment FOREIGN KEY(merged_into_id) REFERENCES commitment (id) ON DELETE RESTRICT
);
CREATE INDEX ix_commitment_merged_into_id ON commitment (merged_into_id);
CREATE INDEX ix_commitment_plan_id ON commitment (plan_id);
CREATE TABLE commitment_edition (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    commitment_id INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    adjusted_on DATE NOT NULL,
    reason TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    consulted TEXT NOT NULL,
    meeting_id INTEGER,
    content TEXT,
    closed_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT uq_commitment_edition_commitment_id_edition UNIQUE (commitment_id, edition),
    CONSTRAINT fk_commitment_edition_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_commitment_edition_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_commitment_edition_commitment_id ON commitment_edition (commitment_id);
CREATE INDEX ix_commitment_edition_meeting_id ON commitment_edition (meeting_id);
CREATE TABLE evidence (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    commitment_id INTEGER,
    file_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    url TEXT NOT NULL,
    obtained_on DATE NOT NULL,
    obtained_from TEXT NOT NULL,
    disclosure TEXT NOT NULL,
    ground TEXT NOT NULL,
    note TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_evidence_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_evidence_commitment_id ON evidence (commitment_id);
CREATE INDEX ix_evidence_file_id ON evidence (file_id);
CREATE INDEX ix_evidence_plan_id ON evidence (plan_id);
CREATE TABLE evidence_check (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    checked_at DATETIME NOT NULL,
    occasion TEXT NOT NULL,
    files INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    seconds FLOAT NOT NULL,
    broken TEXT,
    missing TEXT,
    version BIGINT NOT NULL
);
CREATE TABLE evidence_claim (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    evidence_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    claim TEXT NOT NULL,
    claim_en TEXT NOT NULL,
    commitment_id INTEGER,
    milestone_id INTEGER,
    count_id INTEGER,
    form TEXT NOT NULL,
    question TEXT NOT NULL,
    picked INTEGER,
    version BIGINT NOT NULL,
    CONSTRAINT fk_evidence_claim_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_claim_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_claim_milestone_id_milestone FOREIGN KEY(milestone_id) REFERENCES milestone (id) ON DELETE RESTRICT,
    CONSTRAINT fk_evidence_claim_count_id_plan_count FOREIGN KEY(count_id) REFERENCES plan_count (id) ON DELETE RESTRICT
);
CREATE INDEX ix_evidence_claim_commitment_id ON evidence_claim (commitment_id);
CREATE INDEX ix_evidence_claim_count_id ON evidence_claim (count_id);
CREATE INDEX ix_evidence_claim_evidence_id ON evidence_claim (evidence_id);
CREATE INDEX ix_evidence_claim_milestone_id ON evidence_claim (milestone_id);
CREATE TABLE milestone (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    commitment_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    output TEXT NOT NULL,
    output_en TEXT NOT NULL,
    starts_on DATE,
    due_on DATE,
    started_on DATE,
    completed_on DATE,
    state TEXT NOT NULL,
    weight INTEGER NOT NULL,
    responsible TEXT NOT NULL,
    supporting TEXT NOT NULL,
    delay_cause TEXT NOT NULL,
    delay_cause_en TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT ck_milestone_completed CHECK ((state = 'completed') = (completed_on IS NOT NULL)),
    CONSTRAINT fk_milestone_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT
);
CREATE INDEX ix_milestone_commitment_id ON milestone (commitment_id);
CREATE INDEX ix_milestone_due_on ON milestone (due_on);
CREATE TABLE monitor_key (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    public_key VARCHAR(64) NOT NULL,
    compared_on DATE NOT NULL,
    ended_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT fk_monitor_key_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT uq_monitor_key_fingerprint UNIQUE (fingerprint)
);
CREATE INDEX ix_monitor_key_person_id ON monitor_key (person_id);
CREATE TABLE plan_count (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    parent_id INTEGER,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    label_en TEXT NOT NULL,
    number INTEGER,
    held_on DATE,
    meeting_id INTEGER,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_plan_count_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_count_parent_id_plan_count FOREIGN KEY(parent_id) REFERENCES plan_count (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_count_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_plan_count_meeting_id ON plan_count (meeting_id);
CREATE INDEX ix_plan_count_parent_id ON plan_count (parent_id);
CREATE INDEX ix_plan_count_plan_id ON plan_count (plan_id);
CREATE TABLE plan_institution (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    commitment_id INTEGER,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    organisation_id INTEGER,
    version BIGINT NOT NULL,
    CONSTRAINT fk_plan_institution_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_institution_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_institution_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_plan_institution_commitment_id ON plan_institution (commitment_id);
CREATE INDEX ix_plan_institution_organisation_id ON plan_institution (organisation_id);
CREATE INDEX ix_plan_institution_plan_id ON plan_institution (plan_id);
CREATE TABLE plan_rule (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    value TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    unverified BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_plan_rule_plan_id_rule_valid_from UNIQUE (plan_id, rule, valid_from),
    CONSTRAINT fk_plan_rule_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT
);
CREATE INDEX ix_plan_rule_plan_id ON plan_rule (plan_id);
CREATE TABLE plan_text (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    commitment_id INTEGER,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    text_en TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_plan_text_plan_id_commitment_id_section UNIQUE (plan_id, commitment_id, section),
    CONSTRAINT fk_plan_text_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_plan_text_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT
);
CREATE INDEX ix_plan_text_commitment_id ON plan_text (commitment_id);
CREATE INDEX ix_plan_text_plan_id ON plan_text (plan_id);
CREATE TABLE progress_note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    commitment_id INTEGER NOT NULL,
    milestone_id INTEGER,
    noted_on DATE NOT NULL,
    department TEXT NOT NULL,
    text TEXT NOT NULL,
    text_en TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_progress_note_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_progress_note_milestone_id_milestone FOREIGN KEY(milestone_id) REFERENCES milestone (id) ON DELETE RESTRICT
);
CREATE INDEX ix_progress_note_commitment_id ON progress_note (commitment_id);
CREATE INDEX ix_progress_note_milestone_id ON progress_note (milestone_id);
CREATE TABLE publication (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    commitment_id INTEGER,
    review_id INTEGER,
    file_id INTEGER,
    channel TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    url TEXT NOT NULL,
    published_on DATE NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_publication_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_publication_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_publication_review_id_review FOREIGN KEY(review_id) REFERENCES review (id) ON DELETE RESTRICT,
    CONSTRAINT fk_publication_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_publication_commitment_id ON publication (commitment_id);
CREATE INDEX ix_publication_file_id ON publication (file_id);
CREATE INDEX ix_publication_plan_id ON publication (plan_id);
CREATE INDEX ix_publication_review_id ON publication (review_id);
CREATE TABLE review (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL,
    commitment_id INTEGER,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    from_on DATE,
    until_on DATE,
    due_on DATE,
    submitted_on DATE,
    state TEXT NOT NULL,
    department TEXT NOT NULL,
    asked TEXT NOT NULL,
    asked_en TEXT NOT NULL,
    summary TEXT NOT NULL,
    summary_en TEXT NOT NULL,
    source TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_review_plan_id_action_plan FOREIGN KEY(plan_id) REFERENCES action_plan (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT
);
CREATE INDEX ix_review_commitment_id ON review (commitment_id);
CREATE INDEX ix_review_plan_id ON review (plan_id);
CREATE TABLE review_answer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL,
    commitment_id INTEGER,
    question TEXT NOT NULL,
    person_id INTEGER,
    review_file_id INTEGER,
    origin TEXT NOT NULL,
    value TEXT NOT NULL,
    explanation TEXT NOT NULL,
    explanation_en TEXT NOT NULL,
    agreed TEXT,
    answered_on DATE NOT NULL,
    replaced_on DATE,
    version BIGINT NOT NULL,
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
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL,
    commitment_id INTEGER,
    milestone_id INTEGER,
    evidence_id INTEGER,
    question TEXT NOT NULL,
    department TEXT NOT NULL,
    person_id INTEGER,
    review_file_id INTEGER,
    commented_on DATE NOT NULL,
    text TEXT NOT NULL,
    text_en TEXT NOT NULL,
    version BIGINT NOT NULL,
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
CREATE TABLE review_file (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL,
    snapshot_id INTEGER NOT NULL,
    key_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    signed_at DATETIME NOT NULL,
    imported_at DATETIME NOT NULL,
    version BIGINT NOT NULL,
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
CREATE TABLE review_finding (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL,
    commitment_id INTEGER,
    position INTEGER NOT NULL,
    found_on DATE NOT NULL,
    text TEXT NOT NULL,
    text_en TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    recommendation_en TEXT NOT NULL,
    review_file_id INTEGER,
    settled_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT fk_review_finding_review_id_review FOREIGN KEY(review_id) REFERENCES review (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_finding_commitment_id_commitment FOREIGN KEY(commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_review_finding_review_file_id_review_file FOREIGN KEY(review_file_id) REFERENCES review_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_review_finding_commitment_id ON review_finding (commitment_id);
CREATE INDEX ix_review_finding_review_file_id ON review_finding (review_file_id);
CREATE INDEX ix_review_finding_review_id ON review_finding (review_id);
CREATE TABLE thread_link (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    from_proposal_id INTEGER,
    from_item_id INTEGER,
    from_action_id INTEGER,
    from_finding_id INTEGER,
    from_commitment_id INTEGER,
    from_review_finding_id INTEGER,
    to_proposal_id INTEGER,
    to_item_id INTEGER,
    to_action_id INTEGER,
    to_indicator_id INTEGER,
    to_commitment_id INTEGER,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_thread_link_from_proposal_id_proposal FOREIGN KEY(from_proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_item_id_agenda_item FOREIGN KEY(from_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_action_id_action FOREIGN KEY(from_action_id) REFERENCES action (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_finding_id_poll_finding FOREIGN KEY(from_finding_id) REFERENCES poll_finding (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_commitment_id_commitment FOREIGN KEY(from_commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_review_finding_id_review_finding FOREIGN KEY(from_review_finding_id) REFERENCES review_finding (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_proposal_id_proposal FOREIGN KEY(to_proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_item_id_agenda_item FOREIGN KEY(to_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_action_id_action FOREIGN KEY(to_action_id) REFERENCES action (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_indicator_id_indicator FOREIGN KEY(to_indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_commitment_id_commitment FOREIGN KEY(to_commitment_id) REFERENCES commitment (id) ON DELETE RESTRICT
);
CREATE INDEX ix_thread_link_from_action_id ON thread_link (from_action_id);
CREATE INDEX ix_thread_link_from_commitment_id ON thread_link (from_commitment_id);
CREATE INDEX ix_thread_link_from_finding_id ON thread_link (from_finding_id);
CREATE INDEX ix_thread_link_from_item_id ON thread_link (from_item_id);
CREATE INDEX ix_thread_link_from_proposal_id ON thread_link (from_proposal_id);
CREATE INDEX ix_thread_link_from_review_finding_id ON thread_link (from_review_finding_id);
CREATE INDEX ix_thread_link_to_action_id ON thread_link (to_action_id);
CREATE INDEX ix_thread_link_to_commitment_id ON thread_link (to_commitment_id);
CREATE INDEX ix_thread_link_to_indicator_id ON thread_link (to_indicator_id);
CREATE INDEX ix_thread_link_to_item_id ON thread_link (to_item_id);
CREATE INDEX ix_thread_link_to_proposal_id ON thread_link (to_proposal_id);
