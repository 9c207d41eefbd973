#!/usr/bin/env python3
"""Plants the mistakes of tests/mutants/catalogue one by one, builds, hunts, and tells which law found which.

  campaign.py                     every mutant that has no result yet (results are kept in WORK/results.jsonl)
  campaign.py --only gate-01      these only; --module inventory: those of a module
  campaign.py --seconds 10        a quicker look: who survives ten CPU-seconds is played again by a longer campaign
  campaign.py --sample 10 --key K ten of those in killed.txt, chosen by the key: what was killed once still is
  campaign.py --note-killed       writes killed.txt from the results: mutants that are cheap to build and were killed soon
  campaign.py --list              what there is, without building anything
  campaign.py --table FILE        the results so far as Markdown ("-": standard output), without hunting

Exit codes: 0 every mutant was killed, or is equivalent or diagnosed in the catalogue; 1 one was not, or one that is called
equivalent was; 65 the catalogue does not fit the tree; 70 the program does not even build without a mistake; 130
interrupted, what is judged is kept.
"""
import argparse
import collections
import hashlib
import json
import pathlib
import shutil
import signal
import sys
import threading
import time

import catalogue
import table
from hunting import BUDGET, Hunt
from workshop import BuildBroke, Workshop, engine_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOON = 10.0  # CPU-seconds


def chosen(mutants, args):
    if args.only:
        unknown = set(args.only) - {mutant.id for mutant in mutants}
        if unknown:
            raise catalogue.Wrong(f"no such mutant: {', '.join(sorted(unknown))}")
        mutants = [mutant for mutant in mutants if mutant.id in args.only]
    if args.module:
        mutants = [mutant for mutant in mutants if mutant.module in args.module]
    if args.sample:
        known = catalogue.killed(ROOT)
        mutants = sorted((mutant for mutant in mutants if mutant.id in known),
                         key=lambda m: hashlib.sha256(f"{args.key}:{m.id}".encode()).digest())[:args.sample]
    return mutants


def digest_of(mutant):
    told = [mutant.file, mutant.before, mutant.after, mutant.reach, mutant.designs, mutant.scenarios]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


class Results:
    """One JSON object a line; the last one of a mutant counts, if it is of this mistake in this tree."""

    def __init__(self, path, engine, budget):
        self.path = path
        self.engine = engine
        self.budget = budget
        self.lock = threading.Lock()
        self.rows = {}
        if path.exists():
            for line in path.read_text().splitlines():
                try:
                    row = json.loads(line)
                except ValueError:
                    continue  # a run that was cut off
                self.rows[row["id"]] = row

    def of(self, mutant, any_engine=False):
        row = self.rows.get(mutant.id)
        if row is None or row["mutant"] != digest_of(mutant):
            return None
        if any_engine:
            return row
        looked_long_enough = row["status"] != "survived" or row.get("budget", BUDGET) >= self.budget
        return row if row["engine"] == self.engine and looked_long_enough else None

    def add(self, mutant, row):
        row = {"id": mutant.id, "mutant": digest_of(mutant), "engine": self.engine, **row}
        with self.lock:
            self.rows[mutant.id] = row
            with open(self.path, "a") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
            law, where, cpu = table.found(row)
            print(f"{row['status']:9} {mutant.id:18} {law if cpu else row.get('reach', row.get('why', '')):34} {where:32} "
                  f"{row.get('cpu', 0):5.1f} s, built in {row['built']:.0f} s", flush=True)


def judge(mutant, workshop, scratch, budget):
    started = time.monotonic()
    try:
        workshop.plant(mutant)
        workshop.build()
    except (catalogue.Wrong, BuildBroke) as error:
        workshop.restore()
        status = "does not compile" if isinstance(error, BuildBroke) else "does not fit"
        return {"status": status, "why": str(error), "built": round(time.monotonic() - started, 1)}
    workshop.restore()
    built = round(time.monotonic() - started, 1)
    return {**Hunt(mutant, workshop, scratch, budget).run(), "built": built}


def work(number, queue, args, results, broken):
    folder = args.work / str(number)
    workshop = Workshop(ROOT, folder)
    try:
        workshop.open()
        while not broken:
            try:
                mutant = queue.popleft()
            except IndexError:
                return
            scratch = folder / "play"
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir(parents=True)
            results.add(mutant, judge(mutant, workshop, scratch, args.seconds))
    except BaseException as error:  # told by the main thread, after the others have ended
        broken.append(error)


def play_all(mutants, args, results):
    queue = collections.deque(mutant for mutant in mutants if results.of(mutant) is None)
    print(f"{len(mutants)} mutants, {len(mutants) - len(queue)} with a result", flush=True)
    if not queue:
        return
    broken = []
    threads = [threading.Thread(target=work, args=(number, queue, args, results, broken))
               for number in range(1, min(args.jobs, len(queue)) + 1)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt as error:
        print("ends after the mutants that are being judged", file=sys.stderr)
        broken.append(error)
        for thread in threads:
            thread.join()
    if broken:
        raise broken[0]


def is_settled(mutant, row):
    if mutant.equivalent:
        return row["status"] != "killed"
    return row["status"] == "killed" or bool(mutant.diagnosis)


def note_killed(mutants, results):
    """A sample has no time for what a header makes half the program compile, nor for kills that take half a minute."""
    ids = [mutant.id for mutant in mutants if mutant.file.endswith(".cc") and not mutant.equivalent
           and (row := results.of(mutant)) and row["status"] == "killed" and row["cpu"] <= SOON]
    catalogue.killed_file(ROOT).write_text(catalogue.KILLED_HEAD + "".join(f"{id}\n" for id in ids))
    print(f"{len(ids)} of {len(mutants)} mutants noted as killed")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/mutants",
                        help="where it builds and keeps results")
    parser.add_argument("--jobs", type=int, default=1, help="copies of the tree that work side by side")
    parser.add_argument("--only", nargs="+", metavar="ID")
    parser.add_argument("--module", nargs="+", metavar="NAME")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--key", default="")
    parser.add_argument("--seconds", type=float, default=BUDGET, help="CPU-seconds for each, %(default)s when not given")
    parser.add_argument("--again", action="store_true", help="also those that have a result")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--table", metavar="FILE")
    parser.add_argument("--note-killed", action="store_true")
    return parser.parse_args()


def main():
    args = arguments()
    args.work = args.work.resolve()
    try:
        mutants = catalogue.read(ROOT)
        wrong = catalogue.complaints(mutants, ROOT)
        mutants = chosen(mutants, args)
    except catalogue.Wrong as error:
        wrong = [str(error)]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 65
    if args.list:
        for mutant in mutants:
            print(f"{mutant.id:18} {mutant.kind:24} {mutant.mistake}{'  (equivalent)' if mutant.equivalent else ''}")
        return 0
    args.work.mkdir(parents=True, exist_ok=True)
    results = Results(args.work / "results.jsonl", engine_of(ROOT), args.seconds)
    if args.table:
        rows = [(mutant, results.of(mutant, any_engine=True)) for mutant in mutants]
        text = table.markdown([(mutant, row) for mutant, row in rows if row])
        sys.stdout.write(text) if args.table == "-" else pathlib.Path(args.table).write_text(text)
        return 0
    if args.note_killed:
        note_killed(mutants, results)
        return 0
    if args.again:
        for mutant in mutants:
            results.rows.pop(mutant.id, None)
    try:
        play_all(mutants, args, results)
    except BuildBroke as error:
        print(f"the program does not build: {error}", file=sys.stderr)
        return 70
    except KeyboardInterrupt:
        return 130
    rows = [(mutant, results.of(mutant)) for mutant in mutants]
    print("\n".join(table.sums(rows)))
    return 0 if all(is_settled(mutant, row) for mutant, row in rows) else 1


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `--list | head` is no mistake
    sys.exit(main())
