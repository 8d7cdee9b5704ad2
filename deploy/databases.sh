#!/bin/sh
# Prints the SQL that makes a role for each service, which owns its database and can reach no other; for psql, as the
# administrator. It may be run again: then it sets the passwords anew.
#   deploy/databases.sh SECRETS      the folder with SERVICE.postgres, as deploy/secrets.sh makes it
set -eu

echo 'revoke connect on database postgres, template1 from public;'
for service in occupational-health ips-coaching region-handoff; do
    cat <<END
select 'create role "$service" login' where not exists (select from pg_roles where rolname = '$service') \\gexec
alter role "$service" password '$(cat "$1/$service.postgres")';
select 'create database "omh-$service" owner "$service"'
    where not exists (select from pg_database where datname = 'omh-$service') \\gexec
revoke connect, temporary on database "omh-$service" from public;
END
done
