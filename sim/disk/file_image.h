// FileImage: the bytes of one file, with everything written since the last sync remembered so that a power
// loss can take it back.
//
// Model. Content lives in 4 KiB chunks, counted and copied on write: a copy of an image shares all of them,
// so a world starts in microseconds and two worlds never see each other. What is durable is the content with
// the pending writes undone, which is how it is kept: each pending write remembers the bytes it covered. A
// sync forgets them (O(pending)), a crash walks them back and then asks, oldest write first, for every
// 512-byte sector a write touched: lost, kept, or torn (leading bytes new). Growth comes with the sectors
// that survive; a truncation is one indivisible pending write, and if it is lost so is all written behind it.
//
// Bytes never written read as zero. Offsets and sizes are in bytes; negative ones are programmer errors. Not
// thread-safe: images may be shared between simulations of one thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/hooks.h"

namespace ordeal::sim {

class FileImage {
 public:
  static constexpr std::int64_t kChunkBytes = 4096;
  static constexpr std::int64_t kSectorBytes = 512;

  // What one crash did, in sectors.
  struct Damage {
    std::uint32_t lost = 0;
    std::uint32_t kept = 0;
    std::uint32_t torn = 0;
  };
  // Asked for sector `sector` of pending write `write`; both count from 0.
  using Fate = std::function<SectorVerdict(std::uint32_t write, std::uint32_t sector)>;

  FileImage() = default;
  FileImage(const FileImage& other);  // shares chunks; pending writes come along
  FileImage(FileImage&& other) noexcept;
  FileImage& operator=(FileImage other) noexcept;
  ~FileImage();

  std::int64_t size() const { return size_; }
  // Fills `out` from `offset`, with zeros past the end; returns how many bytes were there.
  std::int64_t read(std::int64_t offset, std::span<std::byte> out) const;
  void write(std::int64_t offset, std::span<const std::byte> data);
  // Sets the size. Growth adds zeros.
  void truncate(std::int64_t size);

  // Bit `bit` of the file changes at rest: no write, nothing pending. Beyond the end is a programmer error.
  void flip(std::int64_t bit);

  void sync();
  void crash(const Fate& fate);
  void crash(const Fate& fate, Damage& damage);

  std::size_t pending_writes() const { return pending_.size(); }
  // How many sectors pending write `write` touches; 1 for a truncation.
  std::uint32_t pending_sectors(std::size_t write) const;

 private:
  struct Chunk;
  struct Pending {
    std::int64_t offset;
    std::int64_t size;         // bytes written; for a truncation the new size of the file is `offset`
    std::int64_t size_before;  // of the file
    std::size_t undo_at;       // where the covered bytes start in undo_
    bool truncation;
  };

  template <class Take>
  void pieces(std::int64_t offset, std::size_t count, Take&& take) const;
  Chunk* writable(std::size_t index);
  void store(std::int64_t offset, std::span<const std::byte> data);
  void resize(std::int64_t size);
  void remember(std::int64_t offset, std::int64_t end);
  void redo(const Pending& write, std::span<const std::byte> data, std::uint32_t index, const Fate& fate,
            Damage& damage);

  std::vector<Chunk*> chunks_;  // null: a hole
  std::int64_t size_ = 0;
  std::vector<Pending> pending_;
  std::vector<std::byte> undo_;
};

}  // namespace ordeal::sim
