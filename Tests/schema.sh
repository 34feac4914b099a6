#!/usr/bin/env bash
# Holds the JSON Schema of the budget language against its own, every budget of the repository against it, and what
# slogate writes; and what slogate refuses for its form must be refused. Where the validator cannot be had it says so
# and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() {
  echo "SKIPPED: budgets are not validated by their schema: $1" >&2
  [[ ${GITHUB_ACTIONS:-} != true ]] || echo "::warning::Budgets are not validated by their schema: $1"
  exit 0
}

for tool in python3 jq; do
  command -v "$tool" >/dev/null || skip "there is no $tool"
done
tools=.build/schema
wanted=$(sha256sum <Tests/Schema/requirements.txt)
if [[ $(cat "$tools/made-of" 2>/dev/null) != "$wanted" ]]; then
  rm -rf "$tools"
  mkdir -p .build
  python3 -m venv "$tools" >/dev/null 2>&1 || skip 'python3 has no venv'
  "$tools/bin/pip" install --quiet --disable-pip-version-check --retries 1 --timeout 10 --only-binary=:all: \
    --require-hashes -r Tests/Schema/requirements.txt || skip 'pip cannot install Tests/Schema/requirements.txt'
  echo "$wanted" >"$tools/made-of"
fi
validate() { "$tools/bin/check-jsonschema" --no-cache "$@"; }

schema=budgets/slogate.schema.json
validate --check-metaschema "$schema"

documents=$(mktemp -d)
trap 'rm -rf "$documents"' EXIT
python3 Tests/Schema/documents.py "$documents"
slogate=$(swift build --product slogate --show-bin-path)/slogate
if [[ -x $slogate ]]; then
  "$slogate" budgets schema | diff "$schema" - >&2
  for file in Tests/SLOReadersTests/Fixtures/k6/*-{summary-export,handle-summary}.json; do
    "$slogate" budgets import "$file" >"$documents/accepted/$(basename "$file" .json).yaml" 2>/dev/null ||
      rm "$documents/accepted/$(basename "$file" .json).yaml"
  done
fi
validate --schemafile "$schema" budgets/*.yaml budgets/examples/*.yaml Tests/SLOReportsTests/Fixtures/budgets-suggest.yaml \
  "$documents"/accepted/*.yaml

refused=$(validate --schemafile "$schema" --output-format json "$documents"/refused/*.yaml || true)
for file in "$documents"/refused/*.yaml; do
  jq --exit-status --arg file "$file" 'any(.errors[]; .filename == $file)' <<<"$refused" >/dev/null || {
    echo "the schema lets through what slogate refuses:" >&2
    cat "$file" >&2
    exit 1
  }
done
