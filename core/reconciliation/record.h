// How a book keeps an entry: its figures, then its numbers, one record behind the other.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/reconciliation/entry.h"

namespace ordeal::reconciliation {

// The numbers of an entry are shorter than a line of a file (lines.h).
inline constexpr std::size_t kRecordHead = 50;
std::size_t record_size(const Entry& entry);
// To at least record_size() bytes.
void write_record(const Entry& entry, char* to);
// `from` has kRecordHead bytes or more.
std::size_t record_size(const char* from);
// Its numbers are views of the record.
Entry read_record(const char* from);
std::string_view record_number(const char* from);

}  // namespace ordeal::reconciliation
