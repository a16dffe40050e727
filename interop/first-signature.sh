#!/bin/sh
# A token, a key and a signature with nothing but curl; the signature is verified by openssl.
# Usage: interop/first-signature.sh [WORK_FOLDER]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
server=
. "$root/interop/lib.sh"
trap stop_on_exit EXIT

passed=0
check() { # NAME CONDITION...
  name=$1
  shift
  if "$@"; then passed=$((passed + 1)); echo "ok - $name"; else echo "not ok - $name" >&2; exit 1; fi
}
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
from_base64url() { # the hexadecimal digits of a base64url value
  value=$(printf '%s' "$1" | tr -- '-_' '+/')
  while [ $((${#value} % 4)) -ne 0 ]; do value="$value="; done
  printf '%s' "$value" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n'
}
member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$2"; }
bytes() { printf '%s' "$1" | sed 's/../\\x&/g' | xargs -0 printf '%b'; }

start_localhsm
check 'the ready line names URL, process and time' \
  grep -Eqx 'LOCALHSM READY https://hsm1\.managedhsm\.localhost:[0-9]+ pid=[0-9]+ ms=[0-9]+' "$work/localhsm.out"
check 'a healthy HSM says so' "$root/localhsm" healthcheck --ready-file "$ready"

status=$(curl -s --cacert "$ca" -o "$work/body" -D "$work/head" -w '%{http_code}' "$url/keys?api-version=7.5")
check 'without a token the answer is the challenge' test "$status" = 401
check 'the challenge names authority and resource' grep -qi \
  '^www-authenticate: Bearer authorization="https://login.localhost:[0-9]*/[0-9a-f-]*", resource="https://managedhsm.localhost:[0-9]*"' "$work/head"

token=$("$root/localhsm" token --ready-file "$ready")
call() { # VERB PATH BODY
  curl -sS --cacert "$ca" -X "$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    --data "$3" "$url/$2?api-version=2025-07-01"
}
printf 'a message to sign' >"$work/message"
digest=$(openssl dgst -sha256 -binary "$work/message" | base64url)

call POST keys/curl-ec/create '{"kty":"EC-HSM","crv":"P-256"}' >"$work/key"
call POST keys/curl-ec/sign "{\"alg\":\"ES256\",\"value\":\"$digest\"}" >"$work/result"
# An uncompressed P-256 point behind the fixed head of its SubjectPublicKeyInfo (RFC 5480).
bytes "3059301306072a8648ce3d020106082a8648ce3d03010703420004$(from_base64url "$(member x "$work/key")")$(from_base64url "$(member y "$work/key")")" >"$work/ec.der"
signature=$(from_base64url "$(member value "$work/result")")
r=$(printf '%s' "$signature" | cut -c1-64)
s=$(printf '%s' "$signature" | cut -c65-128)
printf 'asn1=SEQUENCE:s\n[s]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "$r" "$s" >"$work/ec.cnf"
openssl asn1parse -genconf "$work/ec.cnf" -noout -out "$work/ec.sig"
check 'openssl accepts the ES256 signature' openssl dgst -sha256 -keyform DER -verify "$work/ec.der" \
  -signature "$work/ec.sig" "$work/message"

call POST keys/curl-rsa/create '{"kty":"RSA-HSM"}' >"$work/key"
call POST keys/curl-rsa/sign "{\"alg\":\"RS256\",\"value\":\"$digest\"}" >"$work/result"
printf 'asn1=SEQUENCE:k\n[k]\nn=INTEGER:0x%s\ne=INTEGER:0x%s\n' "$(from_base64url "$(member n "$work/key")")" \
  "$(from_base64url "$(member e "$work/key")")" >"$work/rsa.cnf"
openssl asn1parse -genconf "$work/rsa.cnf" -noout -out "$work/rsa.pkcs1"
openssl rsa -RSAPublicKey_in -inform DER -in "$work/rsa.pkcs1" -pubout -out "$work/rsa.pem" 2>/dev/null
bytes "$(from_base64url "$(member value "$work/result")")" >"$work/rsa.sig"
check 'openssl accepts the RS256 signature' openssl dgst -sha256 -verify "$work/rsa.pem" -signature "$work/rsa.sig" "$work/message"

stop_localhsm
check 'a stopped HSM exits with 0' true
check 'nothing but the ready line was printed' test "$(wc -l <"$work/localhsm.out")" = 1
echo "$passed passed, 0 failed"
