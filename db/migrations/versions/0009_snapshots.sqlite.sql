CREATE TABLE snapshot_delivery (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    snapshot_id INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    channel TEXT NOT NULL,
    delivered_on DATE NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_snapshot_delivery_snapshot_id_snapshot FOREIGN KEY(snapshot_id) REFERENCES snapshot (id) ON DELETE RESTRICT
);
CREATE INDEX ix_snapshot_delivery_snapshot_id ON snapshot_delivery (snapshot_id);
CREATE TABLE text_decision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    text_mark VARCHAR(64) NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    kind TEXT NOT NULL,
    shown BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_text_decision_place UNIQUE (table_name, column_name, row_id, text_mark, start, length)
);
CREATE TABLE poll_release (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    snapshot_id INTEGER NOT NULL,
    wave_id INTEGER NOT NULL,
    profile TEXT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_poll_release_snapshot_id_snapshot FOREIGN KEY(snapshot_id) REFERENCES snapshot (id) ON DELETE RESTRICT,
    CONSTRAINT fk_poll_release_wave_id_poll_wave FOREIGN KEY(wave_id) REFERENCES poll_wave (id) ON DELETE RESTRICT
);
CREATE INDEX ix_poll_release_snapshot_id ON poll_release (snapshot_id);
CREATE INDEX ix_poll_release_wave_id ON poll_release (wave_id);
CREATE TABLE signing_key (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL,
    public_key VARCHAR(64) NOT NULL,
    sealed TEXT NOT NULL,
    made_at DATETIME NOT NULL,
    succeeds_id INTEGER,
    succession VARCHAR(128) NOT NULL,
    reason TEXT NOT NULL,
    retired_at DATETIME,
    version BIGINT NOT NULL,
    CONSTRAINT uq_signing_key_fingerprint UNIQUE (fingerprint),
    CONSTRAINT uq_signing_key_succeeds_id UNIQUE (succeeds_id),
    CONSTRAINT fk_signing_key_succeeds_id_signing_key FOREIGN KEY(succeeds_id) REFERENCES signing_key (id) ON DELETE RESTRICT
);
