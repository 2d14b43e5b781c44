#!/bin/sh
# Makes the secrets that docker-compose.yml reads as files, each where it is missing: what is there is kept.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
# The apps run as another user than yours: files are read by whoever may enter this folder.
chmod 711 secrets

made=0
make() { # make <name> <text>
  [ -e "secrets/$1" ] && return 0
  printf '%s\n' "$2" > "secrets/$1"
  chmod 644 "secrets/$1"
  made=$((made + 1))
}
random() { openssl rand -hex 32; }

agencies='fairholme-hub larkfield-centres brook-and-vale fairholme-health'

make postgres_password "$(random)"
for app in vault feed-relay command-api $agencies; do
  make "database_$app" "$(random)"
done
for agency in $agencies; do
  make "client_$agency" "$(random)"
  make "sessions_$agency" "$(random)"
done
make client_command-api "$(random)"
# A partner's system signs for its tokens: it keeps its key, and Keycloak is given the public half.
make feed-reader_private-key "$(openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 2> /dev/null)"
make client_fairholme-health-feed-reader \
  "$(openssl pkey -in secrets/feed-reader_private-key -pubout -outform DER | openssl base64 -A)"
make master_key "$(openssl rand -base64 32)"
make feed_salts "$(random)"
make keycloak_admin "$(random)"
for user in broker feed-relay $agencies; do
  make "kafka_$user" "$(random)"
done
jaas() {
  echo 'KafkaServer {'
  echo '  org.apache.kafka.common.security.plain.PlainLoginModule required'
  echo "  username=\"broker\" password=\"$(cat secrets/kafka_broker)\""
  # A recipient's user has the recipient's name (infra/kafka/access.json).
  for user in broker feed-relay fairholme-hub.safeguarding-hub larkfield-centres.childrens-centre \
    brook-and-vale.childrens-centre fairholme-health.health-visiting; do
    echo "  \"user_$user\"=\"$(cat "secrets/kafka_${user%%.*}")\""
  done
  echo '  ;'
  echo '};'
}
make kafka_jaas "$(jaas)"
echo "made $made secrets in infra/compose/secrets; those that were there were kept"
