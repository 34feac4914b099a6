#!/usr/bin/env bash
# Gives the version of the source and its tag as outputs; refuses a run for another tag.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=.github/action/lib.sh
. "$here/../action/lib.sh"
version=$(bash "$here/../action/version.sh")
[[ $GITHUB_REF_TYPE != tag || $GITHUB_REF_NAME == "v$version" ]] ||
  fail 65 "The tag is $GITHUB_REF_NAME, the version of the source is $version: the tag of this commit must be v$version."
printf '%s\n' "version=$version" "tag=v$version" >>"$GITHUB_OUTPUT"
