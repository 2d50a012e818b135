CREATE TABLE boundary (
    id BIGSERIAL NOT NULL,
    level TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    licence TEXT COLLATE "C" NOT NULL,
    year INTEGER,
    file_name TEXT COLLATE "C" NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    features INTEGER NOT NULL,
    places TEXT,
    imported_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_boundary PRIMARY KEY (id)
);
CREATE TABLE energy_layout (
    id BIGSERIAL NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    declaration TEXT COLLATE "C" NOT NULL,
    file_name TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_energy_layout PRIMARY KEY (id),
    CONSTRAINT uq_energy_layout_code UNIQUE (code)
);
CREATE TABLE factor (
    id BIGSERIAL NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    variant TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    name_ko TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    value FLOAT NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    basis TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    mark TEXT COLLATE "C" NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_factor PRIMARY KEY (id)
);
CREATE INDEX ix_factor_kind ON factor (kind);
CREATE TABLE layout_memory (
    id BIGSERIAL NOT NULL,
    fingerprint VARCHAR(64) NOT NULL,
    layout TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    answers TEXT,
    file_name TEXT COLLATE "C" NOT NULL,
    remembered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_layout_memory PRIMARY KEY (id),
    CONSTRAINT uq_layout_memory_fingerprint UNIQUE (fingerprint)
);
CREATE TABLE annotation (
    id BIGSERIAL NOT NULL,
    indicator_id BIGINT,
    area TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    first_on DATE NOT NULL,
    last_on DATE,
    text TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_annotation PRIMARY KEY (id),
    CONSTRAINT fk_annotation_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
);
CREATE INDEX ix_annotation_indicator_id ON annotation (indicator_id);
CREATE TABLE energy_figure (
    indicator_id BIGINT NOT NULL,
    area VARCHAR(12) NOT NULL,
    period INTEGER NOT NULL,
    value FLOAT NOT NULL,
    status VARCHAR(12) NOT NULL,
    origin VARCHAR(12) NOT NULL,
    months INTEGER,
    datasets TEXT COLLATE "C" NOT NULL,
    CONSTRAINT pk_energy_figure PRIMARY KEY (indicator_id, area, period),
    CONSTRAINT fk_energy_figure_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
);
CREATE TABLE energy_result (
    id BIGSERIAL NOT NULL,
    indicator_id BIGINT NOT NULL,
    area TEXT COLLATE "C" NOT NULL,
    period INTEGER NOT NULL,
    value FLOAT NOT NULL,
    status VARCHAR(12) NOT NULL,
    formula TEXT COLLATE "C" NOT NULL,
    inputs TEXT,
    factors TEXT,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_energy_result PRIMARY KEY (id),
    CONSTRAINT uq_energy_result_indicator_id_area_period UNIQUE (indicator_id, area, period),
    CONSTRAINT fk_energy_result_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
);
CREATE INDEX ix_energy_result_indicator_id ON energy_result (indicator_id);
CREATE TABLE figure_due (
    indicator_id BIGINT NOT NULL,
    period INTEGER NOT NULL,
    CONSTRAINT pk_figure_due PRIMARY KEY (indicator_id, period),
    CONSTRAINT fk_figure_due_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id) ON DELETE RESTRICT
);
CREATE TABLE reading_month (
    series_id BIGINT NOT NULL,
    period INTEGER NOT NULL,
    n INTEGER NOT NULL,
    total FLOAT NOT NULL,
    low FLOAT NOT NULL,
    high FLOAT NOT NULL,
    status VARCHAR(12) NOT NULL,
    dataset_id BIGINT NOT NULL,
    CONSTRAINT pk_reading_month PRIMARY KEY (series_id, period),
    CONSTRAINT fk_reading_month_series_id_series FOREIGN KEY(series_id) REFERENCES series (id) ON DELETE RESTRICT
);
ALTER TABLE indicator
  ADD COLUMN frequency TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN level TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN dimensions TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN origin TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN baseline_year INTEGER,
  ADD COLUMN quality TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN rule TEXT,
  ADD COLUMN note_ko TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN note_en TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN ended BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE indicator
  ALTER frequency DROP DEFAULT,
  ALTER level DROP DEFAULT,
  ALTER dimensions DROP DEFAULT,
  ALTER origin DROP DEFAULT,
  ALTER quality DROP DEFAULT,
  ALTER note_ko DROP DEFAULT,
  ALTER note_en DROP DEFAULT,
  ALTER ended DROP DEFAULT;
ALTER TABLE energy_source
  ADD COLUMN frequency TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN due_day INTEGER,
  ADD COLUMN due_months INTEGER,
  ADD COLUMN expected_from INTEGER,
  ADD COLUMN due_source TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN licence TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN url TEXT COLLATE "C" DEFAULT '' NOT NULL;
ALTER TABLE energy_source
  ALTER frequency DROP DEFAULT,
  ALTER due_source DROP DEFAULT,
  ALTER licence DROP DEFAULT,
  ALTER url DROP DEFAULT;
ALTER TABLE area
  ADD COLUMN level TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN kostat TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN successor TEXT COLLATE "C" DEFAULT '' NOT NULL;
ALTER TABLE area
  ALTER level DROP DEFAULT,
  ALTER kostat DROP DEFAULT,
  ALTER successor DROP DEFAULT;
ALTER TABLE target
  ADD COLUMN area TEXT COLLATE "C" DEFAULT '29000' NOT NULL,
  ADD COLUMN kind TEXT COLLATE "C" DEFAULT 'target' NOT NULL,
  ADD COLUMN set_on DATE,
  ADD COLUMN note TEXT COLLATE "C" DEFAULT '' NOT NULL,
  DROP CONSTRAINT uq_target_indicator_id_year,
  ADD CONSTRAINT uq_target_indicator_id_area_year UNIQUE (indicator_id, area, year);
ALTER TABLE target
  ALTER area DROP DEFAULT,
  ALTER kind DROP DEFAULT,
  ALTER note DROP DEFAULT;
ALTER TABLE dataset
  ADD COLUMN published_on DATE,
  ADD COLUMN note TEXT COLLATE "C" DEFAULT '' NOT NULL,
  ADD COLUMN accepted TEXT;
ALTER TABLE dataset
  ALTER note DROP DEFAULT;
