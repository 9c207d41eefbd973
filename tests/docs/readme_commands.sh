#!/usr/bin/env bash
# Runs every command that README.md shows: each line of its ```sh blocks that starts with ./ordeal, in order, in one
# folder, with the given program in place of ./ordeal. A line may end in "# exit N": then N is the code it must end with.
# Left out, because they run whole programs of their own: `./ordeal test` and `./ordeal bench`. A hunt without --seeds
# gets a budget of 20 s.
# Usage: readme_commands.sh PROGRAM [FILE]. Exits 1 if a command ended otherwise than the text says.
set -euo pipefail

root="$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)"
program="$(readlink -f "$1")"
file="${2:-$root/README.md}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
ln -s "$root/tests" tests  # a reader stands in the clone, and names its files

commands=0
failures=0
while IFS= read -r line; do
  wanted=0
  if [[ "$line" =~ \#\ exit\ ([0-9]+) ]]; then wanted="${BASH_REMATCH[1]}"; fi
  line="${line%%#*}"
  mapfile -t words < <(xargs printf '%s\n' <<<"$line")  # xargs takes quotes as a shell does
  case "${words[1]:-}" in test | bench) continue ;; esac
  if [[ "${words[1]:-}" == hunt && "$line" != *--seeds* ]]; then words+=(--budget 20s); fi
  commands=$((commands + 1))
  code=0
  timeout 1200 "$program" "${words[@]:1}" >out 2>err </dev/null || code=$?
  if ((code == wanted)); then
    printf 'ok: %s\n' "$line"
  else
    printf 'FAILED: %s\n  ended with %s, the text says %s\n' "$line" "$code" "$wanted"
    tail -n 20 out err
    failures=$((failures + 1))
  fi
done < <(awk '/^```/ { shown = ($0 == "```sh") } shown && /^[.]\/ordeal /' "$file")
if ((commands == 0)); then
  echo "no command found in $file"
  exit 1
fi
printf '%d commands, %d failed\n' "$commands" "$failures"
((failures == 0))
