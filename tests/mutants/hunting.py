"""Hunts one mutant: plays its scenarios until a law, a check or a crash kills it, or its CPU-seconds are used up.

A kill counts when the program without the mistake holds in the same history. Exit codes are the program's own: 1 safety,
2 liveness, 3 nondeterminism, 70 a failed check. Inconclusive trials (4) kill nothing, and neither does a program that never
ends: that is "hung", and told apart.
"""
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import time

import catalogue

BUDGET = 30.0  # CPU-seconds, user and system
BEFORE_EXPLORING = 1 / 3  # of it: hunts come first; missed wake-ups and the like are found by single faults
EXPLORING = 1 / 3         # of it: an exploration of all its worlds would take all that is left
FIRST_SLICE = 0.3
LONGEST_SLICE = 4.0
PATIENCE = 20.0  # seconds for a program that was asked to stop
MEMORY = 8 << 30
KILLS = {1: "safety", 2: "liveness", 3: "nondeterminism", 70: "check"}
REACHED = "ORDEAL_MUTANT_REACHED"
TICKS = os.sysconf("SC_CLK_TCK")


class Played:
    """What one run of the program came to."""

    def __init__(self, code, cpu, told, hung):
        self.code = code
        self.cpu = cpu
        self.told = told  # its JSON; {} when it died
        self.hung = hung

    def verdict(self):
        """How it killed the mutant; empty when it did not."""
        if self.hung:
            return ""
        if self.code < 0:
            return f"crash ({signal.Signals(-self.code).name})"
        if self.code == 130:  # stopped by us, at a failure or at the end of the budget
            found = self.told.get("first_failures") or [{}]
            return found[0].get("kind", "") if found[0].get("kind") in KILLS.values() else ""
        return KILLS.get(self.code, "")


def _cpu_of(pid):
    """Of a process that runs, those it has waited for and those it has not."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICKS + sum(_cpu_of(child) for child in children)


def play(program, words, scratch, budget, reached=None):
    """Runs the program with --json for `budget` CPU-seconds at most, counted by the kernel."""
    out, err = scratch / "stdout", scratch / "stderr"
    env = {key: value for key, value in os.environ.items() if key != REACHED}
    if reached is not None:
        env[REACHED] = str(reached)
    with open(out, "wb") as stdout, open(err, "wb") as stderr:
        process = subprocess.Popen([str(program), *words, "--json", "--out", str(scratch / "runs")], env=env,
                                   cwd=scratch, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, start_new_session=True)
    resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    status, used, hung = _wait(process.pid, err, budget, words[0] == "explore")
    process.returncode = 0  # it has been waited for
    try:
        told = json.loads(out.read_text())
    except ValueError:
        told = {}
    shutil.rmtree(scratch / "kept", ignore_errors=True)
    if (scratch / "runs").is_dir():
        (scratch / "runs").rename(scratch / "kept")  # a repro is replayed from there
    return Played(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, told, hung)


def _wait(pid, err, budget, stop_at_failure):
    asked = 0.0  # when it was asked to stop
    latest = time.monotonic() + 6 * budget + 60
    pause = 0.005
    hung = False
    while True:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return status, used, hung
        now = time.monotonic()
        enough = _cpu_of(pid) > budget or now > latest
        if stop_at_failure and re.search(r" [1-9][0-9]* failed", err.read_text(errors="replace")):
            enough = True
        if enough and not asked:
            os.kill(pid, signal.SIGINT)
            asked = now
        if asked and now > asked + PATIENCE:
            hung = True
            os.killpg(pid, signal.SIGKILL)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)


class Scenario:
    """How far one scenario has been hunted."""

    def __init__(self, name):
        self.name = name
        self.next_seed = 1
        self.cpu = 0.0

    def slice(self, slices):
        """So many seeds that they take about the CPU-seconds of this round."""
        if self.next_seed == 1:
            return 2 if self.name == "flash_sale" else 10
        wanted = min(FIRST_SLICE * 2 ** slices, LONGEST_SLICE)
        each = max(self.cpu / (self.next_seed - 1), 0.0005)
        return max(1, int(wanted / each))


class Hunt:
    def __init__(self, mutant, workshop, scratch, budget=None):
        self.budget = BUDGET if budget is None else budget
        self.mutant = mutant
        self.workshop = workshop
        self.scratch = scratch
        self.designs = [word for design in mutant.designs for word in ("--design", design)]
        self.scenarios = [Scenario(name) for name in mutant.scenarios]
        self.cpu = 0.0
        self.notes = []
        (scratch / "none").mkdir(parents=True, exist_ok=True)

    def run(self):
        """The result of the mutant that is built in the workshop, as a row of the results' file."""
        row = self._hunt(self.budget * BEFORE_EXPLORING) or self._explore() or self._hunt(self.budget)
        if row is None:
            row = {"status": "survived", "reach": self._reach_of_survivor(), "budget": self.budget}
        row.update(cpu=round(self.cpu, 2), trials={s.name: s.next_seed - 1 for s in self.scenarios if s.next_seed > 1})
        if self.notes:
            row["notes"] = self.notes
        return row

    def _hunt(self, until):
        slices = 0
        while self.cpu < until:
            for scenario in self.scenarios:
                row = self._slice(scenario, slices, until)
                if row:
                    return row
            slices += 1
        return None

    def _slice(self, scenario, slices, until):
        if self.cpu >= until:
            return None
        first, count = scenario.next_seed, scenario.slice(slices)
        played = play(self.workshop.program,
                      ["hunt", scenario.name, "--seeds", f"{first}..{first + count - 1}", "-j", "1", "--fail-fast",
                       "--no-shrink", "--corpus", str(self.scratch / "none"), *self.designs],
                      self.scratch, until - self.cpu + 1)
        self.cpu += played.cpu
        scenario.cpu += played.cpu
        trials = played.told.get("trials", 0)
        scenario.next_seed += max(trials, 1)
        if played.hung:
            return {"status": "hung", "scenario": scenario.name, "seed": first + trials}
        verdict = played.verdict()
        if not verdict:
            if played.code not in (0, 4, 130):
                self.notes.append(f"hunt of {scenario.name} from seed {first} ended with {played.code}")
            return None
        failures = (played.told.get("first_failures") or []) + (played.told.get("our_bugs") or [])
        if not failures:
            self.notes.append(f"{verdict} in {scenario.name} from seed {first}: no seed is named")
            return self._find_seed(scenario, first, count)
        return self._confirmed(scenario.name, failures[0].get("seed", first), failures[0])

    def _find_seed(self, scenario, first, count):
        """Seed by seed, where the program died without a word."""
        for seed in range(first, first + count):
            row = self._confirmed(scenario.name, seed, {})
            if row or self.cpu >= self.budget:
                return row
        return None

    def _confirmed(self, scenario, seed, failure):
        """Plays just this history with and without the mistake. What that costs is no part of finding it."""
        words = ["run", scenario, "--seed", str(seed), *self.designs]
        mark = self.scratch / "reached"
        mark.unlink(missing_ok=True)
        with_it = play(self.workshop.program, words, self.scratch, BUDGET, reached=mark)
        if not with_it.verdict():
            self.notes.append(f"{scenario} seed {seed} failed in a hunt and not alone (exit {with_it.code})")
            return None
        without = play(self.workshop.clean, words, self.scratch, BUDGET)
        if without.code != 0:
            self.notes.append(f"{scenario} seed {seed} fails without the mistake, too (exit {without.code})")
            return None
        return self._killed(with_it, mark, failure, scenario=scenario, seed=seed, found_by="hunt")

    def _killed(self, played, mark, failure, **where):
        if catalogue.shows_reach(self.mutant):
            if not mark.exists():
                self.notes.append(f"{where['scenario']} seed {where['seed']} failed without reaching the place")
                return None
            reach = "reached"
        else:
            reach = "not shown"
        findings = played.told.get("findings") or [failure]
        verdict = played.verdict()
        law = findings[0].get("invariant") or verdict
        return {"status": "killed", "verdict": verdict, "law": law, "reach": reach, **where,
                "message": findings[0].get("message", "")}

    def _explore(self):
        scenario = next((s.name for s in self.scenarios if s.name != "flash_sale"), None)
        if scenario is None:
            return None
        played = play(self.workshop.program, ["explore", scenario, "-j", "1", *self.designs], self.scratch,
                      self.budget * EXPLORING)
        self.cpu += played.cpu
        if played.hung:
            return {"status": "hung", "scenario": scenario, "seed": played.told.get("seed", 1)}
        failures = played.told.get("first_failures") or []
        if not played.verdict() or not failures or not failures[0].get("repro"):
            return None
        return self._confirmed_repro(scenario, failures[0])

    def _confirmed_repro(self, scenario, failure):
        name = "/".join(pathlib.Path(failure["repro"]).parts[-2:])
        repro = self.scratch / "repro.json"
        shutil.copy2(self.scratch / "kept" / name, repro)
        mark = self.scratch / "reached"
        mark.unlink(missing_ok=True)
        with_it = play(self.workshop.program, ["replay", str(repro)], self.scratch, BUDGET, reached=mark)
        without = play(self.workshop.clean, ["replay", str(repro)], self.scratch, BUDGET)
        # A repro expects its own trace, so its exit code says that another one came; its verdict is what counts.
        if not with_it.verdict() or without.told.get("verdict") != "pass":
            self.notes.append(f"explored {scenario}: {failure.get('invariant')} was not repeated, or also without the mistake")
            return None
        return self._killed(with_it, mark, failure, scenario=scenario, seed=with_it.told.get("seed", 1),
                            found_by="explore", faults=failure.get("faults", []))

    def _reach_of_survivor(self):
        """A mistake that no history comes by was not judged."""
        if not catalogue.shows_reach(self.mutant):
            return "not shown"
        mark = self.scratch / "reached"
        for scenario in self.scenarios:
            mark.unlink(missing_ok=True)
            play(self.workshop.program,
                 ["hunt", scenario.name, "--seeds", "1..5" if scenario.name == "flash_sale" else "1..100", "-j", "1",
                  "--no-shrink", "--corpus", str(self.scratch / "none"), *self.designs], self.scratch, 5, reached=mark)
            if mark.exists():
                return "reached"
        return "never reached"

