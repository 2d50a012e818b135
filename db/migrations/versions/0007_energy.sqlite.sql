CREATE TABLE annotation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    indicator_id INTEGER,
    area TEXT NOT NULL,
    kind TEXT NOT NULL,
    first_on DATE NOT NULL,
    last_on DATE,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT fk_annotation_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
);
CREATE INDEX ix_annotation_indicator_id ON annotation (indicator_id);
CREATE TABLE area (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    parent TEXT,
    position INTEGER NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    level TEXT NOT NULL,
    kostat TEXT NOT NULL,
    successor TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_area_code_valid_from UNIQUE (code, valid_from)
);
CREATE TABLE boundary (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    level TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    licence TEXT NOT NULL,
    year INTEGER,
    file_name TEXT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    features INTEGER NOT NULL,
    places TEXT,
    imported_at DATETIME NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE dataset (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    values_sha256 VARCHAR(64) NOT NULL,
    publisher TEXT NOT NULL,
    title TEXT NOT NULL,
    unit TEXT NOT NULL,
    first_period INTEGER NOT NULL,
    last_period INTEGER NOT NULL,
    imported_at DATETIME NOT NULL,
    readings INTEGER NOT NULL,
    sample BOOLEAN NOT NULL,
    answers TEXT,
    published_on DATE,
    note TEXT NOT NULL,
    accepted TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT fk_dataset_source_id_energy_source FOREIGN KEY(source_id) REFERENCES energy_source (id) ON DELETE RESTRICT
);
CREATE INDEX ix_dataset_source_id ON dataset (source_id);
CREATE TABLE energy_figure (
    indicator_id INTEGER NOT NULL,
    area VARCHAR(12) NOT NULL,
    period INTEGER NOT NULL,
    value FLOAT NOT NULL,
    status VARCHAR(12) NOT NULL,
    origin VARCHAR(12) NOT NULL,
    months INTEGER,
    datasets TEXT NOT NULL,
    CONSTRAINT pk_energy_figure PRIMARY KEY (indicator_id, area, period),
    CONSTRAINT fk_energy_figure_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
)
 WITHOUT ROWID;
CREATE TABLE energy_layout (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    declaration TEXT NOT NULL,
    file_name TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_energy_layout_code UNIQUE (code)
);
CREATE TABLE energy_result (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    indicator_id INTEGER NOT NULL,
    area TEXT NOT NULL,
    period INTEGER NOT NULL,
    value FLOAT NOT NULL,
    status VARCHAR(12) NOT NULL,
    formula TEXT NOT NULL,
    inputs TEXT,
    factors TEXT,
    recorded_at DATETIME NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_energy_result_indicator_id_area_period UNIQUE (indicator_id, area, period),
    CONSTRAINT fk_energy_result_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
);
CREATE INDEX ix_energy_result_indicator_id ON energy_result (indicator_id);
CREATE TABLE energy_source (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    publisher TEXT NOT NULL,
    title_ko TEXT NOT NULL,
    title_en TEXT NOT NULL,
    unit TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    frequency TEXT NOT NULL,
    due_day INTEGER,
    due_months INTEGER,
    expected_from INTEGER,
    due_source TEXT NOT NULL,
    licence TEXT NOT NULL,
    url TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_energy_source_code UNIQUE (code)
);
CREATE TABLE factor (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    variant TEXT NOT NULL,
    position INTEGER NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    value FLOAT NOT NULL,
    unit TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    basis TEXT NOT NULL,
    source TEXT NOT NULL,
    mark TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX ix_factor_kind ON factor (kind);
CREATE TABLE figure_due (
    indicator_id INTEGER NOT NULL,
    period INTEGER NOT NULL,
    CONSTRAINT pk_figure_due PRIMARY KEY (indicator_id, period),
    CONSTRAINT fk_figure_due_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
)
 WITHOUT ROWID;
CREATE TABLE indicator (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    section TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT NOT NULL,
    decimals INTEGER NOT NULL,
    frequency TEXT NOT NULL,
    level TEXT NOT NULL,
    dimensions TEXT NOT NULL,
    origin TEXT NOT NULL,
    baseline_year INTEGER,
    quality TEXT NOT NULL,
    rule TEXT,
    note_ko TEXT NOT NULL,
    note_en TEXT NOT NULL,
    ended BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_indicator_code UNIQUE (code)
);
CREATE TABLE layout_memory (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    fingerprint VARCHAR(64) NOT NULL,
    layout TEXT NOT NULL,
    unit TEXT NOT NULL,
    answers TEXT,
    file_name TEXT NOT NULL,
    remembered_at DATETIME NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_layout_memory_fingerprint UNIQUE (fingerprint)
);
CREATE TABLE reading_month (
    series_id INTEGER NOT NULL,
    period INTEGER NOT NULL,
    n INTEGER NOT NULL,
    total FLOAT NOT NULL,
    low FLOAT NOT NULL,
    high FLOAT NOT NULL,
    status VARCHAR(12) NOT NULL,
    dataset_id BIGINT NOT NULL,
    CONSTRAINT pk_reading_month PRIMARY KEY (series_id, period),
    CONSTRAINT fk_reading_month_series_id_series FOREIGN KEY(series_id) REFERENCES series (id) ON DELETE RESTRICT
)
 WITHOUT ROWID;
CREATE TABLE target (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    indicator_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    value FLOAT NOT NULL,
    source TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    area TEXT NOT NULL,
    kind TEXT NOT NULL,
    set_on DATE,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT uq_target_indicator_id_area_year UNIQUE (indicator_id, area, year),
    CONSTRAINT fk_target_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
);
CREATE INDEX ix_target_indicator_id ON target (indicator_id);
