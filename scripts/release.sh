#!/usr/bin/env bash
# Makes everything that a release publishes for the architecture of this machine, from a clean clone on Debian 12 or
# newer or Ubuntu, with Swift 6.2 or newer:
#   bash scripts/release.sh [--output DIR] [--tag v0.1.0] [--repository URL] [--no-build]
# --output is dist unless told. --tag, or the tag of the GitHub Actions run, must be the version of the sources.
# --no-build packs the executable of the last run. What it makes is the same, byte for byte, from the same commit with
# the same packages of toolchain and libraries.
set -euo pipefail
cd "$(dirname "$0")/.."
. Tests/lib.sh 'no release is made'

output=dist tag='' build=true
repository=https://github.com/${GITHUB_REPOSITORY:-OWNER/slogate}
[[ ${GITHUB_REF_TYPE:-} != tag ]] || tag=$GITHUB_REF_NAME
while (($#)); do
  case $1 in
    --output | --tag | --repository)
      (($# > 1)) || { echo "error: $1 needs a value" >&2; exit 64; }
      declare "${1#--}=$2"
      shift 2
      ;;
    --no-build) build=false && shift ;;
    *)
      echo "error: unknown argument $1; expected --output DIR, --tag TAG, --repository URL or --no-build" >&2
      exit 64
      ;;
  esac
done

source=Sources/SLOModel/Tool.swift
version=$(bash .github/action/version.sh)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] ||
  { echo "error: $source: found the version '$version', expected MAJOR.MINOR.PATCH" >&2; exit 65; }
[[ -z $tag || $tag == "v$version" ]] ||
  { echo "error: the tag is $tag, but $source says $version: change one, so that the tag is v$version" >&2; exit 65; }

# Every time stamp is that of the commit; order and words do not depend on the language of the machine.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
umask 022
machine=$(uname -m)
work=$PWD/.build-release
mkdir -p "$work" "$output"
output=$(realpath "$output")
name=slogate-$version-linux-$machine
executable=$work/slogate
map=$work/slogate.map # of the linker: which members of which archives are in the executable

# The static executable, without names of folders, symbols and debug information.
if $build; then
  bash Tests/setup.sh
  for tool in gcc make nasm dpkg-source python3; do
    command -v "$tool" >/dev/null || missing=true
  done
  [[ -z ${missing:-} ]] || as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends dpkg-dev gcc make nasm python3 xz-utils >/dev/null
  isal=$(bash scripts/isal.sh "$work")
  rm -f "$work/release/slogate" # a kept one would not be linked anew, and leave no map
  swift build -c release --product slogate --scratch-path "$work" -debug-info-format none -Xswiftc -static-executable \
    -Xswiftc -file-prefix-map -Xswiftc "$PWD=." -Xlinker -s -Xlinker --build-id=none -Xlinker "-Map=$map" \
    -Xlinker "-L$(dirname "$isal")"
  # The compiler's hash of each module, by which it compiles some anew, depends on the folder. Nothing reads it in here.
  objcopy --remove-section .swift_modhash "$work/release/slogate" "$executable"
fi
if readelf --program-headers --dynamic --wide "$executable" | grep -E 'INTERP|NEEDED'; then
  echo "error: $executable is not static: it asks for the loader or libraries above" >&2
  exit 1
fi
[[ $("$executable" --version) == "$version" ]] ||
  { echo "error: $executable --version is $("$executable" --version), $source says $version" >&2; exit 1; }

# What every package carries, as it lies under a prefix such as /usr/local.
stage=$work/stage/$name
rm -rf "$work/stage"
rm -f "$output"/slogate[-_]* "$output/SHA256SUMS"
share=$stage/share
mkdir -p "$stage/bin" "$share/bash-completion/completions" "$share/zsh/site-functions" \
  "$share/fish/vendor_completions.d" "$share/doc/slogate/docs"
install -m 755 "$executable" "$stage/bin/slogate"
# A file that is read by a shell, not run, has no line that names one.
"$executable" --generate-completion-script bash | sed '1{/^#!/d}' >"$share/bash-completion/completions/slogate"
"$executable" --generate-completion-script zsh >"$share/zsh/site-functions/_slogate"
"$executable" --generate-completion-script fish >"$share/fish/vendor_completions.d/slogate.fish"
"$executable" --experimental-dump-help | python3 scripts/manpages.py --version "$version" \
  --date "$(date --date="@$SOURCE_DATE_EPOCH" +%F)" --output "$share/man/man1"
gzip -9n "$share"/man/man1/*.1
cp README.md CHANGELOG.md "$share/doc/slogate"
cp docs/*.md "$share/doc/slogate/docs"
cp -R Tests/Samples "$share/doc/slogate/examples" # what the manual's first verdict is given on
cp budgets/examples/shop.yaml "$share/doc/slogate/examples"
python3 scripts/sbom.py --map "$map" --executable "$executable" --version "$version" --repository "$repository" \
  --output "$output/$name.cdx.json" --licenses "$share/doc/slogate"

summary='SLO release gate and performance-regression analyzer'
# Files alone: of a folder that is there, such as /usr/local/bin, unpacking must not change owner and mode.
(cd "$work/stage" && find "$name" -type f -print0 | sort -z) |
  tar --create --directory "$work/stage" --null --files-from=- --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 \
    --numeric-owner --format=gnu | gzip -9n >"$output/$name.tar.gz"
python3 scripts/wheel.py --root "$stage" --version "$version" --machine "$machine" --summary "$summary" \
  --repository "$repository" --readme README.md --output "$output"
bash scripts/deb.sh "$stage" "$version" "$repository" "$summary" "$output"

(cd "$output" && sha256sum slogate[-_]* >SHA256SUMS && cat SHA256SUMS)
