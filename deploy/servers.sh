# PostgreSQL and RabbitMQ of Debian's packages as ordinary processes, in a folder and on ports of their own: functions, to
# be sourced. They read $postgres_port and $rabbit_port, which takes the two ports after it as well.
# shellcheck shell=bash

# The newest version; nothing where the package is missing, which is no fault yet.
newest() { find "$1" -mindepth 2 -maxdepth 2 -name "$2" 2>/dev/null | sort -V | tail -n 1 || true; }
postgres_bin=$(newest /usr/lib/postgresql bin)
rabbit_sbin=$(newest /usr/lib/rabbitmq/lib sbin)

missing_packages() {
    [ -x "$postgres_bin/initdb" ] || echo postgresql
    [ -x "$rabbit_sbin/rabbitmq-server" ] || echo rabbitmq-server
}

# PostgreSQL refuses to run as root; anybody else runs it as himself.
as_postgres() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$1"; else bash -c "$1"; fi; }

# $1 folder, $2 how clients on the network prove who they are. The administrator omh comes by the socket, which is closed
# to others.
init_postgres() {
    mkdir -p "$1/postgres"
    [ "$(id -u)" != 0 ] || chown postgres "$1/postgres"
    [ -d "$1/postgres/data" ] || as_postgres "'$postgres_bin/initdb' -D '$1/postgres/data' -U omh -E UTF8 \
        --locale=C.UTF-8 --auth-local=trust --auth-host=$2" >/dev/null
}

launch_postgres() {
    as_postgres "'$postgres_bin/pg_ctl' -D '$1/postgres/data' -l '$1/postgres/log' -w start -o \"-p $postgres_port \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories='$1/postgres' -c unix_socket_permissions=0700 \
        -c max_connections=400 ${OMH_POSTGRES_OPTIONS:-}\"" >/dev/null
}

postgres_runs() { as_postgres "'$postgres_bin/pg_ctl' -D '$1/postgres/data' status" >/dev/null 2>&1; }

# $1 folder, $2 fast or immediate
stop_postgres() {
    if postgres_runs "$1"; then as_postgres "'$postgres_bin/pg_ctl' -D '$1/postgres/data' -m $2 stop" >/dev/null; fi
}

# SQL from standard input, as the administrator.
administer_postgres() {
    as_postgres "'$postgres_bin/psql' -v ON_ERROR_STOP=1 -q -h '$1/postgres' -p $postgres_port -U omh -d postgres" >/dev/null
}

rabbit_env() {
    export HOME="$1/rabbit" ERL_EPMD_PORT=$((rabbit_port + 2)) ERL_EPMD_ADDRESS=127.0.0.1
    export RABBITMQ_NODENAME="omh$rabbit_port@localhost" RABBITMQ_BASE="$1/rabbit" RABBITMQ_CONF_ENV_FILE=/dev/null
    export RABBITMQ_NODE_PORT=$rabbit_port RABBITMQ_DIST_PORT=$((rabbit_port + 1))
    export RABBITMQ_MNESIA_BASE="$1/rabbit/mnesia" RABBITMQ_LOG_BASE="$1/rabbit/log"
    export RABBITMQ_CONFIG_FILE="$1/rabbit/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$1/rabbit/enabled_plugins"
    # The process id is then the broker's own.
    export RUNNING_UNDER_SYSTEMD=true
}

# Its configuration comes from standard input.
launch_rabbit() (
    mkdir -p "$1/rabbit"
    cat > "$1/rabbit/rabbitmq.conf"
    printf '[].' > "$1/rabbit/enabled_plugins"
    rabbit_env "$1"
    setsid "$rabbit_sbin/rabbitmq-server" >>"$1/rabbit/out" 2>&1 </dev/null &
    echo $! > "$1/rabbit/pid"
    echo "$ERL_EPMD_PORT" > "$1/rabbit/epmd-port"
)

await_rabbit() {
    for _ in $(seq 120); do
        if administer_rabbit "$1" await_startup --timeout 5 >/dev/null 2>&1; then return; fi
        sleep 0.5
    done
    echo "RabbitMQ did not start; see $1/rabbit/out and $1/rabbit/log" >&2
    return 1
}

# Asks this broker, and no other.
administer_rabbit() (
    rabbit_env "$1"
    exec "$rabbit_sbin/rabbitmqctl" -q "${@:2}"
)

rabbit_runs() { runs "$1" "$1/rabbit/pid"; }

# Erlang's list of nodes outlives them; on the port that was noted it is ours.
stop_rabbit() {
    end "$1" "$1/rabbit/pid"
    if [ -f "$1/rabbit/epmd-port" ]; then
        ERL_EPMD_PORT=$(cat "$1/rabbit/epmd-port") epmd -kill >/dev/null 2>&1 || true
        rm "$1/rabbit/epmd-port"
    fi
}

# $1 folder, $2 file with the number of a process. Numbers are used again: only a process that knows the folder is meant.
runs() {
    local pid
    pid=$(cat "$2" 2>/dev/null) && [ -n "$pid" ] && grep -qsaF "$1" "/proc/$pid/cmdline" "/proc/$pid/environ"
}

# Asks a process to end, waits for it, and ends it after 40 s.
end() {
    local pid
    if runs "$@"; then
        pid=$(cat "$2")
        kill "$pid" 2>/dev/null || true
        for _ in $(seq 400); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
        if runs "$@"; then kill -9 "$pid" 2>/dev/null || true; fi
    fi
    rm -f "$2"
}
