#include "sim/disk/damage.h"

#include <algorithm>

namespace ordeal::sim {
namespace {

constexpr std::int64_t kSector = FileImage::kSectorBytes;

}  // namespace

void rot(FileImage& image, std::int64_t offset, std::int64_t size, const DiskVerdict& verdict) {
  const std::int64_t end = std::min(offset + size, image.size());
  for (std::int64_t i = 0; i < verdict.count; ++i) {
    const std::int64_t bit = offset * 8 + verdict.at + i;
    if (bit / 8 < end) image.flip(bit);
  }
}

std::optional<std::int64_t> elsewhere(const FileImage& image, std::int64_t offset, std::int64_t size,
                                      std::int64_t blocks) {
  if (size <= 0) return std::nullopt;
  // Blocks [-before, after] from the one that was meant lie within the file.
  const std::int64_t before = offset / size;
  const std::int64_t after = std::max<std::int64_t>((image.size() - offset) / size - 1, 0);
  const std::int64_t others = before + after;
  if (others == 0) return std::nullopt;
  std::int64_t step = (blocks % others + others) % others;  // 0 would be the last one before coming home
  if (step == 0) step = others;
  return offset + (step <= after ? step : step - others - 1) * size;
}

void write_part(FileImage& image, std::int64_t offset, std::span<const std::byte> data, std::size_t bytes,
                std::int64_t landing) {
  const std::int64_t end = offset + static_cast<std::int64_t>(data.size());
  if (image.size() < end) image.truncate(end);
  image.write(landing, data.first(std::min(bytes, data.size())));
}

void wear_out(File& file, std::int64_t offset, std::int64_t size) {
  for (std::int64_t sector = offset / kSector; sector * kSector < offset + size; ++sector)
    file.bad_sectors.insert(sector);
}

void renew(File& file, std::int64_t offset, std::int64_t size) {
  if (file.bad_sectors.empty()) return;
  const auto first = file.bad_sectors.lower_bound(offset / kSector);
  file.bad_sectors.erase(first, file.bad_sectors.lower_bound((offset + size + kSector - 1) / kSector));
}

bool is_readable(const File& file, std::int64_t offset, std::int64_t size) {
  if (file.bad_sectors.empty()) return true;
  const auto bad = file.bad_sectors.lower_bound(offset / kSector);
  return bad == file.bad_sectors.end() || *bad * kSector >= offset + size;
}

}  // namespace ordeal::sim
