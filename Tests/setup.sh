#!/usr/bin/env bash
# Installs the system libraries slogate builds on, where they are missing. Needs Debian or Ubuntu, and Swift.
set -euo pipefail
# shellcheck source=Tests/lib.sh
. "$(dirname "$0")/lib.sh" 'slogate is not built'
needed=(libsqlite3-dev libyaml-dev libisal-dev nettle-dev zlib1g-dev pkg-config)
missing=()
for package in "${needed[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
  echo "installing ${missing[*]}" >&2
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
command -v swift >/dev/null || { echo "slogate needs Swift 6.2 or newer: https://www.swift.org/install" >&2; exit 1; }
