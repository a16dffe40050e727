# Shared by the scripts of this folder: starts and stops `localhsm dev` as a user does.
# Needs $root and $work; sets $server, $ready, $ca and $url (with the port, reached as localhost).

json() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$ready" | head -n 1; }

start_localhsm() { # further arguments of dev
  ready=$work/ready.json
  rm -f "$ready"
  "$root/localhsm" dev --port 0 --ready-file "$ready" "$@" >"$work/localhsm.out" 2>"$work/localhsm.err" &
  server=$!
  tries=0
  # The line comes a moment after the file.
  until [ -s "$ready" ] && grep -q '^LOCALHSM READY' "$work/localhsm.out"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 1800 ] || ! kill -0 "$server" 2>/dev/null; then
      cat "$work/localhsm.out" "$work/localhsm.err" >&2
      echo 'localhsm did not become ready' >&2
      exit 1
    fi
    sleep 0.1
  done
  ca=$(json caPem)
  url=https://localhost:$(json hsmUrl | sed 's/.*://')
}

stop_localhsm() { # expects exit code 0
  kill -TERM "$server"
  code=0
  wait "$server" || code=$?
  server=
  [ "$code" -eq 0 ] || { echo "localhsm ended with $code" >&2; exit 1; }
}

stop_on_exit() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; }
