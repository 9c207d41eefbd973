// What a fuzzer gives to every reader of bills: as what it seems to be, and as another format. Whatever the bytes, a reader
// ends with a refusal or with entries that a book takes; sums that it tells are those of the entries.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "core/reconciliation/book.h"
#include "core/reconciliation/formats.h"
#include "core/reconciliation/matcher.h"

namespace {

using namespace ordeal::reconciliation;

class Unheard final : public FindingSink {
 public:
  void found(const Finding&) override {}
};

// No file that a fuzzer makes is too large for memory.
std::unique_ptr<Scratch> no_scratch() { std::abort(); }

void check(bool holds) {
  if (!holds) std::abort();
}

void read(std::string_view bytes, const Format* format) {
  TextSource source(bytes);
  Statement statement;
  Book book(no_scratch);
  constexpr std::int64_t kDay = 20'455;  // 2026-01-02
  if (read_statement(source, format, {.day = kDay, .processing_is_done = false}, book, statement)) return;
  book.sort();
  if (book.check(statement.is_bill)) return;
  std::int64_t lines = 0;
  const auto walk = book.walk();
  while (const Entry* entry = walk->next()) {
    check(entry->amount >= 0 && entry->line != 0 && !entry->number.empty());
    ++lines;
  }
  check(lines == statement.sums.lines);
  Unheard unheard;
  const Outcome same = match(book, book, {}, unheard);
  check(same.differences() == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read(bytes, nullptr);
  if (size != 0) read(bytes, &formats()[data[size - 1] % formats().size()]);
  return 0;
}
