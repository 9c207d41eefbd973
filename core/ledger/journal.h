// Seam ledger::Journal: how an entry comes into the books.
//
// Contract: an entry has all of its legs or is not there, whoever dies while it is written (F-79); it is written once per kind and
// reference, whoever brings it again. Entries that belong together, as a refund and what was refundable, come together.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/api/ledger.h"
#include "core/env/env.h"

namespace ordeal::ledger {

struct Entry {
  api::EntryKind kind = api::EntryKind::sale;
  std::int64_t reference = 0;  // of the order or the refund
  OrderId order{};
  Money amount{};
  std::vector<api::Posting> legs{};
};

class Journal {
 public:
  virtual ~Journal() = default;
  virtual void post(env::Env& env, env::Database& db, std::string_view transaction,
                    std::span<const Entry> entries) = 0;
};

// The entry without its legs; nothing when it is there already.
std::optional<EntryId> begin_entry(env::Env& env, env::Tx& tx, const Entry& entry);
void write_leg(env::Tx& tx, EntryId entry, const api::Posting& leg);
// Its fact.
void tell_entry(env::Env& env, env::Tx& tx, EntryId id, const Entry& entry);

// "one_transaction": the entry with both of its sides. Null for an unknown name.
std::unique_ptr<Journal> make_journal(std::string_view name);

}  // namespace ordeal::ledger
