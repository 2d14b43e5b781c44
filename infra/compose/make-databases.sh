#!/bin/bash
# Run once by the PostgreSQL image: a database and a role for each app, and nobody else's door.
set -eu
for app in vault feed-relay command-api fairholme-hub larkfield-centres brook-and-vale fairholme-health; do
  psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=name="$app" --set=password="$(cat "/run/secrets/database_$app")" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke connect, temporary on database :"name" from public;
SQL
done
