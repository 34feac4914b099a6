#!/usr/bin/env bash
# Validates what makes slogate run in CI, workflows, actions, the GitLab example and the k6 scripts, and runs their steps
# with stand-ins for slogate, k6 and GitHub.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'workflows and actions are not validated'

need curl jq unzip git
tool_environment k6 .github/k6/requirements.txt
PATH="$tools/bin:$PATH"
tool_environment workflows Tests/Workflows/requirements.txt
PATH="$tools/bin:$PATH"

check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
check-jsonschema --builtin-schema custom.github-workflows-require-timeout .github/workflows/*.yml
check-jsonschema --builtin-schema vendor.github-actions action.yml .github/actions/*/action.yml
check-jsonschema --builtin-schema vendor.gitlab-ci .github/examples/gitlab-ci.yml
yamllint --strict --config-file Tests/Workflows/yamllint.yml .github action.yml Tests/Workflows/*.yml
zizmor --quiet --offline --config Tests/Workflows/zizmor.yml .github action.yml

blocks=$(mktemp -d)
trap 'rm -rf "$blocks"' EXIT
python3 Tests/Workflows/steps.py "$blocks"
shopt -s nullglob
shellcheck --external-sources "$blocks"/*.sh .github/{action,actions/*,release}/*.sh {scripts,.ci,Tests}/*.sh .ci/run

export PERF_BASE_URL=https://perf.example PERF_BEARER_TOKEN=token PERF_ACCOUNT_ID=account K6_NO_USAGE_REPORT=true
for script in baseline spike; do
  k6 inspect --include-system-env-vars ".github/k6/$script.js" >/dev/null
done
python3 -m unittest discover --start-directory Tests/Workflows
