#!/usr/bin/env python3
"""The catalogue fits the tree, and a catalogue that does not is told. Without a compiler, in a second."""
import pathlib
import sys
import tempfile
import unittest

import catalogue

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENTRY = """What stands here is for readers.
=== take-more
file: core/shop/shop.cc
kind: off by one
mistake: One more is taken.
--- before
  take(1);
--- after
  take((REACHED(), 2));
=== take-any
file: core/shop/shop.cc
kind: lost condition
mistake: Stock is taken from any row.
--- before
 where id = ?"};
--- after
"};
"""
CODE = """constexpr env::Sql kOther{"select 1"};
constexpr env::Sql kTake{"update stock where id = ?"};
void go() {
  take(1);
  tx.exec(kTake, 7);
}
"""


class TheCatalogue(unittest.TestCase):
    def test_fits_the_tree(self):
        self.assertEqual(catalogue.complaints(catalogue.read(ROOT), ROOT), [])

    def test_has_what_samples_are_drawn_from(self):
        known = catalogue.killed(ROOT)
        self.assertGreater(len(known), 0)
        self.assertEqual(known - {mutant.id for mutant in catalogue.read(ROOT)}, set())


class ACatalogue(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        self.write("core/shop/shop.cc", CODE)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def read(self, text=ENTRY):
        self.write("tests/mutants/catalogue/shop.mutants", text)
        return catalogue.read(self.root)

    def wrong(self, text):
        """What is wrong but for the number of entries."""
        return [line for line in catalogue.complaints(self.read(text), self.root) if "are promised" not in line]

    def test_is_read(self):
        more, any_row = self.read()
        self.assertEqual((more.id, more.module, more.kind), ("take-more", "shop", "off by one"))
        self.assertEqual(more.before, "  take(1);")
        self.assertEqual(any_row.after, '"};')
        self.assertEqual(self.wrong(ENTRY), [])

    def test_plants_code_that_tells(self):
        text = catalogue.planted(self.read()[0], self.root)["core/shop/shop.cc"]
        self.assertEqual(text, '#include "tests/mutants/reached.h"\n#line 1\n'
                         + CODE.replace("take(1)", "take((ORDEAL_MUTANT_REACHED(), 2))"))

    def test_instruments_the_uses_of_a_statement(self):
        text = catalogue.planted(self.read()[1], self.root)["core/shop/shop.cc"]
        self.assertIn('kTake{"update stock"};', text)
        self.assertIn("tx.exec((ORDEAL_MUTANT_REACHED(), kTake), 7);", text)

    def test_instruments_who_is_named_in_another_file(self):
        self.write("core/shop/user.cc", "void use() { go(); }\n")
        text = ENTRY.replace("mistake: Stock", "reach: core/shop/user.cc: go()\nmistake: Stock")
        texts = catalogue.planted(self.read(text)[1], self.root)
        self.assertIn("(ORDEAL_MUTANT_REACHED(), go());", texts["core/shop/user.cc"])
        self.assertNotIn("REACHED", texts["core/shop/shop.cc"])

    def test_that_rots_is_told(self):
        self.write("core/shop/shop.cc", CODE.replace("take(1)", "take(3)"))
        self.assertIn("0 times", self.wrong(ENTRY)[0])
        self.write("core/shop/shop.cc", CODE.replace("  take(1);", "  take(1);\n  take(1);"))
        self.assertIn("2 times", self.wrong(ENTRY)[0])
        self.write("core/shop/shop.cc", CODE.replace("tx.exec(kTake, 7);", ""))
        self.assertIn("used nowhere", self.wrong(ENTRY)[0])

    def test_of_two_with_one_id_is_told(self):
        self.assertIn("is the id of", self.wrong(ENTRY.replace("take-any", "take-more"))[0])

    def test_that_forgets_a_module_is_told(self):
        self.write("core/till/till.cc", CODE)
        self.write("core/forms/forms.h", CODE)
        self.assertEqual(self.wrong(ENTRY), ["core/till has code and no mutant"])

    def test_that_is_too_small_is_told(self):
        self.assertIn("2 mutants", catalogue.complaints(self.read(), self.root)[0])

    def test_of_unknown_words_is_told(self):
        self.assertIn("unknown kind", self.wrong(ENTRY.replace("off by one", "bad luck"))[0])
        self.assertIn("unknown scenario", self.wrong(ENTRY.replace("mistake: One", "scenarios: next_sale\nmistake: One"))[0])
        self.assertIn("needs a cure", self.wrong(ENTRY.replace("mistake: One", "diagnosis: weak law\nmistake: One"))[0])
        with self.assertRaisesRegex(catalogue.Wrong, "unknown key"):
            self.read(ENTRY.replace("mistake: One", "mistaek: One"))


if __name__ == "__main__":
    sys.exit(unittest.main())
