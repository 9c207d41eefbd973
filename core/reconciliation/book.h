// Book: the entries of one file in the order of their keys, in a bounded memory. What does not fit is sorted in runs, which
// lie in a scratch and are merged when the book is walked (external merge sort, Knuth 5.4): so a file of ten million lines
// takes the memory of one of a million.
//
// The order is number, kind, the channel's number, line. Entries of one event stand together in it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/reconciliation/bytes.h"
#include "core/reconciliation/statement.h"

namespace ordeal::reconciliation {

// For entries, of one book. Two of them and the program itself stay below 256 MiB.
inline constexpr std::size_t kBookMemory = std::size_t{80} << 20U;
// Lines of one event in one file: more are a mistake of whoever wrote it.
inline constexpr std::size_t kMostOfOneEvent = 10'000;

class Book final : public EntrySink {
 public:
  using NewScratch = std::function<std::unique_ptr<Scratch>()>;

  explicit Book(NewScratch new_scratch, std::size_t memory = kBookMemory);
  ~Book() override;
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  Refused take(const Entry& entry) override;
  // After the last entry, before the first walk.
  void sort();

  class Walk {
   public:
    virtual ~Walk() = default;
    // Null: that was the last. What it points to lives until the next call.
    virtual const Entry* next() = 0;
  };
  // From the first entry; a book may be walked again.
  std::unique_ptr<Walk> walk() const;

  // A line that is there twice, if `is_bill`; an event with more lines than kMostOfOneEvent.
  Refused check(bool is_bill) const;

  std::size_t runs() const { return runs_.size(); }

 private:
  struct Run {
    std::uint64_t from;
    std::uint64_t until;
  };
  struct Item;
  void spill();
  std::vector<Item> sorted_items() const;

  NewScratch new_scratch_;
  std::size_t memory_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::size_t> used_;  // of each block
  std::size_t count_ = 0;          // entries in blocks
  std::vector<std::uint32_t> order_;
  std::unique_ptr<Scratch> scratch_;
  std::uint64_t written_ = 0;
  std::vector<Run> runs_;
  friend class MemoryWalk;
  friend class RunsWalk;
};

// The order of a book, without the line: below zero, zero, above.
int compare_events(const Entry& a, const Entry& b);  // number and kind
int compare_entries(const Entry& a, const Entry& b);

}  // namespace ordeal::reconciliation
