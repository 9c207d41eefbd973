// What a reader of a format gets and gives: where entries go, and what the file says of itself as a whole.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/reconciliation/bytes.h"
#include "core/reconciliation/entry.h"
#include "core/reconciliation/refusal.h"

namespace ordeal::reconciliation {

// Where a reader puts what it finds. What it has put there counts only if the whole file was taken.
class EntrySink {
 public:
  virtual ~EntrySink() = default;
  virtual Refused take(const Entry& entry) = 0;
};

// Sums over entries, all of one currency.
struct Sums {
  struct OfKind {
    std::int64_t lines = 0;
    std::int64_t amount = 0;
    std::int64_t settled = 0;
  };
  std::array<OfKind, names_of(Kind{}).size()> of_kind{};
  std::int64_t fee = 0;         // kFeePerMinor to a minor unit
  std::int64_t processing = 0;  // amount of what is not known yet
  std::int64_t lines = 0;
  std::optional<Currency> currency{};

  const OfKind& of(Kind kind) const { return of_kind[static_cast<std::size_t>(kind)]; }
  // What an account gained.
  std::int64_t net_funds() const;
  // False: a sum over two currencies, or one that no file has.
  bool add(const Entry& entry);
};

// A file that was taken.
struct Statement {
  std::string_view format{};
  Flow flow = Flow::trades;
  bool is_bill = false;  // of a channel: no line of it is there twice
  bool no_bill = false;  // the channel says that there was nothing on that day
  Sums sums{};
  // The days that it tells of, since 1970, the last one included; none: it has no lines and does not say.
  std::optional<std::int64_t> first_day{};
  std::optional<std::int64_t> last_day{};
  // Of files that tell of an account.
  std::optional<std::int64_t> opening{};
  std::optional<std::int64_t> closing{};
  std::optional<std::int64_t> sequence{};  // its number among the account's statements

  void widen(std::int64_t day);
};

// What who asks knows and a file need not say.
struct Asked {
  std::optional<std::int64_t> day{};  // that the file is of
  // A refund that was taken on and had not gone back when the bill was made stays that in every bill. China's documents say
  // to ask for it, those for abroad to take it as done (domain 2.2).
  bool processing_is_done = false;
};

// The refund, the day: what a reader does with each entry that it has read.
class Taking {
 public:
  Taking(const Asked& asked, EntrySink& sink, Statement& statement)
      : asked_(asked), sink_(sink), statement_(statement) {}

  // `one_day`: the file is of one day, that of its first line or the one that was asked for.
  Refused take(Entry entry, bool one_day);
  const Asked& asked() const { return asked_; }
  Statement& statement() { return statement_; }

 private:
  const Asked& asked_;
  EntrySink& sink_;
  Statement& statement_;
};

}  // namespace ordeal::reconciliation
