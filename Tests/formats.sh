#!/usr/bin/env bash
# Validates every form of a verdict with a validator of those who read it: of releases that pass, are blocked, lack
# history, and of some with untrusted names.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'reports are not validated'

tool_environment formats Tests/Formats/requirements.txt --no-deps
slogate_executable

reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT

# Checks in a folder, with a report of every form in its folder `reports`.
check() { # folder, exit codes that are right, arguments
  local folder=$1 right=$2 code=0 format
  shift 2
  mkdir -p "$folder/reports"
  local told=()
  for format in text json markdown junit sarif github gitlab gitlab-metrics badge; do
    told+=(--report "$format=reports/$format")
  done
  (
    cd "$folder"
    GITHUB_STEP_SUMMARY=reports/summary GITHUB_OUTPUT=reports/output "$SLOGATE" check --quiet "$@" "${told[@]}" 2>errors
  ) || code=$?
  [[ " $right " == *" $code "* ]] || { echo "$folder: exit code $code"; head -c 2000 "$folder/errors"; exit 1; } >&2
}

samples=$PWD/Tests/Samples
commit() { sha1sum <<<"$1" | cut -c 1-40; }
where=(--environment perf --history "$reports/history.sqlite" --reference main)
for run in 1 2 3 4; do
  "$SLOGATE" record "${where[@]}" --budgets budgets/examples --branch main --commit "$(commit "$run")" \
    --baseline "$samples/history/baseline-$run.json" >/dev/null
done
for release in passing blocked; do
  mkdir -p "$reports/$release"
  cp -r budgets/examples "$reports/$release/budgets"
  check "$reports/$release" '0 1' "${where[@]}" --branch "release/$release" --commit "$(commit "$release")" \
    --baseline "$samples/$release/baseline-summary.json" --spike "$samples/$release/spike-summary.json"
done
mkdir -p "$reports/inconclusive/budgets"
printf 'k6_thresholds: ignore\nrun: { baseline: { p95: 400ms } }\n' >"$reports/inconclusive/budgets/slo.yaml"
check "$reports/inconclusive" 3 --no-record --history none.sqlite --require-history \
  --baseline "$samples/passing/baseline-summary.json"
python3 Tests/Formats/hostile.py "$reports"
for folder in "$reports"/hostile-*; do
  mapfile -d '' -t arguments <"$folder/arguments"
  check "$folder" '1' "${arguments[@]}"
done

REPORTS=$reports "$tools/bin/python" -m unittest discover --start-directory Tests/Formats
