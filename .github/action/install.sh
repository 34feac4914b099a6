#!/usr/bin/env bash
# Makes slogate ready: the executable that is given, else the released file of a version, held against its SHA-256.
# With `build: true` it only says what is built and where it will be; the steps after it build.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=.github/action/lib.sh
. "$here/lib.sh"

# Tells the steps after this one where the executable is, and puts its folder on their search path.
ready() { # the executable
  echo "executable=$1" >>"$GITHUB_OUTPUT"
  dirname "$1" >>"$GITHUB_PATH"
}

[[ $BUILD =~ ^(true|false)?$ ]] || refuse build 'true or false' "$BUILD"
[[ $KEEP_HISTORY =~ ^(cache|none)?$ ]] || refuse keep-history 'cache or none' "$KEEP_HISTORY"
if [[ -n $BINARY ]]; then
  [[ $BUILD != true && -z $VERSION$SHA256 ]] ||
    fail 64 'The input binary is used as it is: leave out build, version and sha256, or leave out binary.'
  [[ -f $BINARY && -x $BINARY ]] || fail 66 "The input binary, '$BINARY', is no executable file."
  ready "$(realpath "$BINARY")"
  exit
fi
[[ $RUNNER_OS == Linux ]] || fail 64 "slogate runs on Linux; this runner has $RUNNER_OS. Use runs-on: ubuntu-24.04."
if [[ $BUILD == true ]]; then
  [[ -z $VERSION$SHA256 ]] ||
    fail 64 "build: true compiles the source of this action: pin the action instead of version and sha256."
  source=$(realpath "$here/../..")
  bash "$source/Tests/setup.sh"
  made_of=$(cd "$source" && {
    find Package.swift Sources -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    swift --version 2>&1
    cat /etc/os-release
  } | sha256sum | cut -c 1-40)
  printf '%s\n' "source=$source" "made-of=$made_of" >>"$GITHUB_OUTPUT"
  ready "$RUNNER_TEMP/slogate/slogate"
  exit
fi

case $RUNNER_ARCH in
  X64) architecture=x86_64 ;;
  ARM64) architecture=aarch64 ;;
  *) fail 64 "slogate is released for X64 and ARM64; this runner has '$RUNNER_ARCH'. build: true compiles it here." ;;
esac
version=${VERSION#v}
[[ -n $version ]] || version=$(bash "$here/version.sh")
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([-+.][0-9A-Za-z.+-]+)?$ ]] || refuse version 'a version such as 1.2.3' "$VERSION"
wanted=${SHA256,,}
[[ $wanted =~ ^([0-9a-f]{64})?$ ]] || refuse sha256 'of 64 hexadecimal digits' "$SHA256"

missing=()
for tool in tar gzip sha256sum; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
fetcher=$(command -v curl || command -v wget || command -v python3) || missing+=('one of curl, wget and python3')
[[ ${#missing[@]} == 0 ]] || fail 69 "slogate cannot be downloaded, for the runner lacks: ${missing[*]}. Install it first."

repository=${REPOSITORY:-$GITHUB_REPOSITORY}
releases=${RELEASES:-$GITHUB_SERVER_URL/$repository/releases/download}
address=${releases%/}/v$version
work=$(mktemp -d "$RUNNER_TEMP/slogate.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Fetches an address; what the tool says of a failure is left in `answer`.
fetch() { # address, file
  case $fetcher in
    *curl) answer=$(curl --silent --show-error --fail --location --retry 3 --output "$2" "$1" 2>&1) ;;
    *wget) answer=$(wget -nv -t 3 -O "$2" "$1" 2>&1) ;;
    *) answer=$(python3 "$here/fetch.py" "$1" "$2" 2>&1) ;;
  esac
}

# Fetches a file of the release. A private one is not found without a token, which the API of this instance alone gets.
get() { # name
  local status=none hint
  fetch "$address/$1" "$work/$1" && return
  [[ ! $answer =~ [Ee](rror|RROR):?\ (HTTP/[0-9.]+\ )?([0-9]{3}) ]] || status=${BASH_REMATCH[3]}
  if [[ -z $RELEASES && $status =~ ^(401|403|404)$ && -n $TOKEN ]] && command -v python3 >/dev/null; then
    TOKEN=$TOKEN python3 "$here/fetch.py" "$GITHUB_API_URL/repos/$repository/releases/tags/v$version" "$work/$1" \
      --asset "$1" && return
  fi
  hint="Give another version, where the releases are as the input releases, for a private repository a token that may"
  hint+=" read it (this needs python3), or build: true to compile the source."
  [[ $status == 404 ]] && fail 66 "Version $version has no file $1 at $address/$1 (404). $hint"
  fail 66 "$address/$1 of version $version cannot be fetched: $answer. $hint"
}

name=slogate-$version-linux-$architecture.tar.gz
if [[ -z $wanted ]]; then
  get SHA256SUMS
  while read -r sum file; do
    [[ ${file#\*} != "$name" ]] || wanted=$sum
  done <"$work/SHA256SUMS"
  [[ $wanted =~ ^[0-9a-f]{64}$ ]] || fail 65 "$address/SHA256SUMS does not give the SHA-256 of $name."
fi

# A copy is kept by the SHA-256 of its file, so that it is never that of another version or place.
cache=${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}
[[ -d $cache && -w $cache ]] || cache=$RUNNER_TEMP
kept=$cache/slogate/$version/$wanted
if [[ ! -x $kept/bin/slogate ]]; then
  get "$name"
  found=$(sha256sum <"$work/$name")
  [[ ${found%% *} == "$wanted" ]] ||
    fail 65 "The SHA-256 of $address/$name is not the expected one; found ${found%% *}, expected $wanted."
  mkdir -p "${kept%/*}"
  new=$(mktemp -d "${kept%/*}/.new.XXXXXX")
  trap 'rm -rf "$work" "$new"' EXIT
  tar -xzf "$work/$name" -C "$new" --strip-components=1 --no-same-owner
  [[ -f $new/bin/slogate && -x $new/bin/slogate ]] || fail 65 "$address/$name has no executable bin/slogate."
  chmod 755 "$new"
  mv -T "$new" "$kept" 2>/dev/null || [[ -x $kept/bin/slogate ]] # another job of this runner may have been faster
fi
said=$("$kept/bin/slogate" --version 2>&1) || fail 66 "slogate $version does not start on this runner: $said"
echo "slogate $said, $address/$name, SHA-256 $wanted"
ready "$kept/bin/slogate"
