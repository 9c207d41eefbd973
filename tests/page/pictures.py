#!/usr/bin/python3
"""Makes the pictures of the page that README.md shows: pictures.py PROGRAM TREE. By hand, when the page looks otherwise."""

import base64
import pathlib
import subprocess
import sys
import tempfile

from browser import Browser

PROGRAM, TREE = sys.argv[1], pathlib.Path(sys.argv[2])

# Name, repro, fragment, width, from which line of pixels, how many.
PICTURES = [
    ("page.png", "F-01", "#theme=light", 1280, 0, 1440),
    ("page-phone.png", "F-16", "#theme=dark", 390, 0, 1100),
]


def main():
    browser = Browser()
    with tempfile.TemporaryDirectory() as folder:
        for name, flaw, fragment, width, top, height in PICTURES:
            page = pathlib.Path(folder) / "page.html"
            # A reader calls it ./ordeal.
            subprocess.run(["./ordeal", "report", f"tests/regressions/repros/{flaw}.small.repro.json", "--html", page],
                           executable=pathlib.Path(PROGRAM).resolve(), cwd=TREE, check=True)
            browser.size(width, 900)
            browser.open(page, fragment)
            browser.later("setTimeout(done, 500)")
            shot = browser.call("Page.captureScreenshot", captureBeyondViewport=True,
                                clip={"x": 0, "y": top, "width": width, "height": height, "scale": 1})
            (TREE / "docs" / name).write_bytes(base64.b64decode(shot["data"]))
    browser.close()


if __name__ == "__main__":
    main()
