#!/usr/bin/env bash
# Every C++ file is as clang-format would write it (.clang-format). `--fix` writes them so.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."
arguments=(--dry-run -Werror)
if [[ "${1:-}" == --fix ]]; then arguments=(-i); fi
find core sim faults scenarios reports tests \( -name '*.h' -o -name '*.cc' \) -type f -print0 |
  sort -z | xargs -0 -r clang-format --style=file --fallback-style=none "${arguments[@]}"
