#!/usr/bin/env bash
# Says where the history comes from. That there is none never passes unseen.
set -euo pipefail
from=${CACHED:+the cache $CACHED}${ARTIFACT:+the artifact $ARTIFACT of $NAME}
if [[ $EXPORTED == true ]]; then
  "$SLOGATE" history import .slogate-history --history "$HISTORY"
  from="the branch $BRANCH"
fi
if [[ -s $HISTORY ]]; then
  echo "The history comes from ${from:-the checkout}. The report shows its size and age."
elif [[ $BOOTSTRAP == true ]]; then
  echo '::warning title=A new history::There is nothing to compare with yet: this run begins a history.'
elif [[ $REQUIRED == true ]]; then
  echo "::error title=No history::It is not in the cache, no artifact $NAME of the default branch has it," \
    "and there is no branch $BRANCH. If there never was one, run with bootstrap: true; else bring it back first."
  exit 3
else
  echo '::warning title=No history::Only budgets are judged: no regression can be found.'
fi
