#!/usr/bin/env bash
# Runs fuzz targets, each for so many seconds, from seeds of their own.
#
# usage: fuzz/run.sh SECONDS [TARGET…] [-- SEEDS…]
#
# Seeds are the files of tests/formats/ and of further folders; those whose name ends as one of a
# target's names does are given to it, with the byte in front that chooses the name. Needs cargo-fuzz.
# A compiler that is no nightly is told to be one; AddressSanitizer is left out, since the crate forbids
# unsafe code. Exit code 1 when a target finds something; it lies in fuzz/artifacts/.
set -euo pipefail
cd "$(dirname "$0")/.."
export RUSTC_BOOTSTRAP=1

seconds=${1:?how many seconds each target is to run}
shift
targets=()
while [[ $# -gt 0 && $1 != -- ]]; do targets+=("$1"); shift; done
[[ ${1:-} == -- ]] && shift
seeds=(tests/formats "$@")
if [[ ${#targets[@]} -eq 0 ]]; then
  mapfile -t targets < <(cd fuzz && cargo fuzz list)
fi

# The names that a target reads bytes as, in their order.
names() {
  sed -n '/^const NAMES/,/^];/p' "fuzz/fuzz_targets/$1.rs" | grep -o '"[^"]*"' | tr -d '"'
}

# One part of an archive, by its path there.
part() {
  unzip -p "$1" "$2" 2> /dev/null || true
}

plant() {
  local target=$1 corpus=fuzz/corpus/$1 number=0 name file
  mkdir -p "$corpus"
  while read -r name; do
    while read -r file; do
      {
        # shellcheck disable=SC2059 # the format is the byte
        printf "\\x$(printf %02x "$number")"
        case $name in
          *.docx) part "$file" word/document.xml ;;
          *.odt) part "$file" content.xml ;;
          *.epub) part "$file" '*.xhtml' ;;
          *) cat "$file" ;;
        esac
      } > "$corpus/seed-$number-$(basename "$file")"
    done < <(find "${seeds[@]}" -type f -name "*.${name##*.}" -size -200k)
    number=$((number + 1))
  done < <(names "$target")
}

cargo fuzz build -s none
found=0
for target in "${targets[@]}"; do
  plant "$target"
  if cargo fuzz run -s none "$target" -- \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=65536 -print_final_stats=1 \
    2> "fuzz/$target.log"; then
    echo "$target: $(grep -o 'stat::number_of_executed_units: *[0-9]*' "fuzz/$target.log" | grep -o '[0-9]*$') runs, nothing found"
  else
    echo "$target: something found, see fuzz/$target.log and fuzz/artifacts/$target/"
    found=1
  fi
done
exit "$found"
