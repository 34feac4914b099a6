#!/usr/bin/env bash
# Fails where a public symbol of the libraries has no doc comment, and counts the public types; then builds the
# documentation of docs/slogate.docc in .build/documentation, where a link that leads nowhere is an error. Reads the
# modules of the last debug build, so that a build is as it was without documentation.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'the documentation is not built'

need python3 jq docc swift-symbolgraph-extract
modules=.build/debug/Modules
[[ -d $modules ]] || swift build >&2
graphs=.build/documentation/symbols
rm -rf .build/documentation
mkdir -p "$graphs"
maps=()
for map in Sources/*/module.modulemap; do maps+=(-Xcc "-fmodule-map-file=$PWD/$map"); done
for module in Sources/SLO*/; do
  swift-symbolgraph-extract -module-name "$(basename "$module")" -I "$modules" -target "$(uname -m)-unknown-linux-gnu" \
    -minimum-access-level public -skip-synthesized-members -output-dir "$graphs" "${maps[@]}"
done
python3 Tests/Documentation/symbols.py "$graphs"
docc convert docs/slogate.docc --additional-symbol-graph-dir "$graphs" --output-path .build/documentation/slogate.doccarchive \
  --diagnostics-file .build/documentation/diagnostics.json >/dev/null
# A comment need not describe every parameter; whatever else DocC says is a mistake.
wrong=$(jq -r '.diagnostics[] | select(.summary | startswith("Parameter ") | not) | "\(.source // "?"): \(.summary)"' \
  .build/documentation/diagnostics.json)
[[ -z $wrong ]] || { printf '%s\n' "$wrong" >&2; exit 1; }
echo "documentation: .build/documentation/slogate.doccarchive"
