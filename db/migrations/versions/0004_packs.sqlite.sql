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
    basis TEXT NOT NULL,
    budget TEXT NOT NULL,
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
CREATE TABLE awaited_paper (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    office TEXT NOT NULL,
    due_on DATE,
    tabled BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_awaited_paper_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
);
CREATE INDEX ix_awaited_paper_item_id ON awaited_paper (item_id);
CREATE TABLE item_opinion (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    office TEXT NOT NULL,
    stance TEXT NOT NULL,
    text TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_item_opinion_item_id_position UNIQUE (item_id, position),
    CONSTRAINT fk_item_opinion_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
);
CREATE INDEX ix_item_opinion_item_id ON item_opinion (item_id);
CREATE TABLE outgoing (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    body_id INTEGER,
    meeting_id INTEGER,
    title TEXT NOT NULL,
    recipient TEXT NOT NULL,
    made_on DATE NOT NULL,
    number TEXT NOT NULL,
    dispatched_on DATE,
    release TEXT NOT NULL,
    ground TEXT NOT NULL,
    dropped BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_outgoing_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT,
    CONSTRAINT fk_outgoing_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_outgoing_body_id ON outgoing (body_id);
CREATE INDEX ix_outgoing_meeting_id ON outgoing (meeting_id);
CREATE TABLE pack_copy (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    issue_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    membership_id INTEGER,
    version BIGINT NOT NULL,
    CONSTRAINT uq_pack_copy_issue_id_number UNIQUE (issue_id, number),
    CONSTRAINT fk_pack_copy_issue_id_pack_issue FOREIGN KEY(issue_id) REFERENCES pack_issue (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_copy_membership_id_membership FOREIGN KEY(membership_id) REFERENCES membership (id) ON DELETE RESTRICT
);
CREATE INDEX ix_pack_copy_issue_id ON pack_copy (issue_id);
CREATE INDEX ix_pack_copy_membership_id ON pack_copy (membership_id);
CREATE TABLE pack_file (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    issue_id INTEGER NOT NULL,
    edition TEXT NOT NULL,
    language TEXT NOT NULL,
    file_id INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    made_at DATETIME NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_pack_file_issue_id_edition_language UNIQUE (issue_id, edition, language),
    CONSTRAINT fk_pack_file_issue_id_pack_issue FOREIGN KEY(issue_id) REFERENCES pack_issue (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_file_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_pack_file_file_id ON pack_file (file_id);
CREATE INDEX ix_pack_file_issue_id ON pack_file (issue_id);
CREATE TABLE pack_issue (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    of_id INTEGER,
    issued_at DATETIME NOT NULL,
    language TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    total INTEGER NOT NULL,
    reason TEXT NOT NULL,
    parts TEXT NOT NULL,
    parts_hash TEXT NOT NULL,
    head TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_pack_issue_meeting_id_kind_number UNIQUE (meeting_id, kind, number),
    CONSTRAINT fk_pack_issue_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_issue_of_id_pack_issue FOREIGN KEY(of_id) REFERENCES pack_issue (id) ON DELETE RESTRICT
);
CREATE INDEX ix_pack_issue_meeting_id ON pack_issue (meeting_id);
CREATE INDEX ix_pack_issue_of_id ON pack_issue (of_id);
CREATE TABLE pack_part (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    item_id INTEGER,
    file_id INTEGER,
    title TEXT NOT NULL,
    figure TEXT,
    disclosure TEXT NOT NULL,
    ground TEXT NOT NULL,
    included BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_pack_part_meeting_id_position UNIQUE (meeting_id, position),
    CONSTRAINT fk_pack_part_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_part_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_part_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_pack_part_file_id ON pack_part (file_id);
CREATE INDEX ix_pack_part_item_id ON pack_part (item_id);
CREATE INDEX ix_pack_part_meeting_id ON pack_part (meeting_id);
CREATE TABLE pack_plan (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    sides TEXT NOT NULL,
    dividers TEXT NOT NULL,
    abbreviations TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_pack_plan_meeting_id UNIQUE (meeting_id),
    CONSTRAINT fk_pack_plan_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE TABLE paper (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    source_id INTEGER,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    disclosure TEXT NOT NULL,
    ground TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_paper_item_id_position UNIQUE (item_id, position),
    CONSTRAINT fk_paper_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_paper_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
    CONSTRAINT fk_paper_source_id_stored_file FOREIGN KEY(source_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_paper_file_id ON paper (file_id);
CREATE INDEX ix_paper_item_id ON paper (item_id);
CREATE INDEX ix_paper_source_id ON paper (source_id);
CREATE TABLE print_run (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL,
    issue_id INTEGER,
    edition TEXT NOT NULL,
    pages TEXT NOT NULL,
    copies INTEGER NOT NULL,
    duplex BOOLEAN NOT NULL,
    printer TEXT NOT NULL,
    printed_at DATETIME NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_print_run_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_print_run_issue_id_pack_issue FOREIGN KEY(issue_id) REFERENCES pack_issue (id) ON DELETE RESTRICT
);
CREATE INDEX ix_print_run_issue_id ON print_run (issue_id);
CREATE INDEX ix_print_run_meeting_id ON print_run (meeting_id);
