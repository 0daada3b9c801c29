#!/bin/sh
# Writes the manual pages and the shell completions into target/assets, from the program itself, for
# packages to take up: `cargo build --release && scripts/assets.sh && cargo deb --no-build`.
#
#   assets.sh [PROGRAM]
set -eu

cd "$(dirname "$0")/.."
program=${1:-target/release/pullquote}
out=target/assets
rm -rf "$out"
mkdir -p "$out/man" "$out/completions"

"$program" man >"$out/man/pullquote.1"
commands=$("$program" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
for command in $commands; do
  "$program" man "$command" >"$out/man/pullquote-$command.1"
done
gzip -9n "$out"/man/*.1
"$program" completions bash >"$out/completions/pullquote"
"$program" completions zsh >"$out/completions/_pullquote"
"$program" completions fish >"$out/completions/pullquote.fish"
