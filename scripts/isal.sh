#!/usr/bin/env bash
# Prints the path of a static ISA-L, libisal.a: that of the package libisal-dev where it has one, else one built from
# Debian's or Ubuntu's source package of the same version. Debian 12 ships the shared library alone.
#   bash scripts/isal.sh WORKDIR
set -euo pipefail
[[ $# == 1 ]] || { echo "usage: bash scripts/isal.sh WORKDIR" >&2; exit 64; }
work=$(realpath -m "$1")/isal

packaged=/usr/lib/$(gcc -print-multiarch)/libisal.a
if [[ -e $packaged ]]; then
  echo "$packaged"
  exit 0
fi

# The source name and version of the installed package: headers and archive must be of one version.
read -r source version < <(dpkg-query -W -f='${source:Package} ${source:Version}\n' libisal-dev)
archive=$work/$version/libisal.a
if [[ -e $archive ]]; then
  echo "$archive"
  exit 0
fi

rm -rf "$work"
mkdir -p "$work/apt/sources.list.d" "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/$version"
touch "$work/apt/sources.list"
# The machine's own package sources, asked for source packages in place of binary ones, with lists of their own: what
# apt knows of the machine stays as it is. apt verifies the index by its signature, and the files by the index.
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
  [[ -e $list ]] || continue
  sed -E -e 's/^deb([[:space:]])/deb-src\1/' -e 's/^(Types:).*/\1 deb-src/' "$list" \
    >"$work/apt/sources.list.d/$(basename "$list" .list | sed '/\.sources$/!s/$/.list/')"
done
apt=(apt-get -qq -o "Dir::Etc::sourcelist=$work/apt/sources.list" -o "Dir::Etc::sourceparts=$work/apt/sources.list.d"
  -o "Dir::State::lists=$work/apt/lists" -o "Dir::Cache=$work/apt/cache" -o APT::Sandbox::User=root)
echo "building libisal.a from the source package $source $version" >&2
"${apt[@]}" update >&2
(cd "$work" && "${apt[@]}" source --download-only --only-source "$source=$version" >&2)
dpkg-source --no-check --extract "$work/${source}_${version#*:}.dsc" "$work/source" >&2

# Only the units slogate calls: inflate and the checksums that go with it. Names of folders are left out of the objects.
cd "$work/source"
make -f Makefile.unx -j2 lib units="crc igzip" CFLAGS_="-O2 -ffile-prefix-map=$PWD=." >"$work/make.log" 2>&1 ||
  { tail -n 20 "$work/make.log" >&2; exit 1; }
cp bin/isa-l.a "$archive"
echo "$archive"
