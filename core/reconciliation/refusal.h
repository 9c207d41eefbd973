// Refusal: why a file is not taken, and where. A file is taken whole or not at all: what is read before a mistake is found
// has been shown to nobody.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace ordeal::reconciliation {

// mistake    the file is not what it should be
// not_ready  the channel has not made it yet: to be asked for again (domain 2.2, STATEMENT_CREATING)
enum class Why { mistake, not_ready };

struct Refusal {
  std::size_t line = 0;    // from 1; 0: it is about the whole file
  std::size_t column = 0;  // in bytes, from 1; 0: about the whole line
  std::string what{};
  Why why = Why::mistake;
};

using Refused = std::optional<Refusal>;

}  // namespace ordeal::reconciliation
