// A book in little memory is the book in much: runs on a scratch, merged, give what one sort gives.
#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "core/reconciliation/figures.h"
#include "core/reconciliation/plain.h"
#include "tests/reconciliation/ledger.h"

namespace ordeal::test {
namespace {

using namespace reconciliation;

constexpr std::size_t kLittle = std::size_t{2} << 20U;

// Numbers in no order, of several lengths, each there twice: only the line tells those apart.
std::string number_of(std::uint64_t i) {
  const std::uint64_t mixed = i / 2 * 0x9E3779B97F4A7C15U;
  return std::string(mixed % 3, 'T') + std::to_string(mixed >> 20U);
}

void fill(Book& book, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) {
    Entry entry{};
    const std::string number = number_of(i);
    const std::string channel_number = "C" + std::to_string(i / 2 % 7);
    entry.number = number;
    entry.channel_number = channel_number;
    entry.kind = static_cast<Kind>(i / 2 % 3);
    entry.amount = static_cast<std::int64_t>(i);
    entry.line = i + 1;
    ASSERT_FALSE(book.take(entry));
  }
  book.sort();
}

using Seen = std::vector<std::tuple<std::string, Kind, std::string, std::int64_t, std::uint64_t>>;
Seen walked(const Book& book) {
  Seen seen;
  const auto walk = book.walk();
  while (const Entry* entry = walk->next())
    seen.emplace_back(entry->number, entry->kind, entry->channel_number, entry->amount, entry->line);
  return seen;
}

TEST(Book, IsTheSameInRunsAsInMemory) {
  constexpr std::uint64_t kCount = 100'000;
  Book in_memory(memory_scratch);
  Book in_runs(memory_scratch, kLittle);
  fill(in_memory, kCount);
  fill(in_runs, kCount);
  EXPECT_EQ(in_memory.runs(), 0u);
  EXPECT_GT(in_runs.runs(), 2u);
  const Seen all = walked(in_memory);
  ASSERT_EQ(all.size(), kCount);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a), std::get<2>(a), std::get<4>(a)) <
           std::tie(std::get<0>(b), std::get<1>(b), std::get<2>(b), std::get<4>(b));
  }));
  EXPECT_TRUE(walked(in_runs) == all);
  EXPECT_TRUE(walked(in_runs) == all) << "a book is walked again from its first entry";
}

TEST(Book, OfABillHasNoLineTwice) {
  const auto refused = [](bool is_bill, const char* second_channel_number) {
    Book book(memory_scratch);
    Entry entry{};
    entry.number = "T1";
    entry.channel_number = "C1";
    entry.line = 3;
    EXPECT_FALSE(book.take(entry));
    entry.channel_number = second_channel_number;
    entry.line = 9;
    EXPECT_FALSE(book.take(entry));
    book.sort();
    return book.check(is_bill);
  };
  const auto twice = refused(true, "C1");
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->line, 9u);
  EXPECT_EQ(twice->what, "it is line 3 again: payment T1");
  EXPECT_FALSE(refused(true, "C2")) << "paid twice, which is the matcher's to say";
  EXPECT_FALSE(refused(false, "C1"));
}

TEST(Book, RefusesAnEventOfTooManyLines) {
  Book book(memory_scratch, kLittle);
  Entry entry{};
  entry.number = "T1";
  for (entry.line = 1; entry.line <= kMostOfOneEvent; ++entry.line) ASSERT_FALSE(book.take(entry));
  Book one_more(memory_scratch, kLittle);
  for (entry.line = 1; entry.line <= kMostOfOneEvent + 1; ++entry.line) ASSERT_FALSE(one_more.take(entry));
  book.sort();
  one_more.sort();
  EXPECT_FALSE(book.check(false));
  const auto refused = one_more.check(false);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->line, kMostOfOneEvent + 1);
}

}  // namespace
}  // namespace ordeal::test
