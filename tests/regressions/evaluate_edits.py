#!/usr/bin/env python3
"""Do small repros outlive edits that have nothing to do with them?

Takes every repro of a folder, applies one unrelated edit at a time, replays, and reports the share that still
breaks its invariant and how many strikes still met their place. Edits of scenarios and workloads change the
scenario inside the repro and need no build. Edits of code are made in TREE, built there and taken back, so
TREE should be a copy or a worktree of its own with nothing uncommitted; without --tree they are left out.

    tests/regressions/evaluate_edits.py --program build/release/ordeal
    tests/regressions/evaluate_edits.py --tree ../copy --build build/release [--only NAME]

Not part of the test run: it builds once for each edit of code. The figures stand in docs/results.md.
"""

import argparse
import copy
import json
import pathlib
import subprocess
import sys
import tempfile


# ---- edits of scenarios and workloads: each changes a repro's scenario in place ----

def set_at(path, value):
    def edit(repro):
        place = repro["scenario"]
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
    return edit


def shorter_storm(repro):
    repro["scenario"]["storm"] = "20h"
    if repro["plan"]:
        repro["plan"]["heal_at"] = "20h"  # faults end with the storm


def crowd(repro):
    return repro["scenario"]["workloads"][0]


def extra_shopper(repro):
    crowd(repro)["shoppers"] += 1
    left = repro["workload"]["only"]
    if left is not None:
        left.append(f"shopper-{crowd(repro)['shoppers'] - 1}")


def two_extra_shoppers_of_the_old(repro):
    left = repro["workload"]["only"]
    everybody = [f"shopper-{n}" for n in range(crowd(repro)["shoppers"])]
    left.extend([name for name in everybody if name not in left][:2])


def slower_merchant(repro):
    next(p for p in repro["scenario"]["parties"] if p["kind"] == "merchant")["slow"] = "1/10"


def extra_sku(repro):
    repro["scenario"]["catalogue"].append({"sku": "spoon", "price": "5.00 CNY", "stock": 50, "weight": 1})


def ledger_moves_in_with_notification(repro):
    hosts = repro["scenario"]["hosts"]
    hosts[:] = [h for h in hosts if h["services"] != ["ledger"]]
    next(h for h in hosts if h["services"] == ["notification"])["services"].append("ledger")


def ledger_host_renamed(repro):
    next(h for h in repro["scenario"]["hosts"] if "ledger" in h["services"])["name"] = "books-1"


WORK = ["workloads", 0]
HABITS = WORK + ["habits"]
SCENARIO_EDITS = {
    "another price of tea": set_at(["catalogue", 0, "price"], "72.00 CNY"),
    "another price of a teapot": set_at(["catalogue", 1, "price"], "310.00 CNY"),
    "more cups": set_at(["catalogue", 2, "stock"], 140),
    "one more sku": extra_sku,
    "one more shopper": extra_shopper,
    "two shoppers of the old come too": two_extra_shoppers_of_the_old,
    "fuller purses": set_at(WORK + ["purse"], "9000.00 CNY"),
    "arrivals over three seconds": set_at(WORK + ["arrive", "until"], "3s"),
    "fewer never pay": set_at(HABITS + ["never_pays"], "1/20"),
    "fewer debit directly": set_at(HABITS + ["direct_debit"], "29/100"),
    "more double clicks": set_at(HABITS + ["double_click"], "3/10"),
    "longer thought": set_at(HABITS + ["think", "max"], "4m"),
    "later latecomers": set_at(HABITS + ["late", "max"], "25m"),
    "three lines in a basket": set_at(HABITS + ["lines_max"], 3),
    "a slower merchant": slower_merchant,
    "bigger pages": set_at(["database", "page_size"], 4096),
    "another first day": set_at(["start"], "2026-03-01T00:00:00Z"),
    "a shorter storm": shorter_storm,
    "a longer settle bound": set_at(["settle_bound"], "60h"),
    "fewer windows": set_at(["faults", "windows_max"], 6),
    "ledger on the notification host": ledger_moves_in_with_notification,
    "the ledger host renamed": ledger_host_renamed,
    "unpaid orders closed by timer": set_at(["designs", "order.close_by"], "delayed_timer"),
    "stock behind row locks": set_at(["designs", "stock.gate"], "row_lock"),
    "status by version": set_at(["designs", "order.status_write"], "version"),
}

# ---- edits of code: file, old text, new text; every occurrence in the file ----

CODE_EDITS = {
    "a log line in the notification": [
        ("core/notification/service.cc", "  return {true};\n}\n\nstd::optional<Instant> Service::pass",
         '  env_.log.line([&] { return "noted " + order.text(); });\n  return {true};\n}\n\nstd::optional<Instant> Service::pass')],
    "another batch size": [("core/notification/service.cc", "due.size() == 32", "due.size() == 16"),
                           ("core/notification/service.cc", "limit 33", "limit 17")],
    "a longer pause between batches": [("core/notification/service.cc", "30'000'000'000", "45'000'000'000")],
    "a transaction renamed": [("core/notification/service.cc", "notification.note", "notification.write_down")],
    "a column renamed": [("core/notification/service.cc", "sent_at", "told_at"),
                         ("core/notification/service.h", "sent_at", "told_at"),
                         ("scenarios/flows/purchase/laws/rest_rows.cc", "sent_at", "told_at")],
    "one more column": [("core/notification/service.h", "  sent_at integer,",
                         "  sent_at integer,\n  note text,")],
    "smaller batches of unpaid orders": [("core/order/payments.cc", "kBatch = 32", "kBatch = 8")],
    "smaller batches of attempts": [("core/payment/service.cc", "kBatch = 32", "kBatch = 8")],
    "a ledger transaction renamed": [("core/ledger/service.cc", '"ledger.sale"', '"ledger.book_sale"')],
    "a message to the ledger renamed": [
        ("core/ledger/service.cc", '"on_order_paid"', '"on_sale"'),
        ("core/order/context.cc", '{"ledger", "on_order_paid"}', '{"ledger", "on_sale"}')],
    "a message to the order renamed, on the way of repros": [
        ("core/order/service.cc", '"on_captured"', '"on_money"'),
        ("core/payment/service.cc", '"on_captured"', '"on_money"')],
    "a function renamed": [("scenarios/flows/purchase/parties/merchant.cc", "on_notice", "receive_notice"),
                           ("scenarios/flows/purchase/parties/merchant.h", "on_notice", "receive_notice")],
    "one more mark": [("core/notification/service.cc", "  int failures = 0;\n",
                       '  int failures = 0;\n  if (due.size() > 1) env_.log.sometimes("several notices at once");\n')],
    "less patience of shoppers": [("scenarios/flows/purchase/parties/shopper.cc", "kPatience = 10_s", "kPatience = 9_s")],
    "later retries of shoppers": [("scenarios/flows/purchase/parties/shopper.cc", "{2_s, 5_s, 15_s", "{3_s, 6_s, 15_s")],
    "one more message of a shopper": [
        ("scenarios/flows/purchase/parties/shopper.cc", "  const api::PlaceReply reply = place(request);\n",
         '  env::Env& extra = process_.env();\n'
         '  (void)extra.http.post("https://" + pick_channel() + "/cashier", "pay_code=&shopper=" + name(), 1_s);\n'
         "  const api::PlaceReply reply = place(request);\n")],
    "slower links": [("scenarios/play/play.cc", "  engine.trace = options.trace;\n",
                      "  engine.trace = options.trace;\n  engine.link.max = {2'000'000};\n")],
    "more through JSON": [("scenarios/play/play.cc", "  engine.trace = options.trace;\n",
                           "  engine.trace = options.trace;\n  engine.through_json = {1, 16};\n")],
    "the swarm may draw longer delays": [("scenarios/play/menu.cc", "kDelayMax = 30_s", "kDelayMax = 40_s")],
}


def run(command, **more):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)


def replay(program, repro, folder):
    file = pathlib.Path(folder) / "edited.repro.json"
    file.write_text(json.dumps(repro))
    ran = run([program, "replay", file, "--json", "-q"])
    try:
        outcome = json.loads(ran.stdout)["replay"]
    except (json.JSONDecodeError, KeyError):
        if ran.returncode == 65:  # the repro names a host that is gone: refused is lost
            return False, 0, len(repro["strikes"])
        raise SystemExit(f"replay failed with {ran.returncode}: {ran.stderr}")
    strikes = outcome["strikes"]
    return outcome["found_again"], strikes["matched"], strikes["of"]


class Sums:
    def __init__(self):
        self.edits = self.trials = self.found = self.matched = self.strikes = 0

    def count(self, results):
        self.edits += 1
        self.trials += len(results)
        self.found += sum(found for _, found, _, _ in results)
        self.matched += sum(matched for _, _, matched, _ in results)
        self.strikes += sum(of for _, _, _, of in results)

    def add(self, name, results):
        self.count(results)
        lost = ", ".join(repro for repro, found, _, _ in results if not found)
        print(f"  {sum(r[1] for r in results)} of {len(results)}  {name}" + (f"  (lost: {lost})" if lost else ""),
              flush=True)

    def tell(self, title):
        share = 100.0 * self.found / self.trials if self.trials else 0.0
        print(f"{title}: {self.edits} edits, {self.found} of {self.trials} replays break the same invariant "
              f"({share:.1f} %), {self.matched} of {self.strikes} strikes matched", flush=True)


def play_all(program, repros, edit):
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, repro in repros.items():
            edited = copy.deepcopy(repro)
            edit(edited)
            results.append((name, *replay(program, edited, folder)))
    return results


def with_code_edit(tree, build, changes, then):
    before = {}
    try:
        hits = 0
        for name, old, new in changes:
            file = tree / name
            if not file.exists():
                continue
            text = file.read_text()
            before.setdefault(file, text)
            hits += text.count(old)
            file.write_text(text.replace(old, new))
        if hits == 0:
            return None
        built = run(["cmake", "--build", build, "--target", "ordeal"], cwd=tree)
        if built.returncode != 0:
            print(built.stdout[-2000:], file=sys.stderr)
            return None
        return then()
    finally:
        for file, text in before.items():
            file.write_text(text)


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repros", type=pathlib.Path, default=here / "repros")
    parser.add_argument("--program", type=pathlib.Path, help="plays the edits of scenarios")
    parser.add_argument("--tree", type=pathlib.Path, help="a copy of the sources, for the edits of code")
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"), help="within TREE")
    parser.add_argument("--only", help="edits whose name contains this")
    options = parser.parse_args()
    repros = {file.name.split(".")[0]: json.loads(file.read_text())
              for file in sorted(options.repros.glob("*.repro.json"))}
    if not repros:
        raise SystemExit(f"no repros in {options.repros}")

    # The edits of scenarios know the catalogue and the hosts of this one.
    of_first_sale = {name: repro for name, repro in repros.items() if repro["scenario"]["name"] == "first_sale"}

    def chosen(edits):
        return {k: v for k, v in edits.items() if options.only is None or options.only in k}

    total = Sums()
    failed = []
    if options.program:
        for name, edit in chosen(SCENARIO_EDITS).items():
            total.add(name, play_all(options.program, of_first_sale, edit))
        total.tell("scenarios and workloads")
    if options.tree:
        program = options.tree / options.build / "ordeal"
        code = Sums()
        for name, changes in chosen(CODE_EDITS).items():
            results = with_code_edit(options.tree, options.build, changes,
                                     lambda: play_all(program, repros, lambda repro: None))
            if results is None:
                failed.append(name)
                continue
            code.add(name, results)
            total.count(results)
        code.tell("code")
        run(["cmake", "--build", options.build, "--target", "ordeal"], cwd=options.tree)
    total.tell("all")
    if failed:
        print("not applied (the code moved on): " + ", ".join(failed))


if __name__ == "__main__":
    main()
