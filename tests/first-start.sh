#!/usr/bin/env bash
# How long a newcomer waits: a fresh clone, no packages, `dotnet run`, until the gateway answers. Prints the seconds and
# ends with an error above 90. Not part of tests/run.sh, since it downloads every package anew.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
work=$(mktemp -d)
port="${1:-18080}"
trap 'kill -- -"$run" 2>/dev/null || true; rm -rf "$work"' EXIT
git clone -q "$root" "$work/clone"
export NUGET_PACKAGES="$work/packages" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$work/clone"
begin=$(date +%s)
setsid dotnet run --project deploy/Standalone -- --urls "http://localhost:$port" --data "$work/data" >"$work/out" 2>&1 &
run=$!
until curl -sf "http://localhost:$port/health/ready" >/dev/null; do
    if ! kill -0 "$run" 2>/dev/null; then cat "$work/out"; exit 1; fi
    sleep 0.5
done
seconds=$(($(date +%s) - begin))
echo "ready after $seconds s"
[ "$seconds" -le 90 ]
