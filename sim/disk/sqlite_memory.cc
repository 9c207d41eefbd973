#include "sim/disk/sqlite_memory.h"

#include <algorithm>
#include <array>
#include <bit>
#include <climits>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <new>

#include <sqlite3.h>

#include "core/base/check.h"

namespace ordeal::sim {
namespace {

// Sixteen-byte steps up to 1 KiB, then four steps to each doubling.
constexpr std::size_t kStep = 16;
constexpr std::size_t kSmall = 1024;
constexpr std::size_t kSmallClasses = kSmall / kStep;
constexpr std::size_t kLargest = SqliteMemory::kRangeBytes / 4;
constexpr std::size_t kClasses = kSmallClasses + 4 * 11;
constexpr std::size_t kUnsharedRanges = 10;  // a session each, for its services and for the audit of a world
constexpr std::uint32_t kHeap = 0xffff'ffff;

// Before each block. SQLite wants eight-byte alignment.
struct Header {
  std::uint32_t bytes;  // that may be used
  std::uint32_t size_class;
};
// Before the header of a block of the heap.
struct HeapOwner {
  SqliteMemory* memory;  // null: nobody's
};

SqliteMemory* inside = nullptr;

std::size_t class_of(std::size_t bytes) {
  if (bytes <= kSmall) return bytes == 0 ? 0 : (bytes - 1) / kStep;
  const auto log = static_cast<std::size_t>(std::bit_width(bytes - 1)) - 1;  // 2^log < bytes <= 2^(log+1)
  const std::size_t quarter = (bytes - 1 - (std::size_t{1} << log)) >> (log - 2);
  return kSmallClasses + (log - 10) * 4 + quarter;
}

std::size_t bytes_of(std::size_t size_class) {
  if (size_class < kSmallClasses) return (size_class + 1) * kStep;
  const std::size_t log = (size_class - kSmallClasses) / 4 + 10;
  const std::size_t quarter = (size_class - kSmallClasses) % 4;
  return (std::size_t{1} << log) + ((quarter + 1) << (log - 2));
}

Header& header_of(void* block) { return static_cast<Header*>(block)[-1]; }

// In pieces that libc copies with vector moves: its `rep movs` for larger ones is slow to start, and counted by the byte
// where instructions are counted.
void copy_in_pieces(std::byte* to, const std::byte* from, std::size_t bytes) {
  constexpr std::size_t kPiece = 2048;
  for (std::size_t at = 0; at < bytes; at += kPiece) {
    std::memcpy(to + at, from + at, std::min(kPiece, bytes - at));
  }
}

}  // namespace

// At the start of the range, and kept with it.
struct SqliteMemory::Range {
  std::byte* next;
  std::array<void*, kClasses> free;

  void clear() {
    next = reinterpret_cast<std::byte*>(this) + sizeof(Range);
    free.fill(nullptr);
  }
  std::size_t used() const {
    return static_cast<std::size_t>(next - reinterpret_cast<const std::byte*>(this));
  }

  void* take(std::size_t bytes) {
    const std::size_t size_class = class_of(bytes);
    if (void* const block = free[size_class]; block != nullptr) {
      std::memcpy(&free[size_class], block, sizeof(void*));
      return block;
    }
    const std::size_t size = bytes_of(size_class);
    if (used() + sizeof(Header) + size > kRangeBytes) return nullptr;
    auto* const header =
        new (next) Header{static_cast<std::uint32_t>(size), static_cast<std::uint32_t>(size_class)};
    next += sizeof(Header) + size;
    return header + 1;
  }
  static void give_back(void* block) {
    auto* const range =
        reinterpret_cast<Range*>(reinterpret_cast<std::uintptr_t>(block) / kRangeBytes * kRangeBytes);
    void*& head = range->free[header_of(block).size_class];
    std::memcpy(block, &head, sizeof(void*));
    head = block;
  }
};

// Where a range lies; never given back.
struct SqliteMemory::Place {
  Range* range;
  bool taken;
  int memories;  // that are bound to it, the one that took it among them
};

struct SqliteMemory::Methods {
  static void* from_heap(std::size_t bytes) {
    auto* const owner = static_cast<HeapOwner*>(std::malloc(sizeof(HeapOwner) + sizeof(Header) + bytes));
    if (owner == nullptr) return nullptr;
    owner->memory = inside;
    auto* const header = new (owner + 1) Header{static_cast<std::uint32_t>(bytes), kHeap};
    if (inside != nullptr) inside->heap_.push_back(header + 1);
    return header + 1;
  }
  static void to_heap(void* block) {
    auto* const owner = reinterpret_cast<HeapOwner*>(&header_of(block)) - 1;
    if (owner->memory != nullptr) std::erase(owner->memory->heap_, block);
    std::free(owner);
  }

  static void* allocate(int bytes) {
    const auto size = static_cast<std::size_t>(bytes);
    void* const block = inside != nullptr && size <= kLargest ? inside->range_->take(size) : nullptr;
    return block != nullptr ? block : from_heap(size);
  }
  static void release(void* block) {
    if (header_of(block).size_class == kHeap) {
      to_heap(block);
    } else {
      Range::give_back(block);
    }
  }
  static void* reallocate(void* block, int bytes) {
    const std::uint32_t there = header_of(block).bytes;
    if (static_cast<std::uint32_t>(bytes) <= there) return block;
    void* const larger = allocate(bytes);
    if (larger == nullptr) return nullptr;
    std::memcpy(larger, block, there);
    release(block);
    return larger;
  }
  static int size(void* block) { return static_cast<int>(header_of(block).bytes); }
  static int round_up(int bytes) { return (bytes + 7) & ~7; }
  static int start(void*) { return SQLITE_OK; }
  static void stop(void*) {}
};

// One of its own as long as there are few, or what is kept could not be used while another memory is at its place. Else the
// free one with the fewest memories.
SqliteMemory::Place& SqliteMemory::free_place() {
  static auto& places = *new std::deque<Place>;  // memories may outlive the statics of this file
  const auto rank = [](const Place& place) { return place.taken ? INT_MAX : place.memories; };
  const auto best = std::min_element(places.begin(), places.end(),
                                     [&](const Place& a, const Place& b) { return rank(a) < rank(b); });
  const int most = places.size() < kUnsharedRanges ? 0 : INT_MAX - 1;
  if (best != places.end() && rank(*best) <= most) return *best;
  return places.emplace_back(
      Place{new (::operator new (kRangeBytes, std::align_val_t{kRangeBytes})) Range, false, 0});
}

SqliteMemory::SqliteMemory() : place_(free_place()), range_(place_.range) {
  place_.taken = true;
  ++place_.memories;
  range_->clear();
}

SqliteMemory::~SqliteMemory() {
  if (holds_range_) leave_range();
  --place_.memories;
}

void SqliteMemory::leave_range() {
  drop_heap();
  place_.taken = holds_range_ = false;
}

bool SqliteMemory::range_is_free() const { return !place_.taken; }

void SqliteMemory::take_range() {
  ORDEAL_CHECK(!place_.taken);
  place_.taken = holds_range_ = true;
}

void SqliteMemory::keep() {
  ORDEAL_CHECK(heap_.empty(), "a connection that is kept lies in its own range");
  kept_.resize(range_->used());
  copy_in_pieces(kept_.data(), reinterpret_cast<const std::byte*>(range_), kept_.size());
}

void SqliteMemory::restore() {
  ORDEAL_CHECK(inside != this && holds_range_);
  drop_heap();
  if (kept_.empty()) {
    range_->clear();
  } else {
    copy_in_pieces(reinterpret_cast<std::byte*>(range_), kept_.data(), kept_.size());
  }
}

void SqliteMemory::drop_heap() {
  for (void* const block : heap_) std::free(reinterpret_cast<HeapOwner*>(&header_of(block)) - 1);
  heap_.clear();
}

SqliteMemory::Use::Use(SqliteMemory& memory) {
  ORDEAL_CHECK(inside == nullptr, "two connections are inside SQLite at once");
  inside = &memory;
}
SqliteMemory::Use::~Use() { inside = nullptr; }

SqliteMemory::Outside::Outside() : mine_(inside) { inside = nullptr; }
SqliteMemory::Outside::~Outside() { inside = mine_; }

const sqlite3_mem_methods& SqliteMemory::methods() {
  static const sqlite3_mem_methods all{
      &Methods::allocate, &Methods::release, &Methods::reallocate, &Methods::size,
      &Methods::round_up, &Methods::start,   &Methods::stop,       nullptr};
  return all;
}

}  // namespace ordeal::sim
