#!/usr/bin/env bash
# A PostgreSQL and a RabbitMQ of the tests' own, on ports and in a folder of their own.
#   tests/servers.sh install          Debian's packages, when they are missing
#   tests/servers.sh start FOLDER     starts both and prints the environment that the tests read
#   tests/servers.sh stop FOLDER      stops both, and nothing else
#   tests/servers.sh kill FOLDER postgres|rabbit      kill -9, children included; returns when nothing of it is left
#   tests/servers.sh revive FOLDER postgres|rabbit    starts it on the data that it left; RabbitMQ takes seconds more
set -euo pipefail

postgres_bin=/usr/lib/postgresql/15/bin
postgres_port="${OMH_POSTGRES_PORT:-15432}"
rabbit_port="${OMH_RABBIT_PORT:-25600}"
rabbit_dist_port=$((rabbit_port + 1))
epmd_port=$((rabbit_port + 2))
vhosts=8

rabbit_env() {
    export HOME="$1/rabbit" ERL_EPMD_PORT=$epmd_port ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_NODENAME="omh$rabbit_port@localhost"
    export RABBITMQ_NODE_PORT=$rabbit_port RABBITMQ_DIST_PORT=$rabbit_dist_port RABBITMQ_BASE="$1/rabbit"
    export RABBITMQ_MNESIA_BASE="$1/rabbit/mnesia" RABBITMQ_LOG_BASE="$1/rabbit/log" RABBITMQ_CONF_ENV_FILE=/dev/null
    export RABBITMQ_CONFIG_FILE="$1/rabbit/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$1/rabbit/enabled_plugins"
    export RUNNING_UNDER_SYSTEMD=true
}

rabbit_sbin() { echo /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin; }

install_servers() {
    if [ -x $postgres_bin/initdb ] && [ -d "$(rabbit_sbin)" ]; then return; fi
    # The packages start servers of their own; the tests want none but theirs.
    local policy=/usr/sbin/policy-rc.d made=no
    if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' > $policy && chmod +x $policy && made=yes; fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql rabbitmq-server >/dev/null
    if [ $made = yes ]; then rm $policy; fi
}

start_postgres() {
    mkdir -p "$1/postgres"
    chown postgres "$1/postgres"
    chmod 755 "$1"
    if [ ! -d "$1/postgres/data" ]; then
        su postgres -c "$postgres_bin/initdb -D '$1/postgres/data' -A trust -U omh -E UTF8 --locale=C.UTF-8" >/dev/null
    fi
    su postgres -c "$postgres_bin/pg_ctl -D '$1/postgres/data' -l '$1/postgres/log' -w start -o \"-p $postgres_port \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories='$1/postgres' -c max_connections=400\"" >/dev/null
}

launch_rabbit() {
    rabbit_env "$1"
    setsid "$(rabbit_sbin)/rabbitmq-server" >>"$1/rabbit/out" 2>&1 </dev/null &
    echo $! > "$1/rabbit/pid"
}

start_rabbit() (
    mkdir -p "$1/rabbit"
    printf 'listeners.tcp.1 = 127.0.0.1:%s\nloopback_users.guest = true\nlog.console = false\n' "$rabbit_port" > "$1/rabbit/rabbitmq.conf"
    printf '[].' > "$1/rabbit/enabled_plugins"
    launch_rabbit "$1"
    for _ in $(seq 120); do
        if "$(rabbit_sbin)/rabbitmqctl" -q await_startup --timeout 5 >/dev/null 2>&1; then break; fi
        sleep 1
    done
    "$(rabbit_sbin)/rabbitmqctl" -q eval "[begin rabbit_vhost:add(<<\"test-\", (integer_to_binary(N))/binary>>, <<\"tests\">>),
        rabbit_auth_backend_internal:set_permissions(<<\"guest\">>, <<\"test-\", (integer_to_binary(N))/binary>>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"tests\">>)
        end || N <- lists:seq(1, $vhosts)]." >/dev/null
)

pid_of() {
    case "$2" in
        postgres) head -n 1 "$1/postgres/data/postmaster.pid" ;;
        rabbit) cat "$1/rabbit/pid" ;;
    esac
}

# Until then its port is taken, and PostgreSQL would not start beside what is left of itself.
await_end() {
    for _ in $(seq 200); do
        if ! kill -0 "$@" 2>/dev/null; then return; fi
        sleep 0.05
    done
    echo "$* did not end" >&2
    return 1
}

kill_server() {
    local pid children
    pid=$(pid_of "$1" "$2")
    children=$(pgrep -P "$pid" || true)
    # shellcheck disable=SC2086
    kill -9 "$pid" $children 2>/dev/null || true
    # shellcheck disable=SC2086
    for each in $pid $children; do await_end "$each"; done
}

stop_rabbit() {
    local pid
    pid=$(pid_of "$1" rabbit)
    kill "$pid" 2>/dev/null || true
    await_end "$pid" || kill -9 "$pid"
    # Erlang's list of nodes outlives them; on this port it is ours.
    epmd -port $epmd_port -kill >/dev/null 2>&1 || true
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
        su postgres -c "$postgres_bin/pg_ctl -D '$2/postgres/data' -m immediate stop" >/dev/null || true
        if [ -f "$2/rabbit/pid" ]; then stop_rabbit "$2"; fi
        ;;
    kill) kill_server "$2" "$3" ;;
    revive) case "$3" in postgres) start_postgres "$2" ;; rabbit) launch_rabbit "$2" ;; esac ;;
    *) sed -n 2,8p "$0" && exit 2 ;;
esac
