#!/usr/bin/env bash
# Makes the web site, holds it against the manual, and opens its pages in a headless Chromium as readers would: light
# and dark, on a narrow and a wide screen. No part of .ci/run: in GitHub's workflow it runs in the job that has a
# browser.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'the site is not validated'

tool_environment site scripts/site/requirements.txt
export SITE=$PWD/.build/site PYTHONDONTWRITEBYTECODE=1
bash scripts/site.sh --output "$SITE"
"$tools/bin/python" -m unittest discover --start-directory Tests/Site --pattern test_site.py

unvalidated='the site is not opened in a browser'
need_chromium
tool_environment browser Tests/Browser/requirements.txt
"$tools/bin/python" -m unittest discover --start-directory Tests/Site --pattern test_look.py
