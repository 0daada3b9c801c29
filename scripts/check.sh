#!/bin/sh
# Checks the quotations of the manuscripts that were changed since a commit.
#
#   check.sh INDEX BASE PATTERN...
#
# PATTERN is a git pathspec, such as `drafts/*.md`. Where BASE is empty or unknown here, as on the
# first push of a branch and in a shallow clone, all manuscripts are checked. Options for
# `pullquote check` are in $CHECK_OPTIONS. The exit code is that of `pullquote check`; 0 when no
# manuscript was changed.
set -eu

index=$1
base=$2
shift 2
if [ -n "${GITHUB_ACTIONS:-}" ]; then format=github; else format=text; fi

names=$(mktemp)
trap 'rm -f "$names"' EXIT
if [ -n "$base" ] && git cat-file -e "$base^{commit}" 2>/dev/null; then
  git diff -z --name-only --diff-filter=d "$base" -- "$@" >"$names"
else
  git ls-files -z -- "$@" >"$names"
fi
if [ ! -s "$names" ]; then
  echo "no manuscript was changed"
  exit 0
fi
# xargs has an exit code of its own where the command fails; 1 and 2 are to be told apart.
code=$(mktemp)
trap 'rm -f "$names" "$code"' EXIT
echo 0 >"$code"
# shellcheck disable=SC2016 # the inner shell expands these
xargs -0 sh -c '
  code=$1 index=$2 format=$3
  shift 3
  result=0
  # shellcheck disable=SC2086
  pullquote check --index "$index" --format "$format" ${CHECK_OPTIONS:-} -- "$@" || result=$?
  if [ "$result" -gt "$(cat "$code")" ]; then echo "$result" >"$code"; fi
' check "$code" "$index" "$format" <"$names"
exit "$(cat "$code")"
