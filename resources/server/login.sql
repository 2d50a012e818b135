-- One person's login on the office server. Run by the server's administrator:
--   sudo -u postgres psql -v ON_ERROR_STOP=1 -f login.sql postgres
-- Running it again moves the person to another role, or corrects the name.

SET client_min_messages = warning;
SET password_encryption = 'scram-sha-256';

SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', :'login')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'login')
\gexec

ALTER ROLE :"login" LOGIN;
SELECT format('REVOKE %I FROM %I', g.rolname, p.rolname)
  FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles p ON p.oid = m.member
 WHERE p.rolname = :'login' AND g.rolname <> :'role' AND starts_with(g.rolname, 'gwangju_')
\gexec
GRANT :"role" TO :"login";
-- The name the program shows and writes into the journal.
COMMENT ON ROLE :"login" IS :'name';
-- Everybody but the secretariat meets the views without contacts first.
ALTER ROLE :"login" IN DATABASE :"database" SET search_path = :path;

\if :{?quiet}
\else
  \echo 'A first password for' :login
  \password :login
\endif
