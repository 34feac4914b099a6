#!/usr/bin/env bash
# Opens the pages that Tests/pages.sh made in a headless Chromium, as a reader would: light and dark, on a narrow screen,
# by keyboard, with accessibility judged by axe-core. No part of .ci/run, whose machine has no browser: in GitHub's
# workflow it is a job of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'pages are not opened in a browser'

need_chromium
export PAGES=$PWD/.build/pages
[[ -s $PAGES/pages.json ]] || { echo "there are no pages in $PAGES: run bash Tests/pages.sh" >&2; exit 1; }
tool_environment browser Tests/Browser/requirements.txt
"$tools/bin/python" -m unittest discover --start-directory Tests/Browser
