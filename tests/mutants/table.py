"""Results as Markdown, for docs/mutants.md, and the sums below it."""
import statistics

ORDER = ("killed", "survived", "hung", "does not compile", "does not fit", "equivalent")


def percentile(values, share):
    """The smallest value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)] if ordered else 0.0


def found(row):
    """By which law, where, and what it cost."""
    if row["status"] != "killed":
        return row["status"], "", ""
    how = " (explore)" if row["found_by"] == "explore" else ""
    return row["law"], f"{row['scenario']} {row['seed']}{how}", f"{row['cpu']:.1f}"


def sums(rows):
    """The totals as lines of text; `rows` are pairs of a mutant and its result."""
    judged = [row for mutant, row in rows if not mutant.equivalent]
    killed = [row for row in judged if row["status"] == "killed"]
    by_check = [row for row in killed if row["verdict"] not in ("safety", "liveness", "nondeterminism")]
    unshown = [row for row in killed if row["reach"] != "reached"]
    share = 100 * len(killed) / len(judged) if judged else 0.0
    cpu = [row["cpu"] for row in killed]
    lines = [f"{len(rows)} mutants, {len(rows) - len(judged)} of them equivalent; of the others {len(killed)} killed, "
             f"{share:.1f} %."]
    for status in ORDER[1:5]:
        number = sum(row["status"] == status for row in judged)
        if number:
            lines.append(f"{number} {status}.")
    if killed:
        lines.append(f"CPU-seconds to a kill: median {statistics.median(cpu):.2f}, 95th percentile {percentile(cpu, 95):.2f}, "
                     f"most {max(cpu):.2f}. {len(by_check)} were killed by a failed check or a crash, and for "
                     f"{len(unshown)} it is not shown that the history reached the place.")
    wrong = [mutant.id for mutant, row in rows if mutant.equivalent and row["status"] == "killed"]
    if wrong:
        lines.append(f"Called equivalent and killed all the same: {', '.join(wrong)}.")
    return lines


def markdown(rows):
    lines = ["| mutant | kind | mistake | found by | scenario, seed | CPU-s |", "|---|---|---|---|---|---:|"]
    for mutant, row in rows:
        law, where, cpu = found(row)
        if mutant.equivalent and row["status"] != "killed":
            law = "equivalent"
        mark = " *" if row["status"] == "killed" and row["reach"] != "reached" else ""
        lines.append(f"| {mutant.id} | {mutant.kind} | {_cell(mutant.mistake)} | {law}{mark} | {where} | {cpu} |")
    lines += ["", *sums(rows)]
    lines += _told(rows, "Survivors", lambda mutant, row: not mutant.equivalent and row["status"] != "killed",
                   lambda mutant, row: f"{row['status']}, {row.get('reach', 'not built')}. "
                                       f"{mutant.diagnosis or 'No diagnosis yet.'} {mutant.cure}".strip())
    lines += _told(rows, "Equivalent", lambda mutant, row: bool(mutant.equivalent),
                   lambda mutant, row: mutant.equivalent)
    return "\n".join(lines) + "\n"


def _told(rows, title, which, text):
    chosen = [(mutant, row) for mutant, row in rows if which(mutant, row)]
    if not chosen:
        return []
    return ["", f"**{title}**", "", *(f"- {mutant.id}: {mutant.mistake} {text(mutant, row)}" for mutant, row in chosen)]


def _cell(text):
    return text.replace("|", "\\|")
