#!/usr/bin/env bash
# Makes the AMQP account of a region: its virtual host, its user with the rights to read the queue inbox and to write the
# exchange outbox and no others, the rights of RegionHandoff there, and limits. It may be run again.
#   deploy/region-account.sh CODE USER      CODE is the county code, such as 08; USER is the region's own
# From the environment:
#   REGION_PASSWORD      the user's password; without it a new user gets one that is printed once, a known one keeps its own
#   REGION_HANDOFF_USER  RegionHandoff's user, Delivery:Amqp:User, which must exist; region-handoff
#   REGION_PREFIX        Delivery:Amqp:VirtualHostPrefix; region-
#   RABBITMQCTL          the command that asks the broker; rabbitmqctl
set -euo pipefail

code="${1:-}" user="${2:-}"
ours="${REGION_HANDOFF_USER:-region-handoff}"
host="${REGION_PREFIX:-region-}$code"
read -ra command <<< "${RABBITMQCTL:-rabbitmqctl}"

fail() { echo "$1" >&2 && exit 1; }
ctl() { "${command[@]}" -q "$@"; }
# The line of a list that begins with a name, without that name; fails when there is none.
line() { awk -F '\t' -v name="$1" '$1 == name { sub(/^[^\t]*\t?/, ""); print; found = 1 } END { exit !found }'; }

if [[ ! $code =~ ^[0-9]{2}$ ]] || [[ ! $user =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]]; then sed -n 4p "$0" >&2 && exit 2; fi
[ "$user" != "$ours" ] || fail "The user of the region must not be RegionHandoff's own, $ours."

users=$(ctl list_users --no-table-headers)
line "$ours" <<< "$users" >/dev/null \
    || fail "There is no user $ours: make RegionHandoff's user first, or name it in REGION_HANDOFF_USER."
if tags=$(line "$user" <<< "$users"); then
    known=yes
    [ "$tags" = '[]' ] || fail "The user $user has tags $tags: a region needs a user of its own, with none."
    elsewhere=$(ctl list_user_permissions --no-table-headers "$user" | awk -F "\t" -v host="$host" '$1 != host { print $1 }')
    [ -z "$elsewhere" ] || fail "The user $user has rights in $elsewhere: a region needs a user of its own."
else
    known=no
fi

ctl list_vhosts --no-table-headers | line "$host" >/dev/null || ctl add_vhost "$host"
# What a client that has lost its way may open, and less than what all of us need together.
ctl set_vhost_limits -p "$host" '{"max-connections": 64, "max-queues": 4}'

# Passwords go by standard input: arguments can be seen in the list of processes.
password="${REGION_PASSWORD:-}"
if [ $known = no ]; then
    [ -n "$password" ] || password=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')
    ctl add_user "$user" <<< "$password" >/dev/null
    [ -n "${REGION_PASSWORD:-}" ] || echo "Password of $user, shown this once: $password"
elif [ -n "$password" ]; then
    ctl change_password "$user" <<< "$password" >/dev/null
fi
ctl set_user_limits "$user" '{"max-connections": 16, "max-channels": 64}'

# Configure, write, read.
ctl set_permissions -p "$host" "$user" '^$' '^outbox$' '^inbox$'
ctl set_permissions -p "$host" "$ours" '^(inbox|outbox|region-handoff\.outbox)$' \
    '^(amq\.default|region-handoff\.outbox)$' '^(outbox|region-handoff\.outbox)$'
echo "Region $code reads inbox and writes outbox in the virtual host $host as $user."
