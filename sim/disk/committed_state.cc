#include "sim/disk/committed_state.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace ordeal::sim {
namespace {

// In the header of a database (sqlite.org/fileformat2.html#the_database_header).
constexpr std::size_t kChangesAt = 24;
constexpr std::size_t kPagesAt = 28;  // in pages, true if the two counts of changes are one
constexpr std::size_t kFirstTrunkAt = 32;
constexpr std::size_t kChangesSeenAt = 92;

std::uint32_t field(std::span<const std::byte> bytes, std::size_t at) {
  return big_endian(bytes.data() + at);
}

// The running sums of a log: over the first 24 bytes of its header, then over eight bytes of each frame's header and its page.
class LogSums {
 public:
  // Words of the sums are read in the byte order that the last bit of the log's magic number names.
  explicit LogSums(bool big) : big_(big) {}
  void add(std::span<const std::byte> bytes) {
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      first_ += word(bytes, at) + second_;
      second_ += word(bytes, at + 4) + first_;
    }
  }
  bool are(std::uint32_t first, std::uint32_t second) const { return first_ == first && second_ == second; }

 private:
  std::uint32_t word(std::span<const std::byte> bytes, std::size_t at) const {
    const std::uint32_t value = field(bytes, at);
    if (big_) return value;
    return value >> 24 | (value >> 8 & 0xff00u) | (value << 8 & 0xff'0000u) | value << 24;
  }

  bool big_;
  std::uint32_t first_ = 0;
  std::uint32_t second_ = 0;
};

}  // namespace

std::map<std::int64_t, std::int64_t> committed_frames(const FileImage& log) {
  constexpr std::size_t kLogHeader = 32;
  constexpr std::size_t kFrameHeader = 24;
  std::map<std::int64_t, std::int64_t> committed;
  std::array<std::byte, kLogHeader> header{};
  if (log.read(0, header) < static_cast<std::int64_t>(kLogHeader)) return committed;
  const std::size_t page_bytes = field(header, 8);
  if ((field(header, 0) & ~1u) != 0x377f0682u || !is_page_size(page_bytes)) return committed;
  LogSums sums((field(header, 0) & 1) != 0);
  sums.add(std::span(header).first(24));
  if (!sums.are(field(header, 24), field(header, 28))) return committed;

  std::map<std::int64_t, std::int64_t> running;
  std::vector<std::byte> frame(kFrameHeader + page_bytes);
  const auto frame_bytes = static_cast<std::int64_t>(frame.size());
  for (auto at = static_cast<std::int64_t>(kLogHeader); log.read(at, frame) == frame_bytes;
       at += frame_bytes) {
    const bool of_this_round = std::memcmp(frame.data() + 8, header.data() + 16, 8) == 0;
    sums.add(std::span(frame).first(8));
    sums.add(std::span(frame).subspan(kFrameHeader));
    if (!of_this_round || !sums.are(field(frame, 16), field(frame, 20))) break;
    running[field(frame, 0)] = at + static_cast<std::int64_t>(kFrameHeader);
    if (field(frame, 4) == 0) continue;
    for (const auto& [page, place] : running) committed[page] = place;
    running.clear();
  }
  return committed;
}

CommittedState::CommittedState(const DatabaseFiles& files) : files_(files) {
  if (files_.log != nullptr) in_log_ = committed_frames(*files_.log);
}

bool CommittedState::read(std::int64_t page, std::span<std::byte> out) const {
  const auto size = static_cast<std::int64_t>(out.size());
  if (const auto found = in_log_.find(page); found != in_log_.end())
    return files_.log->read(found->second, out) == size;
  const std::int64_t kept = files_.records == nullptr ? -1 : files_.records->place_of(page);
  const std::int64_t got =
      kept >= 0 ? files_.journal->read(kept, out) : files_.database.read((page - 1) * size, out);
  return got == size && sum_matches(out, page);
}

bool CommittedState::holds(std::int64_t page) const {
  std::vector<std::byte> header(static_cast<std::size_t>(files_.format.page_bytes));
  if (page == 1 || !read(1, header) || format_in(header) != files_.format) return true;
  const bool size_is_known = field(header, kChangesAt) == field(header, kChangesSeenAt);
  if (size_is_known && page > field(header, kPagesAt)) return false;
  return !is_free_leaf(page, header);
}

// A trunk page holds the number of the next one, how many leaves it lists, and their numbers.
bool CommittedState::is_free_leaf(std::int64_t page, std::span<const std::byte> header) const {
  std::vector<std::byte> trunk(header.size());
  std::int64_t at = field(header, kFirstTrunkAt);
  const std::int64_t pages = files_.database.size() / files_.format.page_bytes + 1;
  for (std::int64_t trunks = 0; at != 0 && trunks < pages; ++trunks, at = field(trunk, 0)) {
    if (!read(at, trunk)) return false;
    const std::size_t room = trunk.size() / 4 - 2;
    const std::size_t leaves = std::min<std::size_t>(field(trunk, 4), room);
    for (std::size_t i = 0; i < leaves; ++i) {
      if (field(trunk, 8 + 4 * i) == page) return true;
    }
  }
  return false;
}

}  // namespace ordeal::sim
