# shellcheck shell=bash
# Sourced by the validators of this folder from the root of the repository, with a sentence that says what is missing
# where they cannot run: . Tests/lib.sh 'exports are not held against their tools'
unvalidated=$1

# Whether a validator that cannot run is a failure: where `CI` is set its silence would pass for success.
in_ci() { [[ ${CI:-false} != false ]]; }

# Ends a validator that cannot run and says why: an error in CI, a remark elsewhere.
skip() { # the reason
  if in_ci; then
    echo "error: $unvalidated: $1. CI is set, so nothing may be left out." >&2
    [[ ${GITHUB_ACTIONS:-} != true ]] || echo "::error title=Not validated::$unvalidated: $1"
    exit 1
  fi
  echo "SKIPPED: $unvalidated: $1" >&2
  exit 0
}

# Runs a command as root, also where that needs sudo.
as_root() {
  local prefix=()
  [[ $(id -u) == 0 ]] || prefix=(sudo)
  "${prefix[@]}" "$@"
}

# Skips unless every tool is there.
need() { # tools
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || skip "there is no $tool"
  done
}

# Leaves a Chromium in SLOGATE_CHROMIUM, unless that names one.
need_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    [[ -n ${SLOGATE_CHROMIUM:-} ]] || SLOGATE_CHROMIUM=$(command -v "$name" || true)
  done
  [[ -n $SLOGATE_CHROMIUM ]] || skip 'there is no Chromium'
  export SLOGATE_CHROMIUM
}

# Makes the virtual environment .build/tools/NAME of a file of requirements and leaves its folder in `tools`. One made
# of the same requirements is kept.
tool_environment() { # name, file of requirements, options of pip install
  local file=$2 wanted patience=(--retries 1 --timeout 10)
  tools=$PWD/.build/tools/$1
  shift 2
  need python3
  wanted=$({ python3 --version && cat "$file"; } | sha256sum)
  [[ $(cat "$tools/made-of" 2>/dev/null) != "$wanted" ]] || return 0
  ! in_ci || patience=(--retries 5 --timeout 30)
  rm -rf "$tools"
  mkdir -p .build/tools
  python3 -m venv "$tools" >/dev/null 2>&1 || skip 'python3 has no venv'
  "$tools/bin/pip" install --quiet --disable-pip-version-check "${patience[@]}" --only-binary=:all: "$@" -r "$file" ||
    skip "pip cannot install $file"
  echo "$wanted" >"$tools/made-of"
}

# Leaves the executable in `slogate`: the one named by SLOGATE, else one built here.
slogate_executable() {
  if [[ -z ${SLOGATE:-} ]]; then
    swift build --product slogate >&2
    SLOGATE=$(swift build --show-bin-path)/slogate
  fi
  SLOGATE=$(realpath "$SLOGATE")
  [[ -x $SLOGATE ]] || { echo "error: SLOGATE names $SLOGATE, which is no executable" >&2; exit 1; }
  export SLOGATE
}
