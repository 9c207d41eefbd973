#include "scenarios/flows/purchase/laws/evidence.h"

#include <fmt/format.h>

#include "core/wire/names.h"

namespace ordeal::purchase {

std::string state_text(api::OrderState state) { return std::string(wire::name_of(state)); }

std::string move_text(api::OrderState from, api::OrderState to, std::int64_t version, std::int64_t at_ns) {
  return fmt::format("{} → {}, version {}, at {}", wire::name_of(from), wire::name_of(to), version,
                     when(at_ns));
}

std::string amount_text(std::int64_t minor, Currency currency) { return Money{minor, currency}.text(); }

}  // namespace ordeal::purchase
