# shellcheck shell=bash
# Sourced by the scripts of the action: how they end with an error that GitHub shows on the summary of the run.

fail() { # exit code, what is wrong; a line break or a percent sign of others stays text
  local text=${2//[$'\r\n']/ }
  echo "::error title=slogate::${text//%/%25}"
  exit "$1"
}

refuse() { # input, what it may be, what it is
  fail 64 "The input $1 is $2; found '$3'."
}
