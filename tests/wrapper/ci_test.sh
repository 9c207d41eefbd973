#!/usr/bin/env bash
# What .ci/run leaves out: phases that passed on this very tree, and nothing else. Its phases are stubs here, in a small clone
# of their own; each writes its name into a log.
set -euo pipefail

source=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LOG=$work/log BROKEN=$work/broken HOME=$work
failures=0

stub() {  # stub FILE NAME: a command that logs its name and first word, and fails while BROKEN names it
  mkdir -p "$(dirname "$1")"
  cat >"$1" <<STUB
#!/usr/bin/env bash
echo "$2 \${1:-}" >>"\$LOG"
[[ "\$(cat "\$BROKEN" 2>/dev/null)" != "$2" ]]
STUB
  chmod +x "$1"
}

mkdir -p tree/.ci tools && cd tree
cp "$source/.ci/run" .ci/run
stub ordeal ordeal
stub tests/determinism/cross_build.sh cross_build
stub tests/tidy/format_check.sh format
stub tests/mutants/campaign.py campaign
for tool in cmake ctest; do stub "$work/tools/$tool" "$tool"; done
stub build/asan/ordeal asan
export PATH=$work/tools:$PATH
printf 'build/\n' >.gitignore
git init -q && git add -A && git -c user.name=ci -c user.email=ci@example.org commit -qm "a tree"

runs() {  # runs WHAT [ARGUMENT]: .ci/run, whose calls are then in the log
  what=$1
  shift
  : >"$LOG"
  code=0
  .ci/run "$@" >"$work/out" 2>&1 || code=$?
}
expect() {  # expect CODE CALL...: it ended so and made these calls
  local wanted=$1 call
  shift
  if ((code != wanted)); then echo "$what: ended with $code, not $wanted" >&2; failures=$((failures + 1)); fi
  for call in "$@"; do
    if ! grep -qF "$call" "$LOG"; then echo "$what: did not call $call" >&2; failures=$((failures + 1)); fi
  done
}
expect_not() {
  local call
  for call in "$@"; do
    if grep -qF "$call" "$LOG"; then echo "$what: called $call again" >&2; failures=$((failures + 1)); fi
  done
}

everything=("ordeal test" "ordeal hunt" "ordeal bench" "cross_build" "format" "campaign" "ctest" "asan")
runs "the first run"
expect 0 "${everything[@]}"
runs "the same tree again"
expect 0 "ordeal test" "ordeal hunt"
expect_not "ordeal bench" "cross_build" "format" "campaign" "ctest"
runs "everything, asked for" --all
expect 0 "${everything[@]}"
echo changed >file
runs "a change that is not committed"
expect 0 "${everything[@]}"
echo again >file
echo cross_build >"$BROKEN"
runs "a phase that fails"
expect 1 "${everything[@]}"
rm "$BROKEN"
runs "after the failure"
expect 0 "ordeal test" "cross_build"
expect_not "format" "ctest"
echo ordeal >"$BROKEN"
runs "tests that fail are never left out"
expect 1 "ordeal test"

((failures == 0))
