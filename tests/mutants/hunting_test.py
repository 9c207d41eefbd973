#!/usr/bin/env python3
"""What counts as a kill, with a stand-in for the program: a script that fails from a seed on, reached or not."""
import json
import pathlib
import sys
import tempfile
import types
import unittest

import catalogue
import hunting

# Speaks as the program does. Names of a scenario, a verb and a seed are all that it looks at.
STAND_IN = """#!/usr/bin/env python3
import json, os, sys
FAILS_FROM, CODE, REACHES = {fails_from}, {code}, {reaches}
verb, scenario, words = sys.argv[1], sys.argv[2], sys.argv
if verb == "explore":
    print(json.dumps({{"seed": 1, "first_failures": []}}))
    sys.exit(0)
first = int(words[words.index("--seed") + 1]) if verb == "run" else int(words[words.index("--seeds") + 1].split("..")[0])
last = first if verb == "run" else int(words[words.index("--seeds") + 1].split("..")[1])
place = os.environ.get("ORDEAL_MUTANT_REACHED")
if place and REACHES:
    open(place, "a").write("x")
failed = [seed for seed in range(first, last + 1) if seed >= FAILS_FROM]
found = [{{"seed": seed, "invariant": "I-10 no-oversell", "kind": "safety", "message": "m"}} for seed in failed[:1]]
print(json.dumps({{"trials": (failed[0] if failed else last) - first + 1, "first_failures": found, "findings": found}}))
sys.exit(CODE if failed else 0)
"""
NEVER = 10**9


class AHunt(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.kept = hunting.BUDGET
        hunting.BUDGET = 0.2
        self.clean()

    def tearDown(self):
        hunting.BUDGET = self.kept

    def stand_in(self, name, fails_from, code=1, reaches=True):
        path = self.folder / name
        path.write_text(STAND_IN.format(fails_from=fails_from, code=code, reaches=reaches))
        path.chmod(0o755)
        return path

    def clean(self, fails_from=NEVER):
        self.clean_program = self.stand_in("clean", fails_from)

    def hunt(self, reach="", **program):
        workshop = types.SimpleNamespace(program=self.stand_in("mutated", **program), clean=self.clean_program)
        mutant = catalogue.Mutant(id="m", place="here", reach=reach, scenarios=("first_sale",))
        return hunting.Hunt(mutant, workshop, self.folder).run()

    def test_kills(self):
        row = self.hunt(fails_from=3)
        self.assertEqual((row["status"], row["law"], row["seed"]), ("killed", "I-10 no-oversell", 3))
        self.assertEqual((row["reach"], row["found_by"], row["trials"]), ("reached", "hunt", {"first_sale": 3}))

    def test_ends_when_nothing_is_found(self):
        row = self.hunt(fails_from=NEVER)
        self.assertEqual((row["status"], row["reach"]), ("survived", "reached"))
        self.assertGreaterEqual(row["cpu"], hunting.BUDGET)

    def test_counts_no_history_that_fails_without_the_mistake(self):
        self.clean(fails_from=1)
        row = self.hunt(fails_from=3)
        self.assertEqual(row["status"], "survived")
        self.assertIn("fails without the mistake", row["notes"][0])

    def test_counts_no_history_that_does_not_reach_the_place(self):
        row = self.hunt(fails_from=3, reaches=False)
        self.assertEqual((row["status"], row["reach"]), ("survived", "never reached"))
        self.assertIn("without reaching", row["notes"][0])

    def test_says_when_reach_cannot_be_shown(self):
        row = self.hunt(fails_from=3, reaches=False, reach=catalogue.NOT_SHOWN)
        self.assertEqual((row["status"], row["reach"]), ("killed", "not shown"))

    def test_kills_by_a_failed_check_and_not_by_an_inconclusive_trial(self):
        self.assertEqual(self.hunt(fails_from=2, code=70)["verdict"], "check")
        self.assertEqual(self.hunt(fails_from=2, code=4)["status"], "survived")


class APlay(unittest.TestCase):
    def test_tells_a_crash_by_its_signal(self):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "crash"
            program.write_text("#!/bin/sh\nkill -SEGV $$\n")
            program.chmod(0o755)
            played = hunting.play(program, ["run"], pathlib.Path(folder), 5)
        self.assertEqual(played.verdict(), "crash (SIGSEGV)")
        self.assertEqual(json.dumps(played.told), "{}")

    def test_ends_a_program_that_never_does(self):
        patience = hunting.PATIENCE
        hunting.PATIENCE = 0.2
        self.addCleanup(setattr, hunting, "PATIENCE", patience)
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "loop"
            program.write_text("#!/bin/sh\ntrap '' INT\nwhile :; do :; done\n")
            program.chmod(0o755)
            played = hunting.play(program, ["run"], pathlib.Path(folder), 0.1)
        self.assertTrue(played.hung)
        self.assertEqual(played.verdict(), "")


if __name__ == "__main__":
    sys.exit(unittest.main())
