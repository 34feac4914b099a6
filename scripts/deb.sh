#!/usr/bin/env bash
# Packs what release.sh laid under a prefix as a Debian package. SOURCE_DATE_EPOCH is the time of every file.
#   bash scripts/deb.sh STAGE VERSION REPOSITORY SUMMARY OUTPUT
set -euo pipefail
[[ $# == 5 ]] || { echo "usage: bash scripts/deb.sh STAGE VERSION REPOSITORY SUMMARY OUTPUT" >&2; exit 64; }
stage=$1 version=$2 repository=$3 summary=$4 output=$5
architecture=$(dpkg --print-architecture)
owner=$(basename "$(dirname "$repository")")
maintainer="slogate maintainers <$owner@users.noreply.github.com>"

root=$(dirname "$stage")/deb
rm -rf "$root"
mkdir -p "$root/usr" "$root/DEBIAN"
cp -R "$stage/." "$root/usr"
# Debian's own folders and files: zsh's, the licences that every Debian has, changelogs.
mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
doc=$root/usr/share/doc/slogate
rm -r "$doc/licenses"
gzip -9n "$doc/CHANGELOG.md"
gzip -9n >"$doc/changelog.gz" <<EOF
slogate ($version) unstable; urgency=medium

  * What changed is in CHANGELOG.md.gz.

 -- $maintainer  $(date --date="@$SOURCE_DATE_EPOCH" -R)
EOF
mkdir -p "$root/usr/share/lintian/overrides"
# One executable for every Linux of the architecture is what slogate is published as.
cat >"$root/usr/share/lintian/overrides/slogate" <<EOF
slogate: embedded-library libyaml [usr/bin/slogate]
slogate: statically-linked-binary [usr/bin/slogate]
EOF

(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
size=$(find "$root/usr" -printf '%y %s\n' | awk '{ kib += $1 == "f" ? int(($2 + 1023) / 1024) : 1 } END { print kib }')
cat >"$root/DEBIAN/control" <<EOF
Package: slogate
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $size
Recommends: git
Suggests: bash-completion
Section: devel
Priority: optional
Homepage: $repository
Description: $summary
 slogate answers in CI whether a commit may be released. It reads what k6,
 Lighthouse and test runners wrote, holds it against budgets and against the
 history of earlier runs in one SQLite file, and gives the verdict as exit code
 and as reports in text, JSON, HTML, Markdown, JUnit and SARIF.
 .
 The executable is static and needs no other package. With git it knows which
 commits a change stands on.
EOF
chmod -R u=rwX,go=rX "$root"
dpkg-deb --root-owner-group -Zxz --build "$root" "$output/slogate_${version}_$architecture.deb" >/dev/null
