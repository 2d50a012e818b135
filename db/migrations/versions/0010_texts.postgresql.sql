CREATE TABLE file_text (
    id BIGSERIAL NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    part INTEGER NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    CONSTRAINT pk_file_text PRIMARY KEY (id),
    CONSTRAINT uq_file_text_sha256_part UNIQUE (sha256, part)
);
