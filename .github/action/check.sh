#!/usr/bin/env bash
# Turns the inputs of the action, which come as variables, into one `slogate check`, and exits by its verdict.
set -euo pipefail
# shellcheck source=.github/action/lib.sh
. "$(dirname "$(realpath "$0")")/lib.sh"
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
    *) refuse "$1" 'true or false' "$2" ;;
  esac
}

each baseline "$BASELINE"
each spike "$SPIKE"
each lighthouse "$LIGHTHOUSE"
each profile "$PROFILES"
each evidence "$EVIDENCE"
flag all "$ALL"
each results-dir "$RESULTS_DIR"
each confirm "$CONFIRM"
# slogate.yaml may name the results of a service.
[[ ${#arguments[@]} -gt 0 || -n $SERVICE && -f slogate.yaml ]] ||
  fail 64 'slogate has nothing to judge: give baseline, spike, lighthouse, profiles, evidence, results-dir, all or confirm.'
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
case $TWO_STEP in
  false) arguments+=(--no-two-step) ;; # the budgets may say otherwise
  *) flag two-step "$TWO_STEP" ;;
esac
flag strict "$STRICT"
flag require-history "$REQUIRE_HISTORY"
flag bootstrap "$BOOTSTRAP"
[[ $ALL != true || $ON_SUSPECT != continue ]] ||
  fail 64 'A second measurement is of one service: give service, once for each, in place of all.'
[[ $ON_SUSPECT =~ ^(fail|continue)?$ ]] || refuse on-suspect 'fail or continue' "$ON_SUSPECT"

mkdir -p "$REPORTS"
for report in markdown=slogate.md html=slogate.html junit=junit.xml sarif=slogate.sarif json=verdict.json; do
  rm -f "$REPORTS/${report#*=}" # a report of an earlier check must not pass for this one's
  arguments+=("--report=${report%%=*}=$REPORTS/${report#*=}")
done

# In a container the checkout belongs to another user, and git would not tell the ancestry of the commit.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$GITHUB_WORKSPACE"
# A log is no terminal, and shows colours.
export FORCE_COLOR=1
code=0
"$SLOGATE" check "${arguments[@]}" --format=github || code=$?
if [[ $code == 5 && $ON_SUSPECT == continue ]]; then
  echo '::notice title=Suspect::A second measurement, in a job of its own, decides.'
  exit 0
fi
exit "$code"
