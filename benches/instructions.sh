#!/usr/bin/env bash
# Counts the instructions of indexing and searching the shipped corpus, and compares them with the
# committed baseline: a count does not change with the load of the machine, as times do.
#
#   benches/instructions.sh            compare; fails when one grew by more than a tenth
#   benches/instructions.sh --write    write the baseline anew
#
# Needs valgrind and target/release/pullquote.
set -euo pipefail
cd "$(dirname "$0")/.."

program=target/release/pullquote
baseline=benches/instructions.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! command -v valgrind >/dev/null; then
  echo "valgrind is not installed: instructions were not counted"
  exit 0
fi

# One thread: with more, waiting would be counted too.
count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

measure() {
  printf 'index %s\n' "$(count "$program" index corpus --index "$work/index" --threads 1 --quiet)"
  printf 'search-word %s\n' "$(count "$program" search tape --index "$work/index" --json)"
  printf 'search-phrase %s\n' "$(count "$program" search '"on the tape"' --index "$work/index" --json)"
  printf 'quote %s\n' "$(count "$program" quote 'the lable is a rumor' --index "$work/index" --json)"
  printf 'help %s\n' "$(count "$program" --help)"
}

if [ "${1:-}" = --write ]; then
  measure | tee "$baseline"
  exit 0
fi

grew=0
while read -r name now; do
  before=$(sed -n "s/^$name //p" "$baseline")
  if [ -z "$before" ]; then
    echo "$name: $now instructions, and no baseline"
    continue
  fi
  printf '%s: %s instructions, %s before (%s %%)\n' "$name" "$now" "$before" "$((now * 100 / before))"
  if [ "$now" -gt "$((before + before / 10))" ]; then
    echo "$name grew by more than a tenth: mend it, or write the baseline anew and say why" >&2
    grew=1
  fi
done < <(measure)
exit "$grew"
