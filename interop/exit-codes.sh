#!/bin/sh
# What a start says when it cannot be: the promised exit code and one line that says how to mend it.
# Usage: interop/exit-codes.sh [WORK_FOLDER]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
server=
. "$root/interop/lib.sh"
trap stop_on_exit EXIT

passed=0
refused() { # NAME CODE WORD COMMAND...
  name=$1 expected=$2 word=$3
  shift 3
  code=0
  timeout 60 "$@" >"$work/out" 2>"$work/err" || code=$?
  lines=$(grep -c '^localhsm: ' "$work/err" || true)
  if [ "$code" -eq "$expected" ] && [ "$lines" -eq 1 ] && [ ! -s "$work/out" ] && grep -q -- "$word" "$work/err"; then
    passed=$((passed + 1))
    echo "ok - $name: $(cat "$work/err")"
  else
    echo "not ok - $name: exit code $code, said:" >&2
    cat "$work/out" "$work/err" >&2
    exit 1
  fi
}

start_localhsm --data "$work/data"
port=${url##*:}
refused 'a port in use' 4 'port' "$root/localhsm" dev --port "$port"
refused 'a folder in use' 5 '--data' "$root/localhsm" dev --port 0 --data "$work/data"
stop_localhsm

cp -r "$work/data" "$work/foreign"
printf '%064d\n' 0 >"$work/foreign/platform.key"
refused 'a wrong platform key' 6 'platform key' "$root/localhsm" dev --port 0 --data "$work/foreign"
rm "$work/foreign/platform.key"
refused 'a missing platform key' 6 'platform' "$root/localhsm" dev --port 0 --data "$work/foreign"

cp -r "$work/data" "$work/damaged"
printf 'X' | dd of="$work/damaged/store.db" bs=1 seek=8152 conv=notrunc 2>/dev/null
before=$(cksum <"$work/damaged/store.db")
refused 'a damaged store' 5 'damaged' "$root/localhsm" dev --port 0 --data "$work/damaged"
[ "$before" = "$(cksum <"$work/damaged/store.db")" ] || { echo 'the damaged store was changed' >&2; exit 1; }

refused 'an unknown option' 2 '' "$root/localhsm" dev --no-such-option
printf 'listen:\n  port: 70000\nno-such-key: 1\n' >"$work/bad.yaml"
code=0
"$root/localhsm" dev --config "$work/bad.yaml" >"$work/out" 2>"$work/err" || code=$?
if [ "$code" -eq 2 ] && grep -q 'listen.port' "$work/err" && grep -q 'no-such-key' "$work/err"; then
  passed=$((passed + 1))
  echo 'ok - all problems of a configuration are listed at once'
else
  cat "$work/err" >&2
  exit 1
fi

# Root may read everything: the packaged program runs as nobody, from a folder that all may read.
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
  open=$(mktemp -d)
  mkdir -m 0777 "$open/home"
  mkdir -m 0700 "$open/closed"
  cp "$root/localhsm" "$root/hsm-server/target/localhsm.jar" "$open/"
  chmod -R a+rX "$open"
  chmod 0700 "$open/closed"
  refused 'a folder that this user may not read' 2 '--data' setpriv --reuid=65534 --regid=65534 --clear-groups \
    env HOME="$open/home" XDG_CACHE_HOME="$open/home/.cache" "$open/localhsm" dev --port 0 --data "$open/closed"
  rm -rf "$open"
fi
echo "$passed passed, 0 failed"
