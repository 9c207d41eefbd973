// Seam aftersale::Wishes: when a wish for money back is one that was made before, and under which number it is asked for at the channel.
//
// Contract: a wish is known by its payment and key, and by nothing else: two equal amounts under two keys are two refunds (F-98). All calls
// that ask for a refund by one route have one number, the refund's own; who does not know what became of it asks again under it (F-45).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/aftersale/backs.h"

namespace ordeal::aftersale {

class Recognition {
 public:
  virtual ~Recognition() = default;
  virtual std::optional<Back> known(env::Connection& from, const Back& wanted) const = 0;
};

class Numbering {
 public:
  virtual ~Numbering() = default;
  // "rfd-7KQ2M9ZWX4": of the refund API. `back.sends` is how often it was asked for.
  virtual std::string number(const Back& back) const = 0;
};

// "rfd-7KQ2M9ZWX4", or of a payout "rfd-7KQ2M9ZWX4-p".
std::string number_of(const Numbering& numbering, const Back& back);
// Which refund a number is of. Nothing: of none.
std::optional<RefundId> refund_of(std::string_view number);

// "key". Null for an unknown name.
std::unique_ptr<Recognition> make_recognition(std::string_view name);
// "of_the_refund". Null for an unknown name.
std::unique_ptr<Numbering> make_numbering(std::string_view name);

}  // namespace ordeal::aftersale
