#!/bin/sh
# Are searches as fast after many updates as after a fresh build? Builds an index of a copy of a corpus,
# changes a file and updates, again and again, builds the same corpus anew beside it, and asks both the
# same, in turns. Prints the best time of each and their ratio.
#
#   updates.sh CORPUS [UPDATES [PROGRAM]]
set -eu

corpus=$1
updates=${2:-200}
program=$(realpath "${3:-target/release/pullquote}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$corpus" "$folder/corpus"
cd "$folder"
cat >queries <<'END'
record
the guitar
"a little bit"
"of the record"
tape NEAR/5 machine
rec* studio
speaker:host song
=times
END

"$program" index -q 2>/dev/null || true
find corpus -type f \( -name '*.md' -o -name '*.txt' \) | sort >files
count=$(wc -l <files)
round=0
while [ "$round" -lt "$updates" ]; do
  printf '\n\nNote %s on the record.\n' "$round" >>"$(sed -n "$((round * 7919 % count + 1))p" files)"
  "$program" index -q 2>/dev/null || true
  round=$((round + 1))
done
"$program" --index fresh index -q 2>/dev/null || true

# The mean time of a run of all queries, in microseconds.
measure() {
  started=$(date +%s%N)
  i=0
  while [ "$i" -lt 10 ]; do
    "$program" --index "$1" search --queries queries --json >/dev/null || true
    i=$((i + 1))
  done
  echo $((($(date +%s%N) - started) / 10000))
}

best_fresh=999999999
best_updated=999999999
round=0
while [ "$round" -lt 12 ]; do
  time=$(measure fresh)
  [ "$time" -lt "$best_fresh" ] && best_fresh=$time
  time=$(measure index)
  [ "$time" -lt "$best_updated" ] && best_updated=$time
  round=$((round + 1))
done
segments() { find "$1" -name '*.term' | wc -l; }
echo "fresh:   $best_fresh µs for $(wc -l <queries) queries, $(segments fresh) segments"
echo "updated: $best_updated µs, $(segments index) segments, after $updates updates"
echo "ratio:   $(awk "BEGIN { printf \"%.2f\", $best_updated / $best_fresh }")"
