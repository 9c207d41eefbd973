// SqliteMemory: all that one SQLite connection allocates, in one range of addresses, so that it can be kept as it is at a
// moment and put back later. A connection that is ready to be used is thereby ready again for the price of a copy: schema
// read, statements prepared, nothing of its last life left.
//
// Blocks come in size classes, freed ones are used again; what is larger than a quarter of the range, or finds it full,
// comes from the heap and is never part of what is kept. SQLite allocates from the memory whose Use is alive; nobody else
// may be inside SQLite meanwhile, so a VFS leaves it (`SqliteMemory::Outside`) before it suspends.
//
// Not thread-safe, like everything of one process of Ordeal.
#pragma once

#include <cstddef>
#include <vector>

struct sqlite3_mem_methods;

namespace ordeal::sim {

class SqliteMemory {
 public:
  static constexpr std::size_t kRangeBytes = std::size_t{8}
                                             << 20;  // of addresses; pages come as they are touched

  // On a range that is free, and taken from then on. A range may serve many memories, one at a time: what is kept of the
  // others lies elsewhere. It does so when there are more memories than a world needs.
  SqliteMemory();
  ~SqliteMemory();
  SqliteMemory(const SqliteMemory&) = delete;
  SqliteMemory& operator=(const SqliteMemory&) = delete;

  // What is there now is what restore() brings back. No block of the heap may be held.
  void keep();
  // As it was when kept; blocks allocated since are gone. Nothing kept: empty.
  void restore();
  // Without its range until `take_range`, which needs it to be free. What is not kept is lost.
  void leave_range();
  bool range_is_free() const;
  void take_range();
  std::size_t kept_bytes() const { return kept_.size(); }
  std::size_t heap_blocks() const { return heap_.size(); }

  class Use {
   public:
    explicit Use(SqliteMemory& memory);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
  };
  // For its scope nobody is inside SQLite.
  class Outside {
   public:
    Outside();
    ~Outside();
    Outside(const Outside&) = delete;
    Outside& operator=(const Outside&) = delete;

   private:
    SqliteMemory* mine_;
  };

  // For SQLITE_CONFIG_MALLOC. What is allocated outside of every Use comes from the heap.
  static const sqlite3_mem_methods& methods();

 private:
  struct Range;
  struct Place;
  struct Methods;

  static Place& free_place();
  void drop_heap();

  Place& place_;
  Range* range_;
  bool holds_range_ = true;
  std::vector<std::byte> kept_;
  std::vector<void*> heap_;  // blocks of ours that lie outside of the range
};

}  // namespace ordeal::sim
