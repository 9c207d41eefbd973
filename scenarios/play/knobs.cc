#include "scenarios/play/knobs.h"

#include <algorithm>
#include <charconv>

#include "core/base/check.h"
#include "faults/text.h"
#include "scenarios/play/loader.h"

namespace ordeal::play {

std::string_view Knobs::text(std::string_view name, std::string_view otherwise) const {
  const auto found = turned_.find(name);
  return found == turned_.end() ? otherwise : std::string_view(found->second);
}

std::int64_t Knobs::number(std::string_view name, std::int64_t otherwise) const {
  const std::string_view value = text(name, {});
  if (value.empty()) return otherwise;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  ORDEAL_CHECK(error == std::errc{} && end == value.data() + value.size(), std::string(value));
  return number;
}

Duration Knobs::duration(std::string_view name, Duration otherwise) const {
  const std::string_view value = text(name, {});
  if (value.empty()) return otherwise;
  const auto parsed = faults::parse_duration(value);
  ORDEAL_CHECK(parsed.ok(), std::string(value));
  return *parsed;
}

Ratio Knobs::ratio(std::string_view name, Ratio otherwise) const {
  const std::string_view value = text(name, {});
  if (value.empty()) return otherwise;
  const auto parsed = faults::parse_ratio(value);
  ORDEAL_CHECK(parsed.ok(), std::string(value));
  return *parsed;
}

DatabaseSpec database_of(const Scenario& scenario, const Knobs& knobs) {
  DatabaseSpec database = scenario.database;
  const auto modes = journal_mode_names();
  const std::string_view mode =
      knobs.text(kJournalModeKnob, modes[static_cast<std::size_t>(database.journal_mode)]);
  database.journal_mode =
      static_cast<JournalMode>(std::find(modes.begin(), modes.end(), mode) - modes.begin());
  database.page_size = knobs.number("database.page_size", database.page_size);
  return database;
}

}  // namespace ordeal::play
