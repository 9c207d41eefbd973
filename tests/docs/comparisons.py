#!/usr/bin/env python3
"""The tables of docs/comparisons.md, by their commands.

Each ```sh block of one line is a command, and the ```text block behind it is what it prints. Playing all seeds takes a minute or two, so
the test plays the first few seeds and looks at what does not hang on how many there are: that the command works, that its table has the
rows and columns that the document has, and that no trial fails.

  comparisons.py PROGRAM            the test; exits 1 with what is stale
  comparisons.py PROGRAM --renew    plays all seeds and writes the tables anew
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/comparisons.md"
BLOCK = re.compile(r"```sh\n\./ordeal (compare [^\n]*)\n```\n\n```text\n(.*?)```\n", re.S)
FEW = "1..3"


def play(program, command, more=()):
    ran = subprocess.run([program, *command.split(), *more], capture_output=True, text=True, timeout=1800, cwd=ROOT,
                         env={"COLUMNS": "80", "PATH": "/usr/bin:/bin"})
    if ran.returncode != 0:
        raise AssertionError(f"{command} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def skeleton(text):
    """What a table is about, without its figures: the questions with their designs, and what the rows are called."""
    table = text.split("\n\n")
    [words, rows] = table[0], [line for part in table[1:] for line in part.splitlines()]
    heads = [line.split() for line in rows if re.match(r"[a-z]+\.[a-z_]+ |scenario ", line)]
    names = {re.split(r"  |\[", line)[0].strip() for line in rows if re.search(r"(\d|-)( [*!])?$", line)}
    return re.sub(r"seeds \S+,", "", " ".join(words.split())), heads, names


def test(program):
    stale = 0
    blocks = BLOCK.findall(DOCUMENT.read_text())
    if len(blocks) < 4:
        print(f"only {len(blocks)} tables found in {DOCUMENT.name}")
        return 1
    for command, table in blocks:
        few = re.sub(r"--seeds \S+", f"--seeds {FEW}", command) if "--seeds" in command else f"{command} --seeds {FEW}"
        kept, now = skeleton(table), skeleton(play(program, few))
        # With few seeds a figure may be missing that nothing happened for, so no row may be there that the document lacks.
        fine = kept[:2] == now[:2] and now[2] <= kept[2] and now[2]
        print(f"{'ok' if fine else 'STALE'}: {command}")
        if not fine:
            print(f"  the document has {kept}\n  the program has {now}\n  renew it: tests/docs/comparisons.py PROGRAM --renew")
            stale += 1
    return stale != 0


def renew(program):
    text = BLOCK.sub(lambda block: f"```sh\n./ordeal {block[1]}\n```\n\n```text\n{play(program, block[1])}```\n",
                     DOCUMENT.read_text())
    DOCUMENT.write_text(text)
    return 0


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    sys.exit(renew(PROGRAM) if "--renew" in sys.argv[2:] else test(PROGRAM))
