#!/bin/sh
# The official JavaScript clients in the environment that `localhsm env` prints, and nothing else.
# Usage: interop/javascript.sh [WORK_FOLDER]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
server=
. "$root/interop/lib.sh"
trap stop_on_exit EXIT

(cd "$root/interop" && npm ci --silent)
start_localhsm
eval "$("$root/localhsm" env --ready-file "$ready")"
# The client-secret test also needs what a user would copy from the ready file.
TEST_AUTHORITY=$(json authorityUrl) TEST_TENANT=$(json tenantId)
user=$(sed -n 's/.*"user":{\([^}]*\)}.*/\1/p' "$ready")
TEST_CLIENT_ID=$(printf '%s' "$user" | sed 's/.*"clientId":"\([^"]*\)".*/\1/')
TEST_CLIENT_SECRET=$(printf '%s' "$user" | sed 's/.*"clientSecret":"\([^"]*\)".*/\1/')
export TEST_AUTHORITY TEST_TENANT TEST_CLIENT_ID TEST_CLIENT_SECRET
RECORD_ANSWERS=$work/answers.jsonl
export RECORD_ANSWERS
(cd "$root/interop" && npm test --silent)
stop_localhsm

# Every answer that the clients got, against the schemas; the names are the operations they have methods for.
tests=$root/hsm-server/target/test-classes
[ -e "$tests/localhsm/schema/CheckRecorded.class" ] || (cd "$root" && mvn -B -ntp -q -pl hsm-server -am test-compile)
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$tests:$root/hsm-server/target/localhsm.jar" localhsm.schema.CheckRecorded "$RECORD_ANSWERS" \
  CreateKey ImportKey RotateKey GetKey UpdateKey DeleteKey GetKeys GetKeyVersions BackupKey RestoreKey encrypt decrypt wrapKey unwrapKey \
  sign verify release GetKeyRotationPolicy UpdateKeyRotationPolicy GetRandomBytes GetKeyAttestation GetDeletedKeys GetDeletedKey \
  RecoverDeletedKey PurgeDeletedKey
