CREATE TABLE snapshot_delivery (
    id BIGSERIAL NOT NULL,
    snapshot_id BIGINT NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    delivered_on DATE NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_snapshot_delivery PRIMARY KEY (id),
    CONSTRAINT fk_snapshot_delivery_snapshot_id_snapshot FOREIGN KEY(snapshot_id) REFERENCES snapshot (id) ON DELETE RESTRICT
);
CREATE INDEX ix_snapshot_delivery_snapshot_id ON snapshot_delivery (snapshot_id);
CREATE TABLE text_decision (
    id BIGSERIAL NOT NULL,
    table_name TEXT COLLATE "C" NOT NULL,
    column_name TEXT COLLATE "C" NOT NULL,
    row_id INTEGER NOT NULL,
    text_mark VARCHAR(64) NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    shown BOOLEAN NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_text_decision PRIMARY KEY (id),
    CONSTRAINT uq_text_decision_place UNIQUE (table_name, column_name, row_id, text_mark, start, length)
);
CREATE TABLE poll_release (
    id BIGSERIAL NOT NULL,
    snapshot_id BIGINT NOT NULL,
    wave_id BIGINT NOT NULL,
    profile TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_poll_release PRIMARY KEY (id),
    CONSTRAINT fk_poll_release_snapshot_id_snapshot FOREIGN KEY(snapshot_id) REFERENCES snapshot (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_release_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_release_snapshot_id ON poll_release (snapshot_id);
CREATE INDEX ix_poll_release_wave_id ON poll_release (wave_id);
ALTER TABLE signing_key
  ADD COLUMN succeeds_id BIGINT,
  ADD COLUMN succession VARCHAR(128) DEFAULT '' NOT NULL,
  ADD COLUMN reason TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN retired_at TIMESTAMP WITH TIME ZONE,
  ADD CONSTRAINT uq_signing_key_succeeds_id UNIQUE (succeeds_id),
  ADD CONSTRAINT fk_signing_key_succeeds_id_signing_key FOREIGN KEY (succeeds_id)
    REFERENCES signing_key (id) ON DELETE RESTRICT;
ALTER TABLE signing_key
  ALTER succession DROP DEFAULT,
  ALTER reason DROP DEFAULT;
