#!/usr/bin/env bash
# What compiling costs: CPU seconds (user and system) per folder, dearest first, between two rows of the total. Builds anew
# in a folder for temporary files, without ccache; takes minutes.
#
#   build_times.sh                    the program, as ./ordeal builds it
#   build_times.sh TARGET ...         other targets: fast_tests, all
#   build_times.sh --files ...        a row a file
#   build_times.sh --preset NAME ...  with another preset: dev, asan, clang
#
# Exit codes: 0 measured, 70 the build broke.
set -euo pipefail

if [[ "${1:-}" == --one ]]; then  # how the build calls this script: --one LOG COMPILER ARGUMENT...
  log=$2
  shift 2
  TIMEFORMAT='%U %S'
  code=0
  exec 3>&1 4>&2
  spent="$({ time "$@" >&3 2>&4; } 2>&1)" || code=$?
  printf '%s %s\n' "$spent" "${*: -1}" >>"$log"
  exit "$code"
fi

root="$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)"
preset=release
by=folder
while [[ "${1:-}" == --* ]]; do
  case "$1" in
    --preset) preset=$2 && shift 2 ;;
    --files) by=file && shift ;;
    *) echo "build_times.sh: unknown argument $1" >&2 && exit 64 ;;
  esac
done
targets=("${@:-ordeal}")

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
: >"$work/times"
if ! {
  cmake -S "$root" --preset "$preset" -B "$work/build" \
    "-DCMAKE_CXX_COMPILER_LAUNCHER=$root/tests/bench/build_times.sh;--one;$work/times" &&
    cmake --build "$work/build" -j "${JOBS:-2}" --target "${targets[@]}"
} >"$work/log" 2>&1; then
  tail -n 60 "$work/log" >&2
  echo "build_times.sh: the build of ${targets[*]} broke" >&2
  exit 70
fi

# Rows of "user system source"; the source is the last argument of each call.
awk -v root="$root/" -v by="$by" '
  {
    row = $3
    sub(".*/" root, "", row)
    if (index(row, root) == 1) row = substr(row, length(root) + 1)
    if (row ~ /cmake_pch/) row = "(precompiled headers)/"
    if (by == "folder") sub("/[^/]*$", "", row)
    spent[row] += $1 + $2
    files[row] += 1
    total += $1 + $2
  }
  END {
    printf "%9s %6s  %s\n", "CPU s", "files", "folder"
    printf "%9.1f %6d  %s\n", total, NR, "total"
    for (row in spent) printf "%9.1f %6d  %s\n", spent[row], files[row], row | "sort -k1,1nr -k3"
    close("sort -k1,1nr -k3")
    printf "%9.1f %6d  %s\n", total, NR, "total"
  }' "$work/times"
