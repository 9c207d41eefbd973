#!/usr/bin/env bash
# Same scenario and seed, same trace hash: across compilers and optimisation levels.
#
#   cross_build.sh                       builds the presets release (g++ -O3), asan (g++ -O1) and cross (clang++ -O0) as
#                                        far as they are not built yet, then compares their programs
#   cross_build.sh --programs A B ...    compares the given programs, builds nothing
#
# Also: --scenario NAME (first_sale) and --seeds "N N ..." before --programs.
# Compared for each seed: trace_hash, verdict, events, virtual_ns of `run SCENARIO --seed N --json`.
# Exit codes: 0 all equal, 1 a difference, 70 a build broke or a program gave no such fields.
set -euo pipefail

root="$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)"
scenario=first_sale
seeds="1 2 7 42 1000 123456789"
programs=()
names=()
while (($# > 0)); do
  case "$1" in
    --scenario) scenario=$2 && shift 2 ;;
    --seeds) seeds=$2 && shift 2 ;;
    --programs)
      shift
      programs=("$@")
      names=("$@")
      break
      ;;
    *) echo "cross_build.sh: unknown argument $1" >&2 && exit 64 ;;
  esac
done

if ((${#programs[@]} == 0)); then
  for preset in release asan cross; do
    echo "building $preset"
    mkdir -p "$root/build/$preset"
    log="$root/build/$preset/cross_build.log"
    if ! (cd "$root" && cmake --preset "$preset" && cmake --build "build/$preset" --target ordeal) >"$log" 2>&1; then
      tail -n 60 "$log" >&2
      echo "cross_build.sh: the build of $preset broke" >&2
      exit 70
    fi
    programs+=("$root/build/$preset/ordeal")
    names+=("$preset")
  done
fi

# The fields that must be equal, on one line.
essence() {
  python3 -c '
import json, sys
result = json.load(sys.stdin)
print(*(result[key] for key in ("trace_hash", "verdict", "events", "virtual_ns")))'
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
differences=0
for seed in $seeds; do
  first=""
  for i in "${!programs[@]}"; do
    # A trial that fails has a trace too; what must not happen is that builds disagree about it.
    (cd "$work" && "${programs[$i]}" run "$scenario" --seed "$seed" --json --out "$work/out") \
      >"$work/result.json" 2>"$work/err" </dev/null || true
    if ! line="$(essence <"$work/result.json" 2>/dev/null)"; then
      echo "cross_build.sh: ${names[$i]} run $scenario --seed $seed --json gave no result:" >&2
      head -c 2000 "$work/result.json" "$work/err" >&2
      exit 70
    fi
    if [[ -z "$first" ]]; then
      first="$line"
      printf '%s seed %s: %s\n' "$scenario" "$seed" "$line"
    elif [[ "$line" != "$first" ]]; then
      printf 'DIFFERENT with %s: %s\n' "${names[$i]}" "$line"
      differences=$((differences + 1))
    fi
  done
done
if ((differences > 0)); then
  echo "$differences differences between ${names[*]}"
  exit 1
fi
echo "equal on ${names[*]}"
