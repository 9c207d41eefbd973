// The draws of one window of a swarm: all from one key ("swarm/message_loss", the nth), each in a lane of its own, so
// that one more draw changes no other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ratio.h"
#include "core/base/time.h"
#include "faults/kinds/fault.h"
#include "sim/cause.h"
#include "sim/choice.h"

namespace ordeal::faults {

using Names = std::vector<std::string>;

class Draws {
 public:
  Draws(const sim::Choices& choices, std::string_view site, std::uint32_t nth, bool wide = false)
      : choices_(choices), key_{sim::site_of_path(site), nth}, wide_(wide) {}

  // A wide trial: its faults are everywhere, all the time, at middling rates.
  bool wide() const { return wide_; }

  std::uint64_t bits(std::string_view what) const { return choices_.bits(key_, sim::lane(what)); }
  bool chance(std::string_view what, Ratio ratio) const {
    return choices_.chance(key_, sim::lane(what), ratio);
  }
  std::uint64_t below(std::string_view what, std::uint64_t n) const {
    return choices_.below(key_, sim::lane(what), n);
  }
  const std::string& one_of(std::string_view what, const Names& names) const {
    return names[below(what, names.size())];
  }

  // Uniform over orders of magnitude between min and max, with three leading digits so that people can read
  // it.
  Duration magnitude(std::string_view what, Duration min, Duration max) const;
  // Below the kind's strongest and `cap`.
  Ratio rate(FaultKind kind, Ratio cap) const;
  // Negative half of the time.
  template <class T>
  T either_way(T value) const {
    return chance("negative", {1, 2}) ? T{} - value : value;
  }

  // A random part of the names: neither none nor, of two or more, all.
  Names part_of(std::string_view what, const Names& names) const;
  // So many that as many are left, or one more; the order of the names decides nothing.
  Names half_of(std::string_view what, const Names& names) const;
  // Half of the time all, else one or a part.
  Names some_of(std::string_view what, const Names& names) const;

 private:
  const sim::Choices& choices_;
  sim::Key key_;
  bool wide_;
};

}  // namespace ordeal::faults
