#!/usr/bin/env bash
# The whole system on one box as an operator runs it: PostgreSQL, RabbitMQ over TLS, the services and the gateway, each a
# process of its own, with the sample data. Everything is kept in FOLDER, omh-data/local unless another one is given.
#   deploy/local.sh start [FOLDER]     starts what does not run yet and returns when all is ready
#   deploy/local.sh stop [FOLDER]      ends what it has started, and nothing else; the data stays
#   deploy/local.sh status [FOLDER]    what runs; fails unless all does
# From the environment:
#   OMH_PORT            the gateway's port, 8080; the other ports follow it
#   OMH_INSTANCES       processes of each service, 1; at most 9
#   OMH_CONFIGURATION   the build, Release
set -euo pipefail

root="$(cd "$(dirname "$0")/.." && pwd)"
command="${1:-}"
folder=$(realpath -m "${2:-$root/omh-data/local}")
port="${OMH_PORT:-8080}"
instances="${OMH_INSTANCES:-1}"
configuration="${OMH_CONFIGURATION:-Release}"
postgres_port=$((port + 4))
rabbit_port=$((port + 5))
projects="OccupationalHealth IpsCoaching RegionHandoff"
# shellcheck source=servers.sh
. "$root/deploy/servers.sh"
# shellcheck source=local-servers.sh
. "$root/deploy/local-servers.sh"

fail() { echo "$1" >&2; exit 1; }

# Services listen at the gateway's port + 1, 2, 3, their second instances at + 11, 12, 13, and so on.
service_port() { echo $((port + $1 + 10 * ($2 - 1))); }

# Lines of: process, project, address. The gateway comes last.
processes() {
    local number instance project
    for instance in $(seq "$instances"); do
        number=0
        for project in $projects; do
            number=$((number + 1))
            echo "$project-$instance $project http://127.0.0.1:$(service_port $number "$instance")"
        done
    done
    echo "Gateway Gateway http://localhost:$port"
}

check_box() {
    local missing program
    missing=$(missing_packages | tr '\n' ' ')
    for program in openssl curl; do command -v $program >/dev/null || missing="$missing$program "; done
    [ -z "$missing" ] || fail "Missing: $missing
Install it with: sudo apt-get install -y --no-install-recommends $missing
The PostgreSQL and RabbitMQ that Debian starts by itself are not used; 'sudo systemctl disable --now postgresql rabbitmq-server' stops them."
    command -v dotnet >/dev/null || fail "Missing: the .NET 10 SDK, see https://dotnet.microsoft.com/download"
    [[ $instances =~ ^[1-9]$ ]] || fail "OMH_INSTANCES is '$instances': give a number from 1 to 9."
    mkdir -p "$folder" || fail "$folder cannot be made: give another folder."
    as_postgres "test -x '$folder'" || fail "The user postgres cannot reach $folder: give a folder that all may pass through."
    [ ! -f "$folder/ports" ] || [ "$(cat "$folder/ports")" = "$port" ] \
        || fail "$folder was made for OMH_PORT=$(cat "$folder/ports"): give that, or another folder."
    echo "$port" > "$folder/ports"
}

# A copy, so that a later build does not take the files away from what runs.
build() {
    [ ! -f "$folder/app/built" ] || ! any_runs || return 0
    echo "building ($configuration)"
    dotnet build "$root/deploy/Standalone" -c "$configuration" -v quiet --nologo >"$folder/log/build" 2>&1 \
        || fail "$(cat "$folder/log/build")"
    rm -rf "$folder/app"
    mkdir -p "$folder/app"
    local project
    for project in $projects; do
        cp -r "$root/services/$project/bin/$configuration/net10.0" "$folder/app/$project"
    done
    cp -r "$root/gateway/bin/$configuration/net10.0" "$folder/app/Gateway"
    cp -r "$root/deploy/Standalone/SampleData" "$folder/app/SampleData"
    touch "$folder/app/built"
}

any_runs() {
    local name
    while read -r name _; do if runs "$folder" "$folder/run/$name"; then return 0; fi; done < <(processes)
    return 1
}

settings_of() {
    local name="$1" project="$2" address="$3" service
    echo "--urls=$address"
    if [ "$project" != Gateway ]; then
        service=$(service_name "$project")
        echo "--Storage:PostgreSql=Host=127.0.0.1;Port=$postgres_port;Database=omh-{service};Username={service};Maximum Pool Size=20"
        echo "--Storage:PostgreSqlPasswordFile=$folder/secrets/$service.postgres"
        echo "--Storage:IndexKeyFile=$folder/secrets/$service.index-key"
        echo "--Bus:Host=127.0.0.1"
        echo "--Bus:Port=$rabbit_port"
        echo "--Bus:VirtualHost=omh"
        echo "--Bus:User=$service"
        echo "--Bus:PasswordFile=$folder/secrets/$service.rabbit"
        echo "--Bus:Tls=true"
        echo "--Bus:TlsServerName=localhost"
        echo "--Bus:TlsCaFile=$folder/tls/ca.pem"
        echo "--Samples:Folder=$folder/app/SampleData"
        return
    fi
    while read -r name project address; do
        [ "$project" = Gateway ] && continue
        echo "--ReverseProxy:Clusters:$(service_name "$project"):Destinations:$(destination "$name"):Address=$address/"
    done < <(processes)
}

# The first instance takes the place of the one in the gateway's own route table.
destination() { case "$1" in *-1) echo service ;; *) echo "$1" ;; esac; }

service_name() { sed -E 's/([a-z])([A-Z])/\1-\2/g' <<< "$1" | tr '[:upper:]' '[:lower:]'; }

launch() {
    local name="$1" project="$2" settings
    if runs "$folder" "$folder/run/$name"; then return; fi
    mapfile -t settings < <(settings_of "$@")
    (cd "$folder/app/$project" && exec setsid dotnet "$folder/app/$project/$project.dll" "${settings[@]}" \
        >>"$folder/log/$name" 2>&1 </dev/null) &
    echo $! > "$folder/run/$name"
}

await_ready() {
    local name="$1" address="$3"
    for _ in $(seq 600); do
        if curl -sf -o /dev/null "$address/health/ready"; then return; fi
        runs "$folder" "$folder/run/$name" || fail "$name has ended; the end of $folder/log/$name:
$(tail -n 20 "$folder/log/$name")"
        sleep 0.1
    done
    fail "$name is not ready after a minute: $(curl -s "$address/health/ready"); see $folder/log/$name"
}

start() {
    check_box
    mkdir -p "$folder/log" "$folder/run"
    chmod 700 "$folder/log" "$folder/run"
    build
    start_servers
    local each
    while read -r each; do launch $each; done < <(processes)
    while read -r each; do await_ready $each; done < <(processes)
    echo "Occupational Mental Health is ready at http://localhost:$port; logs are in $folder/log"
}

stop() {
    local name
    while read -r name; do end "$folder" "$folder/run/$name" & done < <(ls "$folder/run" 2>/dev/null || true)
    wait
    stop_servers
}

status() {
    local name address all=0
    servers_status || all=1
    while read -r name _ address; do
        if ! runs "$folder" "$folder/run/$name"; then echo "$name: stopped" && all=1
        elif curl -sf -o /dev/null "$address/health/ready"; then echo "$name: ready at $address"
        else echo "$name: runs, not ready: $(curl -s "$address/health/ready")" && all=1; fi
    done < <(processes)
    return $all
}

case "$command" in
    start | stop | status) "$command" ;;
    *) sed -n 2,9p "$0" && exit 2 ;;
esac
