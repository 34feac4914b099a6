#!/usr/bin/env bash
# Makes the web site of the manual, in which a link that leads nowhere is an error:
#   bash scripts/site.sh [--output DIR]
# --output is .build/site unless told. What it makes asks no other host for anything, and can be read from a folder.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'no site is made'
skip() { echo "error: $unvalidated: $1" >&2; exit 1; } # nothing was asked for but the site

output=.build/site
while (($#)); do
  case $1 in
    --output)
      (($# > 1)) || { echo "error: $1 needs a value" >&2; exit 64; }
      output=$2
      shift 2
      ;;
    *) echo "error: unknown argument $1; expected --output DIR" >&2; exit 64 ;;
  esac
done
# Pages of an earlier site are taken away, files of anything else never.
if [[ -n $(ls -A "$output" 2>/dev/null) && ! -d $output/_static ]]; then
  echo "error: $output has files that are no site; expected a new or empty folder, or a site made before" >&2
  exit 73
fi

tool_environment site scripts/site/requirements.txt
rm -rf "$output"
"$tools/bin/sphinx-build" --quiet --fresh-env --nitpicky --fail-on-warning --keep-going -c scripts/site \
  -d .build/site-cache . "$output"
echo "site: $output/index.html"
