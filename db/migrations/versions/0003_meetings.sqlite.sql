CREATE TABLE action (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    body_id INTEGER NOT NULL,
    meeting_id INTEGER,
    item_id INTEGER,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    department TEXT NOT NULL,
    due_on DATE NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT NOT NULL,
    result TEXT NOT NULL,
    done_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT fk_action_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
);
CREATE INDEX ix_action_body_id ON action (body_id);
CREATE INDEX ix_action_due_on ON action (due_on);
CREATE INDEX ix_action_item_id ON action (item_id);
CREATE INDEX ix_action_meeting_id ON action (meeting_id);
CREATE TABLE action_evidence (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_action_evidence_action_id_action FOREIGN KEY(action_id) REFERENCES action (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_evidence_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_action_evidence_action_id ON action_evidence (action_id);
CREATE INDEX ix_action_evidence_file_id ON action_evidence (file_id);
CREATE TABLE agenda_item (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    parent_id INTEGER,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    standing TEXT NOT NULL,
    listing TEXT NOT NULL,
    listing_reason TEXT NOT NULL,
    label TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    restricted BOOLEAN NOT NULL,
    restricted_ground TEXT NOT NULL,
    open_title TEXT NOT NULL,
    submitter TEXT NOT NULL,
    submitted_on DATE,
    presenter TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    request TEXT NOT NULL,
    reason TEXT NOT NULL,
    contents TEXT NOT NULL,
    reference TEXT NOT NULL,
    state TEXT NOT NULL,
    begun_at DATETIME,
    ended_at DATETIME,
    outcome TEXT,
    resolution TEXT NOT NULL,
    remark TEXT NOT NULL,
    decided_at DATETIME,
    presiding_id INTEGER,
    presiding_ground TEXT NOT NULL,
    carried_from_id INTEGER,
    version BIGINT NOT NULL,
    CONSTRAINT uq_agenda_item_meeting_id_position UNIQUE (meeting_id, position),
    CONSTRAINT fk_agenda_item_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_agenda_item_parent_id_agenda_item FOREIGN KEY(parent_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_agenda_item_presiding_id_membership FOREIGN KEY(presiding_id) REFERENCES membership (id) ON DELETE RESTRICT,
    CONSTRAINT fk_agenda_item_carried_from_id_agenda_item FOREIGN KEY(carried_from_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
);
CREATE INDEX ix_agenda_item_carried_from_id ON agenda_item (carried_from_id);
CREATE INDEX ix_agenda_item_meeting_id ON agenda_item (meeting_id);
CREATE INDEX ix_agenda_item_parent_id ON agenda_item (parent_id);
CREATE INDEX ix_agenda_item_presiding_id ON agenda_item (presiding_id);
CREATE TABLE agenda_template (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    body_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_agenda_template_body_id_name UNIQUE (body_id, name),
    CONSTRAINT fk_agenda_template_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_agenda_template_body_id ON agenda_template (body_id);
CREATE TABLE amendment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    mover_id INTEGER,
    seconder_id INTEGER,
    original TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_amendment_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_amendment_mover_id_attendance FOREIGN KEY(mover_id) REFERENCES attendance (id) ON DELETE RESTRICT,
    CONSTRAINT fk_amendment_seconder_id_attendance FOREIGN KEY(seconder_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_amendment_item_id ON amendment (item_id);
CREATE INDEX ix_amendment_mover_id ON amendment (mover_id);
CREATE INDEX ix_amendment_seconder_id ON amendment (seconder_id);
CREATE TABLE attendance (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    reply TEXT NOT NULL,
    replied_at DATETIME,
    presence TEXT NOT NULL,
    substitute TEXT NOT NULL,
    substitute_post TEXT NOT NULL,
    substitute_letter_id INTEGER,
    paid BOOLEAN,
    paid_reason TEXT NOT NULL,
    recorded_name TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT uq_attendance_meeting_id_membership_id UNIQUE (meeting_id, membership_id),
    CONSTRAINT fk_attendance_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attendance_membership_id_membership FOREIGN KEY(membership_id) REFERENCES membership (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attendance_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attendance_substitute_letter_id_stored_file FOREIGN KEY(substitute_letter_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_attendance_meeting_id ON attendance (meeting_id);
CREATE INDEX ix_attendance_membership_id ON attendance (membership_id);
CREATE INDEX ix_attendance_person_id ON attendance (person_id);
CREATE INDEX ix_attendance_substitute_letter_id ON attendance (substitute_letter_id);
CREATE TABLE ballot (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    vote_id INTEGER NOT NULL,
    attendance_id INTEGER NOT NULL,
    present BOOLEAN NOT NULL,
    entitled BOOLEAN NOT NULL,
    choice TEXT,
    replied_on DATE,
    opinion TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_ballot_vote_id_attendance_id UNIQUE (vote_id, attendance_id),
    CONSTRAINT fk_ballot_vote_id_vote FOREIGN KEY(vote_id) REFERENCES vote (id) ON DELETE RESTRICT,
    CONSTRAINT fk_ballot_attendance_id_attendance FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_ballot_attendance_id ON ballot (attendance_id);
CREATE INDEX ix_ballot_vote_id ON ballot (vote_id);
CREATE TABLE distinct_pair (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    noted_on DATE NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_distinct_pair_person_id_other_id UNIQUE (person_id, other_id),
    CONSTRAINT fk_distinct_pair_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_distinct_pair_other_id_person FOREIGN KEY(other_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_distinct_pair_other_id ON distinct_pair (other_id);
CREATE INDEX ix_distinct_pair_person_id ON distinct_pair (person_id);
CREATE TABLE draft (
    meeting_id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    saved_at DATETIME NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (meeting_id, item_id)
);
CREATE TABLE drawn_number (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    body_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    drawn_at DATETIME NOT NULL,
    gap TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_drawn_number_body_id_kind_year_number UNIQUE (body_id, kind, year, number),
    CONSTRAINT fk_drawn_number_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_drawn_number_body_id ON drawn_number (body_id);
CREATE INDEX ix_drawn_number_subject_id ON drawn_number (subject_id);
CREATE TABLE guest (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    post TEXT NOT NULL,
    position INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_guest_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_guest_meeting_id ON guest (meeting_id);
CREATE TABLE holiday (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    day DATE NOT NULL,
    name TEXT NOT NULL,
    off BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_holiday_day UNIQUE (day)
);
CREATE TABLE meeting (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    body_id INTEGER NOT NULL,
    number INTEGER,
    number_year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    starts_at DATETIME NOT NULL,
    minutes INTEGER NOT NULL,
    place TEXT NOT NULL,
    presiding TEXT NOT NULL,
    presiding_id INTEGER,
    presiding_ground TEXT NOT NULL,
    secretary TEXT NOT NULL,
    secretariat TEXT NOT NULL,
    noticed_on DATE,
    distributed_on DATE,
    urgency TEXT NOT NULL,
    reply_by DATETIME,
    public BOOLEAN NOT NULL,
    closed_ground TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    opened_at DATETIME,
    enrolled_at_opening INTEGER,
    required_at_opening INTEGER,
    present_at_opening INTEGER,
    closed_at DATETIME,
    adjournment TEXT NOT NULL,
    replaces_id INTEGER,
    series_id INTEGER,
    recording_id INTEGER,
    recording_from DATETIME,
    uid TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT uq_meeting_body_id_number_year_number UNIQUE (body_id, number_year, number),
    CONSTRAINT fk_meeting_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT,
    CONSTRAINT fk_meeting_presiding_id_membership FOREIGN KEY(presiding_id) REFERENCES membership (id) ON DELETE RESTRICT,
    CONSTRAINT fk_meeting_replaces_id_meeting FOREIGN KEY(replaces_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_meeting_series_id_meeting_series FOREIGN KEY(series_id) REFERENCES meeting_series (id) ON DELETE RESTRICT,
    CONSTRAINT fk_meeting_recording_id_stored_file FOREIGN KEY(recording_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
    CONSTRAINT uq_meeting_uid UNIQUE (uid)
);
CREATE INDEX ix_meeting_body_id ON meeting (body_id);
CREATE INDEX ix_meeting_presiding_id ON meeting (presiding_id);
CREATE INDEX ix_meeting_recording_id ON meeting (recording_id);
CREATE INDEX ix_meeting_replaces_id ON meeting (replaces_id);
CREATE INDEX ix_meeting_series_id ON meeting (series_id);
CREATE INDEX ix_meeting_starts_at ON meeting (starts_at);
CREATE TABLE meeting_series (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    body_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    rule TEXT NOT NULL,
    first_at DATETIME NOT NULL,
    minutes INTEGER NOT NULL,
    place TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_meeting_series_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_meeting_series_body_id ON meeting_series (body_id);
CREATE TABLE meeting_step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_meeting_step_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_meeting_step_meeting_id ON meeting_step (meeting_id);
CREATE TABLE minutes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    speakers TEXT NOT NULL,
    confirmation TEXT NOT NULL,
    drafted_on DATE NOT NULL,
    review_until DATE,
    confirmed_on DATE,
    confirmed_by TEXT NOT NULL,
    confirmed_meeting_id INTEGER,
    corrections TEXT NOT NULL,
    published_on DATE,
    published_where TEXT NOT NULL,
    early BOOLEAN NOT NULL,
    closed_ground TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_minutes_meeting_id UNIQUE (meeting_id),
    CONSTRAINT fk_minutes_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_minutes_confirmed_meeting_id_meeting FOREIGN KEY(confirmed_meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_minutes_confirmed_meeting_id ON minutes (confirmed_meeting_id);
CREATE TABLE minutes_answer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    minutes_id INTEGER NOT NULL,
    attendance_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    answered_on DATE NOT NULL,
    agrees BOOLEAN NOT NULL,
    remark TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_minutes_answer_minutes_id_attendance_id_kind UNIQUE (minutes_id, attendance_id, kind),
    CONSTRAINT fk_minutes_answer_minutes_id_minutes FOREIGN KEY(minutes_id) REFERENCES minutes (id) ON DELETE RESTRICT,
    CONSTRAINT fk_minutes_answer_attendance_id_attendance FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_minutes_answer_attendance_id ON minutes_answer (attendance_id);
CREATE INDEX ix_minutes_answer_minutes_id ON minutes_answer (minutes_id);
CREATE TABLE movement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    attendance_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    inside BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_movement_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_movement_attendance_id_attendance FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_movement_attendance_id ON movement (attendance_id);
CREATE INDEX ix_movement_meeting_id ON movement (meeting_id);
CREATE TABLE nominee (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    vote_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    votes INTEGER,
    elected BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_nominee_vote_id_membership_id UNIQUE (vote_id, membership_id),
    CONSTRAINT fk_nominee_vote_id_vote FOREIGN KEY(vote_id) REFERENCES vote (id) ON DELETE RESTRICT,
    CONSTRAINT fk_nominee_membership_id_membership FOREIGN KEY(membership_id) REFERENCES membership (id) ON DELETE RESTRICT
);
CREATE INDEX ix_nominee_membership_id ON nominee (membership_id);
CREATE INDEX ix_nominee_vote_id ON nominee (vote_id);
CREATE TABLE note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    item_id INTEGER,
    text TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_note_meeting_id_item_id UNIQUE (meeting_id, item_id),
    CONSTRAINT fk_note_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_note_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
);
CREATE INDEX ix_note_item_id ON note (item_id);
CREATE INDEX ix_note_meeting_id ON note (meeting_id);
CREATE TABLE recusal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL,
    attendance_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ground TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_recusal_item_id_attendance_id UNIQUE (item_id, attendance_id),
    CONSTRAINT fk_recusal_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_recusal_attendance_id_attendance FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_recusal_attendance_id ON recusal (attendance_id);
CREATE INDEX ix_recusal_item_id ON recusal (item_id);
CREATE TABLE sitting_break (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    starts_at DATETIME NOT NULL,
    ends_at DATETIME,
    reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_sitting_break_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_sitting_break_meeting_id ON sitting_break (meeting_id);
CREATE TABLE template_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    template_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    standing TEXT NOT NULL,
    title TEXT NOT NULL,
    presenter TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_template_line_template_id_agenda_template FOREIGN KEY(template_id) REFERENCES agenda_template (id) ON DELETE RESTRICT
);
CREATE INDEX ix_template_line_template_id ON template_line (template_id);
CREATE TABLE vote (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    item_id INTEGER,
    amendment_id INTEGER,
    recusal_id INTEGER,
    position INTEGER NOT NULL,
    subject TEXT NOT NULL,
    label TEXT NOT NULL,
    role TEXT NOT NULL,
    method TEXT NOT NULL,
    state TEXT NOT NULL,
    enrolled INTEGER,
    present INTEGER,
    entitled INTEGER,
    required INTEGER,
    yes INTEGER,
    no INTEGER,
    abstain INTEGER,
    invalid INTEGER,
    not_voting INTEGER,
    uncounted BOOLEAN NOT NULL,
    suggested TEXT NOT NULL,
    result TEXT NOT NULL,
    explanation TEXT NOT NULL,
    closed_at DATETIME,
    version BIGINT NOT NULL,
    CONSTRAINT fk_vote_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_vote_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_vote_amendment_id_amendment FOREIGN KEY(amendment_id) REFERENCES amendment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_vote_recusal_id_recusal FOREIGN KEY(recusal_id) REFERENCES recusal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_vote_amendment_id ON vote (amendment_id);
CREATE INDEX ix_vote_item_id ON vote (item_id);
CREATE INDEX ix_vote_meeting_id ON vote (meeting_id);
CREATE INDEX ix_vote_recusal_id ON vote (recusal_id);
