#!/usr/bin/env bash
# What a system does that calls with an identity (SMART Backend Services), with openssl and curl alone.
#   deploy/client.sh key FOLDER NAME
#     makes NAME.key.pem, which stays with the system, and NAME.jwks.json for Authorization:Clients:NAME:JwksFile;
#     a key that is there already stays as it is
#   deploy/client.sh assertion KEY CLIENT_ID ADDRESS
#     prints what the system signs to show who it is, good for one token within four minutes
#   deploy/client.sh token KEY CLIENT_ID ADDRESS [SCOPES]
#     prints an access token of the gateway at ADDRESS, as Authorization:Address has it; without SCOPES with all that
#     the client may do
set -euo pipefail

usage() { sed -n '3p;6p;8p' "$0" >&2 && exit 2; }
bytes() { printf '%b' "$(sed 's/../\\x&/g' <<< "$1")"; }
url64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
modulus() { openssl rsa -in "$1" -noout -modulus | sed 's/^Modulus=//'; }
# An id that follows from the key, so that both sides find the same one.
id_of() { modulus "$1" | openssl dgst -sha256 -r | cut -c 1-16; }

key() {
    local private="$1/$2.key.pem"
    mkdir -p "$1"
    [ -s "$private" ] || (umask 077 && openssl genrsa -out "$private" 3072 2>/dev/null)
    printf '{"keys": [{"kty": "RSA", "alg": "RS384", "use": "sig", "kid": "%s", "e": "AQAB", "n": "%s"}]}\n' \
        "$(id_of "$private")" "$(bytes "$(modulus "$private")" | url64)" > "$1/$2.jwks.json"
}

assertion() {
    local signed
    signed="$(printf '{"alg":"RS384","typ":"JWT","kid":"%s"}' "$(id_of "$1")" | url64).$(
        printf '{"iss":"%s","sub":"%s","aud":"%s","jti":"%s","exp":%d}' \
            "$2" "$2" "$(endpoint "$3")" "$(openssl rand -hex 16)" "$(($(date +%s) + 240))" | url64)"
    printf '%s.%s' "$signed" "$(printf '%s' "$signed" | openssl dgst -sha384 -sign "$1" -binary | url64)"
}

endpoint() { echo "${1%/}/auth/token"; }

# By standard input: what stands in a command line is seen by others on the machine.
token() {
    local answer
    answer=$(assertion "$1" "$2" "$3" | curl -sS "$(endpoint "$3")" -d grant_type=client_credentials \
        -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
        --data-urlencode client_assertion@- --data-urlencode "scope=${4:-}")
    sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p' <<< "$answer" | grep . || { echo "$answer" >&2 && exit 1; }
}

case "${1:-}:$#" in
    key:3) key "$2" "$3" ;;
    assertion:4) assertion "${@:2}" ;;
    token:[45]) token "${@:2}" ;;
    *) usage ;;
esac
