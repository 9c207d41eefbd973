// `ordeal man`: the manual page, in the language of man pages (mdoc):  ordeal man | man -l -
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/cli/describe/description.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/verbs.h"

namespace ordeal::cli {
namespace {

// Text as it is: nothing in it is a request, an escape or a macro.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

// As an argument of a macro.
std::string argument(std::string_view text) {
  std::string out = "\"\\&";
  for (const char c : plain(text)) out += c == '"' ? std::string("\\(dq") : std::string(1, c);
  return out + "\"";
}

std::string verb_text(const DescribedVerb& verb) {
  std::string out = ".Ss " + argument("ordeal " + verb.name) + "\n";
  out +=
      plain(std::string(1, static_cast<char>(std::toupper(verb.summary.front()))) + verb.summary.substr(1)) +
      ".\n";
  if (verb.arguments.empty()) return out;
  out += ".Bl -tag -width Ds\n";
  for (const Described& one : verb.arguments) {
    if (one.is_word) {
      out += ".It Ar " + argument(one.type) + "\n";
    } else {
      out += ".It Sy " + argument(fmt::format("{}", fmt::join(one.names, ", ")));
      if (!one.type.empty()) out += " Ar " + argument(one.type);
      out += "\n";
    }
    out += plain(one.help) + "\n";
  }
  return out + ".El\n";
}

struct Item {
  std::string_view name;
  std::string_view text;
};
constexpr Item kEnvironment[] = {
    {"ORDEAL_SHARD", "K/N for hunt --shard auto; wins over what schedulers set."},
    {"ORDEAL_SHARD_TOTAL", "How many shards there are, where a scheduler tells only the place."},
    {"GITHUB_ACTIONS", "Where it is true, hunt, merge and explore annotate the run."},
    {"NO_COLOR, TERM", "No colours where NO_COLOR is set or TERM is dumb."},
    {"COLUMNS", "How wide text may be."},
};
constexpr Item kFiles[] = {
    {".ordeal/runs", "Where runs are kept, with the links latest and last-failed."},
    {"campaign.json", "What is hunted, written before the first trial."},
    {"results.jsonl", "A line for each finished trial."},
    {"hunt.json", "What came of it."},
    {"timing.json", "Wall times and paths: the only file that differs from run to run."},
};

template <class Items>
std::string items_text(const Items& items, std::string_view macro) {
  std::string out = ".Bl -tag -width Ds\n";
  for (const Item& item : items)
    out += fmt::format(".It {} {}\n{}\n", macro, argument(item.name), plain(item.text));
  return out + ".El\n";
}

std::string page(const Repertoire& repertoire) {
  std::string out =
      ".Dd $Mdocdate$\n.Dt ORDEAL 1\n.Os " + argument(kEngine.substr(0, kEngine.find('+'))) + "\n";
  out += ".Sh NAME\n.Nm ordeal\n.Nd find the bad days of a trade system before its customers do\n";
  out += ".Sh SYNOPSIS\n";
  const std::vector<DescribedVerb> verbs = described_verbs(repertoire);
  for (const DescribedVerb& verb : verbs) {
    out += ".Nm ordeal\n.Cm " + verb.name + "\n";
    bool flags = false;
    for (const Described& one : verb.arguments) flags = flags || !one.is_word;
    if (flags) out += ".Op Ar flag ...\n";
    for (const Described& one : verb.arguments) {
      if (one.is_word)
        out += (one.required ? ".Ar " : ".Op Ar ") + argument(one.type) + (one.repeats ? " ..." : "") + "\n";
    }
  }
  out +=
      ".Sh DESCRIPTION\n"
      "A deterministic simulation and test bench for trade systems: a whole trade core runs with real\n"
      "SQLite inside a seeded simulator, while invariants are checked all the time.\n"
      "One seed gives one world, always the same.\n";
  for (const DescribedVerb& verb : verbs) out += verb_text(verb);
  out += ".Sh ENVIRONMENT\n" + items_text(kEnvironment, "Ev");
  out += ".Sh FILES\n" + items_text(kFiles, "Pa");
  out += ".Sh EXIT STATUS\n.Bl -tag -width Ds\n";
  for (const ExitMeaning& one : exit_meanings())
    out += ".It " + argument(one.codes) + "\n" + plain(one.sentence) + "\n";
  out += ".El\n.Sh EXAMPLES\n.Bd -literal\n";
  for (const char* line :
       {"ordeal run first_sale --seed 7 -v", "ordeal hunt first_sale --flaw F-01",
        "ordeal replay last-failed", "ordeal hunt first_sale --budget 60s --junit junit.xml"})
    out += plain(line) + "\n";
  return out + ".Ed\n";
}

}  // namespace

Action declare_man(CommandLine&, const Repertoire& repertoire) {
  return [&repertoire] {
    print(page(repertoire));
    return play::ExitCode::ok;
  };
}

}  // namespace ordeal::cli
