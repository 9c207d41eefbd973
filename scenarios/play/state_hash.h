// One hash over what a trial leaves behind: every row of every database, as the services would read it, and the parties'
// own books (Books::add_to). Equal worlds at rest have equal hashes; what only the layout of a file would show does not
// count.
#pragma once

#include "core/base/digest.h"
#include "core/env/database.h"

namespace ordeal::play {

void add_rows(Digest& digest, env::Connection& database);

}  // namespace ordeal::play
