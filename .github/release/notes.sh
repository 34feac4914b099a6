#!/usr/bin/env bash
# Writes what CHANGELOG.md says of a version: notes.sh VERSION FILE. A dry run may take what is not released yet.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=.github/action/lib.sh
. "$here/../action/lib.sh"

section() { # the title of a section of the second level, with or without brackets, with or without a date after it
  awk -v title="$1" '
    /^## / { name = $2; gsub(/[][]/, "", name); within = name == title; next }
    within { print }' "${CHANGELOG:-$here/../../CHANGELOG.md}"
}

notes=$(section "$1")
[[ -n ${notes//[[:space:]]/} || $GITHUB_REF_TYPE == tag ]] || notes=$(section Unreleased)
[[ -n ${notes//[[:space:]]/} ]] ||
  fail 65 "CHANGELOG.md has no section '## $1', which a release of $1 begins with. Rename 'Unreleased', and tag again."
echo "$notes" >"$2"
