#!/usr/bin/env bash
# A PostgreSQL and a RabbitMQ of the tests' own, on ports and in a folder of their own.
#   tests/servers.sh install          Debian's packages, when they are missing
#   tests/servers.sh start FOLDER     starts both and prints the environment that the tests read
#   tests/servers.sh stop FOLDER      stops both, and nothing else
set -euo pipefail

postgres_port="${OMH_POSTGRES_PORT:-15432}"
rabbit_port="${OMH_RABBIT_PORT:-25600}"
vhosts=8
# shellcheck source=../deploy/servers.sh
. "$(dirname "$0")/../deploy/servers.sh"

install_servers() {
    local missing
    missing=$(missing_packages)
    if [ -z "$missing" ]; then return; fi
    # The packages start servers of their own; the tests want none but theirs.
    local policy=/usr/sbin/policy-rc.d made=no
    if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' > $policy && chmod +x $policy && made=yes; fi
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    if [ $made = yes ]; then rm $policy; fi
}

start_postgres() {
    mkdir -p "$1"
    chmod 755 "$1"
    init_postgres "$1" trust
    launch_postgres "$1"
}

start_rabbit() {
    launch_rabbit "$1" <<< "listeners.tcp.1 = 127.0.0.1:$rabbit_port
loopback_users.guest = true
log.console = false"
    await_rabbit "$1"
    administer_rabbit "$1" eval "[begin rabbit_vhost:add(<<\"test-\", (integer_to_binary(N))/binary>>, <<\"tests\">>),
        rabbit_auth_backend_internal:set_permissions(<<\"guest\">>, <<\"test-\", (integer_to_binary(N))/binary>>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"tests\">>)
        end || N <- lists:seq(1, $vhosts)]." >/dev/null
}

case "${1:-}" in
    install) install_servers ;;
    start)
        start_postgres "$2"
        start_rabbit "$2"
        echo "export OMH_TEST_POSTGRES='Host=127.0.0.1;Port=$postgres_port;Username=omh' OMH_TEST_RABBIT=127.0.0.1:$rabbit_port OMH_TEST_VHOSTS=$vhosts"
        ;;
    stop)
        [ -d "$2/postgres/data" ] || exit 0
        stop_postgres "$2" immediate
        stop_rabbit "$2"
        ;;
    *) sed -n 2,5p "$0" && exit 2 ;;
esac
