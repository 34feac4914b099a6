#!/usr/bin/env bash
# Turns the inputs of the action, which come as variables, into one `slogate check`, and exits by its verdict.
set -euo pipefail
arguments=()

# One argument a line of an input. `--name=value` in one word, so that no value passes for an option.
each() {
  local line
  while IFS= read -r line; do
    line="${line#"${line%%[![:space:]]*}"}"
    line="${line%"${line##*[![:space:]]}"}"
    [[ -z $line ]] || arguments+=("--$1=$line")
  done <<<"$2"
}

flag() {
  case $2 in
    true) arguments+=("--$1") ;;
    false | '') ;;
    *) echo "::error::The input $1 is true or false; found '${2//[$'\r\n']/ }'." && exit 64 ;;
  esac
}

each baseline "$BASELINE"
each spike "$SPIKE"
each lighthouse "$LIGHTHOUSE"
each profile "$PROFILES"
each results-dir "$RESULTS_DIR"
[[ ${#arguments[@]} -gt 0 ]] || {
  echo '::error::slogate has nothing to judge: give baseline, spike, lighthouse, profiles or results-dir.'
  exit 64
}
each budgets "$BUDGETS"
each history "$HISTORY"
each environment "$ENVIRONMENT"
each service "$SERVICE"
each env "$ENV"
each set "$SET"
each commit "$COMMIT"
each branch "$BRANCH"
each reference "$REFERENCE"
each only "$ONLY"
flag strict "$STRICT"
flag require-history "$REQUIRE_HISTORY"
flag bootstrap "$BOOTSTRAP"

mkdir -p "$REPORTS"
for report in markdown=slogate.md html=slogate.html junit=junit.xml sarif=slogate.sarif json=verdict.json; do
  rm -f "$REPORTS/${report#*=}" # a report of an earlier check must not pass for this one's
  arguments+=("--report=${report%%=*}=$REPORTS/${report#*=}")
done

# In a container the checkout belongs to another user, and git would not tell the ancestry of the commit.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$GITHUB_WORKSPACE"
# A log is no terminal, and shows colours.
export FORCE_COLOR=1
exec "$SLOGATE" check "${arguments[@]}" --format=github
