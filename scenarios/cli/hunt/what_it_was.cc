#include "scenarios/cli/hunt/what_it_was.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reports/layout.h"
#include "reports/words.h"
#include "scenarios/cli/output.h"

namespace ordeal::cli {
namespace {

// "lost messages" reads better than "message_loss", but the names are what `ordeal show fault` takes.
std::string most_frequent(const reports::FaultReport& faults) {
  constexpr std::size_t kShown = 4;
  std::vector<std::pair<std::uint64_t, std::string>> kinds;
  for (const auto& [kind, n] : faults.by_kind) {
    if (n.effective != 0) kinds.emplace_back(n.effective, kind);
  }
  std::sort(kinds.rbegin(), kinds.rend());
  std::string out;
  for (std::size_t i = 0; i < std::min(kShown, kinds.size()); ++i)
    out += (i == 0 ? "" : ", ") + kinds[i].second;
  return kinds.size() > kShown ? out + fmt::format(" and {} kinds more", kinds.size() - kShown) : out;
}

std::string what_it_means(const reports::HuntReport& report) {
  if (report.failed != 0)
    return fmt::format(
        "What it means: in {} of these {} worlds a promise was broken (ordeal list invariants); each of them "
        "is the same again whenever its seed is played.",
        reports::grouped(report.failed), reports::grouped(report.trials));
  return fmt::format(
      "What it means: in none of these {} worlds was a promise broken (ordeal list invariants). That is "
      "evidence, not proof; the lines with \"!\" say what it says nothing about.",
      reports::grouped(report.trials));
}

}  // namespace

std::string what_it_was(const reports::HuntReport& report, std::size_t width) {
  const std::string next = "  next      ";
  const std::string struck = most_frequent(report.faults);
  std::string tried = fmt::format("What was tried: {}", report.setting.summary);
  if (!struck.empty())
    tried += fmt::format(" {} faults struck: {}.", reports::grouped(report.faults.total().effective), struck);
  const std::vector<std::string> paragraphs{
      "This was your first hunt here. A trial is one world, drawn from its seed: who comes, what they do, "
      "how long "
      "everything takes, what fails. Afterwards every book is checked.",
      tried, what_it_means(report)};
  std::string out = "\n";
  for (const std::string& paragraph : paragraphs) {
    for (const std::string& line : reports::wrapped(paragraph, width)) out += line + "\n";
  }
  if (report.failed == 0) {
    out += next + reports::shell_word(program_name()) +
           " hunt first_sale --flaw F-01   (plants a bug, to see it found)\n";
  }
  return out + (report.failed == 0 ? "  then      " : next) + reports::shell_word(program_name()) +
         " replay last-failed            (tells its story)\n";
}

}  // namespace ordeal::cli
