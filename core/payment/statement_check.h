// Seam payment::StatementCheck: is what a channel says about a day to be believed?
//
// Contract: a file counts as a whole or not at all: its trailer is the sum of its details, no line is there twice, and
// it is of the day that was asked for. "Nothing happened" is believed only if nothing here says otherwise, and not the
// first time: an empty file is no proof that there were no trades. F-81 breaks it: it takes whatever lines it finds, and
// none for a day without trades.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include "core/channel/client.h"
#include "core/channel/statement.h"

namespace ordeal::payment {

// What is known here about a day when its statement comes.
struct KnownOfDay {
  channel::Day day;
  // Money that came, may have come or went back, and that no accepted statement tells of.
  bool awaits_lines = false;
  std::optional<Instant> empty_since;  // the channel has said since then that nothing happened
  Instant now;
};

// believed      the statement is what happened on that day
// said_empty    nothing happened, says the channel; not believed yet
// not_yet       no statement yet, or no answer
// refused       a statement that cannot be true
enum class Belief { believed, said_empty, not_yet, refused };

struct Reading {
  Belief belief = Belief::not_yet;
  std::string_view why;            // what happened, as a mark
  channel::Statement statement{};  // believed
};

class StatementCheck {
 public:
  virtual ~StatementCheck() = default;
  virtual Reading read(const channel::StatementAnswer& answer, const channel::Profile& profile,
                       const KnownOfDay& known) = 0;
};

// What a day has to be called empty for before it is believed.
inline constexpr Duration kEmptyIsBelieved{3'600'000'000'000};

// "totals"; null for an unknown name.
std::unique_ptr<StatementCheck> make_statement_check(std::string_view name);

}  // namespace ordeal::payment
