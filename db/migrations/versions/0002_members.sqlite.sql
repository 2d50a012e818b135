CREATE TABLE access_record (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at DATETIME NOT NULL,
    who TEXT NOT NULL,
    host TEXT NOT NULL,
    action TEXT NOT NULL,
    fields TEXT NOT NULL,
    people TEXT NOT NULL,
    reason TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX ix_access_record_at ON access_record (at);
CREATE TABLE body (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    parent_id INTEGER,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    short_ko TEXT NOT NULL,
    short_en TEXT NOT NULL,
    founded_on DATE,
    dissolved_on DATE,
    seats INTEGER,
    ordinance TEXT NOT NULL,
    note TEXT NOT NULL,
    sunset_on DATE,
    contact_office TEXT NOT NULL,
    precedence TEXT NOT NULL,
    layout TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_body_parent_id_body FOREIGN KEY(parent_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_body_parent_id ON body (parent_id);
CREATE TABLE column_mapping (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    mapping TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_column_mapping_source UNIQUE (source)
);
CREATE TABLE consultation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    title_ko TEXT NOT NULL,
    title_en TEXT NOT NULL,
    held_on DATE,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE erasure (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    erased_at DATETIME NOT NULL,
    reason TEXT NOT NULL,
    kept TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_erasure_uid UNIQUE (uid)
);
CREATE TABLE organisation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    sector TEXT NOT NULL,
    official BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_organisation_name_ko UNIQUE (name_ko)
);
CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    name TEXT NOT NULL,
    hanja TEXT NOT NULL,
    latin TEXT NOT NULL,
    gender TEXT,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    note TEXT NOT NULL,
    fictional BOOLEAN NOT NULL,
    birth_decade INTEGER,
    disability BOOLEAN,
    youth BOOLEAN,
    merged_into_id INTEGER,
    erased_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT uq_person_uid UNIQUE (uid),
    CONSTRAINT fk_person_merged_into_id_person FOREIGN KEY(merged_into_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_person_merged_into_id ON person (merged_into_id);
CREATE INDEX ix_person_name ON person (name);
CREATE TABLE saved_filter (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room TEXT NOT NULL,
    name TEXT NOT NULL,
    "query" TEXT NOT NULL,
    position INTEGER NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE setting_period (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    value TEXT,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX ix_setting_period_key ON setting_period ("key");
CREATE TABLE affiliation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    post TEXT NOT NULL,
    starts_on DATE,
    ends_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT fk_affiliation_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_affiliation_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_affiliation_organisation_id ON affiliation (organisation_id);
CREATE INDEX ix_affiliation_person_id ON affiliation (person_id);
CREATE TABLE body_rule (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    body_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    value TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    unverified BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_body_rule_body_id_rule_valid_from UNIQUE (body_id, rule, valid_from),
    CONSTRAINT fk_body_rule_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_body_rule_body_id ON body_rule (body_id);
CREATE TABLE consent (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    purpose TEXT NOT NULL,
    given_on DATE NOT NULL,
    withdrawn_on DATE,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_consent_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_consent_person_id ON consent (person_id);
CREATE TABLE consultation_count (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    consultation_id INTEGER NOT NULL,
    dimension TEXT NOT NULL,
    code TEXT NOT NULL,
    people INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_consultation_count_consultation_id_dimension_code UNIQUE (consultation_id, dimension, code),
    CONSTRAINT fk_consultation_count_consultation_id_consultation FOREIGN KEY(consultation_id) REFERENCES consultation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_consultation_count_consultation_id ON consultation_count (consultation_id);
CREATE TABLE person_alias (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_person_alias_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_person_alias_person_id ON person_alias (person_id);
CREATE TABLE post (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    position INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_post_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_post_organisation_id ON post (organisation_id);
CREATE TABLE term (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    body_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_term_body_id_number UNIQUE (body_id, number),
    CONSTRAINT fk_term_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_term_body_id ON term (body_id);
CREATE TABLE candidate (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    term_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    organisation_id INTEGER,
    post TEXT NOT NULL,
    field TEXT NOT NULL,
    channel TEXT NOT NULL,
    recommender TEXT NOT NULL,
    has_recommendation BOOLEAN NOT NULL,
    has_acceptance BOOLEAN NOT NULL,
    has_privacy_consent BOOLEAN NOT NULL,
    has_pledge BOOLEAN NOT NULL,
    other_bodies INTEGER,
    chosen BOOLEAN NOT NULL,
    position INTEGER NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_candidate_term_id_term FOREIGN KEY(term_id) REFERENCES term (id) ON DELETE RESTRICT,
    CONSTRAINT fk_candidate_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_candidate_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_candidate_organisation_id ON candidate (organisation_id);
CREATE INDEX ix_candidate_person_id ON candidate (person_id);
CREATE INDEX ix_candidate_term_id ON candidate (term_id);
CREATE TABLE membership (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    body_id INTEGER NOT NULL,
    organisation_id INTEGER,
    post TEXT NOT NULL,
    role TEXT NOT NULL,
    capacity TEXT NOT NULL,
    voting BOOLEAN NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    end_reason TEXT,
    appointments INTEGER NOT NULL,
    term_id INTEGER,
    post_id INTEGER,
    replaces_id INTEGER,
    field TEXT NOT NULL,
    channel TEXT NOT NULL,
    recommender TEXT NOT NULL,
    appointment_number TEXT NOT NULL,
    letter_on DATE,
    position INTEGER,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_membership_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_membership_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT,
    CONSTRAINT fk_membership_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT,
    CONSTRAINT fk_membership_term_id_term FOREIGN KEY(term_id) REFERENCES term (id) ON DELETE RESTRICT,
    CONSTRAINT fk_membership_post_id_post FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE RESTRICT,
    CONSTRAINT fk_membership_replaces_id_membership FOREIGN KEY(replaces_id) REFERENCES membership (id) ON DELETE RESTRICT
);
CREATE INDEX ix_membership_body_id ON membership (body_id);
CREATE INDEX ix_membership_organisation_id ON membership (organisation_id);
CREATE INDEX ix_membership_person_id ON membership (person_id);
CREATE INDEX ix_membership_post_id ON membership (post_id);
CREATE INDEX ix_membership_replaces_id ON membership (replaces_id);
CREATE INDEX ix_membership_term_id ON membership (term_id);
CREATE TABLE post_holding (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    post_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    end_reason TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT fk_post_holding_post_id_post FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE RESTRICT,
    CONSTRAINT fk_post_holding_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_post_holding_person_id ON post_holding (person_id);
CREATE INDEX ix_post_holding_post_id ON post_holding (post_id);
CREATE TABLE post_seat (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    post_id INTEGER NOT NULL,
    body_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    voting BOOLEAN NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    source TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_post_seat_post_id_post FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE RESTRICT,
    CONSTRAINT fk_post_seat_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_post_seat_body_id ON post_seat (body_id);
CREATE INDEX ix_post_seat_post_id ON post_seat (post_id);
CREATE TABLE attendance (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    reply TEXT NOT NULL,
    presence TEXT NOT NULL,
    recorded_name TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT uq_attendance_meeting_id_membership_id UNIQUE (meeting_id, membership_id),
    CONSTRAINT fk_attendance_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attendance_membership_id_membership FOREIGN KEY(membership_id) REFERENCES membership (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attendance_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_attendance_meeting_id ON attendance (meeting_id);
CREATE INDEX ix_attendance_membership_id ON attendance (membership_id);
CREATE INDEX ix_attendance_person_id ON attendance (person_id);
CREATE TABLE seat_plan (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    term_id INTEGER NOT NULL,
    membership_id INTEGER,
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    decision TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_seat_plan_term_id_term FOREIGN KEY(term_id) REFERENCES term (id) ON DELETE RESTRICT,
    CONSTRAINT fk_seat_plan_membership_id_membership FOREIGN KEY(membership_id) REFERENCES membership (id) ON DELETE RESTRICT
);
CREATE INDEX ix_seat_plan_membership_id ON seat_plan (membership_id);
CREATE INDEX ix_seat_plan_term_id ON seat_plan (term_id);
