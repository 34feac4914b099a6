#!/usr/bin/env bash
# Holds the JSON Schema of the budget language against its own, every budget of the repository against it, and what
# slogate writes; and what slogate refuses for its form must be refused. Holds what slogate writes as JSON against the
# schemas of docs/schemas, and docs/budget-reference.md against the language.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'budgets and outputs are not validated by their schemas'

need jq git
tool_environment schema Tests/Schema/requirements.txt
validate() { "$tools/bin/check-jsonschema" --no-cache "$@"; }

schema=budgets/slogate.schema.json
validate --check-metaschema "$schema"

documents=$(mktemp -d)
trap 'rm -rf "$documents"' EXIT
"$tools/bin/python" Tests/Schema/documents.py "$documents"
slogate_executable
"$SLOGATE" budgets schema | diff "$schema" - >&2
for file in Tests/SLOReadersTests/Fixtures/k6/*-{summary-export,handle-summary}.json; do
  "$SLOGATE" budgets import "$file" >"$documents/accepted/$(basename "$file" .json).yaml" 2>/dev/null ||
    rm "$documents/accepted/$(basename "$file" .json).yaml"
done
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

PYTHONPATH=Tests/Schema "$tools/bin/python" -m unittest discover --start-directory Tests/Schema
# The schemas as they are published, by a validator that knows nothing of this folder.
"$SLOGATE" check --format json --no-record --history "$documents/none.sqlite" --commit 4f9a6735c1 --branch main \
  --budgets budgets/examples --environment perf --baseline Tests/Samples/passing/baseline-summary.json \
  --spike Tests/Samples/passing/spike-summary.json >"$documents/verdict.json"
validate --schemafile docs/schemas/verdict.v1.schema.json "$documents/verdict.json"
