#!/usr/bin/env bash
# Fuzzes the readers of bills with clang's libFuzzer and its sanitizers for some seconds, from the samples on.
# Usage: bills.sh [SECONDS] [CORPUS], 20 seconds by default. What ends the program is left in the folder that is told; put
# it into tests/reconciliation/samples/broken with a name that says what it is. New inputs are kept in CORPUS if it is named.
set -euo pipefail

root="$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)"
seconds="${1:-20}"
work="$(mktemp -d)"
corpus="${2:-$work/corpus}"
mkdir -p "$corpus"

compiler=(clang++)
if command -v ccache >/dev/null; then compiler=(ccache clang++); fi
flags=(-std=c++20 -O1 -g1 -DFMT_SHARED "-I$root" -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
sources=("$root"/core/reconciliation/*.cc "$root"/core/channel/bill_form.cc "$root"/core/channel/bill_forms.cc
  "$root"/core/channel/bill_words.cc "$root"/core/channel/day.cc "$root"/core/base/money.cc
  "$root"/tests/fuzz/bills_fuzz.cc)
objects=()
for source in "${sources[@]}"; do
  objects+=("$work/${#objects[@]}.o")
  "${compiler[@]}" "${flags[@]}" -c "$source" -o "${objects[-1]}"
done
clang++ -fsanitize=fuzzer,address,undefined "${objects[@]}" -lfmt -lzip -lpugixml -o "$work/bills"

cd "$work"
if ! "$work/bills" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
  "$corpus" "$root/tests/reconciliation/samples" "$root/tests/reconciliation/samples/broken" >log 2>&1; then
  tail -n 40 log
  echo "what ended it is in $work"
  exit 1
fi
grep -E 'stat::number_of_executed_units|stat::peak_rss_mb|cov:' log | tail -n 3
cd /
rm -rf "$work"
