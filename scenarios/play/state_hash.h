// One hash over what a trial leaves behind: every row of every database, as the services would read it, and the
// parties' own books. Equal worlds at rest have equal hashes; what only the layout of a file would show does not
// count.
#pragma once

#include <cstdint>

#include "core/base/digest.h"
#include "core/env/database.h"
#include "scenarios/flows/purchase/parties/books.h"

namespace ordeal::scenarios {

void add_rows(Digest& digest, env::Connection& database);
void add_books(Digest& digest, const Books& books);

}  // namespace ordeal::scenarios
