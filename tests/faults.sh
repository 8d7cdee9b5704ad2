#!/usr/bin/env bash
# The long form of the fault tests: once each, and referrals under kill -9 ten times in a row.
#   tests/faults.sh RECORD.md    appends the figures of every run to this Markdown file
# OMH_FAULTS_RATE is how many referrals a second are sent. Each of them makes ten messages here, and a rate that the machine
# does not carry without faults would measure how long it takes to catch up, not to recover.
# OMH_FAULTS_SEED gives the seed of the first run; each run's own stands in the record.
set -euo pipefail
record=$(realpath "${1:?Name the Markdown file that gets the figures.}")
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 OMH_FAULTS_RECORD="$record"
export OMH_FAULTS_REFERRALS="${OMH_FAULTS_REFERRALS:-2000}" OMH_FAULTS_RATE="${OMH_FAULTS_RATE:-8}"
export OMH_FAULTS_KILLS="${OMH_FAULTS_KILLS:-20}" OMH_FAULTS_JOURNEYS="${OMH_FAULTS_JOURNEYS:-500}"
export OMH_FAULTS_BROKER_DOWN="${OMH_FAULTS_BROKER_DOWN:-120}" OMH_FAULTS_ROUNDS="${OMH_FAULTS_ROUNDS:-5}"
runs="${OMH_FAULTS_RUNS:-10}"
seed="${OMH_FAULTS_SEED:-$RANDOM}"

tests/servers.sh install
dotnet build tests/Faults.Tests -c Release -v quiet
{
    printf '\n## Faults, %s, %s\n\n' "$(date -u +%F)" "$(git rev-parse --short HEAD)"
    printf '%s referrals at %s/s with %s kills, %s times; %s cores.\n\n' \
        "$OMH_FAULTS_REFERRALS" "$OMH_FAULTS_RATE" "$OMH_FAULTS_KILLS" "$runs" "$(nproc)"
    printf '| When (UTC) | Test | Figures |\n|---|---|---|\n'
} >> "$record"

failed=0
run() { dotnet test tests/Faults.Tests -c Release --no-build --logger 'console;verbosity=minimal' --filter "$1" || failed=$((failed + 1)); }
for number in $(seq 0 $((runs - 1))); do
    export OMH_FAULTS_SEED=$((seed + number))
    run 'FullyQualifiedName~NothingIsLostTests'
done
run 'FullyQualifiedName!~NothingIsLostTests&FullyQualifiedName!~KilledServiceTests'
# At this rate a service that is away leaves more requests open than the gateway lets one caller have.
OMH_FAULTS_RATE=5 run 'FullyQualifiedName~KilledServiceTests'
printf '\n%s of %s runs failed.\n' "$failed" $((runs + 2)) | tee -a "$record"
[ "$failed" -eq 0 ]
