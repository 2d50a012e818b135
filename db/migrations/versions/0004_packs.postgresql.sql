CREATE TABLE outgoing (
    id BIGSERIAL NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    about_id INTEGER NOT NULL,
    body_id BIGINT,
    meeting_id BIGINT,
    title TEXT COLLATE "C" NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    made_on DATE NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    dispatched_on DATE,
    release TEXT COLLATE "C" NOT NULL,
    ground TEXT COLLATE "C" NOT NULL,
    dropped BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_outgoing PRIMARY KEY (id),
    CONSTRAINT fk_outgoing_body_id_body FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE RESTRICT,
    CONSTRAINT fk_outgoing_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE INDEX ix_outgoing_body_id ON outgoing (body_id);
CREATE INDEX ix_outgoing_meeting_id ON outgoing (meeting_id);
CREATE TABLE pack_issue (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    of_id BIGINT,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    total INTEGER NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    parts TEXT NOT NULL,
    parts_hash TEXT COLLATE "C" NOT NULL,
    head TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_pack_issue PRIMARY KEY (id),
    CONSTRAINT uq_pack_issue_meeting_id_kind_number UNIQUE (meeting_id, kind, number),
    CONSTRAINT fk_pack_issue_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_issue_of_id_pack_issue FOREIGN KEY(of_id) REFERENCES pack_issue (id) ON DELETE RESTRICT
);
CREATE INDEX ix_pack_issue_meeting_id ON pack_issue (meeting_id);
CREATE INDEX ix_pack_issue_of_id ON pack_issue (of_id);
CREATE TABLE pack_plan (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    sides TEXT COLLATE "C" NOT NULL,
    dividers TEXT COLLATE "C" NOT NULL,
    abbreviations TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_pack_plan PRIMARY KEY (id),
    CONSTRAINT uq_pack_plan_meeting_id UNIQUE (meeting_id),
    CONSTRAINT fk_pack_plan_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
);
CREATE TABLE awaited_paper (
    id BIGSERIAL NOT NULL,
    item_id BIGINT NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    due_on DATE,
    tabled BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_awaited_paper PRIMARY KEY (id),
    CONSTRAINT fk_awaited_paper_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
);
CREATE INDEX ix_awaited_paper_item_id ON awaited_paper (item_id);
CREATE TABLE item_opinion (
    id BIGSERIAL NOT NULL,
    item_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    stance TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_item_opinion PRIMARY KEY (id),
    CONSTRAINT uq_item_opinion_item_id_position UNIQUE (item_id, position),
    CONSTRAINT fk_item_opinion_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
);
CREATE INDEX ix_item_opinion_item_id ON item_opinion (item_id);
CREATE TABLE pack_copy (
    id BIGSERIAL NOT NULL,
    issue_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    membership_id BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_pack_copy PRIMARY KEY (id),
    CONSTRAINT uq_pack_copy_issue_id_number UNIQUE (issue_id, number),
    CONSTRAINT fk_pack_copy_issue_id_pack_issue FOREIGN KEY(issue_id) REFERENCES pack_issue (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_copy_membership_id_membership FOREIGN KEY(membership_id) REFERENCES membership (id) ON DELETE RESTRICT
);
CREATE INDEX ix_pack_copy_issue_id ON pack_copy (issue_id);
CREATE INDEX ix_pack_copy_membership_id ON pack_copy (membership_id);
CREATE TABLE pack_file (
    id BIGSERIAL NOT NULL,
    issue_id BIGINT NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    file_id BIGINT NOT NULL,
    pages INTEGER NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_pack_file PRIMARY KEY (id),
    CONSTRAINT uq_pack_file_issue_id_edition_language UNIQUE (issue_id, edition, language),
    CONSTRAINT fk_pack_file_issue_id_pack_issue FOREIGN KEY(issue_id) REFERENCES pack_issue (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_file_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_pack_file_file_id ON pack_file (file_id);
CREATE INDEX ix_pack_file_issue_id ON pack_file (issue_id);
CREATE TABLE pack_part (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    item_id BIGINT,
    file_id BIGINT,
    title TEXT COLLATE "C" NOT NULL,
    figure TEXT,
    disclosure TEXT COLLATE "C" NOT NULL,
    ground TEXT COLLATE "C" NOT NULL,
    included BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_pack_part PRIMARY KEY (id),
    CONSTRAINT uq_pack_part_meeting_id_position UNIQUE (meeting_id, position),
    CONSTRAINT fk_pack_part_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_part_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pack_part_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
);
CREATE INDEX ix_pack_part_file_id ON pack_part (file_id);
CREATE INDEX ix_pack_part_item_id ON pack_part (item_id);
CREATE INDEX ix_pack_part_meeting_id ON pack_part (meeting_id);
CREATE TABLE print_run (
    id BIGSERIAL NOT NULL,
    meeting_id BIGINT NOT NULL,
    issue_id BIGINT,
    edition TEXT COLLATE "C" NOT NULL,
    pages TEXT COLLATE "C" NOT NULL,
    copies INTEGER NOT NULL,
    duplex BOOLEAN NOT NULL,
    printer TEXT COLLATE "C" NOT NULL,
    printed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_print_run PRIMARY KEY (id),
    CONSTRAINT fk_print_run_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_print_run_issue_id_pack_issue FOREIGN KEY(issue_id) REFERENCES pack_issue (id) ON DELETE RESTRICT
);
CREATE INDEX ix_print_run_issue_id ON print_run (issue_id);
CREATE INDEX ix_print_run_meeting_id ON print_run (meeting_id);
ALTER TABLE agenda_item
  ADD COLUMN basis TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN budget TEXT COLLATE "C" DEFAULT '' NOT NULL;
ALTER TABLE agenda_item
  ALTER basis DROP DEFAULT,
  ALTER budget DROP DEFAULT;
ALTER TABLE paper
  ADD COLUMN source_id BIGINT,
  ADD COLUMN ground TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD CONSTRAINT fk_paper_source_id_stored_file FOREIGN KEY (source_id)
    REFERENCES stored_file (id) ON DELETE RESTRICT;
ALTER TABLE paper
  ALTER ground DROP DEFAULT;
CREATE INDEX ix_paper_source_id ON paper (source_id);
