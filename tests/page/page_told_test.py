#!/usr/bin/python3
"""What the page says, in both languages: page_told_test.py PROGRAM TREE. Debian's python3, for python3-selenium is there alone."""

import re
import sys
import unittest

from browser import data_of, with_data
from page_case import REPROS, TREE, PageCase, run


class Told(PageCase):
    def test_the_verdict_and_the_story_are_those_of_the_terminal(self):
        self.browser.open(self.oversell)
        self.assertEqual(self.browser.text("h1"), "I-10 no-oversell")
        self.assertEqual(self.browser.text(".sentence"), "2 tea are promised, of a stock of 1")
        lines = [text.replace("✗", "").replace("⚡", "").strip() for text in self.browser.texts(".story .text")]
        self.assertEqual(lines[0], "ann orders 1 tea for 10.00 CNY")
        self.assertEqual(lines[-1], "2 tea are promised, of a stock of 1")
        told = run("replay", REPROS / "F-01.small.repro.json").stdout
        for line in lines:
            self.assertIn(" ".join(line.split()), " ".join(told.split()))

    def test_comparing_says_where_the_two_part(self):
        self.browser.open(self.charge)
        said = self.browser.text(".parting-said")
        self.assertIn("payment-1 opens ann's 2nd payment", said)
        self.assertIn("payment-1 counts ann's payment as made", said)
        rows = self.browser.texts(".compare tbody tr")
        self.assertIn("Here they part", rows[[i for i, row in enumerate(rows) if "part" in row][0]])

    def test_what_both_days_say_after_the_parting_stands_in_one_row(self):
        for flaw in ("F-16", "F-08", "F-20"):
            both = data_of(self.report(flaw).read_text(encoding="utf-8"))["trial"]["comparison"]
            self.assertEqual(len(both["here"]), len(both["there"]), flaw)
            here, there = ([text for _, text in both[side][both["parting"]:] if text] for side in ("here", "there"))
            alike = sum(a[1] == b[1] for a, b in zip(both["here"][both["parting"]:], both["there"][both["parting"]:]))
            self.assertGreaterEqual(alike, min(len(set(here) & set(there)), 1), flaw)

    def test_at_the_breach_stands_what_the_code_did(self):
        self.browser.open(self.oversell)
        said = self.browser.text(".moment .planted")
        self.assertIn("What the code did (F-01): Reads the stock, compares, then subtracts", said)
        file = self.browser.text(".moment .planted code")
        self.assertTrue((TREE / file).is_file(), file)
        self.assertIn(file, self.browser.text(".verdict .planted"))
        self.browser.press("Home")
        self.assertIsNone(self.browser.text(".moment .planted"))

    def test_a_value_that_was_written_back_is_seen(self):
        page = self.report("F-08")
        data = data_of(page.read_text(encoding="utf-8"))["trial"]
        commits = [i for i in range(data["events"]["n"]) if data["strings"][data["events"]["text"][i]] == "inventory.save in inventory.db"]
        rows = []
        for event in (*commits, commits[-1] + 1):  # the fact stands beside its commit
            self.browser.open(page, f"#event={event}")
            rows.append(self.browser.texts(".row-written")[0])
            self.quiet()
        self.assertEqual(rows, ["stock tea: available 3 → 2, reserved 0 → 1", "stock tea: available 2 → 1, reserved 1 → 2",
                                *["stock tea: available 1 → 0, reserved 2 → 2 (written back as it was)"] * 2])

    def test_what_it_takes_is_said_in_short_phrases(self):
        for flaw in ("F-08", "F-16", "F-20"):
            self.browser.open(self.report(flaw))
            phrases = self.browser.texts(".but-for tbody td:nth-child(2)")
            self.assertEqual([one for one in phrases if len(one) > 75 or "›" in one], [], flaw)
            self.assertTrue(any(re.search(r", for \w+: (request|answer)", one) for one in phrases), flaw)

    def test_days_that_are_told_alike_have_no_table_of_what_parts(self):
        html = self.charge.read_text(encoding="utf-8")
        data = data_of(html)
        both = data["trial"]["comparison"]
        both.update(there=both["here"], parting=len(both["here"]))
        self.browser.open(self.write("alike.html", with_data(html, data)))
        self.assertEqual(self.browser.text("section[aria-labelledby=compare] p"), "In words the two days are the same; what differs is stored.")
        self.assertEqual(self.browser.texts(".compare"), [])
        self.quiet()

    def test_one_is_said_as_one(self):
        html = self.oversell.read_text(encoding="utf-8")
        data = data_of(html)
        messages = [row for row in data["trial"]["but_for"]["rows"] if row["kind"] == "message"]
        for needed, said in ((0, "none is needed"), (1, "1 is needed"), (2, "2 are needed")):
            for i, row in enumerate(messages):
                row["still_breaks"] = i >= needed
            self.browser.open(self.write("counted.html", with_data(html, data)))
            self.assertIn(f"Of {len(messages)} messages, each lost alone, {said}", self.browser.texts("section[aria-labelledby=takes] summary"))

    def test_the_moment_shows_what_changed(self):
        self.browser.open(self.oversell)
        moment = self.browser.text(".moment")
        for words in ("taken, tea", "12bound 1", "HELD", "ann's order"):
            self.assertIn(words, moment)
        self.assertIn("1 tea set aside", self.browser.text(".beliefs"))

    def test_a_commit_shows_the_rows_that_it_wrote(self):
        data = data_of(self.oversell.read_text(encoding="utf-8"))["trial"]
        commits = [i for i in range(data["events"]["n"]) if data["kinds"][data["events"]["kind"][i]] == "committed"
                   and data["events"]["flags"][i] & 1]
        self.browser.open(self.oversell, f"#event={commits[-1]}")
        written = self.browser.texts(".written li")
        self.assertEqual(written[0], "update stock set available = available - 1, reserved = reserved + 1 where sku = 1")
        self.assertRegex(written[1], r"^stock tea: available 0 → -1, reserved \d+ → \d+$")
        self.assertEqual(written[2], "insert into reservation(order_id, sku, qty, state) values(ann's order, 1, 1, 0)")

    def test_it_speaks_chinese_too(self):
        self.browser.open(self.oversell, "#lang=zh")
        self.assertEqual(self.browser.text("#story"), "经过")
        self.assertEqual(self.browser.run("return document.documentElement.lang"), "zh-Hans")
        self.quiet()

    def test_the_chinese_page_tells_its_story_in_chinese(self):
        self.browser.open(self.oversell, "#lang=zh")
        story = [text.replace("✗", "").replace("⚡", "").strip() for text in self.browser.texts(".story .text")]
        self.assertEqual([line for line in story if not re.search("[\u4e00-\u9fff]", line)], [])
        self.assertIn("答应卖出", story[-1])
        for place in (".sentence", ".promise bdi", ".parting-said", ".compare tbody .differs", ".but-for tbody td:nth-child(2)"):
            self.assertRegex(self.browser.text(place), "[\u4e00-\u9fff]", place)
        self.assertNotRegex(self.browser.text(".parting-said"), "orders|sets")
        self.quiet()
        self.browser.open(self.oversell, "#lang=en")
        self.assertEqual(self.browser.text(".sentence"), "2 tea are promised, of a stock of 1")

    # Of what is said to people; logs and marks are words of programs.
    KINDS_SAID = {"steps": "party fact", "messages": "message_sent message_delivered message_lost", "commits": "committed",
                  "faults": "fault disk_crash", "hosts": "host_up host_down clock_set"}

    # What a sentence is made of; hosts, goods, people, messages and files are named by other words.
    ENGLISH = set("and of to is are the which that for time wants want at with was were in on by from not no gives give holds has have had one "
                  "unit units order orders ordered seller sellers bucket buckets day days token cancels cancel writes write down asks asked told took "
                  "takes along back leave alone again anew before after paying booking bookings home also while move moves moving last another same "
                  "under until it its him her his their them who what when if as be been none nobody".split())

    def english_in(self, chinese, hosts):
        named = re.sub(r"[“\"][^”\"]*[”\"]|(db )?(read |connect )?[\w-]+\.[\w.]+|/[\w-]+|\w+-[\w-]+", " ", chinese)
        return [word for word in re.findall(r"[a-z]+", named) if word in self.ENGLISH and word not in hosts]

    def test_no_line_of_a_chinese_page_is_left_in_english(self):
        said = set(" ".join(self.KINDS_SAID.values()).split())
        left, looked = [], 0
        for repro in sorted(REPROS.glob("*.repro.json")):
            flaw = repro.name.removesuffix(".small.repro.json")
            trial = data_of(self.report(flaw).read_text(encoding="utf-8"))["trial"]
            strings, events, picture = trial["strings"], trial["events"], trial["picture"]
            chinese = {**trial["translations"], **{strings[n]: text for n, text in trial["translated"]}}
            left += [f"{flaw}: {text}" for text in chinese.values() if "word:" in text]
            hosts = set(trial["hosts"])
            left += [f"{flaw}: {text}" for text in chinese.values() if self.english_in(text, hosts)]
            texts = {strings[events["text"][i]] for i in range(events["n"])
                     if trial["kinds"][events["kind"][i]] in said and not re.match(r"\w+\.[A-Z]\w+$", strings[events["text"][i]])}
            texts |= {strings[move[n]] for move in picture["moves"] for n in (1, 3, 4, 5)}
            texts |= {strings[belief[3]] for belief in picture["beliefs"]} | {strings[level[1]] for level in picture["levels"]}
            texts |= {strings[one[6]] for one in picture["passages"]} | {strings[one[1]] for one in picture["passages"] if "purse" in strings[one[1]]}
            texts |= {what for _, what, _ in trial["planted"]} | {line[2] for line in trial["story"]}
            if trial.get("but_for"):
                texts |= {row["what"] for row in trial["but_for"]["rows"] if row["kind"] != "actor"}
            if trial.get("comparison"):
                texts |= {trial["comparison"]["title"]} | {line[1] for side in ("here", "there") for line in trial["comparison"][side]}
            texts.discard("")
            looked += len(texts)
            left += [f"{flaw}: {text} → {chinese.get(text)}" for text in sorted(texts) if not re.search("[\u4e00-\u9fff]", chinese.get(text, ""))]
        self.assertGreater(looked, 1000)
        self.assertEqual(left, [])

    def test_the_chinese_page_shows_its_translations(self):
        self.browser.open(self.report("F-16"), "#lang=zh")
        self.browser.later("setTimeout(done, 200)")
        for place in (".list tbody td.text", ".list tbody td:nth-child(3)", ".beliefs tbody td", ".figure-name span:first-child", ".state-name",
                      ".planted bdi", ".compare thead th:nth-child(2) bdi"):
            texts = [text for text in self.browser.texts(place) if text != "–"]
            self.assertTrue(texts, place)
            self.assertEqual([text for text in texts if not re.search("[\u4e00-\u9fff]", text)
                              and not re.match(r"\w+\.[A-Z]", text)], [], place)
        self.quiet()

    def test_both_languages_say_all_there_is_to_say(self):
        words = (TREE / "web/src/words.js").read_text(encoding="utf-8")
        en, zh = words.split("\n  zh: {")
        keys = [set(re.findall(r"(?:^|[ {])(\w+): (?:'|\()", part, re.M)) for part in (en, zh)]
        self.assertEqual(keys[0] ^ keys[1], set())
        self.assertGreater(len(keys[0]), 100)
        asked = set()
        for source in (TREE / "web/src").glob("*.js"):
            asked |= set(re.findall(r"say\('(\w+)'[,)]", source.read_text(encoding="utf-8")))
        self.assertEqual(asked - keys[0], set())

    def test_it_knows_no_trade_word(self):
        for source in [*(TREE / "web/src").glob("*.js"), *(TREE / "reports/page").glob("*.cc")]:
            code = re.sub(r"(?m)^\s*//.*$", "", source.read_text(encoding="utf-8"))
            found = re.findall(r"(?i)shopper|merchant|payment|refund|\bsku|stock|channel|catalogue|purse", code)
            self.assertEqual(found, [], source)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
