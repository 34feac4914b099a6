#!/usr/bin/env bash
# Holds what `slogate init` writes against the validators of those who read it, for every kind of repository that it
# distinguishes, and runs the steps of its workflow with stand-ins for Docker and k6 and the real slogate.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'what slogate init writes is not validated'

need curl git
tool_environment workflows Tests/Workflows/requirements.txt
slogate_executable
export PATH="$tools/bin:$PATH"

repositories=$(mktemp -d)
trap 'rm -rf "$repositories"' EXIT
start() { # name, remote, arguments of init
  local folder=$repositories/$1 remote=$2
  shift 2
  mkdir -p "$folder"
  git -C "$folder" init --quiet --initial-branch main
  [[ -z $remote ]] || git -C "$folder" remote add origin "$remote"
  (cd "$folder" && "$SLOGATE" init --service shop "$@" >steps.txt)
}
mkdir -p "$repositories/compose" "$repositories/node"
printf 'services:\n  api:\n    image: api\n    ports: \n      - "8081:80"\n' >"$repositories/compose/compose.yaml"
printf '{"scripts": {"start": "node ."}}\n' >"$repositories/node/package.json"
start compose git@github.com:acme/shop.git
start node https://ghe.example/acme/shop.git
start deployed git@github.com:acme/shop.git
start server git@ghe.example:acme/shop.git --deployed
start alone ''

for folder in "$repositories"/*; do
  check-jsonschema --builtin-schema vendor.github-workflows "$folder"/.github/workflows/*.yml >/dev/null
  yamllint --strict --config-file Tests/Workflows/yamllint.yml "$folder/.github"
  zizmor --quiet --offline "$folder/.github"
  (cd "$folder" && "$SLOGATE" budgets lint --strict >/dev/null)
done
REPOSITORIES=$repositories python3 -m unittest discover --start-directory Tests/Starter
