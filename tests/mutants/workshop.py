"""A copy of the tree in which mistakes are planted, with a build folder of its own, so that the clone stays untouched."""
import hashlib
import pathlib
import shutil
import subprocess

import catalogue

TAKEN = ("core", "sim", "faults", "scenarios", "reports", "cmake")
SINGLE = ("CMakeLists.txt", "CMakePresets.json", "tests/mutants/reached.h")


class BuildBroke(Exception):
    pass


def sources(root):
    for top in TAKEN:
        yield from (path.relative_to(root) for path in (root / top).rglob("*") if path.is_file())
    yield from (pathlib.Path(single) for single in SINGLE)


def engine_of(root):
    """Names the code under test: results of another one say nothing about it."""
    digest = hashlib.sha256()
    for path in sorted(sources(root)):
        digest.update(f"{path}\0".encode() + (root / path).read_bytes())
    return digest.hexdigest()[:16]


class Workshop:
    """`folder`/tree is the copy, `folder`/clean the program without any mistake."""

    def __init__(self, root, folder):
        self.root = root
        self.tree = folder / "tree"
        self.log = folder / "build.log"
        self.clean = folder / "clean"
        self.program = self.tree / "build/release/ordeal"
        self.changed = []

    def open(self):
        """Copies what differs, builds the program without a mistake and keeps it."""
        wanted = set()
        for path in sources(self.root):
            wanted.add(path)
            self._put(path, (self.root / path).read_bytes())
        for top in TAKEN:
            for path in (self.tree / top).rglob("*"):
                if path.is_file() and path.relative_to(self.tree) not in wanted:
                    path.unlink()
        self._run("cmake", "--preset", "release", "-DORDEAL_TESTS=OFF", "-DORDEAL_BENCH=OFF")
        self.build()
        shutil.copy2(self.program, self.clean)

    def plant(self, mutant):
        for name, text in catalogue.planted(mutant, self.root).items():
            self._put(pathlib.Path(name), text.encode())
            self.changed.append(pathlib.Path(name))

    def restore(self):
        for path in self.changed:
            self._put(path, (self.root / path).read_bytes())
        self.changed = []

    def build(self):
        self._run("cmake", "--build", "build/release", "--target", "ordeal", "-j", "1")

    def _put(self, path, data):
        place = self.tree / path
        if place.is_file() and place.read_bytes() == data:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def _run(self, *command):
        with open(self.log, "wb") as log:
            # In a session of its own: who ends a campaign from a terminal has not broken the build.
            done = subprocess.run(command, cwd=self.tree, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False,
                                  start_new_session=True)
        if done.returncode != 0:
            lines = self.log.read_text(errors="replace").splitlines()
            said = [line for line in lines if "error:" in line or "Error " in line] or lines[-1:]
            raise BuildBroke(said[0] if said else "it says nothing")
