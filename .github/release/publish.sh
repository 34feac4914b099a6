#!/usr/bin/env bash
# publish.sh draft TAG FOLDER NOTES: makes a draft of the release with every file of a folder. It may be run again.
# publish.sh publish TAG FOLDER: makes the draft public, if it has exactly these files.
set -euo pipefail
# shellcheck source=.github/action/lib.sh
. "$(dirname "$(realpath "$0")")/../action/lib.sh"
[[ $# -ge 3 ]] || fail 64 "publish.sh takes draft or publish, a tag and a folder; found '$*'."
tag=$2 folder=$3

draft() { # file with the notes
  case $(gh release view "$tag" --json isDraft --jq .isDraft 2>/dev/null || echo none) in
    none) gh release create "$tag" --draft --verify-tag --title "slogate ${tag#v}" --notes-file "$1" ;;
    true) ;; # of an attempt that failed later
    *) fail 65 "$tag is released already. What is public is not replaced: release another version." ;;
  esac
  gh release upload "$tag" --clobber "$folder"/*
}

publish() {
  local wanted found
  wanted=$(cd "$folder" && printf '%s\n' * | LC_ALL=C sort)
  found=$(gh release view "$tag" --json assets --jq '.assets[].name' | LC_ALL=C sort)
  [[ $found == "$wanted" ]] ||
    fail 65 "The draft of $tag has not the files of the release; found ${found//$'\n'/, }, expected ${wanted//$'\n'/, }."
  gh release edit "$tag" --draft=false
}

case $1 in
  draft) draft "$4" ;;
  publish) publish ;;
  *) fail 64 "publish.sh knows draft and publish; found '$1'." ;;
esac
