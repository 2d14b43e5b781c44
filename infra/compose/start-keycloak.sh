#!/bin/bash
# Keycloak reads no secret from a file: they are put where its own settings and the imported realm look.
set -eu
KC_BOOTSTRAP_ADMIN_PASSWORD="$(cat /run/secrets/keycloak_admin)"
export KC_BOOTSTRAP_ADMIN_PASSWORD
for file in /run/secrets/client_*; do
  name="$(basename "$file")" # client_command-api is CLIENT_COMMAND_API in the realm
  name="${name//-/_}"
  declare -x "${name^^}=$(cat "$file")"
done
exec /opt/keycloak/bin/kc.sh start-dev --import-realm
