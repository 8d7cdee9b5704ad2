#!/usr/bin/env bash
# Makes an authority and the broker's certificate, for installations that have none from elsewhere; what is there already
# stays as it is.
#   deploy/certificates.sh FOLDER NAME...      the names by which clients reach the broker
#     ca.pem        the authority that clients trust
#     ca.key        its key, which nothing needs while the system runs
#     server.pem    the broker's certificate
#     server.key    its key
set -euo pipefail

folder="${1:?Usage: deploy/certificates.sh FOLDER NAME...}"
[ $# -ge 2 ] || { echo "Usage: deploy/certificates.sh FOLDER NAME..." >&2 && exit 2; }
shift
names=$(printf ',DNS:%s' "$@")
if [ -s "$folder/server.pem" ]; then exit; fi

umask 077
mkdir -p "$folder"
cd "$folder"
made=$({
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout ca.key -out ca.pem \
        -subj '/CN=Occupational Mental Health, this installation'
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj "/CN=$1"
    openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -out server.pem \
        -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth' "${names#,}")
} 2>&1) || { echo "$made" >&2 && exit 1; }
rm server.csr
# As with the secrets: the folder is closed, and a container sees these singly.
chmod 644 ca.pem server.pem server.key
