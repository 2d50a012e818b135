-- The office server: roles, database, passwords as SCRAM. Run once by the server's administrator,
-- with psql 14 or newer, against the database "postgres"; running it again changes nothing.
--   sudo -u postgres psql -v ON_ERROR_STOP=1 -f roles.sql postgres
-- No password stands in this file: psql asks for the owner's at the end and sends its SCRAM form.

\if :{?database}
\else
  \set database gwangju
\endif

SET client_min_messages = warning;
SET password_encryption = 'scram-sha-256';

-- Groups. Nobody signs in as one of these; every person's own login is a member of one of them.
SELECT format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', name)
  FROM unnest(ARRAY['gwangju_app', 'gwangju_secretary', 'gwangju_department', 'gwangju_chair',
                    'gwangju_auditor', 'gwangju_reader']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- Owns the database and its tables: makes the office, converts it after an update of the program.
SELECT 'CREATE ROLE gwangju_migrator LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gwangju_migrator')
\gexec

-- Reads everything for the nightly backup, and tries to restore it in a database of its own.
SELECT 'CREATE ROLE gwangju_backup LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gwangju_backup')
\gexec
SELECT 'GRANT pg_read_all_data TO gwangju_backup'
 WHERE NOT pg_has_role('gwangju_backup', 'pg_read_all_data', 'MEMBER')
\gexec

-- The secretariat writes; the chair and the auditors read; a department reads and writes its part.
GRANT gwangju_app TO gwangju_secretary;
GRANT gwangju_reader TO gwangju_department, gwangju_chair, gwangju_auditor;

-- C decides the order of texts by their bytes: Hangul syllables stand as in a dictionary.
SELECT format('CREATE DATABASE %I OWNER gwangju_migrator TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C''', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database')
\gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
-- What each role may do in it is given by the program, which knows the tables.
GRANT CONNECT ON DATABASE :"database" TO gwangju_app, gwangju_reader, gwangju_backup;
ALTER DATABASE :"database" SET timezone = 'UTC';

\connect :"database"
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO gwangju_migrator;

\if :{?quiet}
\else
  \echo 'A password for gwangju_migrator, who makes and converts the office:'
  \password gwangju_migrator
  \echo 'A password for gwangju_backup, who makes the nightly backup:'
  \password gwangju_backup
\endif
