// Ledgers as texts, and what a reconciliation of two finds, in the words of a test.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/reconciliation/book.h"
#include "core/reconciliation/formats.h"
#include "core/reconciliation/matcher.h"

namespace ordeal::test {

class MemoryScratch final : public reconciliation::Scratch {
 public:
  void append(std::string_view bytes) override { bytes_ += bytes; }
  void read(std::uint64_t offset, std::span<char> to) override {
    ASSERT_LE(offset + to.size(), bytes_.size());
    bytes_.copy(to.data(), to.size(), offset);
  }

 private:
  std::string bytes_;
};
inline std::unique_ptr<reconciliation::Scratch> memory_scratch() { return std::make_unique<MemoryScratch>(); }

// "amount T1 ours 3 theirs 4" by number of lines, 0 for none.
class Found final : public reconciliation::FindingSink {
 public:
  using Names = std::multiset<std::pair<std::string, std::string>>;
  void found(const reconciliation::Finding& finding) override {
    const auto& one = finding.ours != nullptr ? *finding.ours : *finding.theirs;
    names.emplace(reconciliation::name_of(finding.what), one.number);
    if (finding.what == reconciliation::Class::matched) return;
    text += std::string(reconciliation::name_of(finding.what)) + " " + std::string(one.number) + " ours " +
            std::to_string(finding.ours != nullptr ? finding.ours->line : 0) + " theirs " +
            std::to_string(finding.theirs != nullptr ? finding.theirs->line : 0) + "\n";
  }
  Names names;  // class and number
  std::string text;
};

struct Reconciled {
  reconciliation::Outcome outcome;
  Found found;
  reconciliation::Statement ours;
  reconciliation::Statement theirs;
};

inline Reconciled reconcile(std::string_view ours, std::string_view theirs, std::int64_t window = 600) {
  using namespace reconciliation;
  Reconciled out;
  Book our_book(memory_scratch);
  Book their_book(memory_scratch);
  const auto read = [](std::string_view text, EntrySink& sink, Statement& statement) {
    TextSource source(text);
    const Refused refused = read_statement(source, nullptr, {}, sink, statement);
    ASSERT_FALSE(refused) << refused->line << ":" << refused->column << " " << refused->what;
  };
  read(theirs, their_book, out.theirs);
  AsFunds as_funds(our_book);
  read(ours, out.theirs.flow == Flow::funds ? static_cast<EntrySink&>(as_funds) : our_book, out.ours);
  our_book.sort();
  their_book.sort();
  const auto days = [](const Statement& statement) {
    return statement.first_day ? std::optional(Days{*statement.first_day, *statement.last_day})
                               : std::nullopt;
  };
  out.outcome = match(our_book, their_book,
                      {.window = window, .ours = days(out.ours), .theirs = days(out.theirs)}, out.found);
  return out;
}

}  // namespace ordeal::test
