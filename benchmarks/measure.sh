#!/bin/sh
# Prints what docs/performance.md records: start to ready line and to the first signature, resident
# memory, and signatures a second over 16 TLS connections. Needs curl, wrk and GNU date; loopback only.
# Usage: benchmarks/measure.sh [SECONDS]   (10 seconds of load for each algorithm)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
seconds=${1:-10}
work=$(mktemp -d)
pid=
trap 'if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; fi; rm -rf "$work"' EXIT INT TERM

now_ms() { date +%s%3N; }
json() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$2" | head -n 1; }
rss() { awk '/^VmRSS/ {printf "%.0f MiB", $2 / 1024}' "/proc/$pid/status"; }

start() {
  began=$(now_ms)
  rm -f "$work/ready.json"
  "$root/localhsm" dev --port 0 --ready-file "$work/ready.json" >"$work/out" 2>"$work/err" &
  pid=$!
  until [ -s "$work/ready.json" ]; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
    sleep 0.01
  done
  ready=$(now_ms)
}

stop() {
  kill "$pid"
  wait "$pid" || true
  pid=
}

call() { # VERB PATH BODY
  curl -sS --cacert "$ca" -X "$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    --data "$3" "$url/$2?api-version=2025-07-01"
}

prepare() {
  url=https://localhost:$(json hsmUrl "$work/ready.json" | sed 's/.*://')
  ca=$(json caPem "$work/ready.json")
  token=$("$root/localhsm" token --ready-file "$work/ready.json")
}

digest=$(printf 'a message to sign' | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')

start; stop # builds the program and records the class-data archive where that is still to be done
for round in 1 2 3 4 5; do
  start
  identity=$(json identityEndpoint "$work/ready.json")
  header=$(json identityHeader "$work/ready.json")
  url=https://localhost:$(json hsmUrl "$work/ready.json" | sed 's/.*://')
  ca=$(json caPem "$work/ready.json")
  resource=$(json resource "$work/ready.json")
  token=$(curl -sS --cacert "$ca" -G -H "X-IDENTITY-HEADER: $header" "$identity" \
    --data-urlencode "resource=$resource" -d api-version=2019-08-01 | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
  call POST keys/first/create '{"kty":"EC"}' >"$work/key"
  call POST keys/first/sign "{\"alg\":\"ES256\",\"value\":\"$digest\"}" >"$work/signature"
  grep -q '"value"' "$work/signature" || { cat "$work/signature"; exit 1; }
  signed=$(now_ms)
  echo "start $round: ready after $((ready - began)) ms, first signature after $((signed - began)) ms, resident $(rss)"
  stop
done

start
prepare
call POST keys/ec/create '{"kty":"EC"}' >/dev/null
call POST keys/rsa/create '{"kty":"RSA"}' >/dev/null
echo "resident before load: $(rss)"
load() { # NAME PATH ALG SECONDS
  printf '%s: ' "$1"
  before=$(awk '{print $14 + $15}' "/proc/$pid/stat")
  URLPATH="/$2?api-version=2025-07-01" BODY="{\"alg\":\"$3\",\"value\":\"$digest\"}" TOKEN="$token" \
    wrk -t 1 -c 16 -d "$4" -s "$here/sign.lua" "$url" >"$work/wrk"
  after=$(awk '{print $14 + $15}' "/proc/$pid/stat")
  requests=$(sed -n 's/^ *\([0-9]*\) requests in.*/\1/p' "$work/wrk")
  printf '%s' "$(tail -n 1 "$work/wrk")"
  echo ", $((requests * 100 / (after - before))) per CPU-second of the server"
}
load 'warm-up ES256' keys/ec/sign ES256 5 >/dev/null
load 'warm-up RS256' keys/rsa/sign RS256 5 >/dev/null
load 'sign ES256' keys/ec/sign ES256 "$seconds"
load 'sign RS256' keys/rsa/sign RS256 "$seconds"
echo "resident after load: $(rss)"
