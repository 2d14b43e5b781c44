#!/bin/sh
# Parses docker-compose.yml with podman-compose, which wants to see a podman before it reads anything: none
# is run, so a stand-in that tells its version is enough.
set -eu
cd "$(dirname "$0")/../.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet podman-compose==1.6.0
printf '#!/bin/sh\necho "podman version 5.0.0"\n' > "$place/podman"
chmod +x "$place/podman"
"$place/venv/bin/podman-compose" --podman-path "$place/podman" --file docker-compose.yml config > "$place/parsed"
echo "docker-compose.yml: $(grep -c '^    image:' "$place/parsed") services"
