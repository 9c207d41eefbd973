"""Runs the examples of docs/ci.md as they stand there, each in what its CI system would give it: ci_examples.py PROGRAM.

An example is the block under a line <!-- example: NAME -->. `./ordeal` is a stand-in for the script of the same name: it
runs PROGRAM, with hundreds of seeds instead of what fits into a minute, time enough to make failures small on a busy
machine, and can plant a bug or be killed.
Ends with 1 when an example does not do what the text promises."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/ci.md").read_text()
READER = ROOT / "tests/program/read_junit.py"
STAND_IN = """#!/usr/bin/env python3
import os, re, sys
def fewer(word):
    seeds = re.fullmatch(r'([0-9]+)[.][.]([0-9]+)', word)
    if seeds and int(seeds[2]) - int(seeds[1]) >= 19999:
        return seeds[1] + '..' + str(int(seeds[1]) + 159)
    return '20m' if word == '60s' else word
small = [fewer(word) for word in sys.argv[1:]]
if small[0] == 'hunt':
    small += os.environ.get('PLANTED', '').split()
    if '--seeds' in small:
        small += ['--shrink-budget', '30m']
os.execv(%r, ['./ordeal', *small])
"""


def example(name):
    found = re.search(rf"<!-- example: {re.escape(name)} -->\n```[a-z]+\n(.*?)```\n", TEXT, re.S)
    assert found, f"docs/ci.md has no example {name}"
    return found.group(1)


def check(holds, what):
    if not holds:
        raise AssertionError(what)


class Workspace:
    """A checkout with the stand-in, and an environment in which nothing of this machine's CI is left."""

    def __init__(self, program, root, name):
        self.path = root / name
        self.path.mkdir(parents=True)
        stand_in = self.path / "ordeal"
        stand_in.write_text(STAND_IN % str(program))
        stand_in.chmod(0o755)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(root), "LC_ALL": "C.UTF-8"}

    def start(self, script, shell=("bash", "-eo", "pipefail", "-c"), **variables):
        return subprocess.Popen([*shell, script], cwd=self.path, env={**self.environment, **variables}, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, script, **variables):
        process = self.start(script, **variables)
        said, _ = process.communicate(timeout=1800)
        return process.returncode, said

    def junit(self, file="junit.xml"):
        read = subprocess.run(["/usr/bin/python3", READER, self.path / file], capture_output=True, text=True)
        check(read.returncode == 0, read.stdout + read.stderr)
        return json.loads(read.stdout)


def of_shell(program, root):
    code, said = (work := Workspace(program, root, "shell")).run(example("shell"), BUILD_NUMBER="12")
    check(code == 0, said)
    check(work.junit()["properties"]["setting"].startswith("seeds 12000001.."), work.junit())
    code, said = work.run(example("shell"), PLANTED="--flaw F-01")
    check(code == 1 and work.junit()["failures"], said)
    code, said = work.run(example("shell"))
    check(code == 1 and "a failure that is remembered is there again" in said, said)


class GitHub:
    """The steps of a job as the runner takes them: conditions, expressions, caches and artifacts."""

    def __init__(self, program, root):
        self.program, self.root = program, root
        self.cache, self.artifacts = root / "cache", root / "artifacts"
        self.summary = ""
        self.runs = 0

    def job(self, job, matrix=None, **variables):
        self.runs += 1
        work = Workspace(self.program, self.root, f"github-{self.runs}")
        summary = self.root / "step_summary"
        environment = {"GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_RUN_NUMBER": str(self.runs),
                       "GITHUB_STEP_SUMMARY": str(summary), **variables}
        expand = lambda text: re.sub(r"\$\{\{ *matrix[.](\w+) *\}\}", lambda m: str(matrix[m.group(1)]), text)
        environment.update({name: expand(value) for name, value in job.get("env", {}).items()})
        failed, said, cached = False, "", []
        for step in job["steps"]:
            condition = step.get("if", "success()")
            if not {"success()": not failed, "failure()": failed, "always()": True}[condition]:
                continue
            uses = step.get("uses", "").split("@")[0]
            given = step.get("with", {})
            if uses == "actions/cache":
                cached = given["path"].split()
                for name in cached:
                    if (self.cache / name).exists():
                        shutil.copytree(self.cache / name, work.path / name)
            elif uses == "actions/upload-artifact":
                for name in given["path"].split():
                    self.upload(work.path / name, self.artifacts / expand(given["name"]))
            elif uses == "actions/download-artifact":
                for found in self.artifacts.glob(given["pattern"]):
                    shutil.copytree(found, work.path / given["path"] / found.name)
            elif uses != "actions/checkout":
                summary.write_text("")
                code, words = work.run(expand(step["run"]), **environment)
                said += words
                failed = failed or code != 0
                self.summary += summary.read_text()
        for name in cached:
            if (work.path / name).exists():
                shutil.copytree(work.path / name, self.cache / name, dirs_exist_ok=True)
        return failed, said, work

    @staticmethod
    def upload(path, to):
        """One path is the artifact's root; links are followed, hidden files are left out."""
        check(path.exists(), f"nothing to upload: {path}")
        if path.is_file():
            to.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, to / path.name)
        else:
            shutil.copytree(path, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))


def of_github(program, root):
    job = yaml.safe_load(example("github"))["jobs"]["hunt"]
    github = GitHub(program, root / "github")
    failed, said, work = github.job(job)
    check(not failed and "::notice title=ordeal hunt first_sale::" in said and "::error" not in said, said)
    check("✅" in github.summary and not github.artifacts.exists(), github.summary)
    failed, said, work = github.job(job, PLANTED="--flaw F-01")
    check(failed and "::error title=I-10 no-oversell::" in said, said)
    check("#### ❌ I-10 no-oversell" in github.summary and work.junit()["failures"], github.summary)
    check(list((github.artifacts / "failures").glob("*.repro.json")), "no repro among the artifacts")
    failed, said, work = github.job(job)
    check(failed and "a failure that is remembered is there again" in said, said)


def of_gitlab(program, root):
    job = yaml.safe_load(example("gitlab"))["hunt"]
    total = job["parallel"]
    shards = root / "gitlab-shards"
    for index in range(1, total + 1):
        work = Workspace(program, root, f"gitlab-{index}")
        # One shell for all lines, which end the job when they fail.
        code, said = work.run("\n".join(job["script"]), GITLAB_CI="true", CI="true", CI_NODE_INDEX=str(index),
                              CI_NODE_TOTAL=str(total), CI_PIPELINE_IID="3", PLANTED="--flaw F-01")
        check(code in (0, 1), said)
        check(f"shard {index}/{total}, from CI_NODE_INDEX={index} and CI_NODE_TOTAL={total} (GitLab)" in said, said)
        check((code == 1) == bool(work.junit(job["artifacts"]["reports"]["junit"])["failures"]), said)
        for name in job["artifacts"]["paths"]:
            check((work.path / name).exists(), f"{name} is not there")
        shutil.copytree(work.path / "shards", shards / str(index), symlinks=True)
    code, said = Workspace(program, root, "gitlab-merge").run(f"./ordeal merge {shards}")
    check(code == 1 and "4 run directories" in said, said)


def whole(program, root, seeds, name):
    """The hunt that was not split: its files, but for timing.json."""
    work = Workspace(program, root, name)
    work.run(f"./ordeal hunt first_sale --seeds {seeds} --out runs", PLANTED="--flaw F-01")
    return kept(work.path / "runs")


def kept(runs):
    [run] = [path for path in runs.iterdir() if not path.is_symlink()]
    return {path.name: path.read_bytes() for path in run.iterdir() if path.name != "timing.json"}


def check_same(one, other):
    check(one.keys() == other.keys(), f"{sorted(one)} and {sorted(other)}")
    for name, text in one.items():
        check(other[name] == text, f"{name} differs")
    check(any(name.endswith(".repro.json") for name in one), "nothing was found")


def of_github_shards(program, root):
    jobs = yaml.safe_load(example("github-shards"))["jobs"]
    github = GitHub(program, root / "github-shards")
    for shard in jobs["shard"]["strategy"]["matrix"]["shard"]:
        failed, said, _ = github.job(jobs["shard"], {"shard": shard}, PLANTED="--flaw F-01")
        check(f"shard {shard}/4, from ORDEAL_SHARD={shard}/4" in said, said)
    failed, said, work = github.job(jobs["merge"])
    check(failed and work.junit()["failures"] and "ordeal merge first" in github.summary, said)
    check_same(whole(program, root, "1..20000", "whole-github"), kept(work.path / ".ordeal/runs"))


def finished(directory):
    return sum(path.read_bytes().count(b"\n") for path in directory.rglob("results.jsonl"))


def kill_hunt(work, directory, after, done):
    """Kills the hunt in a directory, unasked, once it has finished some trials. False when it was over before."""
    while not done():
        time.sleep(0.002)
        if finished(directory) < after:
            continue
        for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = process.read_bytes().split(b"\0")
                here = os.readlink(process.parent / "cwd") == str(work.path)
            except OSError:
                continue
            wanted = str(directory.relative_to(work.path)).encode() if directory.is_relative_to(work.path) else b""
            if here and words[0] == b"./ordeal" and b"hunt" in words and (wanted or str(directory).encode()) in words:
                os.kill(int(process.parent.name), signal.SIGKILL)
                return True
    return False


def of_parallel(program, root):
    if shutil.which("parallel") is None:
        return "GNU parallel is not installed"
    work = Workspace(program, root, "parallel")
    process = work.start(example("parallel"), PLANTED="--flaw F-01")
    killed = kill_hunt(work, work.path / "shards/3", 5, lambda: process.poll() is not None)
    said, _ = process.communicate(timeout=1800)
    check(killed, "shard 3 was over before it could be killed:\n" + said)
    check("going on with shards/3/" in said, said)
    check(process.returncode == 1, said)
    check_same(whole(program, root, "1..400", "whole-parallel"), kept(work.path / ".ordeal/runs"))
    return None


def of_slurm(program, root):
    script = example("slurm")
    [first, last] = re.search(r"#SBATCH --array=(\d+)-(\d+)", script).groups()
    work = Workspace(program, root, "slurm")
    for task in range(int(first), int(last) + 1):
        code, said = work.run(script, SLURM_ARRAY_TASK_ID=str(task), SLURM_ARRAY_TASK_MIN=first,
                              SLURM_ARRAY_TASK_MAX=last, SLURM_ARRAY_TASK_STEP="1", SLURM_ARRAY_TASK_COUNT=last,
                              PLANTED="--flaw F-01")
        check(code in (0, 1) and f"shard {task}/{last}, from SLURM_ARRAY_TASK_ID={task}" in said, said)
    work.run("./ordeal merge shards")
    check_same(whole(program, root, "1..20000", "whole-slurm"), kept(work.path / ".ordeal/runs"))


def of_kubernetes(program, root):
    job = yaml.safe_load((ROOT / "docs/ci/kubernetes.yaml").read_text())
    spec = job["spec"]
    check((job["apiVersion"], job["kind"]) == ("batch/v1", "Job"), job)
    check(spec["completionMode"] == "Indexed" and spec["backoffLimitPerIndex"] > 0, spec)
    pod = spec["template"]["spec"]
    check(pod["restartPolicy"] == "Never", "podFailurePolicy asks for it")
    [container] = pod["containers"]
    environment = {item["name"]: item["value"] for item in container["env"]}
    check(environment["ORDEAL_SHARD_TOTAL"] == str(spec["completions"]), "as many shards as completions")
    [rule] = spec["podFailurePolicy"]["rules"]
    check(rule["onExitCodes"]["containerName"] == container["name"], rule)
    codes = set(rule["onExitCodes"]["values"])
    check({1, 2, 3} <= codes and not codes & {0, 75, 137, 143}, "a lost pod is tried again, a broken law is not")
    volumes = {volume["name"] for volume in pod["volumes"]}
    check(all(mount["name"] in volumes for mount in container["volumeMounts"]), pod)
    [mount] = container["volumeMounts"]

    work = Workspace(program, root, "kubernetes")
    environment["PATH"] = f"{work.path}:{os.environ['PATH']}"
    shards = work.path / "volume"
    [script] = container["args"]
    check(mount["mountPath"] in script, "what is found goes to the volume")
    script = script.replace(mount["mountPath"], str(shards))
    command = tuple(container["command"])
    for index in range(spec["completions"]):
        variables = {**environment, "JOB_COMPLETION_INDEX": str(index), "PLANTED": "--flaw F-01"}
        process = work.start(script, command, **variables)
        if index == 1:
            while finished(shards / "1") < 3 and process.poll() is None:
                time.sleep(0.002)
            process.kill()  # the node is gone
        process.communicate(timeout=1800)
        if index == 1:
            check(process.returncode == -signal.SIGKILL, "pod 1 was over before it was killed")
            process = work.start(script, command, **variables)
            said, _ = process.communicate(timeout=1800)
            check(process.returncode in (0, 1) and "going on with" in said, said)
    work.run(f"./ordeal merge {shards}")
    check_same(whole(program, root, "1..20000", "whole-kubernetes"), kept(work.path / ".ordeal/runs"))


EXAMPLES = {
    "shell": of_shell,
    "github": of_github,
    "gitlab": of_gitlab,
    "parallel": of_parallel,
    "github-shards": of_github_shards,
    "slurm": of_slurm,
    "kubernetes": of_kubernetes,
}


def main(program):
    named = set(re.findall(r"<!-- example: (\S+) -->", TEXT))
    check(named == EXAMPLES.keys() - {"kubernetes"}, f"examples without a test, or the other way round: {named}")
    failures = 0
    for name, run in EXAMPLES.items():
        with tempfile.TemporaryDirectory() as root:
            began = time.monotonic()
            try:
                skipped = run(pathlib.Path(program).resolve(), pathlib.Path(root).resolve())
                print(f"{'left out' if skipped else 'ok'}: {name}, {skipped or f'{time.monotonic() - began:.1f} s'}")
            except (AssertionError, KeyError, ValueError, OSError, subprocess.TimeoutExpired) as wrong:
                print(f"FAILED: {name}: {wrong}")
                failures += 1
            sys.stdout.flush()
    return failures != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
