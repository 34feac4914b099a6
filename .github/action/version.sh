#!/usr/bin/env bash
# Prints the version of this checkout: the one that the action downloads by default and that a release is made of.
set -euo pipefail
file=Sources/SLOModel/Tool.swift
cd "$(dirname "$0")/../.."
version=$(sed -n 's/.*static let version = "\([0-9A-Za-z.+-]*\)".*/\1/p' "$file")
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+ ]] || {
  echo "::error title=slogate::$file names no version such as 1.2.3; found '$version'." >&2
  exit 70
}
echo "$version"
