#!/usr/bin/env bash
# Fetches the history from the newest artifact of the default branch; where there is none, looks for the branch.
set -euo pipefail
api="$GITHUB_API_URL/repos/$GITHUB_REPOSITORY"

get() {
  curl --silent --show-error --location --retry 3 --header 'Accept: application/vnd.github+json' \
    --header @<(printf 'Authorization: Bearer %s\n' "$GH_TOKEN") "$@"
}

# A fork may have a branch of the same name; its artifacts are no history of ours.
newest=$(get --fail-with-body --get "$api/actions/artifacts?per_page=100" --data-urlencode "name=$NAME" |
  jq --arg branch "$DEFAULT_BRANCH" '[.artifacts[] | select((.expired | not) and .workflow_run.head_branch == $branch
    and .workflow_run.head_repository_id == .workflow_run.repository_id)] | max_by(.created_at) | .id // empty')
if [[ -n $newest ]]; then
  mkdir -p "$(dirname "$HISTORY")"
  get --fail --output "$RUNNER_TEMP/history.zip" "$api/actions/artifacts/$newest/zip"
  unzip -p "$RUNNER_TEMP/history.zip" "$(basename "$HISTORY")" >"$HISTORY.part"
  mv "$HISTORY.part" "$HISTORY"
  echo "artifact=$newest" >>"$GITHUB_OUTPUT"
  exit
fi

status=$(get --output /dev/null --write-out '%{http_code}' "$api/branches/${BRANCH//\//%2F}")
case $status in
  200) echo 'exported=true' >>"$GITHUB_OUTPUT" ;;
  404) ;;
  *)
    echo "::error::Whether there is a branch $BRANCH is not known: GitHub answers $status."
    exit 1
    ;;
esac
