#!/usr/bin/env bash
# Tests ./ordeal itself: in a copy of the tree's outer files, with a program of one line in place of Ordeal and, where
# packages are concerned, with doubles of dpkg-query, apt-get and sudo first on the PATH. Nothing is installed.
# Usage: wrapper_test.sh (no arguments). Prints one line a check; exits 1 if any failed.
set -euo pipefail

source_dir="$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd -P)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"  # other users must be able to start here, wherever the source is
failures=0

check() {  # check NAME CONDITION...: the condition is a command
  local name=$1
  shift
  if "$@"; then
    printf 'ok: %s\n' "$name"
  else
    printf 'FAILED: %s\n' "$name"
    printf '  exit %s\n' "${code:-?}"
    sed 's/^/  out: /' "$work/out"
    sed 's/^/  err: /' "$work/err"
    failures=$((failures + 1))
  fi
}
said() { grep -qF -e "$1" "$work/err"; }
silent() { [[ ! -s "$work/err" ]]; }
printed() { [[ "$(cat "$work/out")" == "$1" ]]; }
ended() { [[ "$code" == "$1" ]]; }
run() {  # run COMMAND...: leaves out, err and code
  code=0
  "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?
}

# A tree as small as the wrapper needs: the program prints its arguments and its working directory's last part.
make_tree() {
  local tree=$1
  mkdir -p "$tree"/{core,sim,faults,scenarios,reports}
  cp "$source_dir"/{ordeal,packages.txt,CMakePresets.json} "$tree/"
  touch "$tree"/{core,sim,faults,scenarios,reports}/part.h
  cat >"$tree/scenarios/main.cc" <<'CODE'
#include <cstdio>
#include <cstdlib>
int main(int argc, char** argv) {
  std::printf("%d", argc - 1);
  for (int i = 1; i < argc; ++i) std::printf(" [%s]", argv[i]);
  std::printf("\n");
  if (argc > 1 && argv[1][0] == '?') std::printf("%s\n", argv[0]);
  return argc > 1 && argv[1][0] == 'x' ? std::atoi(argv[1] + 1) : 0;
}
CODE
  cat >"$tree/CMakeLists.txt" <<'CODE'
cmake_minimum_required(VERSION 3.25)
project(stub LANGUAGES CXX)
enable_testing()
add_executable(ordeal scenarios/main.cc)
add_executable(ordeal_bench scenarios/main.cc)
add_executable(ordeal_bench_table scenarios/main.cc)
add_test(NAME passes COMMAND ordeal)
add_test(NAME exit_code COMMAND ordeal x3)
set_tests_properties(exit_code PROPERTIES WILL_FAIL TRUE LABELS other)
CODE
  find "$tree" -exec touch -d '1 minute ago' {} +
}

# Doubles: dpkg-query says what $work/installed lists; apt-get and sudo write down how they were called.
doubles="$work/doubles"
mkdir "$doubles"
cat >"$doubles/dpkg-query" <<CODE
#!/bin/bash
while read -r name; do echo "installed \$name"; done <"$work/installed"
exit 1
CODE
cat >"$doubles/apt-get" <<CODE
#!/bin/bash
echo "apt-get \$*" >>"$work/apt_calls"
if [[ -e "$work/apt_is_slow" && "\$*" == *install* ]]; then echo "Unpacking ninja"; sleep 3; fi
if [[ -e "$work/apt_breaks" ]]; then echo "E: no route"; exit 100; fi
if [[ "\$*" == *install* ]]; then for last; do :; done; echo "\$last" >>"$work/installed"; fi
CODE
cat >"$doubles/sudo" <<CODE
#!/bin/bash
if [[ -e "$work/sudo_refuses" ]]; then exit 1; fi
if [[ "\$1" == -n ]]; then shift; fi
if [[ "\$1" != true ]]; then echo "sudo \$1" >>"$work/apt_calls"; fi
exec "\$@"
CODE
chmod +x "$doubles"/*
all_packages() { sed -E 's/#.*//; s/[[:space:]]//g; /^(\[.*\])?$/d' "$source_dir/packages.txt"; }
with_doubles=(env "PATH=$doubles:$PATH" ORDEAL_RETRY_PAUSE=0)
as_nobody=()
if ((EUID == 0)); then as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
# Below a root folder that is closed to others, such as that of a chroot made by mktemp, nobody but root can start anything.
others=1
if ! "${as_nobody[@]}" true 2>/dev/null; then
  others=0
  printf 'left out: what another user than root sees, for / is closed to them\n'
fi

tree="$work/tree with a space"
make_tree "$tree"
export HOME="$work/home"
mkdir "$HOME"
all_packages >"$work/installed"
: >"$work/apt_calls"

run "${with_doubles[@]}" "$tree/ordeal" run "two words" --json
check "a first run builds and passes its arguments on" printed "3 [run] [two words] [--json]"
check "what it does goes to standard error" said "building ordeal"
check "how long a first build takes is told" said "for the first time: ten to twenty minutes"
check "nothing is installed when nothing is missing" [ ! -s "$work/apt_calls" ]

run "${with_doubles[@]}" "$tree/ordeal" again
check "a second run says nothing of its own" silent
check "and runs the program" printed "1 [again]"
run "${with_doubles[@]}" "$tree/ordeal" x42
check "the exit code is the program's" ended 42
run bash -c 'cd "$1/sim" && ../ordeal here' _ "$tree"
check "it runs from another folder" printed "1 [here]"
run bash -c 'cd "$1/sim" && ../ordeal "?"' _ "$tree"
check "the program knows by which name it was called" printed $'1 [?]\n../ordeal'
ln -s "$tree/ordeal" "$work/link"
run "$work/link" there
check "it runs through a symbolic link" printed "1 [there]"

for part in core sim faults scenarios reports; do
  touch "$tree/$part/part.h"
  run "${with_doubles[@]}" "$tree/ordeal"
  check "a newer file in $part is noticed" said "building ordeal"
  run "${with_doubles[@]}" "$tree/ordeal"
  check "once ($part)" silent
done
rm "$tree/reports/part.h"
run "${with_doubles[@]}" "$tree/ordeal"
check "a removed file is noticed" said "building ordeal"
touch "$tree/CMakePresets.json"
run "${with_doubles[@]}" "$tree/ordeal"
check "newer presets configure anew" said "configuring"
run "${with_doubles[@]}" "$tree/ordeal"
check "once" silent
rm "$tree/build/release/ordeal"
run "${with_doubles[@]}" "$tree/ordeal" back
check "a removed program comes back" printed "1 [back]"

cp -a "$tree" "$work/copy"
run "${with_doubles[@]}" "$work/copy/ordeal" moved
check "a copied tree is built at its new place" said "configuring"
check "and runs there" printed "1 [moved]"

echo 'int broken = ;' >>"$tree/scenarios/main.cc"
run "${with_doubles[@]}" "$tree/ordeal" run
check "a broken source ends with 70" ended 70
check "shows the compiler's words" said "main.cc"
check "and says so" said "the build of ordeal broke"
check "with nothing on standard output" printed ""
sed -i '$d' "$tree/scenarios/main.cc"
echo 'no_such_command()' >>"$tree/CMakeLists.txt"
touch "$tree/CMakePresets.json"
run "${with_doubles[@]}" "$tree/ordeal" run
check "a configuration that fails ends with 70" ended 70
check "and says so" said "cmake could not configure"
sed -i '$d' "$tree/CMakeLists.txt"
run "${with_doubles[@]}" "$tree/ordeal" healed
check "and heals with the source" printed "1 [healed]"

touch "$tree/core/part.h"
"${with_doubles[@]}" "$tree/ordeal" one >"$work/one" 2>"$work/err.one" </dev/null &
run "${with_doubles[@]}" "$tree/ordeal" two
wait $!
check "two at once both run (second)" printed "1 [two]"
check "two at once both run (first)" grep -qxF "1 [one]" "$work/one"

run "${with_doubles[@]}" "$tree/ordeal" test
check "test runs ctest" grep -q "100% tests passed, 0 tests failed out of 2" "$work/out"
check "and says so" said "all tests passed"
check "with 0" ended 0
run "${with_doubles[@]}" "$tree/ordeal" test -L other
check "test passes its arguments to ctest" grep -q "failed out of 1" "$work/out"
echo 'add_test(NAME breaks COMMAND ordeal x9)' >>"$tree/CMakeLists.txt"
run "${with_doubles[@]}" "$tree/ordeal" test
check "a failing test ends with 6" ended 6
check "and says so" said "tests failed"
run "${with_doubles[@]}" "$tree/ordeal" test -R no_such_test
check "no test at all is not a pass" ended 6

run "${with_doubles[@]}" "$tree/ordeal" bench
check "bench prints the table" printed "0"
all_packages | grep -v libsimgrid-dev >"$work/installed"
run "${with_doubles[@]}" "$tree/ordeal" bench --benchmark_filter=x
check "bench with arguments runs Google Benchmark" printed "1 [--benchmark_filter=x]"
check "a missing yardstick is named" said "libsimgrid-dev"
check "and not installed" [ ! -s "$work/apt_calls" ]

# Called from a folder that is gone, or that this user may not enter: the program runs all the same.
gone() {  # gone COMMAND...: from a folder that is removed under its feet
  mkdir "$work/gone"
  (cd "$work/gone" && rmdir "$work/gone" && exec "$@")
}
all_packages >"$work/installed"
run gone "${with_doubles[@]}" "$tree/ordeal" x42
check "a call from a folder that is gone ends as the program does" ended 42
touch "$tree/core/part.h"
run gone "${with_doubles[@]}" "$tree/ordeal" built
check "and builds" printed "1 [built]"
run gone "${with_doubles[@]}" "$tree/ordeal" test -L other
check "and tests" ended 0
if ((EUID == 0 && others)); then
  mkdir -m 700 "$work/closed"
  closed() { (cd "$work/closed" && exec "${as_nobody[@]}" "$@"); }
  chmod -R a+rwX "$tree"
  run closed "${with_doubles[@]}" "$tree/ordeal" x42
  check "a call from a closed folder ends as the program does" ended 42
  check "without building anew" silent
  touch "$tree/core/part.h"
  run closed "${with_doubles[@]}" "$tree/ordeal" built
  check "and builds" printed "1 [built]"
  run closed "${with_doubles[@]}" "$tree/ordeal" test -L other
  check "and tests" ended 0
fi

# What nobody foresaw is 74, not the code of the command that failed: 1 would say that an invariant was broken.
for tool in mkdir mv flock; do
  mkdir "$work/broken"
  printf '#!/bin/bash\nexit 1\n' >"$work/broken/$tool"
  chmod +x "$work/broken/$tool"
  touch "$tree/core/part.h"
  run env "PATH=$work/broken:$doubles:$PATH" "$tree/ordeal" run
  check "a $tool that fails ends with 74" ended 74
  rm -r "$work/broken"
done
run "${with_doubles[@]}" "$tree/ordeal" mended
mv "$tree/build/release/ordeal" "$work/program"
printf '#!/no/such/interpreter\n' >"$tree/build/release/ordeal"
chmod +x "$tree/build/release/ordeal"
run "${with_doubles[@]}" "$tree/ordeal" run
check "a program that cannot be started ends with 74" ended 74
mv "$work/program" "$tree/build/release/ordeal"

# Packages.
all_packages | grep -v ninja-build >"$work/installed"
touch "$tree/core/part.h" && chmod -R a+rwX "$work"
if ((EUID == 0)); then
  run "${with_doubles[@]}" "$tree/ordeal" rooted
  check "root installs what is missing" grep -qE "apt-get .*install -y --no-install-recommends ninja-build$" "$work/apt_calls"
  check "after an update" grep -qE "^apt-get .*update$" "$work/apt_calls"
  check "saying what" said "installing 1 missing packages: ninja-build"
  check "then runs" printed "1 [rooted]"

  all_packages | grep -v ninja-build >"$work/installed"
  touch "$work/apt_is_slow" "$tree/core/part.h"
  run "${with_doubles[@]}" ORDEAL_TELL_EVERY=1 "$tree/ordeal" patient
  check "what takes long is not silent" grep -qE "apt-get install, [0-9]+ s so far: Unpacking ninja$" "$work/err"
  check "and ends as it should" printed "1 [patient]"
  rm "$work/apt_is_slow"

  all_packages | grep -v ninja-build >"$work/installed"
  : >"$work/apt_calls"
  touch "$work/apt_breaks" "$tree/core/part.h"
  run "${with_doubles[@]}" "$tree/ordeal" rooted
  check "an apt-get that fails ends with 69" ended 69
  check "after three tries each" [ "$(grep -c . "$work/apt_calls")" == 6 ]
  check "showing what apt-get said" said "E: no route"
  check "and the line to run by hand" said "apt-get install --no-install-recommends ninja-build"
  rm "$work/apt_breaks"
fi

if ((others)); then
  all_packages | grep -vE "^(ninja-build|ccache)$" >"$work/installed"
  : >"$work/apt_calls"
  touch "$tree/core/part.h" "$work/sudo_refuses" && chmod -R a+rwX "$work"
  run "${as_nobody[@]}" "${with_doubles[@]}" "$tree/ordeal" humble
  check "without root or sudo it ends with 69" ended 69
  check "names the exact line" said "apt-get update && apt-get install --no-install-recommends ninja-build ccache"
  check "and touches nothing" [ ! -s "$work/apt_calls" ]
  run "${as_nobody[@]}" "${with_doubles[@]}" ORDEAL_SKIP_PACKAGES=1 "$tree/ordeal" skipped
  check "ORDEAL_SKIP_PACKAGES=1 goes on without asking" printed "1 [skipped]"

  rm "$work/sudo_refuses" && touch "$tree/core/part.h" && chmod -R a+rwX "$work"
  run "${as_nobody[@]}" "${with_doubles[@]}" "$tree/ordeal" sudoer
  check "with sudo it installs through it" grep -q "^sudo env" "$work/apt_calls"
  check "saying so" said "missing packages with sudo"
  check "and runs" printed "1 [sudoer]"
fi

if ((EUID == 0 && others)); then
  all_packages >"$work/installed"
  touch "$tree/core/part.h" && chmod -R go-w "$tree" && chmod 755 "$tree"
  run "${as_nobody[@]}" "${with_doubles[@]}" "$tree/ordeal" closed
  check "a build folder that cannot be written ends with 74" ended 74
fi

printf '%d failed\n' "$failures"
((failures == 0))
