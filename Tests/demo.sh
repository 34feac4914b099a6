#!/usr/bin/env bash
# Builds slogate and shows a release that passes and one that is blocked, on the sample results.
set -euo pipefail
cd "$(dirname "$0")/.."
bash Tests/setup.sh
swift build -c release --product slogate >&2
PATH="$PWD/.build/release:$PATH"
history=$(mktemp -d)/history.sqlite
samples=Tests/Samples
commit() { sha1sum <<<"$1" | cut -c 1-40; }
where=(--budgets budgets/examples --environment perf --history "$history" --reference main)

echo "── Recording the history: five runs of main"
for run in 1 2 3 4; do
  slogate record "${where[@]}" --branch main --commit "$(commit "$run")" --baseline "$samples/history/baseline-$run.json"
done
slogate record "${where[@]}" --branch main --commit "$(commit 4)" --spike "$samples/history/spike-1.json"

for release in passing blocked; do
  echo
  echo "── slogate check: the $release release"
  code=0
  slogate check "${where[@]}" --branch "release/$release" --commit "$(commit "$release")" \
    --baseline "$samples/$release/baseline-summary.json" --spike "$samples/$release/spike-summary.json" || code=$?
  echo "exit code $code"
done
