#!/usr/bin/env bash
# Sets up what the tests need and runs all of them. The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# HL7's examples, FHIRPath tests and the Finnish base profiles stand beside the project, or where this says.
export OMH_SHARED_DATA="${OMH_SHARED_DATA:-$(cd .. && pwd)/shared/data}"

tests/servers.sh install
dotnet build OccupationalMentalHealth.sln -v quiet
log=$(mktemp)
servers=$(mktemp -d)
export OMH_FAULTS_RECORD="$log.figures"
stop() { tests/servers.sh stop "$servers"; rm -rf "$servers" "$log" "$OMH_FAULTS_RECORD"; }
trap stop EXIT
status=0
run() { dotnet test "$@" --no-build -m:1 --logger "console;verbosity=minimal" 2>&1 | tee -a "$log" || status=1; }

# One project after the other: some measure how fast a killed process recovers.
run OccupationalMentalHealth.sln --filter 'FullyQualifiedName!~Faults.Tests'

# The same behaviour tests once more, on PostgreSQL and RabbitMQ.
eval "$(tests/servers.sh start "$servers")"
for project in ServiceKit OccupationalHealth IpsCoaching RegionHandoff System; do run "tests/$project.Tests"; done

# What is promised when processes are killed; these have servers of their own, to kill them too.
tests/servers.sh stop "$servers"
run tests/Faults.Tests
cat "$OMH_FAULTS_RECORD" 2>/dev/null || true

count() { grep -oE "$1: +[0-9]+" "$log" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count Passed)
failed=$(count Failed)
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$passed" -eq 0 ]; then failed=$((failed + 1)); fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
