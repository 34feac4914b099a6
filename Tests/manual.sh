#!/usr/bin/env bash
# Holds README and manual to what they say: runs the blocks that are marked to be run and compares what they print, asks
# the program whether it takes every command line, follows the links, and looks up the messages that are quoted.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=Tests/lib.sh
. Tests/lib.sh 'the manual is not held against the program'

need python3 git
slogate_executable
# The schemas of GitHub, GitLab and others, for the files that the manual shows whole.
tool_environment workflows Tests/Workflows/requirements.txt
PATH="$tools/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover --start-directory Tests/Manual
