#!/usr/bin/env bash
# What `ordeal completion SHELL` prints completes verbs, flags and values in that shell, and `ordeal man` is a manual page
# without a mistake. Usage: shells.sh PROGRAM. A shell that is not installed is left out, and that is said.
set -euo pipefail

program="$(readlink -f "$1")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir some_folder
touch some_file.json
failures=0

expect() {  # expect WHAT WANTED FOUND: every word of WANTED is in FOUND, and with "= …" nothing else
  local what=$1 wanted=$2 found=$3 word
  if [[ "$wanted" == "= "* ]]; then
    wanted="${wanted#= }"
    if [[ "$(tr ' ' '\n' <<<"$wanted" | sort)" != "$(tr ' ' '\n' <<<"$found" | sort)" ]]; then
      printf 'FAILED: %s\n  wanted exactly: %s\n  found: %s\n' "$what" "$wanted" "$found"
      failures=$((failures + 1))
    fi
    return
  fi
  for word in $wanted; do
    if [[ " $found " != *" $word "* ]]; then
      printf 'FAILED: %s\n  wanted: %s\n  found: %s\n' "$what" "$word" "$found"
      failures=$((failures + 1))
    fi
  done
}

# --- bash, as readline calls it: words broken at "=", the cursor in the last one.
"$program" completion bash >ordeal.bash
source ordeal.bash
if [[ "$(complete -p ordeal)" != "complete -F _ordeal ordeal" ]]; then
  echo "FAILED: bash does not know how to complete ordeal"
  failures=$((failures + 1))
fi
completer=_ordeal
in_bash() {
  COMP_WORDS=("$@")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  "$completer"
  local joined="${COMPREPLY[*]}"
  printf '%s' "$joined"
}
expect "bash: a verb" "= hunt help" "$(in_bash ordeal h)"
expect "bash: all verbs" "run hunt merge explore compare replay reconcile doctor completion man test bench help --version" "$(in_bash ordeal '')"
expect "bash: a flag" "= --seeds" "$(in_bash ordeal hunt --see)"
expect "bash: a flag of another verb" "= " "$(in_bash ordeal replay --see)"
expect "bash: a scenario" "= first_sale first_sale_instances first_sale_monolith" "$(in_bash ordeal hunt first)"
expect "bash: a file in place of a scenario" "= some_file.json" "$(in_bash ordeal run some_fi)"
expect "bash: a flaw" "= F-11 F-12 F-13 F-14 F-15 F-16 F-17 F-18 F-19 F-10 F-101 F-102" "$(in_bash ordeal hunt first_sale --flaw F-1)"
expect "bash: a design" "= stock.gate=row_lock stock.gate=conditional_update stock.gate=version stock.gate=cache_then_db" "$(in_bash ordeal hunt --design stock.g)"
expect "bash: a design behind its =" "= row_lock" "$(in_bash ordeal hunt --design stock.gate = ro)"
expect "bash: a value behind the flag's =" "= always auto" "$(in_bash ordeal run --color = a)"
expect "bash: nothing typed behind =" "= always auto never" "$(in_bash ordeal run --color =)"
expect "bash: a directory" "= some_folder" "$(in_bash ordeal hunt --out some)"
expect "bash: what replay takes" "latest last-failed" "$(in_bash ordeal replay la)"
expect "bash: kinds" "= scenarios services seams settings" "$(in_bash ordeal list s)"
expect "bash: a question" "order.close_by order.status_write" "$(in_bash ordeal compare order.)"
expect "bash: a format of bills" "= wechat-trade wechat-fund wechat-answer" "$(in_bash ordeal reconcile --format we)"
expect "bash: a number is not guessed" "= " "$(in_bash ordeal hunt --seeds '')"
expect "bash: help of a verb" "= merge man" "$(in_bash ordeal help m)"

# Every flag that --help names, of every verb.
for verb in run hunt merge explore compare replay shrink list show coverage reconcile doctor completion man; do
  flags="$("$program" "$verb" --help | grep -oE '(^|[ ,])--[a-z][a-z-]*' | tr -d ' ,' | sort -u | tr '\n' ' ')"
  expect "bash: all flags of $verb" "$flags" "$(in_bash ordeal "$verb" -)"
done

# --- fish completes without a terminal.
if command -v fish >/dev/null; then
  "$program" completion fish >ordeal.fish
  in_fish() {
    fish --no-config -c "source ordeal.fish; complete -C '$1'" 2>&1 | cut -f 1 | tr '\n' ' ' | sed 's/ $//'
  }
  expect "fish: a verb" "= hunt help" "$(in_fish 'ordeal h')"
  expect "fish: a flag" "= --seeds" "$(in_fish 'ordeal hunt --see')"
  expect "fish: a scenario" "first_sale first_sale_instances" "$(in_fish 'ordeal hunt first')"
  expect "fish: a flaw" "= F-10 F-101 F-102 F-11 F-12 F-13 F-14 F-15 F-16 F-17 F-18 F-19" "$(in_fish 'ordeal hunt first_sale --flaw F-1')"
  expect "fish: a directory" "some_folder/" "$(in_fish 'ordeal hunt --out some')"
  expect "fish: no file where none is taken" "= " "$(in_fish 'ordeal list some_fi')"
else
  echo "left out: fish is not installed"
fi

# --- zsh: its completion system needs a terminal, so what it would be told is caught.
if command -v zsh >/dev/null; then
  "$program" completion zsh >ordeal.zsh
  in_zsh() {  # in_zsh WORD…: the cursor in the last one
    zsh -f -c '
      compdef() { print -r -- "compdef $*" >>said }
      _arguments() { print -rl -- "$@" }
      _describe() { print -rl -- "${(@P)2}" }
      source ./ordeal.zsh
      words=("$@") CURRENT=$#
      _ordeal' zsh "$@" | tr '\n' ' '
  }
  zsh -fn ordeal.zsh || failures=$((failures + 1))
  verbs="$(in_zsh ordeal h)"
  expect "zsh: the verbs" "hunt:play help:what test bench" "$verbs"
  expect "zsh: it is asked for" "compdef _ordeal ordeal" "$(head -n 1 said)"
  flags="$(in_zsh ordeal hunt --see)"
  for one in '*--flaw[plant' '--seeds[which' 'first_sale' '(-j' '_files'; do
    if [[ "$flags" != *"$one"* ]]; then
      printf 'FAILED: zsh: %s is not among: %s\n' "$one" "$flags"
      failures=$((failures + 1))
    fi
  done
else
  echo "left out: zsh is not installed"
fi

expect "a shell that it does not know" "= 64" "$("$program" completion bsh 2>/dev/null || echo $?)"

# --- the manual page
"$program" man >ordeal.1
if command -v mandoc >/dev/null; then
  if ! mandoc -T lint -W warning ordeal.1; then failures=$((failures + 1)); fi
  mandoc -T ascii ordeal.1 | sed 's/.\x08//g' >ordeal.txt
  for verb in run hunt merge explore compare replay shrink list show coverage reconcile doctor completion man; do
    for flag in $("$program" "$verb" --help | grep -oE '(^|[ ,])--[a-z][a-z-]*' | tr -d ' ,' | sort -u); do
      if [[ "$flag" != --help ]] && ! grep -q -- "$flag" ordeal.txt; then
        printf 'FAILED: the manual does not have %s of %s\n' "$flag" "$verb"
        failures=$((failures + 1))
      fi
    done
  done
  grep -q '130/143' ordeal.txt || failures=$((failures + 1))
else
  echo "left out: mandoc is not installed"
fi

printf '%d failed\n' "$failures"
((failures == 0))
