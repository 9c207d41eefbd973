#include "scenarios/play/knobs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "core/base/check.h"
#include "core/order/context.h"
#include "core/payment/service.h"
#include "faults/text.h"
#include "scenarios/play/loader.h"
#include "scenarios/play/strict_json.h"
#include "sim/disk/database.h"
#include "sim/simulation.h"

namespace ordeal::scenarios {
namespace {

using std::string_view;

constexpr std::array<string_view, 4> kJournalModes{"wal", "delete", "truncate", "persist"};
constexpr std::array<string_view, 4> kPageSizes{"512", "1024", "2048", "4096"};
// Ten pages are what SQLite needs to get anywhere; then it spills in the middle of transactions.
constexpr std::array<string_view, 3> kCachePages{"10", "50", "200"};
constexpr std::array<string_view, 4> kCheckpoints{"1", "10", "50", "1000"};
constexpr std::array<string_view, 3> kShares{"0/1", "1/4", "1/1"};
constexpr std::array<string_view, 3> kBatches{"1", "4", "256"};
constexpr std::array<string_view, 3> kRelayDeadlines{"300ms", "1s", "10s"};
constexpr std::array<string_view, 3> kReserveDeadlines{"200ms", "500ms", "3s"};
constexpr std::array<string_view, 2> kChannelDeadlines{"1s", "2s"};

constexpr std::array kKnobs{
    KnobRow{"database.journal_mode", kJournalModes, "how SQLite makes a commit atomic"},
    KnobRow{"database.page_size", kPageSizes, "bytes of a database page"},
    KnobRow{"database.cache_pages", kCachePages, "pages a connection keeps in memory"},
    KnobRow{"database.checkpoint_pages", kCheckpoints, "pages in the WAL before they are copied back"},
    KnobRow{"network.through_json", kShares, "the share of messages that go through JSON and back"},
    KnobRow{"outbox.batch", kBatches, "rows that a relay takes in a pass"},
    KnobRow{"outbox.deadline", kRelayDeadlines, "how long a relay waits for an acknowledgement"},
    KnobRow{"order.reserve_deadline", kReserveDeadlines, "how long an order waits for stock"},
    KnobRow{"payment.channel_deadline", kChannelDeadlines, "how long payment waits for a channel"},
};

int number(string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Duration duration(const std::string& text) {
  const auto parsed = faults::parse_duration(text);
  ORDEAL_CHECK(parsed.ok(), text);
  return *parsed;
}

Ratio ratio(const std::string& text) {
  const auto parsed = faults::parse_ratio(text);
  ORDEAL_CHECK(parsed.ok(), text);
  return *parsed;
}

JournalMode journal_mode(string_view name) {
  const auto names = journal_mode_names();
  return static_cast<JournalMode>(std::find(names.begin(), names.end(), name) - names.begin());
}

void turn(Knobs& knobs, string_view name, const std::string& value) {
  if (name == "database.journal_mode") {
    knobs.database.journal_mode = journal_mode(value);
  } else if (name == "database.page_size") {
    knobs.database.page_size = number(value);
  } else if (name == "database.cache_pages") {
    knobs.cache_pages = number(value);
  } else if (name == "database.checkpoint_pages") {
    knobs.checkpoint_pages = number(value);
  } else if (name == "network.through_json") {
    knobs.through_json = ratio(value);
  } else if (name == "outbox.batch") {
    knobs.relay.batch = static_cast<std::size_t>(number(value));
  } else if (name == "outbox.deadline") {
    knobs.relay.deadline = duration(value);
  } else if (name == "order.reserve_deadline") {
    knobs.reserve_deadline = duration(value);
  } else if (name == "payment.channel_deadline") {
    knobs.channel_deadline = duration(value);
  } else {
    ORDEAL_CHECK(false, "check_knobs lets only known knobs pass: " + std::string(name));
  }
}

}  // namespace

std::span<const KnobRow> knobs() { return kKnobs; }

Knobs knobs_of(const Scenario& scenario, const TurnedKnobs& turned) {
  const sim::DatabaseOptions database;
  Knobs knobs{scenario.database,
              database.cache_pages,
              database.wal_autocheckpoint_pages,
              sim::Options{}.through_json,
              outbox::RelayConfig{},
              order::Config{}.reserve_deadline,
              payment::Config{}.channel_deadline};
  for (const auto& [name, value] : turned) turn(knobs, name, value);
  return knobs;
}

void check_knobs(const TurnedKnobs& turned, const std::string& file, const std::string& path) {
  std::vector<string_view> names;
  for (const KnobRow& row : kKnobs) names.push_back(row.name);
  for (const auto& [name, value] : turned) {
    expect_known({file, path}, name, names, "a knob");
    const auto row = std::find_if(kKnobs.begin(), kKnobs.end(),
                                  [&knob = name](const KnobRow& r) { return r.name == knob; });
    const std::vector<string_view> values(row->values.begin(), row->values.end());
    expect_known({file, path + "." + name}, value, values, "a value of this knob");
  }
}

}  // namespace ordeal::scenarios
