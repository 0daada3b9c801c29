#!/bin/sh
# Builds the program of this checkout into a folder, unless it is there already, and prints the
# folder for $GITHUB_PATH. With --key, prints the key under which the folder is cached, as `key=…`.
#
#   install.sh FOLDER
#   install.sh --key
#
# $PULLQUOTE names a program to use instead.
set -eu

if [ -n "${PULLQUOTE:-}" ] && [ "$1" != --key ]; then
  dirname "$PULLQUOTE"
  exit 0
fi

cd "$(dirname "$0")/.."
sources=$(find Cargo.toml Cargo.lock src -type f -exec cksum {} + | LC_ALL=C sort | cksum)
key="pullquote-program-$(uname -sm | tr ' ' '-')-$(printf '%s' "$sources" | tr ' ' '-')"
if [ "$1" = --key ]; then
  printf 'key=%s\n' "$key"
  exit 0
fi

folder=$1
if [ ! -x "$folder/bin/pullquote" ] || [ "$(cat "$folder/key" 2>/dev/null)" != "$key" ]; then
  cargo install --locked --quiet --force --path . --root "$folder" >&2
  printf '%s\n' "$key" >"$folder/key"
fi
printf '%s\n' "$folder/bin"
