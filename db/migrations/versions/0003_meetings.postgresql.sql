CREATE TABLE draft (
    meeting_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (meeting_id, item_id)
);
CREATE TABLE holiday (
    id BIGSERIAL NOT NULL,
    day DATE NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    "off" BOOLEAN NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_holiday PRIMARY KEY (id),
    CONSTRAINT uq_holiday_day UNIQUE (day)
);
CREATE TABLE agenda_template (
    id BIGSERIAL NOT NULL,
    body_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_agenda_template PRIMARY KEY (id),
    CONSTRAINT uq_agenda_template_body_id_name UNIQUE (body_id, name),
    CONSTRAINT fk_agenda_template_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_agenda_template_body_id ON agenda_template (body_id);
CREATE TABLE distinct_pair (
    id BIGSERIAL NOT NULL,
    person_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    noted_on DATE NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_distinct_pair PRIMARY KEY (id),
    CONSTRAINT uq_distinct_pair_person_id_other_id UNIQUE (person_id, other_id),
    CONSTRAINT fk_distinct_pair_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_distinct_pair_other_id_person FOREIGN KEY(other_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_distinct_pair_other_id ON distinct_pair (other_id);
CREATE INDEX ix_distinct_pair_person_id ON distinct_pair (person_id);
CREATE TABLE drawn_number (
    id BIGSERIAL NOT NULL,
    body_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    subject_id INTEGER NOT NULL,
    drawn_at TIMESTAMP WITH TIME ZONE NOT NULL,
    gap TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_drawn_number PRIMARY KEY (id),
    CONSTRAINT uq_drawn_number_body_id_kind_year_number UNIQUE (body_id, kind, year, number),
    CONSTRAINT fk_drawn_number_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_drawn_number_body_id ON drawn_number (body_id);
CREATE INDEX ix_drawn_number_subject_id ON drawn_number (subject_id);
CREATE TABLE meeting_series (
    id BIGSERIAL NOT NULL,
    body_id BIGINT NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    first_at TIMESTAMP WITH TIME ZONE NOT NULL,
    minutes INTEGER NOT NULL,
    place TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_meeting_series PRIMARY KEY (id),
    CONSTRAINT fk_meeting_series_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_meeting_series_body_id ON meeting_series (body_id);
CREATE TABLE template_line (
    id BIGSERIAL NOT NULL,
    template_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    standing TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    presenter TEXT COLLATE "C" NOT NULL,
    minutes INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_template_line PRIMARY KEY (id),
    CONSTRAINT fk_template_line_template_id_agenda_template FOREIGN KEY(template_id) REFERENCES agenda_template (id) ON DELETE RESTRICT
);
CREATE INDEX ix_template_line_template_id ON template_line (template_id);
CREATE TABLE guest (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    post TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_guest PRIMARY KEY (id),
    CONSTRAINT fk_guest_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_guest_meeting_id ON guest (meeting_id);
CREATE TABLE meeting_step (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    before TEXT COLLATE "C" NOT NULL,
    after TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_meeting_step PRIMARY KEY (id),
    CONSTRAINT fk_meeting_step_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_meeting_step_meeting_id ON meeting_step (meeting_id);
CREATE TABLE minutes (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    speakers TEXT COLLATE "C" NOT NULL,
    confirmation TEXT COLLATE "C" NOT NULL,
    drafted_on DATE NOT NULL,
    review_until DATE,
    confirmed_on DATE,
    confirmed_by TEXT COLLATE "C" NOT NULL,
    confirmed_meeting_id BIGINT,
    corrections TEXT COLLATE "C" NOT NULL,
    published_on DATE,
    published_where TEXT COLLATE "C" NOT NULL,
    early BOOLEAN NOT NULL,
    closed_ground TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_minutes PRIMARY KEY (id),
    CONSTRAINT uq_minutes_meeting_id UNIQUE (meeting_id),
    CONSTRAINT fk_minutes_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_minutes_confirmed_meeting_id_meeting FOREIGN KEY(confirmed_meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_minutes_confirmed_meeting_id ON minutes (confirmed_meeting_id);
CREATE TABLE sitting_break (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE,
    reason TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_sitting_break PRIMARY KEY (id),
    CONSTRAINT fk_sitting_break_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_sitting_break_meeting_id ON sitting_break (meeting_id);
CREATE TABLE action (
    id BIGSERIAL NOT NULL,
    body_id BIGINT NOT NULL,
    meeting_id BIGINT,
    item_id BIGINT,
    position INTEGER NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    department TEXT COLLATE "C" NOT NULL,
    due_on DATE NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    state_reason TEXT COLLATE "C" NOT NULL,
    result TEXT COLLATE "C" NOT NULL,
    done_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_action PRIMARY KEY (id),
    CONSTRAINT fk_action_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
);
CREATE INDEX ix_action_body_id ON action (body_id);
CREATE INDEX ix_action_due_on ON action (due_on);
CREATE INDEX ix_action_item_id ON action (item_id);
CREATE INDEX ix_action_meeting_id ON action (meeting_id);
CREATE TABLE amendment (
    id BIGSERIAL NOT NULL,
    item_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    mover_id BIGINT,
    seconder_id BIGINT,
    original TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_amendment PRIMARY KEY (id),
    CONSTRAINT fk_amendment_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_amendment_mover_id_attendance FOREIGN KEY(mover_id) REFERENCES attendance (id) ON DELETE RESTRICT,
    CONSTRAINT fk_amendment_seconder_id_attendance FOREIGN KEY(seconder_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_amendment_item_id ON amendment (item_id);
CREATE INDEX ix_amendment_mover_id ON amendment (mover_id);
CREATE INDEX ix_amendment_seconder_id ON amendment (seconder_id);
CREATE TABLE minutes_answer (
    id BIGSERIAL NOT NULL,
    minutes_id BIGINT NOT NULL,
    attendance_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    answered_on DATE NOT NULL,
    agrees BOOLEAN NOT NULL,
    remark TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_minutes_answer PRIMARY KEY (id),
    CONSTRAINT uq_minutes_answer_minutes_id_attendance_id_kind UNIQUE (minutes_id, attendance_id, kind),
    CONSTRAINT fk_minutes_answer_minutes_id_minutes FOREIGN KEY(minutes_id) REFERENCES minutes (id) ON DELETE RESTRICT,
    CONSTRAINT fk_minutes_answer_attendance_id_attendance FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_minutes_answer_attendance_id ON minutes_answer (attendance_id);
CREATE INDEX ix_minutes_answer_minutes_id ON minutes_answer (minutes_id);
CREATE TABLE movement (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    attendance_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    inside BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_movement PRIMARY KEY (id),
    CONSTRAINT fk_movement_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_movement_attendance_id_attendance FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_movement_attendance_id ON movement (attendance_id);
CREATE INDEX ix_movement_meeting_id ON movement (meeting_id);
CREATE TABLE note (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    item_id BIGINT,
    text TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_note PRIMARY KEY (id),
    CONSTRAINT uq_note_meeting_id_item_id UNIQUE (meeting_id, item_id),
    CONSTRAINT fk_note_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_note_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
);
CREATE INDEX ix_note_item_id ON note (item_id);
CREATE INDEX ix_note_meeting_id ON note (meeting_id);
CREATE TABLE recusal (
    id BIGSERIAL NOT NULL,
    item_id BIGINT NOT NULL,
    attendance_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    ground TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_recusal PRIMARY KEY (id),
    CONSTRAINT uq_recusal_item_id_attendance_id UNIQUE (item_id, attendance_id),
    CONSTRAINT fk_recusal_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_recusal_attendance_id_attendance FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_recusal_attendance_id ON recusal (attendance_id);
CREATE INDEX ix_recusal_item_id ON recusal (item_id);
CREATE TABLE action_evidence (
    id BIGSERIAL NOT NULL,
    action_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_action_evidence PRIMARY KEY (id),
    CONSTRAINT fk_action_evidence_action_id_action FOREIGN KEY(action_id) REFERENCES action (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_evidence_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_action_evidence_action_id ON action_evidence (action_id);
CREATE INDEX ix_action_evidence_file_id ON action_evidence (file_id);
CREATE TABLE vote (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    item_id BIGINT,
    amendment_id BIGINT,
    recusal_id BIGINT,
    position INTEGER NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    method TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
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
    suggested TEXT COLLATE "C" NOT NULL,
    result TEXT COLLATE "C" NOT NULL,
    explanation TEXT COLLATE "C" NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_vote PRIMARY KEY (id),
    CONSTRAINT fk_vote_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_vote_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_vote_amendment_id_amendment FOREIGN KEY(amendment_id) REFERENCES amendment (id) ON DELETE RESTRICT,
    CONSTRAINT fk_vote_recusal_id_recusal FOREIGN KEY(recusal_id) REFERENCES recusal (id) ON DELETE RESTRICT
);
CREATE INDEX ix_vote_amendment_id ON vote (amendment_id);
CREATE INDEX ix_vote_item_id ON vote (item_id);
CREATE INDEX ix_vote_meeting_id ON vote (meeting_id);
CREATE INDEX ix_vote_recusal_id ON vote (recusal_id);
CREATE TABLE ballot (
    id BIGSERIAL NOT NULL,
    vote_id BIGINT NOT NULL,
    attendance_id BIGINT NOT NULL,
    present BOOLEAN NOT NULL,
    entitled BOOLEAN NOT NULL,
    choice TEXT COLLATE "C",
    replied_on DATE,
    opinion TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_ballot PRIMARY KEY (id),
    CONSTRAINT uq_ballot_vote_id_attendance_id UNIQUE (vote_id, attendance_id),
    CONSTRAINT fk_ballot_vote_id_vote FOREIGN KEY(vote_id) REFERENCES vote (id) ON DELETE RESTRICT,
    CONSTRAINT fk_ballot_attendance_id_attendance FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE RESTRICT
);
CREATE INDEX ix_ballot_attendance_id ON ballot (attendance_id);
CREATE INDEX ix_ballot_vote_id ON ballot (vote_id);
CREATE TABLE nominee (
    id BIGSERIAL NOT NULL,
    vote_id BIGINT NOT NULL,
    membership_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    votes INTEGER,
    elected BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_nominee PRIMARY KEY (id),
    CONSTRAINT uq_nominee_vote_id_membership_id UNIQUE (vote_id, membership_id),
    CONSTRAINT fk_nominee_vote_id_vote FOREIGN KEY(vote_id) REFERENCES vote (id) ON DELETE RESTRICT,
    CONSTRAINT fk_nominee_membership_id_membership FOREIGN KEY(membership_id) REFERENCES membership (id) ON DELETE RESTRICT
);
CREATE INDEX ix_nominee_membership_id ON nominee (membership_id);
CREATE INDEX ix_nominee_vote_id ON nominee (vote_id);
ALTER TABLE agenda_item
  ADD COLUMN parent_id BIGINT,
  ADD COLUMN standing TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN listing TEXT COLLATE "C" DEFAULT 'normal' NOT NULL,
  ADD COLUMN listing_reason TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN label TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN number TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN restricted BOOLEAN DEFAULT false NOT NULL,
  ADD COLUMN restricted_ground TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN open_title TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN submitter TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN submitted_on DATE,
  ADD COLUMN state TEXT COLLATE "C" DEFAULT 'pending' NOT NULL,
  ADD COLUMN begun_at TIMESTAMP WITH TIME ZONE,
  ADD COLUMN ended_at TIMESTAMP WITH TIME ZONE,
  ADD COLUMN outcome TEXT COLLATE "C",
  ADD COLUMN resolution TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN remark TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN decided_at TIMESTAMP WITH TIME ZONE,
  ADD COLUMN presiding_id BIGINT,
  ADD COLUMN presiding_ground TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN carried_from_id BIGINT,
  ADD CONSTRAINT fk_agenda_item_parent_id_agenda_item FOREIGN KEY (parent_id)
    REFERENCES agenda_item (id) ON DELETE RESTRICT,
  ADD CONSTRAINT fk_agenda_item_carried_from_id_agenda_item FOREIGN KEY (carried_from_id)
    REFERENCES agenda_item (id) ON DELETE RESTRICT,
  ADD CONSTRAINT fk_agenda_item_presiding_id_membership FOREIGN KEY (presiding_id)
    REFERENCES membership (id) ON DELETE RESTRICT;
ALTER TABLE agenda_item
  ALTER standing DROP DEFAULT,
  ALTER listing DROP DEFAULT,
  ALTER listing_reason DROP DEFAULT,
  ALTER label DROP DEFAULT,
  ALTER number DROP DEFAULT,
  ALTER restricted DROP DEFAULT,
  ALTER restricted_ground DROP DEFAULT,
  ALTER open_title DROP DEFAULT,
  ALTER submitter DROP DEFAULT,
  ALTER state DROP DEFAULT,
  ALTER resolution DROP DEFAULT,
  ALTER remark DROP DEFAULT,
  ALTER presiding_ground DROP DEFAULT;
CREATE INDEX ix_agenda_item_carried_from_id ON agenda_item (carried_from_id);
CREATE INDEX ix_agenda_item_parent_id ON agenda_item (parent_id);
CREATE INDEX ix_agenda_item_presiding_id ON agenda_item (presiding_id);
ALTER TABLE attendance
  ADD COLUMN replied_at TIMESTAMP WITH TIME ZONE,
  ADD COLUMN substitute TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN substitute_post TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN substitute_letter_id BIGINT,
  ADD COLUMN paid BOOLEAN,
  ADD COLUMN paid_reason TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD CONSTRAINT fk_attendance_substitute_letter_id_stored_file FOREIGN KEY (substitute_letter_id)
    REFERENCES stored_file (id) ON DELETE RESTRICT;
ALTER TABLE attendance
  ALTER substitute DROP DEFAULT,
  ALTER substitute_post DROP DEFAULT,
  ALTER paid_reason DROP DEFAULT;
CREATE INDEX ix_attendance_substitute_letter_id ON attendance (substitute_letter_id);
ALTER TABLE meeting
  ADD COLUMN number_year INTEGER DEFAULT 0 NOT NULL,
  ADD COLUMN presiding_id BIGINT,
  ADD COLUMN presiding_ground TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN secretary TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN distributed_on DATE,
  ADD COLUMN urgency TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN reply_by TIMESTAMP WITH TIME ZONE,
  ADD COLUMN public BOOLEAN DEFAULT true NOT NULL,
  ADD COLUMN closed_ground TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN reason TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN enrolled_at_opening INTEGER,
  ADD COLUMN required_at_opening INTEGER,
  ADD COLUMN present_at_opening INTEGER,
  ADD COLUMN adjournment TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN replaces_id BIGINT,
  ADD COLUMN series_id BIGINT,
  ADD COLUMN recording_id BIGINT,
  ADD COLUMN recording_from TIMESTAMP WITH TIME ZONE,
  ADD COLUMN uid TEXT COLLATE "C",
  DROP CONSTRAINT uq_meeting_body_id_number,
  ADD CONSTRAINT uq_meeting_body_id_number_year_number UNIQUE (body_id, number_year, number),
  ADD CONSTRAINT uq_meeting_uid UNIQUE (uid),
  ADD CONSTRAINT fk_meeting_recording_id_stored_file FOREIGN KEY (recording_id)
    REFERENCES stored_file (id) ON DELETE RESTRICT,
  ADD CONSTRAINT fk_meeting_presiding_id_membership FOREIGN KEY (presiding_id)
    REFERENCES membership (id) ON DELETE RESTRICT,
  ADD CONSTRAINT fk_meeting_replaces_id_meeting FOREIGN KEY (replaces_id)
    REFERENCES meeting (id) ON DELETE RESTRICT,
  ADD CONSTRAINT fk_meeting_series_id_meeting_series FOREIGN KEY (series_id)
    REFERENCES meeting_series (id) ON DELETE RESTRICT;
ALTER TABLE meeting
  ALTER number_year DROP DEFAULT,
  ALTER presiding_ground DROP DEFAULT,
  ALTER secretary DROP DEFAULT,
  ALTER urgency DROP DEFAULT,
  ALTER public DROP DEFAULT,
  ALTER closed_ground DROP DEFAULT,
  ALTER reason DROP DEFAULT,
  ALTER adjournment DROP DEFAULT;
CREATE INDEX ix_meeting_presiding_id ON meeting (presiding_id);
CREATE INDEX ix_meeting_recording_id ON meeting (recording_id);
CREATE INDEX ix_meeting_replaces_id ON meeting (replaces_id);
CREATE INDEX ix_meeting_series_id ON meeting (series_id);
