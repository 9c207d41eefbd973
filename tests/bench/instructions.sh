#!/usr/bin/env bash
# What a trial costs in instructions, which no other work on the machine disturbs, and where they go: one hunt of SCENARIO
# under callgrind with the program that ./ordeal built. Takes about a minute.
#
#   instructions.sh [SCENARIO [SEEDS]]      first_sale 1..120 unless said otherwise
#
# The count is of the worker process: all of its trials and its start. Callgrind counts a `rep stos` by the byte, where a
# processor clears 32 bytes a cycle with it; so libc is told to clear and copy large blocks as it does smaller ones, with
# vectors. Shares are inclusive where a row says so; a share
# of a function that suspends holds what ran meanwhile, so such functions are not in the table.
# Exit codes: 0 measured, 69 a tool or the program is missing, 70 the hunt failed.
set -euo pipefail

scenario=${1:-first_sale}
seeds=${2:-1..120}
root="$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)"
program="$root/build/release/ordeal"
for tool in valgrind callgrind_annotate; do
  command -v "$tool" >/dev/null || { echo "instructions.sh: needs $tool (Debian package valgrind)" >&2; exit 69; }
done
[[ -x "$program" ]] || { echo "instructions.sh: $program is not built yet: ./ordeal doctor builds it" >&2; exit 69; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/corpus"
vectors="glibc.cpu.x86_rep_stosb_threshold=16777216:glibc.cpu.x86_rep_movsb_threshold=16777216"
if ! GLIBC_TUNABLES="$vectors" valgrind --tool=callgrind --trace-children=yes --callgrind-out-file="$work/out.%p" "$program" hunt "$scenario" \
  --seeds "$seeds" -j 1 --corpus "$work/corpus" --out "$work/runs" >"$work/log" 2>&1; then
  tail -n 20 "$work/log" >&2
  exit 70
fi
worker="$(ls -S "$work"/out.* | head -n 1)"
trials=$(( ${seeds##*..} - ${seeds%%..*} + 1 ))
callgrind_annotate --threshold=100 --inclusive=yes "$worker" >"$work/inclusive"
callgrind_annotate --threshold=100 "$worker" >"$work/self"

# rows NAME HOW PATTERN: `inclusive` takes the largest function that matches, `self` sums all of them.
awk -v trials="$trials" -v scenario="$scenario" -v seeds="$seeds" '
  function count(line) { sub(/^ */, "", line); sub(/ .*/, "", line); gsub(/,/, "", line); return line + 0 }
  function row(name, how, pattern) { names[++rows] = name; hows[rows] = how; patterns[rows] = pattern }
  BEGIN {
    row("running statements", "inclusive", "sqlite3VdbeExec")
    row("writing log frames", "inclusive", "walWriteOneFrame")
    row("sums of log frames, SQLite", "inclusive", "walChecksumBytes")
    row("preparing statements", "inclusive", "sqlite3LockAndPrepare")
    row("taking warm sessions", "inclusive", "WarmSessions::take")
    row("audit", "inclusive", "World::audit")
    row("page and frame sums", "self", "XXH3_hashLong")
    row("JSON", "self", "nlohmann")
    row("forms and signatures", "self", "ordeal::channel::|libcrypto")
    row("unwinding", "self", "libgcc_s|__gxx_personality|__cxa_")
    row("memset", "self", "memset")
    row("memcpy", "self", "memcpy|memmove")
    row("allocating", "self", "mimalloc|SqliteMemory")
    row("keyed choices", "self", "Choices::")
    row("answers of the plan", "self", "ordeal::faults::")
    row("scheduler", "self", "Scheduler::")
  }
  !/^ *[0-9,]+ \(/ { next }
  /PROGRAM TOTALS/ { total = count($0); next }
  {
    for (i = 1; i <= rows; ++i) {
      if ($0 !~ patterns[i]) continue
      n = count($0)
      if (FILENAME ~ /self$/ && hows[i] == "self") sums[i] += n
      if (FILENAME ~ /inclusive$/ && hows[i] == "inclusive" && n > sums[i]) sums[i] = n
    }
  }
  END {
    printf "%s, seeds %s: %.2f million instructions a trial, %.2f thousand million in all\n", scenario, seeds, total / trials / 1e6, total / 1e9
    for (i = 1; i <= rows; ++i) printf "  %-28s %5.1f %%  %6.2f million  %s\n", names[i], 100 * sums[i] / total, sums[i] / trials / 1e6, hows[i]
  }' "$work/inclusive" "$work/self"
