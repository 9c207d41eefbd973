#include "scenarios/play/designer.h"

#include <algorithm>

#include "faults/suggest.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::play {
namespace {

[[noreturn]] void unknown(const std::string& what, const std::vector<std::string_view>& known,
                          std::string_view word) {
  std::string message = what + "; there are ";
  for (std::size_t i = 0; i < known.size(); ++i) message.append(i == 0 ? "" : ", ").append(known[i]);
  if (const auto meant = faults::nearest(word, known)) message += "\n  did you mean  " + *meant;
  throw BadInput(ExitCode::data, message);
}

void check_design(const Flows& flows, const std::string& seam, const std::string& design) {
  const SeamRow* row = flows.seam(seam);
  if (row == nullptr)
    unknown("no design seam \"" + seam + "\"", names_of(flows.seams(), &SeamRow::name), seam);
  const auto designs = row->designs();
  if (std::find(designs.begin(), designs.end(), design) == designs.end())
    unknown("seam \"" + seam + "\" has no design \"" + design + "\"", designs, design);
}

}  // namespace

Designer::Designer(const Flows& flows, std::map<std::string, std::string> designs,
                   const std::map<std::string, std::string>& overrides, const std::vector<std::string>& flaws)
    : designs_(std::move(designs)) {
  for (const auto& [seam, design] : overrides) designs_.insert_or_assign(seam, design);
  for (const auto& [seam, design] : designs_) check_design(flows, seam, design);
  for (const SeamRow* row : flows.seams())
    designs_.try_emplace(std::string(row->name), std::string(row->designs().front()));
  choose_flaws(flows, flaws);
}

void Designer::choose_flaws(const Flows& flows, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const FlawRow* row = flows.flaw(id);
    if (row == nullptr) {
      std::vector<std::string_view> known;
      for (const FlawRow* flaw : flows.flaws()) known.push_back(flaw->id);
      unknown("no flaw \"" + id + "\"", known, id);
    }
    for (const FlawRow* other : flaws_) {
      if (&other->seam == &row->seam)
        throw BadInput(ExitCode::data, "two flaws want the seam \"" + std::string(row->seam.name) + "\"");
    }
    if (!meets(row->needs)) {
      const std::string seam(row->needs.seam->name);
      const std::string design(row->needs.design);
      throw BadInput(ExitCode::data, "flaw " + id + " is never met without " + seam + "=" + design + ", as " +
                                         std::string(row->scenario) + " has it");
    }
    flaws_.push_back(row);
  }
}

std::string_view Designer::design_of(const SeamRow& seam) const {
  const auto found = designs_.find(std::string(seam.name));
  ORDEAL_CHECK(found != designs_.end(), std::string(seam.name));
  return found->second;
}

}  // namespace ordeal::play
