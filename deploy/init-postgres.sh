#!/bin/sh
# For /docker-entrypoint-initdb.d of the image postgres, which runs it once, when the server is made.
set -eu
sh /omh/databases.sh /run/secrets | psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d postgres
