#include "core/reconciliation/book.h"

#include <algorithm>
#include <bit>
#include <compare>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/reconciliation/record.h"

namespace ordeal::reconciliation {

// What sorting mostly looks at: the first bytes of a number behind what all numbers begin with, in the order of their
// bytes, and where the record lies.
struct Book::Item {
  std::uint64_t first;
  std::uint64_t second;
  std::uint32_t place;
};

namespace {

constexpr unsigned kBlockBits = 20;
constexpr std::size_t kBlock = std::size_t{1} << kBlockBits;
constexpr std::size_t kItem = 24;
// Records begin at even places of eight, so that 32 bits name a place in 32 GiB.
constexpr std::size_t kStep = 8;
constexpr std::size_t kReadAhead = std::size_t{256} << 10U;

std::size_t rounded(std::size_t size) { return (size + kStep - 1) / kStep * kStep; }

std::uint64_t eight_bytes(std::string_view text) {
  std::uint64_t value = 0;
  if (text.size() >= sizeof value) {
    std::memcpy(&value, text.data(), sizeof value);
    if constexpr (std::endian::native == std::endian::little) value = __builtin_bswap64(value);
    return value;
  }
  for (std::size_t i = 0; i < sizeof value; ++i)
    value = value << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return value;
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  return static_cast<std::size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(size), b.begin()).first - a.begin());
}

bool is_before(const Entry& a, const Entry& b) {
  const int order = compare_entries(a, b);
  return order != 0 ? order < 0 : a.line < b.line;
}

}  // namespace

int compare_events(const Entry& a, const Entry& b) {
  const int numbers = a.number.compare(b.number);
  return numbers != 0 ? numbers : static_cast<int>(a.kind) - static_cast<int>(b.kind);
}

int compare_entries(const Entry& a, const Entry& b) {
  const int events = compare_events(a, b);
  return events != 0 ? events : a.channel_number.compare(b.channel_number);
}

Book::Book(NewScratch new_scratch, std::size_t memory)
    : new_scratch_(std::move(new_scratch)), memory_(std::max(memory, 2 * kBlock)) {}

Book::~Book() = default;

Refused Book::take(const Entry& entry) {
  const std::size_t size = rounded(record_size(entry));
  const bool needs_block = blocks_.empty() || used_.back() + size > kBlock;
  if (needs_block && (blocks_.size() + 1) * kBlock + count_ * kItem > memory_) spill();
  if (blocks_.empty() || used_.back() + size > kBlock) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlock));
    used_.push_back(0);
  }
  write_record(entry, blocks_.back().get() + used_.back());
  used_.back() += size;
  ++count_;
  return std::nullopt;
}

std::vector<Book::Item> Book::sorted_items() const {
  std::string_view prefix;
  bool is_first = true;
  const auto each = [&](const auto& what) {
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
      for (std::size_t at = 0; at < used_[block];) {
        const char* record = blocks_[block].get() + at;
        what(record, (block << kBlockBits) + at);
        at += rounded(record_size(record));
      }
    }
  };
  each([&](const char* record, std::size_t) {
    const std::string_view number = record_number(record);
    prefix = is_first ? number : prefix.substr(0, common_prefix(prefix, number));
    is_first = false;
  });
  std::vector<Item> items;
  items.reserve(count_);
  each([&](const char* record, std::size_t place) {
    const std::string_view rest = record_number(record).substr(prefix.size());
    items.push_back({.first = eight_bytes(rest),
                     .second = eight_bytes(rest.substr(std::min<std::size_t>(8, rest.size()))),
                     .place = static_cast<std::uint32_t>(place / kStep)});
  });
  const auto record_at = [&](const Item& item) {
    const std::size_t place = item.place * kStep;
    return blocks_[place >> kBlockBits].get() + (place & (kBlock - 1));
  };
  const auto before = [&](const Item& a, const Item& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.second != b.second) return a.second < b.second;
    return is_before(read_record(record_at(a)), read_record(record_at(b)));
  };
  if (!std::is_sorted(items.begin(), items.end(), before)) std::sort(items.begin(), items.end(), before);
  return items;
}

void Book::spill() {
  if (count_ == 0) return;
  if (!scratch_) scratch_ = new_scratch_();
  const std::uint64_t from = written_;
  std::string out;
  for (const Item& item : sorted_items()) {
    const std::size_t place = item.place * kStep;
    const char* record = blocks_[place >> kBlockBits].get() + (place & (kBlock - 1));
    out.append(record, record_size(record));
    if (out.size() < kBlock) continue;
    scratch_->append(out);
    written_ += out.size();
    out.clear();
  }
  scratch_->append(out);
  written_ += out.size();
  runs_.push_back({from, written_});
  blocks_.clear();
  used_.clear();
  count_ = 0;
}

void Book::sort() {
  if (!runs_.empty()) {
    spill();
    return;
  }
  std::vector<Item> items = sorted_items();
  order_.reserve(items.size());
  for (const Item& item : items) order_.push_back(item.place);
}

class MemoryWalk final : public Book::Walk {
 public:
  explicit MemoryWalk(const Book& book) : book_(book) {}
  const Entry* next() override {
    if (at_ == book_.order_.size()) return nullptr;
    const std::size_t place = book_.order_[at_++] * kStep;
    entry_ = read_record(book_.blocks_[place >> kBlockBits].get() + (place & (kBlock - 1)));
    return &entry_;
  }

 private:
  const Book& book_;
  std::size_t at_ = 0;
  Entry entry_{};
};

// Each run is read ahead in a block of its own; the one with the least entry gives it.
class RunsWalk final : public Book::Walk {
 public:
  explicit RunsWalk(const Book& book) : scratch_(*book.scratch_) {
    for (const Book::Run& run : book.runs_) {
      auto reader = std::make_unique<Reader>(Reader{run.from, run.until, {}, 0, {}});
      if (advance(*reader)) readers_.push_back(std::move(reader));
    }
    std::make_heap(readers_.begin(), readers_.end(), after);
  }

  const Entry* next() override {
    if (given_) {
      if (advance(*readers_.back()))
        std::push_heap(readers_.begin(), readers_.end(), after);
      else
        readers_.pop_back();
    }
    given_ = !readers_.empty();
    if (!given_) return nullptr;
    std::pop_heap(readers_.begin(), readers_.end(), after);
    return &readers_.back()->entry;
  }

 private:
  struct Reader {
    std::uint64_t from;
    std::uint64_t until;
    std::vector<char> bytes;
    std::size_t at;
    Entry entry;
  };

  static bool after(const std::unique_ptr<Reader>& a, const std::unique_ptr<Reader>& b) {
    return is_before(b->entry, a->entry);
  }

  bool advance(Reader& reader) {
    for (const std::size_t needed : {kRecordHead, std::size_t{0}}) {
      const std::size_t size = needed != 0 ? needed : record_size(reader.bytes.data() + reader.at);
      if (reader.bytes.size() - reader.at < size && !fill(reader, size)) return false;
    }
    reader.entry = read_record(reader.bytes.data() + reader.at);
    reader.at += record_size(reader.bytes.data() + reader.at);
    return true;
  }

  // False: the run has ended.
  bool fill(Reader& reader, std::size_t size) {
    reader.bytes.erase(reader.bytes.begin(), reader.bytes.begin() + static_cast<std::ptrdiff_t>(reader.at));
    reader.at = 0;
    const std::size_t there = reader.bytes.size();
    const auto more = static_cast<std::size_t>(
        std::min<std::uint64_t>(reader.until - reader.from, std::max(kReadAhead, size) - there));
    reader.bytes.resize(there + more);
    if (more != 0) scratch_.read(reader.from, std::span(reader.bytes).subspan(there));
    reader.from += more;
    ORDEAL_CHECK(reader.bytes.empty() || reader.bytes.size() >= size, "a run ends with a record");
    return !reader.bytes.empty();
  }

  Scratch& scratch_;
  std::vector<std::unique_ptr<Reader>> readers_;
  bool given_ = false;  // the last reader holds what was given
};

std::unique_ptr<Book::Walk> Book::walk() const {
  if (runs_.empty()) return std::make_unique<MemoryWalk>(*this);
  return std::make_unique<RunsWalk>(*this);
}

Refused Book::check(bool is_bill) const {
  const auto walk = this->walk();
  std::string number;
  std::string channel_number;
  Entry last{};
  std::size_t of_event = 0;
  while (const Entry* entry = walk->next()) {
    const bool same = of_event != 0 && compare_events(last, *entry) == 0;
    of_event = same ? of_event + 1 : 1;
    if (same && is_bill && last.channel_number == entry->channel_number)
      return Refusal{
          .line = entry->line,
          .what = fmt::format("it is line {} again: {} {}", last.line, name_of(entry->kind), entry->number)};
    if (of_event > kMostOfOneEvent)
      return Refusal{.line = entry->line,
                     .what = fmt::format("{} {} is there more than {} times", name_of(entry->kind),
                                         entry->number, kMostOfOneEvent)};
    number = entry->number;
    channel_number = entry->channel_number;
    last = *entry;
    last.number = number;
    last.channel_number = channel_number;
  }
  return std::nullopt;
}

}  // namespace ordeal::reconciliation
