#include "scenarios/cli/verbs.h"

#include <array>

namespace ordeal::cli {
namespace {

constexpr std::array kVerbs{
    Verb{"demo", "in a few seconds: one oversell found, made small, told, and the design that holds",
         declare_demo},
    Verb{"run", "play one trial of a scenario and tell what happened", declare_run},
    Verb{"hunt", "play many trials of a scenario, looking for broken invariants", declare_hunt},
    Verb{"merge", "put the shards of a hunt together", declare_merge},
    Verb{"explore", "play every single fault, or every pair, that a trial offers", declare_explore},
    Verb{"compare", "play one workload with every design of a question, and tell what each costs",
         declare_compare},
    Verb{"replay", "play a found failure again", declare_replay},
    Verb{"shrink", "make a found failure small: what does it take?", declare_shrink},
    Verb{"learn", "lessons: break a design, see why, write the one that holds", declare_learn},
    Verb{"report", "show a failure or a hunt as a page for a browser", declare_report},
    Verb{"list", "list scenarios, invariants, flaws, seams, designs, faults, knobs or points", declare_list},
    Verb{"show", "show one scenario, invariant, flaw, seam or fault", declare_show},
    Verb{"coverage", "tell what of all that was asked for runs, and by what", declare_coverage},
    Verb{"reconcile", "hold a book of your own against a channel's or bank's file (exit 6: they differ)",
         declare_reconcile},
    Verb{"doctor", "check this machine, and that one seed gives one world", declare_doctor},
    Verb{"completion", "print what completes commands in bash, zsh or fish", declare_completion},
    Verb{"man", "print the manual page", declare_man},
};

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

}  // namespace ordeal::cli
