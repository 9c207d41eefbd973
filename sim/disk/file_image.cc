#include "sim/disk/file_image.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <utility>

#include "core/base/check.h"

namespace ordeal::sim {

// Not atomic: all simulations of a process run on one thread.
struct FileImage::Chunk {
  std::uint32_t references = 1;
  std::array<std::byte, static_cast<std::size_t>(kChunkBytes)> bytes;
};

namespace {

constexpr auto kChunk = static_cast<std::size_t>(FileImage::kChunkBytes);

std::size_t bytes(std::int64_t count) { return static_cast<std::size_t>(count); }
std::size_t index_of(std::int64_t offset) { return bytes(offset) / kChunk; }
std::size_t within(std::int64_t offset) { return bytes(offset) % kChunk; }

}  // namespace

FileImage::FileImage(const FileImage& other)
    : chunks_(other.chunks_), size_(other.size_), pending_(other.pending_), undo_(other.undo_) {
  for (Chunk* chunk : chunks_) {
    if (chunk != nullptr) ++chunk->references;
  }
}

FileImage::FileImage(FileImage&& other) noexcept
    : chunks_(std::exchange(other.chunks_, {})),
      size_(std::exchange(other.size_, 0)),
      pending_(std::exchange(other.pending_, {})),
      undo_(std::exchange(other.undo_, {})) {}

FileImage& FileImage::operator=(FileImage other) noexcept {
  std::swap(chunks_, other.chunks_);
  std::swap(size_, other.size_);
  std::swap(pending_, other.pending_);
  std::swap(undo_, other.undo_);
  return *this;
}

FileImage::~FileImage() {
  for (Chunk* chunk : chunks_) {
    if (chunk != nullptr && --chunk->references == 0) delete chunk;
  }
}

// The chunk, made ours alone.
FileImage::Chunk* FileImage::writable(std::size_t index) {
  if (index >= chunks_.size()) chunks_.resize(index + 1, nullptr);
  Chunk*& chunk = chunks_[index];
  if (chunk == nullptr) {
    chunk = new Chunk;
    chunk->bytes.fill(std::byte{0});
  } else if (chunk->references > 1) {
    --chunk->references;
    auto* copy = new Chunk;
    copy->bytes = chunk->bytes;
    chunk = copy;
  }
  return chunk;
}

// Hands `take` the `count` bytes from `offset` on, all of which are there, piece by piece.
template <class Take>
void FileImage::pieces(std::int64_t offset, std::size_t count, Take&& take) const {
  static constexpr std::array<std::byte, kChunk> kHole{};
  while (count > 0) {
    const std::size_t index = index_of(offset);
    const std::size_t n = std::min(kChunk - within(offset), count);
    const Chunk* chunk = index < chunks_.size() ? chunks_[index] : nullptr;
    take((chunk == nullptr ? kHole.data() : chunk->bytes.data()) + within(offset), n);
    offset += static_cast<std::int64_t>(n);
    count -= n;
  }
}

std::int64_t FileImage::read(std::int64_t offset, std::span<std::byte> out) const {
  ORDEAL_CHECK(offset >= 0);
  const std::int64_t there =
      std::clamp<std::int64_t>(size_ - offset, 0, static_cast<std::int64_t>(out.size()));
  std::byte* to = out.data();
  pieces(offset, bytes(there), [&](const std::byte* from, std::size_t n) {
    std::memcpy(to, from, n);
    to += n;
  });
  if (there < static_cast<std::int64_t>(out.size())) std::memset(to, 0, out.size() - bytes(there));
  return there;
}

void FileImage::store(std::int64_t offset, std::span<const std::byte> data) {
  if (data.empty()) return;
  const std::byte* from = data.data();
  for (std::size_t left = data.size(); left > 0;) {
    const std::size_t n = std::min(kChunk - within(offset), left);
    std::memcpy(writable(index_of(offset))->bytes.data() + within(offset), from, n);
    from += n;
    offset += static_cast<std::int64_t>(n);
    left -= n;
  }
  size_ = std::max(size_, offset);
}

// Whatever lies beyond the end is kept zero, so that growing again shows zeros.
void FileImage::resize(std::int64_t size) {
  if (size < size_) {
    const std::size_t keep = index_of(size + kChunkBytes - 1);
    for (std::size_t i = keep; i < chunks_.size(); ++i) {
      if (chunks_[i] != nullptr && --chunks_[i]->references == 0) delete chunks_[i];
    }
    if (keep < chunks_.size()) chunks_.resize(keep);
    if (within(size) != 0 && index_of(size) < chunks_.size() && chunks_[index_of(size)] != nullptr) {
      auto& tail = writable(index_of(size))->bytes;
      std::memset(tail.data() + within(size), 0, kChunk - within(size));
    }
  }
  size_ = size;
}

// Keeps the bytes of [offset, end) that are about to be covered.
void FileImage::remember(std::int64_t offset, std::int64_t end) {
  const std::int64_t covered = std::min(end, size_) - offset;
  if (covered <= 0) return;
  pieces(offset, bytes(covered),
         [&](const std::byte* from, std::size_t n) { undo_.insert(undo_.end(), from, from + n); });
}

void FileImage::write(std::int64_t offset, std::span<const std::byte> data) {
  ORDEAL_CHECK(offset >= 0);
  if (data.empty()) return;
  const auto size = static_cast<std::int64_t>(data.size());
  pending_.push_back({offset, size, size_, undo_.size(), false});
  remember(offset, offset + size);
  store(offset, data);
}

void FileImage::truncate(std::int64_t size) {
  ORDEAL_CHECK(size >= 0);
  if (size == size_) return;
  pending_.push_back({size, 0, size_, undo_.size(), true});
  remember(size, size_);
  resize(size);
}

void FileImage::flip(std::int64_t bit) {
  const std::int64_t offset = bit / 8;
  ORDEAL_CHECK(bit >= 0 && offset < size_);
  writable(index_of(offset))->bytes[within(offset)] ^= std::byte{1} << (bit % 8);
}

void FileImage::sync() {
  pending_.clear();
  undo_.clear();
}

std::uint32_t FileImage::pending_sectors(std::size_t write) const {
  const Pending& p = pending_[write];
  if (p.truncation) return 1;
  return static_cast<std::uint32_t>((p.offset + p.size - 1) / kSectorBytes - p.offset / kSectorBytes + 1);
}

void FileImage::crash(const Fate& fate) {
  Damage damage;
  crash(fate, damage);
}

void FileImage::crash(const Fate& fate, Damage& damage) {
  // Backwards: each step uncovers what the write wrote and puts back what it covered.
  const auto pending = std::exchange(pending_, {});
  const auto undo = std::exchange(undo_, {});
  std::vector<std::vector<std::byte>> written(pending.size());
  std::size_t undo_end = undo.size();
  for (std::size_t i = pending.size(); i-- > 0;) {
    const Pending& p = pending[i];
    written[i].resize(bytes(p.size));
    read(p.offset, written[i]);
    if (size_ > p.size_before) resize(p.size_before);
    store(p.offset, std::span(undo).subspan(p.undo_at, undo_end - p.undo_at));
    ORDEAL_CHECK(size_ == p.size_before);
    undo_end = p.undo_at;
  }
  // Forwards: what survives is written again. A file system gives what is written behind a truncation new blocks, which
  // belong to the file only once the truncation does: new bytes never come to lie among those that were cut off.
  std::int64_t cut_undone_at = std::numeric_limits<std::int64_t>::max();
  const Fate in_order = [&](std::uint32_t index, std::uint32_t sector) -> SectorVerdict {
    const Pending& write = pending[index];
    const std::int64_t at =
        sector == 0 ? write.offset : (write.offset / kSectorBytes + sector) * kSectorBytes;
    if (!write.truncation && at >= cut_undone_at) return {SectorVerdict::Act::lost, 0};
    const SectorVerdict verdict = fate(index, sector);
    if (write.truncation && at < write.size_before && at <= cut_undone_at) {
      const bool kept = verdict.act == SectorVerdict::Act::kept;
      cut_undone_at = kept ? std::numeric_limits<std::int64_t>::max() : at;
    }
    return verdict;
  };
  for (std::size_t i = 0; i < pending.size(); ++i) {
    redo(pending[i], written[i], static_cast<std::uint32_t>(i), in_order, damage);
  }
}

void FileImage::redo(const Pending& write, std::span<const std::byte> data, std::uint32_t index,
                     const Fate& fate, Damage& damage) {
  const std::uint32_t sectors =
      write.truncation ? 1
                       : static_cast<std::uint32_t>((write.offset + write.size - 1) / kSectorBytes -
                                                    write.offset / kSectorBytes + 1);
  std::int64_t at = write.offset;
  for (std::uint32_t sector = 0; sector < sectors; ++sector) {
    const SectorVerdict verdict = fate(index, sector);
    switch (verdict.act) {
      case SectorVerdict::Act::lost:
        ++damage.lost;
        break;
      case SectorVerdict::Act::kept:
        ++damage.kept;
        break;
      case SectorVerdict::Act::torn:
        ++damage.torn;
        break;
    }
    if (write.truncation) {
      if (verdict.act == SectorVerdict::Act::kept) resize(write.offset);
      return;
    }
    const std::int64_t end = std::min((at / kSectorBytes + 1) * kSectorBytes, write.offset + write.size);
    auto piece = data.subspan(bytes(at - write.offset), bytes(end - at));
    if (verdict.act == SectorVerdict::Act::torn) {
      piece = piece.first(std::min<std::size_t>(verdict.torn_bytes, piece.size()));
    }
    if (verdict.act != SectorVerdict::Act::lost && !piece.empty()) store(at, piece);
    at = end;
  }
}

}  // namespace ordeal::sim
