# The PostgreSQL and RabbitMQ of local.sh: functions, to be sourced by it after servers.sh.
# shellcheck shell=bash

# What the services may name on the bus; each reads its own queues only.
bus_names='Messages:|occupational-health\.|ips-coaching\.|region-handoff\.'

start_servers() {
    make_secrets
    init_postgres "$folder" scram-sha-256
    postgres_runs "$folder" || launch_postgres "$folder"
    rabbit_runs "$folder" || { rabbit_configuration | launch_rabbit "$folder"; }
    make_databases
    await_rabbit "$folder"
    make_broker_users
}

stop_servers() {
    stop_rabbit "$folder"
    if [ -d "$folder/postgres/data" ]; then stop_postgres "$folder" fast; fi
}

servers_status() {
    local all=0
    if postgres_runs "$folder"; then echo "PostgreSQL: runs at port $postgres_port"; else echo "PostgreSQL: stopped" && all=1; fi
    if rabbit_runs "$folder"; then echo "RabbitMQ: runs at port $rabbit_port"; else echo "RabbitMQ: stopped" && all=1; fi
    return $all
}

make_secrets() (
    umask 077
    mkdir -p "$folder/secrets" "$folder/tls"
    local project service
    for project in $projects; do
        service=$(service_name "$project")
        [ -f "$folder/secrets/$service.postgres" ] || openssl rand -hex 24 > "$folder/secrets/$service.postgres"
        [ -f "$folder/secrets/$service.rabbit" ] || openssl rand -hex 24 > "$folder/secrets/$service.rabbit"
        [ -f "$folder/secrets/$service.index-key" ] || openssl rand -out "$folder/secrets/$service.index-key" 32
    done
    cd "$folder/tls"
    if [ -f server.pem ]; then return; fi
    {
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout ca.key -out ca.pem \
            -subj '/CN=Occupational Mental Health, this box'
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj '/CN=localhost'
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -out server.pem \
            -extfile <(printf 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth')
    } 2>"$folder/log/openssl" || fail "$(cat "$folder/log/openssl")"
)

# A client need not show a certificate; one that does must have it from this authority.
rabbit_configuration() {
    cat <<-END
		listeners.tcp = none
		listeners.ssl.1 = 127.0.0.1:$rabbit_port
		ssl_options.cacertfile = $folder/tls/ca.pem
		ssl_options.certfile = $folder/tls/server.pem
		ssl_options.keyfile = $folder/tls/server.key
		ssl_options.verify = verify_peer
		ssl_options.fail_if_no_peer_cert = false
		log.console = false
	END
}

# A role for each service, which owns its database and can reach no other.
make_databases() {
    local project service
    administer_postgres "$folder" <<< 'revoke connect on database postgres, template1 from public;'
    for project in $projects; do
        service=$(service_name "$project")
        administer_postgres "$folder" <<-END
			select 'create role "$service" login' where not exists (select from pg_roles where rolname = '$service') \gexec
			alter role "$service" password '$(cat "$folder/secrets/$service.postgres")';
			select 'create database "omh-$service" owner "$service"'
			    where not exists (select from pg_database where datname = 'omh-$service') \gexec
			revoke connect, temporary on database "omh-$service" from public;
		END
    done
}

make_broker_users() {
    local project service users
    users=$(administer_rabbit "$folder" list_users --no-table-headers | cut -f 1)
    if grep -qx guest <<< "$users"; then administer_rabbit "$folder" delete_user guest; fi
    administer_rabbit "$folder" list_vhosts --no-table-headers | grep -qx omh || administer_rabbit "$folder" add_vhost omh
    for project in $projects; do
        service=$(service_name "$project")
        # By standard input: arguments can be seen in the list of processes.
        grep -qx "$service" <<< "$users" \
            || administer_rabbit "$folder" add_user "$service" < "$folder/secrets/$service.rabbit" >/dev/null
        administer_rabbit "$folder" set_permissions -p omh "$service" \
            "^($bus_names)" "^($bus_names)" "^(Messages:|$service\.)"
    done
}
