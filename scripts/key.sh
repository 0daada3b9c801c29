#!/bin/sh
# Prints the key under which the index of a corpus is cached, and the beginning that the keys of
# older states share, as lines `key=…` and `prefix=…`.
#
#   key.sh PATH...
#
# Both begin with the version of pullquote: another version gets a cache of its own. The key ends
# with a hash of the names and contents of the files that git has below the paths.
set -eu

version=$(pullquote --version | cut -d ' ' -f 2)
names=$(printf '%s\n' "$@" | git hash-object --stdin | cut -c 1-8)
contents=$(git ls-files -s -- "$@" | git hash-object --stdin)
prefix="pullquote-$version-$names-"
printf 'key=%s\nprefix=%s\n' "$prefix$contents" "$prefix"
