#!/usr/bin/env bash
# Joins what each architecture made into one folder with one SHA256SUMS: join.sh VERSION FOLDER PART...
# Every part is held against the SHA256SUMS it came with, and every file of a release must be there.
set -euo pipefail
# shellcheck source=.github/action/lib.sh
. "$(dirname "$(realpath "$0")")/../action/lib.sh"
version=$1 folder=$2
shift 2
mkdir -p "$folder"
for part in "$@"; do
  (cd "$part" && sha256sum --strict --quiet --check SHA256SUMS) || fail 65 "$part is not what its SHA256SUMS says."
  for file in "$part"/slogate[-_]*; do
    name=${file##*/}
    grep -qF "  $name" "$part/SHA256SUMS" || fail 65 "$part/SHA256SUMS does not name $name."
    [[ ! -e $folder/$name ]] || cmp -s "$file" "$folder/$name" || fail 65 "Two parts have different files $name."
    cp "$file" "$folder/"
  done
done

for kind in "slogate-$version-linux-"{x86_64,aarch64}.{tar.gz,cdx.json} \
  "slogate-$version-*"{x86_64,aarch64}.whl "slogate_$version*_"{amd64,arm64}.deb; do
  mapfile -t found < <(compgen -G "$folder/$kind")
  [[ ${#found[@]} == 1 ]] || fail 66 "A release has one file $kind; found ${#found[@]}."
done
cd "$folder"
sha256sum slogate[-_]* | tee SHA256SUMS
