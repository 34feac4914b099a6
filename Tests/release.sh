#!/usr/bin/env bash
# Verifies the files that scripts/release.sh made for this machine's architecture: checksums, that the executable is
# static and gives the sample's verdicts where nothing else is, the wheel, the Debian package, manual pages,
# completions, the bill of materials, the image. It builds nothing, and needs no Swift.
#   bash Tests/release.sh [DIR]   # dist unless told
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'the files of the release are not verified'

DIST=$(realpath "${1:-dist}")
[[ -e $DIST/SHA256SUMS ]] ||
  { echo "error: $DIST has no SHA256SUMS: name the folder that scripts/release.sh wrote to" >&2; exit 66; }

missing=()
for tool in buildah:buildah debootstrap:debootstrap fish:fish lexgrog:man-db lintian:lintian mandoc:mandoc readelf:binutils unshare:util-linux zsh:zsh; do
  command -v "${tool%:*}" >/dev/null || missing+=("${tool#*:}")
done
if ((${#missing[@]})); then
  echo "installing ${missing[*]}" >&2
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    skip "apt-get cannot install ${missing[*]}"
fi
as_root true || skip 'other root folders and images need root'
tool_environment release Tests/Release/requirements.txt --require-hashes
export DIST PATH="$tools/bin:$PATH"
python3 -m unittest discover --start-directory Tests/Release
