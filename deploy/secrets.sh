#!/usr/bin/env bash
# Makes what is secret about an installation, each thing in a file of its own; what is there already stays as it is.
#   deploy/secrets.sh FOLDER
#     SERVICE.postgres     the password of the service's role in PostgreSQL
#     SERVICE.rabbit       the password of its user in RabbitMQ
#     SERVICE.index-key    the key of its index hashes, the same for all its instances and never changed: keep a copy
#     postgres             the password of PostgreSQL's administrator, for installations that make the server themselves
#     rabbitmq-definitions.json    RabbitMQ's users and their rights, with hashed passwords; follows SERVICE.rabbit
set -euo pipefail

services="occupational-health ips-coaching region-handoff"
folder="${1:?Usage: deploy/secrets.sh FOLDER}"

mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"

password() { [ -s "$1" ] || openssl rand -hex 24 > "$1"; }

# RabbitMQ's own hash: four bytes of salt, then SHA-256 over salt and password.
hash_of() {
    local salt
    salt=$(openssl rand -hex 4)
    { bytes "$salt"; tr -d '\n' < "$1"; } | openssl dgst -sha256 -binary | { bytes "$salt"; cat; } | openssl base64 -A
}

bytes() { printf '%b' "$(sed 's/../\\x&/g' <<< "$1")"; }

# What may be named on the bus is ours alone; a service reads its own queues only.
definitions() {
    local names='^(Messages:|occupational-health\\.|ips-coaching\\.|region-handoff\\.)' users='' rights=''
    for service in $services; do
        users="$users,
    {\"name\": \"$service\", \"password_hash\": \"$(hash_of "$service.rabbit")\",
      \"hashing_algorithm\": \"rabbit_password_hashing_sha256\", \"tags\": \"\"}"
        rights="$rights,
    {\"user\": \"$service\", \"vhost\": \"omh\", \"configure\": \"$names\", \"write\": \"$names\",
      \"read\": \"^(Messages:|$service\\\\.)\"}"
    done
    printf '{\n  "vhosts": [{"name": "omh"}],\n  "users": [%s],\n  "permissions": [%s]\n}\n' "${users#,}" "${rights#,}"
}

follows_passwords() {
    [ -s rabbitmq-definitions.json ] || return 1
    for service in $services; do if [ "$service.rabbit" -nt rabbitmq-definitions.json ]; then return 1; fi; done
}

password postgres
for service in $services; do
    password "$service.postgres"
    password "$service.rabbit"
    [ -s "$service.index-key" ] || openssl rand -out "$service.index-key" 32
done
follows_passwords || definitions > rabbitmq-definitions.json

# The folder is closed; the files are not, since containers see them singly and have users of their own.
chmod 644 -- postgres ./*.postgres ./*.rabbit ./*.index-key rabbitmq-definitions.json
