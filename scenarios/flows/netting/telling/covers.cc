// What of that which was asked for netting and jobs runs, and by what (scenarios/play/coverage.h).
#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/telling/telling.h"

namespace ordeal::netting {

std::vector<play::CoverRow> cover_rows() {
  using enum play::CoverKind;
  return {
      {"C15", {{scenario, "job_twice"}, {flaw, "F-65"}, {law, kJobDoneOnce}}},
      {"C33",
       {{scenario, "job_twice"},
        {design, "job.once=run_key"},
        {design, "job.once=row_lock"},
        {flaw, "F-65"},
        {law, kJobDoneOnce}}},
      {"C37",
       {{scenario, "netting_day"},
        {design, "netting.scheme=bilateral"},
        {design, "netting.scheme=multilateral"},
        {design, "netting.scheme=ccp"},
        {law, kNetsAddUp},
        {law, kInOneCycle},
        {law, kSettledAsNetted}}},
      {"C38", {{scenario, "one_cycle"}, {flaw, "F-66"}, {flaw, "C38"}, {law, kNetsAddUp}}},
      {"F-80", {{law, kNoneOverdrawn}}},
      {"F-66", {{law, kNetsAddUp}}},
      {"F-65", {{law, kJobDoneOnce}}},
      {"I-67", {{law, kJobDoneOnce}}},
      {"I-70", {{law, kBooksBalance}}},
      {"I-79", {{law, kNetsAddUp}, {law, kInOneCycle}, {law, kSettledAsNetted}}},
  };
}

}  // namespace ordeal::netting
