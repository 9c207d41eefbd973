// Seam order::OwnerCheck: who is answered when he asks for an order by its number, wants to pay it, or gives it up (B8).
//
// Contract: its buyer. To anybody else who is signed in there is no such order, so he does not even learn that there is one. Where the
// door does not say who asks, the number alone is what he has to know. F-101 breaks it: whoever knows the number is answered.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/base/ids.h"

namespace ordeal::order {

class OwnerCheck {
 public:
  virtual ~OwnerCheck() = default;
  // `asker` is who is signed in.
  virtual bool may_ask(const std::optional<UserId>& asker, UserId buyer) const = 0;
};

// "its_buyer"; null for an unknown name.
std::unique_ptr<OwnerCheck> make_owner_check(std::string_view name);

}  // namespace ordeal::order
