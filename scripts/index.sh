#!/bin/sh
# Brings an index up to date, whatever a cache has left of it, and prints what it found as a line
# `state=…` for $GITHUB_OUTPUT:
#
#   miss      there was none: it was built
#   hit       it was up to date: nothing was written
#   stale     it was of another state of the corpus: it was updated
#   replaced  it was damaged or of another version: it was built anew
#
#   index.sh INDEX PATH...
#
# Options for `pullquote index` are in $INDEX_OPTIONS. What the build has to say goes to standard
# error. The exit code is that of `pullquote index`.
set -eu

index=$1
shift
if [ -n "${GITHUB_ACTIONS:-}" ]; then format=github; else format=text; fi

again=
if [ ! -f "$index/meta.json" ]; then
  state=miss
elif ! pullquote doctor --index "$index" --sample 1000 >&2; then
  state=replaced
  again=--rebuild
elif pullquote index --check --quiet --index "$index" -- "$@"; then
  state=hit
else
  state=stale
fi
printf 'state=%s\n' "$state"

# shellcheck disable=SC2086 # the options are several words
exec pullquote index $again --wait 10m --format "$format" --index "$index" ${INDEX_OPTIONS:-} -- "$@" >&2
