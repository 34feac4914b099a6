#!/usr/bin/env bash
# No number that somebody wrote, measured or stored may end the process: what turns a Double into an integer goes
# through Int(saturating:) or Int(exactly:), and what is computed with stored times through Timestamp's own functions.
# A line that cannot overflow says so: // fits
set -euo pipefail
cd "$(dirname "$0")/.."
double='rounded\(|Double\(|floor\(|ceil\(|log\(|pow\(|sqrt|\.median|position\)|scaled\)|share\)|height \*|room'
conversions=$(grep -rnE '\bU?Int(8|16|32|64)?\((\(|-|[a-zA-Z_])' Sources --include='*.swift' |
  grep -vE 'Int(8|16|32|64)?\((saturating|exactly|clamping|truncatingIfNeeded|ascii|bitPattern|littleEndian|bigEndian):' |
  grep -E "Int(8|16|32|64)?\(.*($double)" | grep -v '// fits' || true)
times=$(grep -rnE 'milliseconds *[-+*] |[-+*] [a-zA-Z.]*\.milliseconds' Sources --include='*.swift' |
  grep -vE '// fits|Sources/SLOModel/Timestamp.swift' || true)
if [ -n "$conversions$times" ]; then
  printf '%s\n' "$conversions" "$times" "unguarded arithmetic: use Int(saturating:), Timestamp.adding(days:) or days(since:), or mark the line // fits" >&2
  exit 1
fi
