CREATE TABLE access_record (
    id BIGSERIAL NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    host TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    fields TEXT NOT NULL,
    people TEXT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_access_record PRIMARY KEY (id)
);
CREATE INDEX ix_access_record_at ON access_record (at);
CREATE TABLE column_mapping (
    id BIGSERIAL NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    mapping TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_column_mapping PRIMARY KEY (id),
    CONSTRAINT uq_column_mapping_source UNIQUE (source)
);
CREATE TABLE consultation (
    id BIGSERIAL NOT NULL,
    title_ko TEXT COLLATE "C" NOT NULL,
    title_en TEXT COLLATE "C" NOT NULL,
    held_on DATE,
    source TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_consultation PRIMARY KEY (id)
);
CREATE TABLE erasure (
    id BIGSERIAL NOT NULL,
    uid TEXT COLLATE "C" NOT NULL,
    erased_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    kept TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_erasure PRIMARY KEY (id),
    CONSTRAINT uq_erasure_uid UNIQUE (uid)
);
CREATE TABLE saved_filter (
    id BIGSERIAL NOT NULL,
    room TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    query TEXT NOT NULL,
    position INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_saved_filter PRIMARY KEY (id)
);
CREATE TABLE setting_period (
    id BIGSERIAL NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    value TEXT,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_setting_period PRIMARY KEY (id)
);
CREATE INDEX ix_setting_period_key ON setting_period (key);
CREATE TABLE affiliation (
    id BIGSERIAL NOT NULL,
    person_id BIGINT NOT NULL,
    organisation_id BIGINT NOT NULL,
    post TEXT COLLATE "C" NOT NULL,
    starts_on DATE,
    ends_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_affiliation PRIMARY KEY (id),
    CONSTRAINT fk_affiliation_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_affiliation_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_affiliation_organisation_id ON affiliation (organisation_id);
CREATE INDEX ix_affiliation_person_id ON affiliation (person_id);
CREATE TABLE body_rule (
    id BIGSERIAL NOT NULL,
    body_id BIGINT NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT COLLATE "C" NOT NULL,
    unverified BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_body_rule PRIMARY KEY (id),
    CONSTRAINT uq_body_rule_body_id_rule_valid_from UNIQUE (body_id, rule, valid_from),
    CONSTRAINT fk_body_rule_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_body_rule_body_id ON body_rule (body_id);
CREATE TABLE consent (
    id BIGSERIAL NOT NULL,
    person_id BIGINT NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    given_on DATE NOT NULL,
    withdrawn_on DATE,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_consent PRIMARY KEY (id),
    CONSTRAINT fk_consent_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_consent_person_id ON consent (person_id);
CREATE TABLE consultation_count (
    id BIGSERIAL NOT NULL,
    consultation_id BIGINT NOT NULL,
    dimension TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    people INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_consultation_count PRIMARY KEY (id),
    CONSTRAINT uq_consultation_count_consultation_id_dimension_code UNIQUE (consultation_id, dimension, code),
    CONSTRAINT fk_consultation_count_consultation_id_consultation FOREIGN KEY(consultation_id) REFERENCES consultation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_consultation_count_consultation_id ON consultation_count (consultation_id);
CREATE TABLE person_alias (
    id BIGSERIAL NOT NULL,
    person_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_person_alias PRIMARY KEY (id),
    CONSTRAINT fk_person_alias_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_person_alias_person_id ON person_alias (person_id);
CREATE TABLE post (
    id BIGSERIAL NOT NULL,
    organisation_id BIGINT,
    name_ko TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_post PRIMARY KEY (id),
    CONSTRAINT fk_post_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_post_organisation_id ON post (organisation_id);
CREATE TABLE term (
    id BIGSERIAL NOT NULL,
    body_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_term PRIMARY KEY (id),
    CONSTRAINT uq_term_body_id_number UNIQUE (body_id, number),
    CONSTRAINT fk_term_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_term_body_id ON term (body_id);
CREATE TABLE candidate (
    id BIGSERIAL NOT NULL,
    term_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    organisation_id BIGINT,
    post TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    recommender TEXT COLLATE "C" NOT NULL,
    has_recommendation BOOLEAN NOT NULL,
    has_acceptance BOOLEAN NOT NULL,
    has_privacy_consent BOOLEAN NOT NULL,
    has_pledge BOOLEAN NOT NULL,
    other_bodies INTEGER,
    chosen BOOLEAN NOT NULL,
    position INTEGER NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_candidate PRIMARY KEY (id),
    CONSTRAINT fk_candidate_term_id_term FOREIGN KEY(term_id) REFERENCES term (id) ON DELETE RESTRICT,
    CONSTRAINT fk_candidate_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_candidate_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
);
CREATE INDEX ix_candidate_organisation_id ON candidate (organisation_id);
CREATE INDEX ix_candidate_person_id ON candidate (person_id);
CREATE INDEX ix_candidate_term_id ON candidate (term_id);
CREATE TABLE post_holding (
    id BIGSERIAL NOT NULL,
    post_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    end_reason TEXT COLLATE "C",
    version BIGINT NOT NULL,
    CONSTRAINT pk_post_holding PRIMARY KEY (id),
    CONSTRAINT fk_post_holding_post_id_post FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE RESTRICT,
    CONSTRAINT fk_post_holding_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT
);
CREATE INDEX ix_post_holding_person_id ON post_holding (person_id);
CREATE INDEX ix_post_holding_post_id ON post_holding (post_id);
CREATE TABLE post_seat (
    id BIGSERIAL NOT NULL,
    post_id BIGINT NOT NULL,
    body_id BIGINT NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    voting BOOLEAN NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    source TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_post_seat PRIMARY KEY (id),
    CONSTRAINT fk_post_seat_post_id_post FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE RESTRICT,
    CONSTRAINT fk_post_seat_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT
);
CREATE INDEX ix_post_seat_body_id ON post_seat (body_id);
CREATE INDEX ix_post_seat_post_id ON post_seat (post_id);
CREATE TABLE seat_plan (
    id BIGSERIAL NOT NULL,
    term_id BIGINT NOT NULL,
    membership_id BIGINT,
    field TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    decision TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_seat_plan PRIMARY KEY (id),
    CONSTRAINT fk_seat_plan_term_id_term FOREIGN KEY(term_id) REFERENCES term (id) ON DELETE RESTRICT,
    CONSTRAINT fk_seat_plan_membership_id_membership FOREIGN KEY(membership_id) REFERENCES membership (id) ON DELETE RESTRICT
);
CREATE INDEX ix_seat_plan_membership_id ON seat_plan (membership_id);
CREATE INDEX ix_seat_plan_term_id ON seat_plan (term_id);
