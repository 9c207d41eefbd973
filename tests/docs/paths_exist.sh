#!/usr/bin/env bash
# Every path that the documents name is there: in backticks (`sim/disk/vfs.cc`, `core/outbox/`, `core/*/gate.h`) or in a block of
# ARCHITECTURE.md (core/env/rpc.h). A path is a word with a slash that starts with a folder of the tree.
# Usage: paths_exist.sh. Exits 1 with a line for each path that is not there.
set -euo pipefail

cd "${BASH_SOURCE[0]%/*}/../.."
shopt -s nullglob
named=0
missing=0
for document in *.md docs/*.md; do
  while IFS= read -r path; do
    named=$((named + 1))
    found=($path "$path"*)  # a pattern, or a name without its ending
    for one in "${found[@]}"; do [[ -e "$one" ]] && continue 2; done
    printf '%s names %s, which is not there\n' "$document" "$path"
    missing=$((missing + 1))
  done < <(grep -oE '(^|[ `(])(core|sim|faults|scenarios|reports|tests|docs)/[A-Za-z0-9_.*/-]*[A-Za-z0-9_*/]' "$document" | tr -d ' `(' | sort -u)
done
printf '%d paths named, %d missing\n' "$named" "$missing"
((named > 50 && missing == 0))
