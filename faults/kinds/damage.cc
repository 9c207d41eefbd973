#include "faults/kinds/damage.h"

#include <algorithm>

#include "core/base/check.h"

namespace ordeal::faults {
namespace {

// Far enough to leave a small file's neighbourhood; the disk counts round the file.
constexpr std::uint64_t kBlocksAway = 64;

std::int64_t below(const DamageDraw& draw, std::string_view what, std::int64_t n) {
  const auto limit = static_cast<std::uint64_t>(std::max<std::int64_t>(n, 1));
  return static_cast<std::int64_t>(draw.choices.below(draw.key, draw.lane ^ sim::lane(what), limit));
}

struct Verdict {
  using Act = sim::DiskVerdict::Act;
  sim::DiskVerdict operator()(const act::DiskRot& a) const {
    return {.act = Act::rot, .at = a.bit, .count = a.bits};
  }
  sim::DiskVerdict operator()(const act::DiskMisdirectedWrite& a) const {
    return {.act = Act::misdirect, .at = a.blocks};
  }
  sim::DiskVerdict operator()(const act::DiskLostWrite&) const { return {.act = Act::lose}; }
  sim::DiskVerdict operator()(const act::DiskTornWrite& a) const {
    return {.act = Act::tear, .count = a.bytes};
  }
  sim::DiskVerdict operator()(const act::DiskMisdirectedRead& a) const {
    return {.act = Act::misdirect, .at = a.blocks};
  }
  sim::DiskVerdict operator()(const act::DiskShortRead& a) const {
    return {.act = Act::shorten, .count = a.bytes};
  }
  sim::DiskVerdict operator()(const act::DiskBadSector&) const { return {.act = Act::wear_out}; }
  template <class Other>
  sim::DiskVerdict operator()(const Other&) const {
    return {};
  }
};

}  // namespace

Action damage(const Fault& fault, const sim::DiskOp& op, const DamageDraw& draw) {
  switch (kind_of(fault)) {
    case FaultKind::disk_rot: {
      const std::int64_t bit = below(draw, "bit", op.size * 8);
      return act::DiskRot{bit, 1 + below(draw, "bits", std::get<DiskRot>(fault).bits_max)};
    }
    case FaultKind::disk_misdirected_write:
      return act::DiskMisdirectedWrite{1 + below(draw, "blocks", kBlocksAway)};
    case FaultKind::disk_lost_write:
      return act::DiskLostWrite{};
    case FaultKind::disk_torn_write:
      return act::DiskTornWrite{below(draw, "bytes", op.size)};
    case FaultKind::disk_misdirected_read:
      return act::DiskMisdirectedRead{1 + below(draw, "blocks", kBlocksAway)};
    case FaultKind::disk_short_read:
      return act::DiskShortRead{1 + below(draw, "bytes", op.size - 1)};
    case FaultKind::disk_bad_sector:
      return act::DiskBadSector{};
    default:
      check_failed(__FILE__, __LINE__, "not a kind that damages", std::string(info(kind_of(fault)).name));
  }
}

sim::DiskVerdict damage_verdict(const Action& action) { return std::visit(Verdict{}, action); }

void list_damage(const sim::DiskOp& op, std::vector<Action>& applicable) {
  // In the middle of the range: beyond the header of a page, within its rows or its free space.
  const std::int64_t middle = op.size / 2;
  const Action all[] = {act::DiskRot{middle * 8, 1}, act::DiskMisdirectedWrite{1},
                        act::DiskLostWrite{},        act::DiskTornWrite{middle},
                        act::DiskMisdirectedRead{1}, act::DiskShortRead{std::max<std::int64_t>(middle, 1)},
                        act::DiskBadSector{}};
  for (const Action& action : all) {
    if (info(info(action).like).operations.has(op.kind)) applicable.push_back(action);
  }
}

}  // namespace ordeal::faults
