#!/bin/sh
# The nightly backup of an office server: dumped, restored elsewhere on the server and compared, and
# only then given its name. For cron on Linux; Windows has back_up.ps1 beside this file.
#
#   back_up.sh FOLDER [DATABASE]          e.g. 30 2 * * * postgres /opt/gwangju/back_up.sh /backup
#
# Who and where: the usual variables of libpq, PGHOST and PGUSER=gwangju_backup; the password stands
# in ~/.pgpass. Exit code 0: whole. Kept: 35 days, then the first of each month for 13 months.
set -eu
umask 077
LC_ALL=C
PGSSLMODE=${PGSSLMODE:-verify-full}
export LC_ALL PGSSLMODE

folder=${1:?the folder for the backups}
database=${2:-gwangju}
[ -d "$folder" ] || { echo "no folder: $folder" >&2; exit 1; }

stamp=$(date +%Y%m%d-%H%M%S)
new=$folder/.$database-$stamp.$$
trial=gwangju_trial_$(date +%Y%m%d_%H%M%S)_$$
made=

ask() {
  psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -c "$2"
}

leave() {
  code=$?
  trap - EXIT
  rm -f -- "$new"
  [ -z "$made" ] || dropdb --if-exists -- "$trial" || code=1
  [ "$code" -eq 0 ] || echo "NO BACKUP was made of $database" >&2
  exit "$code"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

head='SELECT coalesce(max(id), 0) FROM change_log'
before=$(ask "$database" "$head")
pg_dump --format=custom --file="$new" -- "$database"
after=$(ask "$database" "$head")

createdb --template=template0 --encoding=UTF8 --locale=C -- "$trial"
made=yes
pg_restore --exit-on-error --no-owner --no-privileges --dbname="$trial" -- "$new"

# The journal has no gap, each entry follows the one before it, and it is that of tonight.
entries=$(ask "$trial" 'SELECT count(*) FROM change_log')
last=$(ask "$trial" "$head")
torn=$(ask "$trial" 'SELECT count(*) FROM (SELECT prev, lag(hash) OVER (ORDER BY id) AS follows
  FROM change_log) entry WHERE prev <> follows')
if [ "$entries" -ne "$last" ] || [ "$torn" -ne 0 ] || [ "$last" -lt "$before" ] ||
  [ "$last" -gt "$after" ]; then
  echo "restored: $entries entries up to $last, $torn torn; on the server $before to $after" >&2
  exit 1
fi

mv -- "$new" "$folder/$database-$stamp.dump"

# The server knows the calendar on every system.
month_ago=$(ask "$database" "SELECT to_char(now() - interval '35 days', 'YYYYMMDD')")
year_ago=$(ask "$database" "SELECT to_char(now() - interval '13 months', 'YYYYMMDD')")
kept=
for file in "$folder/$database"-????????-??????.dump; do
  day=${file##*/"$database"-}
  day=${day%-*}
  month=${day%??}
  if [ "$day" -lt "$month_ago" ]; then
    [ "$day" -ge "$year_ago" ] && [ "$month" != "$kept" ] || rm -f -- "$file"
  fi
  kept=$month
done
echo "$folder/$database-$stamp.dump: $entries entries, restored and compared"
