// A small file as one text: what is no table has to be read whole.
#pragma once

#include <cstddef>
#include <string>

#include "core/reconciliation/bytes.h"

namespace ordeal::reconciliation {

// Refuses a file of more than `most` bytes.
Refused read_whole(Source& source, std::size_t most, std::string& text);
// The place of a byte as a person counts: a refusal with its line and column.
Refusal refused_at(std::string_view text, std::size_t byte, std::string what);

}  // namespace ordeal::reconciliation
