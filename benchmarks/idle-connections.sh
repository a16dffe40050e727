#!/bin/sh
# What an idle TLS connection costs the server in memory. The client is a second process.
# Usage: benchmarks/idle-connections.sh [COUNT]   (10000; LOCALHSM_TLS_ENGINE=jdk for the other engine)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
server=
. "$root/interop/lib.sh"
trap 'stop_on_exit; rm -rf "$work"' EXIT
ulimit -n "$(ulimit -H -n)"
start_localhsm
pid=$(sed -n 's/.*"pid":\([0-9]*\).*/\1/p' "$ready")
java -Xmx6g -XX:+UseSerialGC "$root/benchmarks/IdleConnections.java" "${url##*:}" "$pid" "${1:-10000}"
stop_localhsm
