# The PostgreSQL and RabbitMQ of local.sh: functions, to be sourced by it after servers.sh.
# shellcheck shell=bash

start_servers() {
    "$root/deploy/secrets.sh" "$folder/secrets"
    "$root/deploy/certificates.sh" "$folder/tls" localhost
    init_postgres "$folder" scram-sha-256
    postgres_runs "$folder" || launch_postgres "$folder"
    rabbit_runs "$folder" || { rabbit_configuration | launch_rabbit "$folder"; }
    "$root/deploy/databases.sh" "$folder/secrets" | administer_postgres "$folder"
    await_rabbit "$folder"
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

# A client need not show a certificate; one that does must have it from this authority. With definitions there is no guest.
rabbit_configuration() {
    cat <<-END
		listeners.tcp = none
		listeners.ssl.1 = 127.0.0.1:$rabbit_port
		ssl_options.cacertfile = $folder/tls/ca.pem
		ssl_options.certfile = $folder/tls/server.pem
		ssl_options.keyfile = $folder/tls/server.key
		ssl_options.verify = verify_peer
		ssl_options.fail_if_no_peer_cert = false
		load_definitions = $folder/secrets/rabbitmq-definitions.json
		log.console = false
	END
}
