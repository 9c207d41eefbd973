// A small history on one database: three transactions over two tables with indexes, the second over many pages, with
// checkpoints in between. Small enough to be struck at every I/O; disk duties and crash enumeration play it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/env/database.h"
#include "sim/disk/database.h"
#include "sim/disk/database_image.h"

namespace ordeal::duties {

inline constexpr int kHistoryTransactions = 3;

sim::DatabaseImage history_image(sim::JournalMode journal);
sim::DatabaseOptions history_options(std::string_view name, sim::JournalMode journal,
                                     sim::Synchronous synchronous);
// Transaction `number`, from 1; `also` runs at its end.
void history_transaction(env::Database& database, int number, const std::function<void(env::Tx&)>& also = {});
// All rows, as one text.
std::string history_state(env::Connection& connection);

}  // namespace ordeal::duties
