#!/usr/bin/env bash
# Makes the folder secrets/ beside this file, from which the overlay's Secrets are made; what is there already stays.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
deploy="$here/../../../deploy"
"$deploy/secrets.sh" "$here/secrets"
"$deploy/certificates.sh" "$here/secrets" rabbitmq
"$deploy/databases.sh" "$here/secrets" > "$here/secrets/databases.sql"
cp "$deploy/rabbitmq.conf" "$here/secrets/"
