CREATE TABLE poll (
    id BIGSERIAL NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    commissioner TEXT COLLATE "C" NOT NULL,
    population TEXT COLLATE "C" NOT NULL,
    population_size INTEGER,
    anchor_on DATE,
    every_months INTEGER NOT NULL,
    shift TEXT COLLATE "C" NOT NULL,
    small_cell INTEGER NOT NULL,
    keep_months INTEGER,
    retired_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll PRIMARY KEY (id)
);
CREATE TABLE poll_column (
    sha256 VARCHAR(64) NOT NULL,
    data BYTEA NOT NULL,
    CONSTRAINT pk_poll_column PRIMARY KEY (sha256)
);
CREATE TABLE poll_question (
    id BIGSERIAL NOT NULL,
    poll_id BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    edition INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    title_en TEXT COLLATE "C" NOT NULL,
    wording TEXT COLLATE "C" NOT NULL,
    wording_en TEXT COLLATE "C" NOT NULL,
    wording_hash TEXT COLLATE "C" NOT NULL,
    max_choices INTEGER,
    low FLOAT,
    high FLOAT,
    attribute BOOLEAN NOT NULL,
    sensitive BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_question PRIMARY KEY (id),
    CONSTRAINT uq_poll_question_poll_id_code_edition UNIQUE (poll_id, code, edition),
    CONSTRAINT fk_poll_question_poll_id_poll FOREIGN KEY(poll_id) REFERENCES poll (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_question_poll_id ON poll_question (poll_id);
CREATE TABLE poll_wave (
    id BIGSERIAL NOT NULL,
    poll_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    k INTEGER,
    label TEXT COLLATE "C" NOT NULL,
    planned_on DATE,
    from_on DATE,
    until_on DATE,
    state TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    published TEXT COLLATE "C" NOT NULL,
    mode TEXT COLLATE "C" NOT NULL,
    sampling TEXT COLLATE "C" NOT NULL,
    population TEXT COLLATE "C" NOT NULL,
    population_size INTEGER,
    frame TEXT COLLATE "C" NOT NULL,
    commissioner TEXT COLLATE "C" NOT NULL,
    conductor TEXT COLLATE "C" NOT NULL,
    invited INTEGER,
    respondents INTEGER,
    weighted BOOLEAN NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    closed_on DATE,
    published_on DATE,
    erased_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_wave PRIMARY KEY (id),
    CONSTRAINT uq_poll_wave_poll_id_position UNIQUE (poll_id, position),
    CONSTRAINT fk_poll_wave_poll_id_poll FOREIGN KEY(poll_id) REFERENCES poll (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_wave_poll_id ON poll_wave (poll_id);
CREATE TABLE poll_ballot (
    id BIGSERIAL NOT NULL,
    wave_id BIGINT NOT NULL,
    serial INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    answers TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_ballot PRIMARY KEY (id),
    CONSTRAINT uq_poll_ballot_wave_id_serial UNIQUE (wave_id, serial),
    CONSTRAINT fk_poll_ballot_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_ballot_wave_id ON poll_ballot (wave_id);
CREATE TABLE poll_batch (
    id BIGSERIAL NOT NULL,
    wave_id BIGINT NOT NULL,
    file_name TEXT COLLATE "C" NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    rows INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    columns TEXT NOT NULL,
    facts TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_batch PRIMARY KEY (id),
    CONSTRAINT fk_poll_batch_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_batch_wave_id ON poll_batch (wave_id);
CREATE TABLE poll_option (
    id BIGSERIAL NOT NULL,
    question_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    label_en TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    value FLOAT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_option PRIMARY KEY (id),
    CONSTRAINT uq_poll_option_question_id_code UNIQUE (question_id, code),
    CONSTRAINT fk_poll_option_question_id_poll_question FOREIGN KEY(question_id) REFERENCES poll_question (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_option_question_id ON poll_option (question_id);
CREATE TABLE poll_part (
    id BIGSERIAL NOT NULL,
    question_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    label_en TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_part PRIMARY KEY (id),
    CONSTRAINT uq_poll_part_question_id_code UNIQUE (question_id, code),
    CONSTRAINT fk_poll_part_question_id_poll_question FOREIGN KEY(question_id) REFERENCES poll_question (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_part_question_id ON poll_part (question_id);
CREATE TABLE wave_question (
    id BIGSERIAL NOT NULL,
    wave_id BIGINT NOT NULL,
    question_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    ask_if_id BIGINT,
    ask_if TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_wave_question PRIMARY KEY (id),
    CONSTRAINT uq_wave_question_wave_id_question_id UNIQUE (wave_id, question_id),
    CONSTRAINT fk_wave_question_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT,
    CONSTRAINT fk_wave_question_question_id_poll_question FOREIGN KEY(question_id) REFERENCES poll_question (id) ON DELETE RESTRICT,
    CONSTRAINT fk_wave_question_ask_if_id_poll_question FOREIGN KEY(ask_if_id) REFERENCES poll_question (id) ON DELETE RESTRICT
);
CREATE INDEX ix_wave_question_ask_if_id ON wave_question (ask_if_id);
CREATE INDEX ix_wave_question_question_id ON wave_question (question_id);
CREATE INDEX ix_wave_question_wave_id ON wave_question (wave_id);
CREATE TABLE poll_finding (
    id BIGSERIAL NOT NULL,
    wave_question_id BIGINT NOT NULL,
    part_id BIGINT,
    option_id BIGINT,
    position INTEGER NOT NULL,
    found_on DATE NOT NULL,
    sentence TEXT COLLATE "C" NOT NULL,
    count FLOAT,
    votes FLOAT,
    answered FLOAT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_finding PRIMARY KEY (id),
    CONSTRAINT fk_poll_finding_wave_question_id_wave_question FOREIGN KEY(wave_question_id) REFERENCES wave_question (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_finding_part_id_poll_part FOREIGN KEY(part_id) REFERENCES poll_part (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_finding_option_id_poll_option FOREIGN KEY(option_id) REFERENCES poll_option (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_finding_option_id ON poll_finding (option_id);
CREATE INDEX ix_poll_finding_part_id ON poll_finding (part_id);
CREATE INDEX ix_poll_finding_wave_question_id ON poll_finding (wave_question_id);
CREATE TABLE poll_tag (
    id BIGSERIAL NOT NULL,
    wave_question_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_tag PRIMARY KEY (id),
    CONSTRAINT uq_poll_tag_wave_question_id_name UNIQUE (wave_question_id, name),
    CONSTRAINT fk_poll_tag_wave_question_id_wave_question FOREIGN KEY(wave_question_id) REFERENCES wave_question (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_tag_wave_question_id ON poll_tag (wave_question_id);
CREATE TABLE poll_target (
    id BIGSERIAL NOT NULL,
    wave_id BIGINT NOT NULL,
    option_id BIGINT NOT NULL,
    share FLOAT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_target PRIMARY KEY (id),
    CONSTRAINT uq_poll_target_wave_id_option_id UNIQUE (wave_id, option_id),
    CONSTRAINT fk_poll_target_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_target_option_id_poll_option FOREIGN KEY(option_id) REFERENCES poll_option (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_target_option_id ON poll_target (option_id);
CREATE INDEX ix_poll_target_wave_id ON poll_target (wave_id);
CREATE TABLE poll_total (
    id BIGSERIAL NOT NULL,
    wave_question_id BIGINT NOT NULL,
    part_id BIGINT,
    option_id BIGINT,
    measure TEXT COLLATE "C" NOT NULL,
    value FLOAT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_total PRIMARY KEY (id),
    CONSTRAINT fk_poll_total_wave_question_id_wave_question FOREIGN KEY(wave_question_id) REFERENCES wave_question (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_total_part_id_poll_part FOREIGN KEY(part_id) REFERENCES poll_part (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_total_option_id_poll_option FOREIGN KEY(option_id) REFERENCES poll_option (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_total_option_id ON poll_total (option_id);
CREATE INDEX ix_poll_total_part_id ON poll_total (part_id);
CREATE INDEX ix_poll_total_wave_question_id ON poll_total (wave_question_id);
CREATE TABLE poll_tagging (
    id BIGSERIAL NOT NULL,
    tag_id BIGINT NOT NULL,
    batch_id BIGINT,
    row INTEGER,
    ballot_id BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_tagging PRIMARY KEY (id),
    CONSTRAINT fk_poll_tagging_tag_id_poll_tag FOREIGN KEY(tag_id) REFERENCES poll_tag (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_tagging_batch_id_poll_batch FOREIGN KEY(batch_id) REFERENCES poll_batch (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_tagging_ballot_id_poll_ballot FOREIGN KEY(ballot_id) REFERENCES poll_ballot (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_tagging_ballot_id ON poll_tagging (ballot_id);
CREATE INDEX ix_poll_tagging_batch_id ON poll_tagging (batch_id);
CREATE INDEX ix_poll_tagging_tag_id ON poll_tagging (tag_id);
ALTER TABLE thread_link
  ADD COLUMN from_finding_id BIGINT,
  ADD CONSTRAINT fk_thread_link_from_finding_id_poll_finding FOREIGN KEY (from_finding_id)
    REFERENCES poll_finding (id) ON DELETE RESTRICT;
CREATE INDEX ix_thread_link_from_finding_id ON thread_link (from_finding_id);
