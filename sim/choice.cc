#include "sim/choice.h"

#include <Random123/philox.h>

#include "core/base/check.h"

namespace ordeal::sim {

std::uint64_t Choices::bits(Key key, Lane lane) const {
  const r123::Philox4x32::ctr_type counter{{static_cast<std::uint32_t>(key.site.value),
                                            static_cast<std::uint32_t>(key.site.value >> 32), key.occurrence,
                                            lane}};
  const r123::Philox4x32::key_type seed{
      {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
  const auto block = r123::Philox4x32{}(counter, seed);
  return (static_cast<std::uint64_t>(block[1]) << 32) | block[0];
}

std::uint64_t Choices::below(Key key, Lane lane, std::uint64_t n) const {
  ORDEAL_CHECK(n > 0);
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<Wide>(bits(key, lane)) * n) >> 64);
}

bool Choices::chance(Key key, Lane lane, Ratio ratio) const {
  if (ratio.num <= 0) return false;
  return below(key, lane, static_cast<std::uint64_t>(ratio.den)) < static_cast<std::uint64_t>(ratio.num);
}

Duration Choices::between(Key key, Lane lane, Duration min, Duration max) const {
  if (max <= min) return min;
  return min + Duration{static_cast<std::int64_t>(
                   below(key, lane, static_cast<std::uint64_t>((max - min).ns) + 1))};
}

Duration Choices::delay(Key key, const DelayModel& model) const {
  if (chance(key, lane("delay tail"), model.tail))
    return between(key, lane("delay"), model.max, model.tail_max);
  return between(key, lane("delay"), model.min, model.max);
}

}  // namespace ordeal::sim
