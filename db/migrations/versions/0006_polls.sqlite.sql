CREATE TABLE poll (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    purpose TEXT NOT NULL,
    commissioner TEXT NOT NULL,
    population TEXT NOT NULL,
    population_size INTEGER,
    anchor_on DATE,
    every_months INTEGER NOT NULL,
    shift TEXT NOT NULL,
    small_cell INTEGER NOT NULL,
    keep_months INTEGER,
    retired_on DATE,
    version BIGINT NOT NULL
);
CREATE TABLE poll_ballot (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    wave_id INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    at DATETIME NOT NULL,
    answers TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_poll_ballot_wave_id_serial UNIQUE (wave_id, serial),
    CONSTRAINT fk_poll_ballot_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_ballot_wave_id ON poll_ballot (wave_id);
CREATE TABLE poll_batch (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    wave_id INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    at DATETIME NOT NULL,
    rows INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    columns TEXT NOT NULL,
    facts TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT fk_poll_batch_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_batch_wave_id ON poll_batch (wave_id);
CREATE TABLE poll_column (
    sha256 VARCHAR(64) NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_poll_column PRIMARY KEY (sha256)
);
CREATE TABLE poll_finding (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    wave_question_id INTEGER NOT NULL,
    part_id INTEGER,
    option_id INTEGER,
    position INTEGER NOT NULL,
    found_on DATE NOT NULL,
    sentence TEXT NOT NULL,
    count FLOAT,
    votes FLOAT,
    answered FLOAT,
    version BIGINT NOT NULL,
    CONSTRAINT fk_poll_finding_wave_question_id_wave_question FOREIGN KEY(wave_question_id) REFERENCES wave_question (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_finding_part_id_poll_part FOREIGN KEY(part_id) REFERENCES poll_part (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_finding_option_id_poll_option FOREIGN KEY(option_id) REFERENCES poll_option (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_finding_option_id ON poll_finding (option_id);
CREATE INDEX ix_poll_finding_part_id ON poll_finding (part_id);
CREATE INDEX ix_poll_finding_wave_question_id ON poll_finding (wave_question_id);
CREATE TABLE poll_option (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    question_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    label_en TEXT NOT NULL,
    role TEXT NOT NULL,
    value FLOAT,
    version BIGINT NOT NULL,
    CONSTRAINT uq_poll_option_question_id_code UNIQUE (question_id, code),
    CONSTRAINT fk_poll_option_question_id_poll_question FOREIGN KEY(question_id) REFERENCES poll_question (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_option_question_id ON poll_option (question_id);
CREATE TABLE poll_part (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    question_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    label_en TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_poll_part_question_id_code UNIQUE (question_id, code),
    CONSTRAINT fk_poll_part_question_id_poll_question FOREIGN KEY(question_id) REFERENCES poll_question (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_part_question_id ON poll_part (question_id);
CREATE TABLE poll_question (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    poll_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    edition INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    wording TEXT NOT NULL,
    wording_en TEXT NOT NULL,
    wording_hash TEXT NOT NULL,
    max_choices INTEGER,
    low FLOAT,
    high FLOAT,
    attribute BOOLEAN NOT NULL,
    sensitive BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_poll_question_poll_id_code_edition UNIQUE (poll_id, code, edition),
    CONSTRAINT fk_poll_question_poll_id_poll FOREIGN KEY(poll_id) REFERENCES poll (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_question_poll_id ON poll_question (poll_id);
CREATE TABLE poll_tag (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    wave_question_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_poll_tag_wave_question_id_name UNIQUE (wave_question_id, name),
    CONSTRAINT fk_poll_tag_wave_question_id_wave_question FOREIGN KEY(wave_question_id) REFERENCES wave_question (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_tag_wave_question_id ON poll_tag (wave_question_id);
CREATE TABLE poll_tagging (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    tag_id INTEGER NOT NULL,
    batch_id INTEGER,
    "row" INTEGER,
    ballot_id INTEGER,
    version BIGINT NOT NULL,
    CONSTRAINT fk_poll_tagging_tag_id_poll_tag FOREIGN KEY(tag_id) REFERENCES poll_tag (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_tagging_batch_id_poll_batch FOREIGN KEY(batch_id) REFERENCES poll_batch (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_tagging_ballot_id_poll_ballot FOREIGN KEY(ballot_id) REFERENCES poll_ballot (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_tagging_ballot_id ON poll_tagging (ballot_id);
CREATE INDEX ix_poll_tagging_batch_id ON poll_tagging (batch_id);
CREATE INDEX ix_poll_tagging_tag_id ON poll_tagging (tag_id);
CREATE TABLE poll_target (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    wave_id INTEGER NOT NULL,
    option_id INTEGER NOT NULL,
    share FLOAT NOT NULL,
    source TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_poll_target_wave_id_option_id UNIQUE (wave_id, option_id),
    CONSTRAINT fk_poll_target_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_target_option_id_poll_option FOREIGN KEY(option_id) REFERENCES poll_option (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_target_option_id ON poll_target (option_id);
CREATE INDEX ix_poll_target_wave_id ON poll_target (wave_id);
CREATE TABLE poll_total (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    wave_question_id INTEGER NOT NULL,
    part_id INTEGER,
    option_id INTEGER,
    measure TEXT NOT NULL,
    value FLOAT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_poll_total_wave_question_id_wave_question FOREIGN KEY(wave_question_id) REFERENCES wave_question (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_total_part_id_poll_part FOREIGN KEY(part_id) REFERENCES poll_part (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_total_option_id_poll_option FOREIGN KEY(option_id) REFERENCES poll_option (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_total_option_id ON poll_total (option_id);
CREATE INDEX ix_poll_total_part_id ON poll_total (part_id);
CREATE INDEX ix_poll_total_wave_question_id ON poll_total (wave_question_id);
CREATE TABLE poll_wave (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    poll_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    k INTEGER,
    label TEXT NOT NULL,
    planned_on DATE,
    from_on DATE,
    until_on DATE,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    published TEXT NOT NULL,
    mode TEXT NOT NULL,
    sampling TEXT NOT NULL,
    population TEXT NOT NULL,
    population_size INTEGER,
    frame TEXT NOT NULL,
    commissioner TEXT NOT NULL,
    conductor TEXT NOT NULL,
    invited INTEGER,
    respondents INTEGER,
    weighted BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    closed_on DATE,
    published_on DATE,
    erased_on DATE,
    version BIGINT NOT NULL,
    CONSTRAINT uq_poll_wave_poll_id_position UNIQUE (poll_id, position),
    CONSTRAINT fk_poll_wave_poll_id_poll FOREIGN KEY(poll_id) REFERENCES poll (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_wave_poll_id ON poll_wave (poll_id);
CREATE TABLE thread_link (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    from_proposal_id INTEGER,
    from_item_id INTEGER,
    from_action_id INTEGER,
    from_finding_id INTEGER,
    to_proposal_id INTEGER,
    to_item_id INTEGER,
    to_action_id INTEGER,
    to_indicator_id INTEGER,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_thread_link_from_proposal_id_proposal FOREIGN KEY(from_proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_item_id_agenda_item FOREIGN KEY(from_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_action_id_action FOREIGN KEY(from_action_id) REFERENCES action (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_from_finding_id_poll_finding FOREIGN KEY(from_finding_id) REFERENCES poll_finding (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_proposal_id_proposal FOREIGN KEY(to_proposal_id) REFERENCES proposal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_item_id_agenda_item FOREIGN KEY(to_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_action_id_action FOREIGN KEY(to_action_id) REFERENCES action (id) ON DELETE RESTRICT,
    CONSTRAINT fk_thread_link_to_indicator_id_indicator FOREIGN KEY(to_indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
);
CREATE INDEX ix_thread_link_from_action_id ON thread_link (from_action_id);
CREATE INDEX ix_thread_link_from_finding_id ON thread_link (from_finding_id);
CREATE INDEX ix_thread_link_from_item_id ON thread_link (from_item_id);
CREATE INDEX ix_thread_link_from_proposal_id ON thread_link (from_proposal_id);
CREATE INDEX ix_thread_link_to_action_id ON thread_link (to_action_id);
CREATE INDEX ix_thread_link_to_indicator_id ON thread_link (to_indicator_id);
CREATE INDEX ix_thread_link_to_item_id ON thread_link (to_item_id);
CREATE INDEX ix_thread_link_to_proposal_id ON thread_link (to_proposal_id);
CREATE TABLE wave_question (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    wave_id INTEGER NOT NULL,
    question_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    ask_if_id INTEGER,
    ask_if TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT uq_wave_question_wave_id_question_id UNIQUE (wave_id, question_id),
    CONSTRAINT fk_wave_question_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT,
    CONSTRAINT fk_wave_question_question_id_poll_question FOREIGN KEY(question_id) REFERENCES poll_question (id) ON DELETE RESTRICT,
    CONSTRAINT fk_wave_question_ask_if_id_poll_question FOREIGN KEY(ask_if_id) REFERENCES poll_question (id) ON DELETE RESTRICT
);
CREATE INDEX ix_wave_question_ask_if_id ON wave_question (ask_if_id);
CREATE INDEX ix_wave_question_question_id ON wave_question (question_id);
CREATE INDEX ix_wave_question_wave_id ON wave_question (wave_id);
