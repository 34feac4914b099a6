#!/usr/bin/env bash
# Makes pages of every kind in .build/pages and reads them without a browser: by a strict parser of HTML, for anything
# that could run or be fetched, for links and names. Tests/browser.sh opens the same pages.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'pages are not validated'

tool_environment html Tests/Pages/requirements.txt
slogate_executable
export PAGES=$PWD/.build/pages
rm -rf "$PAGES"
mkdir -p "$PAGES"
python3 Tests/Pages/material.py "$PAGES"
"$tools/bin/python" -m unittest discover --start-directory Tests/Pages
