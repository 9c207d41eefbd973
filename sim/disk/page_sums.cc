#include "sim/disk/page_sums.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "sim/xxh3.h"

namespace ordeal::sim {
namespace {

constexpr std::size_t kSmallestPage = 512;
constexpr std::size_t kLargestPage = 65536;

std::uint32_t number_at(const FileImage& image, std::int64_t offset) {
  std::array<std::byte, 4> bytes{};
  if (offset >= 0) image.read(offset, bytes);
  return big_endian(bytes.data());
}

std::uint64_t sum(std::span<const std::byte> page, std::int64_t number) {
  return xxh3(page.first(page.size() - kSumBytes), static_cast<std::uint64_t>(number));
}

// The first eight bytes of a journal's header (sqlite.org/fileformat2.html#the_rollback_journal).
constexpr std::array<unsigned char, 8> kJournalMagic{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
constexpr std::int64_t kNonceAt = 12;
constexpr std::int64_t kPageBytesAt = 24;
constexpr std::size_t kJournalHeader = 28;

bool has_journal_magic(std::span<const std::byte> data) {
  return data.size() >= kJournalMagic.size() &&
         std::memcmp(data.data(), kJournalMagic.data(), kJournalMagic.size()) == 0;
}

}  // namespace

std::uint32_t big_endian(const std::byte* at) {
  const auto byte = [&](int i) { return std::to_integer<std::uint32_t>(at[i]); };
  return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

bool is_page_size(std::size_t size) {
  return size >= kSmallestPage && size <= kLargestPage && (size & (size - 1)) == 0;
}

std::optional<PageFormat> format_in(std::span<const std::byte> start) {
  constexpr std::string_view kMagic{"SQLite format 3\0", 16};
  if (start.size() < kHeaderBytes || std::memcmp(start.data(), kMagic.data(), kMagic.size()) != 0)
    return std::nullopt;
  const std::size_t said = big_endian(start.data() + 16) >> 16;
  const std::size_t bytes = said == 1 ? kLargestPage : said;
  if (!is_page_size(bytes)) return std::nullopt;
  return PageFormat{static_cast<std::int64_t>(bytes), start[20] == std::byte{kSumBytes}};
}

void put_sum(std::span<std::byte> page, std::int64_t number) {
  const std::uint64_t value = sum(page, number);
  std::memcpy(page.data() + page.size() - kSumBytes, &value, kSumBytes);
}

bool sum_matches(std::span<const std::byte> page, std::int64_t number) {
  std::uint64_t value = 0;
  std::memcpy(&value, page.data() + page.size() - kSumBytes, kSumBytes);
  return value == sum(page, number);
}

// ---- write-ahead log (sqlite.org/fileformat2.html#the_write_ahead_log) ----

FrameSums::Place FrameSums::place_of(std::int64_t offset) const {
  const std::int64_t frame_bytes = kFrameHeader + page_bytes_;
  const std::int64_t at = offset - kLogHeader;
  return {static_cast<std::size_t>(at / frame_bytes), at % frame_bytes - kFrameHeader};
}

std::uint64_t& FrameSums::sum_of(std::size_t frame) {
  if (frame == sums_.size()) return sums_.emplace_back(0);
  if (frame > sums_.size()) sums_.resize(frame + 1, 0);
  return sums_[frame];
}

// A new header starts the log afresh: frames of an older round are not read again.
void FrameSums::take_header(std::int64_t offset, std::span<const std::byte> data) {
  if (offset != 0 || data.size() < static_cast<std::size_t>(kLogHeader)) return;
  const std::size_t size = big_endian(data.data() + 8);
  page_bytes_ = is_page_size(size) ? static_cast<std::int64_t>(size) : 0;
  sums_.clear();
  piece_.clear();
}

void FrameSums::wrote(std::int64_t offset, std::span<const std::byte> data, std::uint64_t content) {
  take_header(offset, data);
  if (page_bytes_ == 0 || offset < kLogHeader) return;
  const Place place = place_of(offset);
  const auto size = static_cast<std::size_t>(page_bytes_);
  if (place.within < 0) return;
  if (place.within == 0) piece_.clear();
  const bool goes_on = place.within == 0 ||
                       (piece_of_ == place.frame && piece_.size() == static_cast<std::size_t>(place.within));
  if (!goes_on || piece_.size() + data.size() > size) {
    sum_of(place.frame) = 0;
    return;
  }
  piece_of_ = place.frame;
  if (data.size() == size) {
    sum_of(place.frame) = content;
    return;
  }
  piece_.insert(piece_.end(), data.begin(), data.end());
  sum_of(place.frame) = piece_.size() == size ? xxh3(piece_) : 0;
}

bool FrameSums::read(std::int64_t offset, std::span<const std::byte> data) {
  if (page_bytes_ == 0) take_header(offset, data);
  if (page_bytes_ == 0 || offset < kLogHeader) return true;
  const Place place = place_of(offset);
  const auto size = static_cast<std::size_t>(page_bytes_);
  // Recovery reads whole frames and checks SQLite's sums itself; the pages are read alone.
  const bool whole = place.within == -kFrameHeader && data.size() == size + kFrameHeader;
  if (whole) {
    std::uint64_t& known = sum_of(place.frame);
    if (known == 0) known = xxh3(data.subspan(kFrameHeader));
    return true;
  }
  if (place.within != 0 || data.size() != size || place.frame >= sums_.size()) return true;
  const std::uint64_t known = sums_[place.frame];
  return known == 0 || known == xxh3(data);
}

std::int64_t FrameSums::page_in_frame(const FileImage& log, std::int64_t offset) {
  return number_at(log, offset - kFrameHeader);
}

// ---- rollback journal ----

std::int64_t JournalSums::begin_write(std::int64_t offset, std::span<const std::byte> data) {
  if (offset == content_at_ && static_cast<std::int64_t>(data.size()) == page_bytes_) {
    forget_from(offset);
    records_.push_back({next_page_, offset});
    content_at_ = -1;
    sum_at_ = offset + page_bytes_;
    return next_page_;
  }
  const bool number = data.size() == 4 && offset != sum_at_;
  content_at_ = number ? offset + 4 : -1;
  sum_at_ = -1;
  if (number) next_page_ = big_endian(data.data());
  if (data.size() < kJournalHeader) return 0;
  // A header, whose magic number and count come with the sync; or the zeros that take its place when the transaction is over.
  if (offset == 0) records_.clear();
  const std::size_t said = big_endian(data.data() + kPageBytesAt);
  if (is_page_size(said)) page_bytes_ = static_cast<std::int64_t>(said);
  return 0;
}

void JournalSums::write_failed(std::int64_t offset) {
  forget_from(offset);
  content_at_ = sum_at_ = -1;
}

void JournalSums::truncated(std::int64_t size) { forget_from(size); }

void JournalSums::forget_from(std::int64_t offset) {
  while (!records_.empty() && records_.back().at >= offset) records_.pop_back();
}

std::int64_t JournalSums::place_of(std::int64_t page) const {
  const auto found =
      std::find_if(records_.begin(), records_.end(), [&](const Record& one) { return one.page == page; });
  return found == records_.end() ? -1 : found->at;
}

bool JournalSums::read(const FileImage& journal, std::int64_t offset, std::span<const std::byte> data) {
  constexpr std::size_t kStride = 200;
  if (data.size() == kJournalMagic.size() && has_journal_magic(data)) header_at_ = offset;
  const auto own = std::lower_bound(records_.begin(), records_.end(), offset,
                                    [](const Record& one, std::int64_t at) { return one.at < at; });
  if (own != records_.end() && own->at == offset && static_cast<std::int64_t>(data.size()) == page_bytes_)
    return sum_matches(data, own->page);
  if (!is_page_size(data.size()) || header_at_ < 0) return true;
  const auto size = static_cast<std::int64_t>(data.size());
  // As pager_cksum() in SQLite's pager.c: a record that fails it is the end of the journal, nothing worse.
  std::uint32_t sampled = number_at(journal, header_at_ + kNonceAt);
  for (std::size_t i = data.size() - kStride; i > 0; i = i > kStride ? i - kStride : 0)
    sampled += std::to_integer<std::uint32_t>(data[i]);
  if (sampled != number_at(journal, offset + size)) return true;
  return sum_matches(data, page_in_record(journal, offset));
}

std::int64_t JournalSums::page_in_record(const FileImage& journal, std::int64_t offset) {
  return number_at(journal, offset - 4);
}

}  // namespace ordeal::sim
