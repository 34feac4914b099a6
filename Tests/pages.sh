#!/usr/bin/env bash
# Opens the pages that slogate writes in a headless Chromium, as a reader would: light and dark, on a narrow screen, by
# keyboard, with accessibility judged by axe-core. Where there is no Chromium it says so and is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() {
  echo "SKIPPED: pages are not opened in a browser: $1" >&2
  [[ ${GITHUB_ACTIONS:-} != true ]] || echo "::warning::Pages are not opened in a browser: $1"
  exit 0
}

for name in chromium chromium-browser google-chrome; do
  [[ -n ${SLOGATE_CHROMIUM:-} ]] || SLOGATE_CHROMIUM=$(command -v "$name" || true)
done
[[ -n $SLOGATE_CHROMIUM ]] || skip 'there is no Chromium'
command -v python3 >/dev/null || skip 'there is no python3'
tools=.build/pages
wanted=$(sha256sum <Tests/Pages/requirements.txt)
if [[ $(cat "$tools/made-of" 2>/dev/null) != "$wanted" ]]; then
  rm -rf "$tools"
  mkdir -p .build
  python3 -m venv "$tools" >/dev/null 2>&1 || skip 'python3 has no venv'
  "$tools/bin/pip" install --quiet --disable-pip-version-check --retries 1 --timeout 10 --only-binary=:all: \
    -r Tests/Pages/requirements.txt || skip 'pip cannot install Tests/Pages/requirements.txt'
  echo "$wanted" >"$tools/made-of"
fi
swift build --product slogate >&2
SLOGATE="$(swift build --show-bin-path)/slogate"
export SLOGATE SLOGATE_CHROMIUM
"$tools/bin/python" -m unittest discover --start-directory Tests/Pages
