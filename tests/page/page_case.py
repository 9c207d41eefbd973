"""What tests of the page share: a browser, and pages of the repros that are kept."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from browser import Browser

PROGRAM, TREE = sys.argv[1], pathlib.Path(sys.argv[2])
REPROS = TREE / "tests/regressions/repros"
NO_LOCALE = {**os.environ, "LC_ALL": "C"}


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, env=NO_LOCALE)


class PageCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="ordeal-page-"))
        cls.browser = Browser()
        cls.oversell = cls.report("F-01")
        cls.charge = cls.report("F-16")

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        shutil.rmtree(cls.folder)

    @classmethod
    def report(cls, flaw):
        path = cls.folder / f"{flaw}.html"
        if not path.exists():
            done = run("report", REPROS / f"{flaw}.small.repro.json", "--html", path)
            assert done.returncode == 0, done.stderr
        return path

    def write(self, name, html):
        path = self.folder / name
        path.write_text(html, encoding="utf-8")
        return path

    def quiet(self):
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual(self.browser.requests(), [])

    def tearDown(self):
        self.browser.media()
        self.browser.size(1280, 900)
