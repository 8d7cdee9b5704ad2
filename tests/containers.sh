#!/usr/bin/env bash
# Builds the images of deploy/Dockerfile and runs deploy/compose.yaml for real, with podman: a referral goes through the
# gateway to a county's mailbox, also while a service is killed and comes back. Writes deploy/containers-record.md.
#   tests/containers.sh FOLDER      what it makes is kept there and used again: images, data
# It needs root and no registry of images: where the base images are not in FOLDER's store, it makes stand-ins for them
# from Debian's packages and this machine's .NET, under the names that the Dockerfile and compose.yaml ask for. Not part of
# tests/run.sh, since that downloads packages for minutes.
set -euo pipefail

root="$(cd "$(dirname "$0")/.." && pwd)"
folder=$(realpath -m "${1:?Usage: tests/containers.sh FOLDER}")
port="${OMH_PORT:-18080}"
gateway="http://localhost:$port"
programs="gateway occupational-health ips-coaching region-handoff"
record="$root/deploy/containers-record.md"
store=(--root "$folder/store" --runroot "$folder/run" --cgroup-manager=cgroupfs --events-backend=file)
seen=()

fail() { echo "$1" >&2; exit 1; }
note() { echo "$1"; seen+=("- $1"); }
now() { date +%s; }
pod() { podman "${store[@]}" "$@"; }
compose() { docker-compose -f "$root/deploy/compose.yaml" -p omh-containers "$@"; }
post() {
    curl -s -H 'Content-Type: application/fhir+json' -d "@$root/deploy/examples/$1.json" \
        "$gateway/occupational-health/fhir/\$process-message" "${@:2}"
}
mailbox() { curl -s "$gateway/regions/fhir/\$mailbox?region=$1" | grep -oE '"code":"handoff-request"' | wc -l; }

# Waits up to $1 seconds for the rest to succeed.
await() {
    local end=$(($(now) + $1))
    shift
    until "$@" >/dev/null 2>&1; do [ "$(now)" -lt "$end" ] || return 1; sleep 0.5; done
}

check_machine() {
    local missing='' tool
    [ "$(id -u)" = 0 ] || fail "Run it as root."
    for tool in podman runc catatonit iptables debootstrap docker-compose; do
        command -v $tool >/dev/null || missing="$missing $tool"
    done
    for tool in netavark aardvark-dns; do [ -x /usr/lib/podman/$tool ] || missing="$missing $tool"; done
    [ -z "$missing" ] || fail "Missing:$missing
Install it with: apt-get install -y --no-install-recommends$missing"
}

configure_podman() {
    mkdir -p "$folder"
    cat > "$folder/containers.conf" <<-END
		[containers]
		default_ulimits = ["nofile=1024:1024", "nproc=1000:1000"]
		[engine]
		runtime = "runc"
		compat_api_enforce_docker_hub = false
		[network]
		network_backend = "netavark"
	END
    export CONTAINERS_CONF="$folder/containers.conf" STORAGE_DRIVER=overlay
    export DOCKER_HOST="unix://$folder/podman.sock" OMH_DATA="$folder/data" OMH_PORT="$port"
    export COMPOSE_HTTP_TIMEOUT=300
}

has() { pod image exists "$1"; }
build() { pod build -q --pull=never --isolation=chroot "$@" >/dev/null; }

make_stand_ins() {
    local dotnet here="$root/tests/containers"
    dotnet=$(dirname "$(realpath "$(command -v dotnet)")")
    if ! has localhost/debian; then
        echo "making Debian"
        debootstrap --variant=minbase --include=libicu72,libssl3,zlib1g,libstdc++6,ca-certificates,tzdata bookworm \
            "$folder/debian" >"$folder/debootstrap" 2>&1 || fail "$(tail "$folder/debootstrap")"
        tar -C "$folder/debian" -c . | pod import -q - localhost/debian >/dev/null
        rm -rf "$folder/debian"
    fi
    for target in aspnet sdk; do
        has "mcr.microsoft.com/dotnet/$target:10.0" || { echo "making $target" && build --target $target \
            -f "$here/dotnet.Dockerfile" -t "mcr.microsoft.com/dotnet/$target:10.0" "$dotnet"; }
    done
    has docker.io/library/postgres:15 || { echo "making postgres" && build -f "$here/postgres.Dockerfile" \
        -t docker.io/library/postgres:15 "$here"; }
    has docker.io/library/rabbitmq:3.13 || { echo "making rabbitmq" && build -f "$here/rabbitmq.Dockerfile" \
        -t docker.io/library/rabbitmq:3.13 "$here"; }
}

# Packages that this machine has already need not be fetched again, and the stand-in knows the authorities it trusts.
build_programs() {
    local program
    for program in $programs; do
        echo "building $program"
        build -f "$root/deploy/Dockerfile" --target "$program" -t "docker.io/occupational-mental-health/$program:local" \
            -v "$HOME/.nuget/packages:/root/.nuget/packages" \
            -v /etc/ssl/certs/ca-certificates.crt:/etc/ssl/certs/ca-certificates.crt:ro "$root"
    done
    note "The four images were built from deploy/Dockerfile: $(for program in $programs; do
        echo "$program $(($(pod image inspect -f '{{.Size}}' "docker.io/occupational-mental-health/$program:local") / 1000000)) MB"
    done | paste -sd, | sed 's/,/, /g')."
}

serve_podman() {
    podman "${store[@]}" system service --time=0 "$DOCKER_HOST" >"$folder/service.log" 2>&1 &
    service=$!
    await 20 test -S "$folder/podman.sock" || fail "$(cat "$folder/service.log")"
    check_health &
    health=$!
}

# Podman leaves its health checks to systemd, which need not be there.
check_health() {
    local name
    while sleep 5; do
        for name in $(pod ps -q); do pod healthcheck run "$name" || true; done
    done >/dev/null 2>&1
}

stop() {
    [ -z "${health:-}" ] || kill "$health" || true
    if [ -n "${service:-}" ]; then
        compose down -v >"$folder/down.log" 2>&1 || true
        kill "$service"
        wait "$service" || true
    fi
}

up() {
    local begin
    "$root/deploy/secrets.sh" "$OMH_DATA/secrets"
    "$root/deploy/certificates.sh" "$OMH_DATA/tls" rabbitmq
    begin=$(now)
    compose up -d --no-build >"$folder/up.log" 2>&1 || fail "$(cat "$folder/up.log")"
    await 120 curl -sf "$gateway/health/ready" || fail "Not ready: $(curl -s "$gateway/health/ready"); $(compose ps)"
    note "docker-compose brought up $(compose ps -q | wc -l) containers; /health/ready answered 200 after $(($(now) - begin)) s."
}

is_healthy() { [ "$(pod inspect -f '{{.State.Healthcheck.Status}}' "$(name_of "$1")")" = healthy ]; }
name_of() { pod ps --filter "label=com.docker.compose.service=$1" --format '{{.Names}}'; }

look_inside() {
    local program name
    for program in $programs; do
        name=$(name_of "$program")
        [ "$(pod exec "$name" id -u)" = 1654 ] || fail "$program does not run as app."
        if pod exec "$name" sh -c 'touch /app/x' 2>/dev/null; then fail "$program may write into /app."; fi
        if pod exec "$name" sh -c 'touch /x' 2>/dev/null; then fail "$program may write to /."; fi
        [ "$(pod exec "$name" sh -c 'grep -c "^Cap[EPB].*0000000000000000$" /proc/1/status')" = 3 ] \
            || fail "$program has capabilities."
    done
    note "Our programs run as the user app, without capabilities, and can write neither to / nor to /app."
    for program in postgres rabbitmq $programs; do
        await 60 is_healthy "$program" || fail "$program is not healthy."
    done
    note "All six containers are healthy by the checks of compose.yaml."
    [ "$(pod ps --format '{{.Ports}}' | grep -c .)" = 1 ] || fail "More than one port is published: $(pod ps --format '{{.Ports}}')"
    pod ps --format '{{.Ports}}' | grep -q "^127.0.0.1:$port->8080/tcp$" || fail "The gateway is not on loopback only."
    note "One port is published, the gateway's, on 127.0.0.1."
}

look_for_secrets() {
    local program secret images
    images=$(for program in $programs; do echo "docker.io/occupational-mental-health/$program:local"; done)
    # shellcheck disable=SC2086
    pod save -q -m -o "$folder/images.tar" $images
    for secret in "$OMH_DATA"/secrets/{postgres,*.postgres,*.rabbit}; do
        if grep -qaF -f "$secret" "$folder/images.tar"; then fail "$(basename "$secret") is in an image."; fi
        for program in $programs; do
            if pod inspect "$(name_of "$program")" | grep -qF -f "$secret"; then fail "$(basename "$secret") is in $program's settings."; fi
            if pod logs "$(name_of "$program")" 2>&1 | grep -qF -f "$secret"; then fail "$(basename "$secret") is in $program's log."; fi
        done
    done
    rm "$folder/images.tar"
    note "No password is in an image, in a container's settings or in its log."
}

refer() {
    local code
    post 01-preventive-contract-moderate-depression | grep -q '"care-place","valueCode":"region-primary-care"' \
        || fail "01 was not placed in the region's primary care."
    code=$(post 01c-confirm-placement-of-01 -o /dev/null -w '%{http_code}')
    [ "$code" = 200 ] || fail "01c: $code"
    await 20 test_mailbox 07 1 || fail "The handoff did not arrive."
    note "Referral 01 was placed in the county's primary care; confirmed by 01c, its handoff waited in the county's mailbox."
}

test_mailbox() { [ "$(mailbox "$1")" = "$2" ]; }

kill_and_refer() {
    local name code before begin
    name=$(name_of region-handoff)
    before=$(pod inspect -f '{{.State.Pid}}' "$name")
    kill -9 "$before"
    begin=$(date +%s%N)
    code=$(post 03-preventive-contract-confirmed -o /dev/null -w '%{http_code}')
    [ "$code" = 200 ] || fail "03, with RegionHandoff killed: $code"
    await 60 curl -sf "$gateway/health/ready" || fail "RegionHandoff did not come back: $(pod ps -a)"
    [ "$(pod inspect -f '{{.State.Pid}}' "$name")" != "$before" ] || fail "RegionHandoff was not killed."
    note "RegionHandoff's process was killed (SIGKILL): referral 03 was taken meanwhile (200), the container came back by \
itself, and all was ready after $((($(date +%s%N) - begin) / 100000000))00 ms."
    await 30 test_mailbox 09 1 || fail "The handoff of 03 did not arrive."
    note "The handoff of 03 waited in its county's mailbox, once."
}

try_rights() {
    local postgres database open='' users
    postgres=$(name_of postgres)
    for database in $(pod exec "$postgres" psql -U omh -d postgres -Atc 'select datname from pg_database where datallowconn'); do
        if pod exec -e PGPASSWORD="$(cat "$OMH_DATA/secrets/ips-coaching.postgres")" "$postgres" \
            psql -h 127.0.0.1 -U ips-coaching -d "$database" -c 'select' >/dev/null 2>&1; then open="$open$database "; fi
    done
    [ "$open" = "omh-ips-coaching " ] || fail "ips-coaching may connect to: $open"
    users=$(pod exec "$(name_of rabbitmq)" rabbitmqctl -q list_users --no-table-headers | cut -f 1 | sort | paste -sd' ')
    [ "$users" = "ips-coaching occupational-health region-handoff" ] || fail "RabbitMQ's users are: $users"
    note "Of all databases ips-coaching's role could open its own only; RabbitMQ had the three services' users and no other."
}

make_account() {
    RABBITMQCTL="podman ${store[*]} exec -i $(name_of rabbitmq) rabbitmqctl" \
        "$root/deploy/region-account.sh" 08 pirkanmaa >"$folder/account" 2>&1 || fail "$(cat "$folder/account")"
    note "deploy/region-account.sh made a county's account in RabbitMQ's container."
}

# As deploy/README.md says.
renew_passwords() {
    local before
    before=$(cat "$OMH_DATA/secrets/rabbitmq-definitions.json")
    : > "$OMH_DATA/secrets/ips-coaching.rabbit"
    : > "$OMH_DATA/secrets/ips-coaching.postgres"
    "$root/deploy/secrets.sh" "$OMH_DATA/secrets"
    [ "$before" != "$(cat "$OMH_DATA/secrets/rabbitmq-definitions.json")" ] || fail "The definitions did not follow."
    pod exec "$(name_of postgres)" sh /docker-entrypoint-initdb.d/databases.sh
    compose restart rabbitmq ips-coaching >"$folder/restart.log" 2>&1 || fail "$(cat "$folder/restart.log")"
    await 120 curl -sf "$gateway/health/ready" || fail "Not ready with new passwords: $(curl -s "$gateway/health/ready")"
    note "With new passwords for ips-coaching in PostgreSQL and RabbitMQ all was ready again."
}

# Not all at once: podman's name server ends with its last container, and does not always come back with the next.
restart_all() {
    compose restart postgres rabbitmq >"$folder/restart.log" 2>&1 || fail "$(cat "$folder/restart.log")"
    # shellcheck disable=SC2086
    compose restart $programs >"$folder/restart.log" 2>&1 || fail "$(cat "$folder/restart.log")"
    await 120 curl -sf "$gateway/health/ready" || fail "Not ready after a restart: $(curl -s "$gateway/health/ready")
$(pod ps -a --format '{{.Names}} {{.Status}}')"
    test_mailbox 07 1 || fail "The handoff of 01 is gone after a restart."
    note "After a restart of all containers, the servers first, all was ready again and the handoff of 01 still waited."
}

# shellcheck disable=SC2016
version_in() {
    pod run --rm --entrypoint dpkg-query "docker.io/library/$1" -W -f '${Version}' "$2" | grep -oE '^[0-9.]+'
}

write_record() {
    {
        echo "# The containers, tried out"
        echo
        echo "Written by \`tests/containers.sh\` on $(date -u +%F), from the sources at $(git -C "$root" rev-parse --short HEAD)."
        echo
        echo "The images of \`deploy/Dockerfile\` and \`deploy/compose.yaml\` ran unchanged, with podman $(podman --version | grep -oE '[0-9.]+'),"
        echo "runc and docker-compose $(docker-compose version --short). The base images were stand-ins under the official names, made of"
        echo "Debian 12, .NET $(dotnet --version), PostgreSQL $(version_in postgres:15 postgresql-15) and RabbitMQ $(version_in rabbitmq:3.13 rabbitmq-server). Not seen here: what the official images"
        echo "do otherwise, and docker compose v2. Podman leaves health checks to systemd; the script ran them in its place."
        echo
        echo "Seen, in this order:"
        echo
        printf '%s\n' "${seen[@]}"
    } > "$record"
}

check_machine
configure_podman
make_stand_ins
build_programs
trap stop EXIT
serve_podman
up
look_inside
refer
kill_and_refer
look_for_secrets
try_rights
make_account
renew_passwords
restart_all
write_record
echo "written: $record"
