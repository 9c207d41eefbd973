"""The catalogue of mutants: reading it, checking it against the tree, and planting one of its mistakes.

A catalogue file holds entries; what stands before the first one is for readers. An entry:

  === gate-01                       its id, for good
  file: core/inventory/gate.cc
  kind: forgotten undo              one of KINDS
  mistake: one sentence that a payment engineer understands
  design: stock.gate=row_lock       may be repeated: without it the place is never reached
  scenarios: day_end first_sale     where to hunt, the best first; else SCENARIOS
  reach: EXPRESSION                 who reaches this comes by the mistake; "FILE: EXPRESSION" elsewhere; or "not shown"
  equivalent: why it changes nothing that anybody can see
  diagnosis: why it survives (bad mutant, weak law, weak workload, missing law)
  cure: what would find it
  --- before
  the text that is replaced, in the file just once
  --- after
  what stands there instead

How planted code tells that it was reached, the first that applies: REACHED() in the text after; the `reach` of the entry,
every use of which is instrumented; for a text within `constexpr env::Sql NAME{…}` every use of NAME.
"""
import dataclasses
import pathlib
import re

# Modules that no trial runs, so no law can find a mistake in them: their own tests have to.
OUTSIDE_TRIALS = {"reconciliation"}

KINDS = (
    "lost condition", "lost repeat check", "swapped statements", "moved across a commit", "early acknowledgement",
    "missed wake-up", "ignored result", "off by one", "wrong column", "wrong account", "wrong unit", "lost quantity",
    "forgotten undo", "unverified answer", "lost write", "lost event", "wrong time", "wrong state", "gives up early",
)
SCENARIOS = ("first_sale", "late_money", "silent_channel", "day_end", "late_money_instances", "first_sale_instances",
             "first_sale_monolith", "flash_sale", "clocks_go_back")
# Where a design is that the others do not have; played only for entries that name them.
PARTICULAR = ("cache_failover", "broker_outage", "coupon_rush", "cart_batch", "shopping_cart", "hoarders", "two_shards", "seller_desk", "reshard_day",
              "reshard_undone", "course_seckill", "one_seat", "court_hour", "venue_booking", "two_instances", "lost_lock", "pay_to_take",
              "one_quota", "payout_quota", "pieces_back", "old_trades", "to_the_bank", "refund_wave", "one_mug", "mugs_for_all", "points_evening",
              "drifting_points", "wishes_by_broker", "one_cycle", "netting_day", "job_twice", "pickup_day", "pickup_settlement", "profit_share")
MARKER = "ORDEAL_MUTANT_REACHED()"
NOT_SHOWN = "not shown"
FEWEST = 150


class Wrong(Exception):
    """An entry that cannot be read or does not fit the tree."""


@dataclasses.dataclass
class Mutant:
    id: str
    place: str  # catalogue file and line, for messages
    file: str = ""
    kind: str = ""
    mistake: str = ""
    designs: list = dataclasses.field(default_factory=list)
    scenarios: tuple = SCENARIOS
    reach: str = ""
    equivalent: str = ""
    diagnosis: str = ""
    cure: str = ""
    before: str = ""
    after: str = ""

    @property
    def module(self):
        return self.file.split("/")[1] if self.file.count("/") >= 2 else ""


def read_file(path):
    mutants = []
    part = None  # "before" and "after" take lines as they are
    for number, line in enumerate(path.read_text().split("\n"), 1):
        place = f"{path.name}:{number}"
        if line.startswith("=== "):
            mutants.append(Mutant(id=line[4:].strip(), place=place))
            part = None
        elif not mutants:
            continue
        elif line in ("--- before", "--- after"):
            part = line[4:]
        elif part:
            setattr(mutants[-1], part, getattr(mutants[-1], part) + line + "\n")
        elif line.strip():
            _read_field(mutants[-1], line, place)
    for mutant in mutants:
        mutant.before = mutant.before.rstrip("\n")
        mutant.after = mutant.after.rstrip("\n").replace("REACHED()", MARKER)
    return mutants


def _read_field(mutant, line, place):
    key, colon, value = line.partition(":")
    value = value.strip()
    if not colon or not value:
        raise Wrong(f"{place}: expected 'key: value', found '{line}'")
    if key == "design":
        mutant.designs.append(value)
    elif key == "scenarios":
        mutant.scenarios = tuple(value.split())
    elif key in ("file", "kind", "mistake", "reach", "equivalent", "diagnosis", "cure"):
        if getattr(mutant, key):
            raise Wrong(f"{place}: {key} is said twice")
        setattr(mutant, key, value)
    else:
        raise Wrong(f"{place}: unknown key '{key}'")


def read(root):
    folder = pathlib.Path(root) / "tests/mutants/catalogue"
    return [mutant for path in sorted(folder.glob("*.mutants")) for mutant in read_file(path)]


KILLED_HEAD = "# Written by campaign.py --note-killed: what campaign.py --sample draws from.\n"


def killed_file(root):
    return pathlib.Path(root) / "tests/mutants/killed.txt"


def killed(root):
    return {line for line in killed_file(root).read_text().splitlines() if line and not line.startswith("#")}


def planted(mutant, root):
    """The files that change, with their new texts. Raises Wrong where the entry does not fit."""
    root = pathlib.Path(root)
    path = root / mutant.file
    if not mutant.file.startswith("core/") or not path.is_file():
        raise Wrong(f"{mutant.place}: {mutant.id}: no file '{mutant.file}' in core/")
    text = path.read_text()
    if not mutant.before or text.count(mutant.before) != 1:
        raise Wrong(f"{mutant.place}: {mutant.id}: 'before' is in {mutant.file} {text.count(mutant.before)} times")
    at = text.index(mutant.before)
    head, tail = text[:at], text[at + len(mutant.before):]
    if MARKER in mutant.after:
        return {mutant.file: _including(head + mutant.after + tail)}
    if mutant.reach == NOT_SHOWN:
        return {mutant.file: head + mutant.after + tail}
    elsewhere, expression = _reach_of(mutant, head)
    if elsewhere:
        if not (root / elsewhere).is_file():
            raise Wrong(f"{mutant.place}: {mutant.id}: no file '{elsewhere}' to see it reached in")
        told, uses = _instrumented((root / elsewhere).read_text(), expression)
        texts = {mutant.file: head + mutant.after + tail, elsewhere: _including(told)}
    else:
        told_head, before = _instrumented(head, expression)
        told_tail, behind = _instrumented(tail, expression)
        uses = before + behind
        texts = {mutant.file: _including(told_head + mutant.after + told_tail)}
    if uses == 0:
        raise Wrong(f"{mutant.place}: {mutant.id}: '{expression}' is used nowhere, so reach cannot be shown")
    return texts


def shows_reach(mutant):
    return mutant.reach != NOT_SHOWN


def _reach_of(mutant, head):
    if mutant.reach:
        file, colon, expression = mutant.reach.partition(": ")
        return (file, expression) if colon and file.startswith("core/") else ("", mutant.reach)
    told = head + mutant.before
    found = list(re.finditer(r"constexpr env::Sql (\w+)\{", told))
    if found and "};" not in told[found[-1].end():].removesuffix("};"):
        return "", found[-1].group(1)
    raise Wrong(f"{mutant.place}: {mutant.id}: nothing says how reach is shown ('reach: {NOT_SHOWN}' if it cannot be)")


def _instrumented(text, expression):
    left = r"(?<![\w.>])" if re.match(r"\w", expression) else ""
    right = r"\b" if re.search(r"\w$", expression) else ""
    uses = 0

    def instrument(match):
        nonlocal uses
        if "constexpr" in text[text.rfind("\n", 0, match.start()) + 1:match.start()]:
            return match.group(0)  # its definition
        uses += 1
        return f"({MARKER}, {match.group(0)})"

    return re.sub(left + re.escape(expression) + right, instrument, text), uses


def _including(text):
    """With the marker's header; lines keep their numbers, which failed checks print."""
    return '#include "tests/mutants/reached.h"\n#line 1\n' + text


def modules_with_code(root):
    """Modules of core/ with statements of their own. env/ is interfaces, wire/ and api/ are mostly forms."""
    root = pathlib.Path(root)
    return {path.parts[-2] for path in root.glob("core/*/*.cc")} - OUTSIDE_TRIALS


def complaints(mutants, root):
    """What is wrong with a catalogue as a whole and with each of its entries; empty when nothing is."""
    wrong = []
    seen = {}
    for mutant in mutants:
        if mutant.id in seen:
            wrong.append(f"{mutant.place}: {mutant.id} is the id of {seen[mutant.id]}, too")
        seen.setdefault(mutant.id, mutant.place)
        if mutant.kind not in KINDS:
            wrong.append(f"{mutant.place}: {mutant.id}: unknown kind '{mutant.kind}'")
        if not mutant.mistake or mutant.before == mutant.after:
            wrong.append(f"{mutant.place}: {mutant.id}: no mistake, or none that changes anything")
        for scenario in mutant.scenarios:
            if scenario not in SCENARIOS + PARTICULAR:
                wrong.append(f"{mutant.place}: {mutant.id}: unknown scenario '{scenario}'")
        if bool(mutant.diagnosis) != bool(mutant.cure):
            wrong.append(f"{mutant.place}: {mutant.id}: a diagnosis needs a cure, and a cure a diagnosis")
        try:
            planted(mutant, root)
        except Wrong as error:
            wrong.append(str(error))
    for module in sorted(modules_with_code(root) - {mutant.module for mutant in mutants}):
        wrong.append(f"core/{module} has code and no mutant")
    if len(mutants) < FEWEST:
        wrong.append(f"{len(mutants)} mutants, and {FEWEST} are promised")
    return wrong
