#include "scenarios/flows/purchase/laws/evidence.h"

#include <fmt/format.h>

#include "core/wire/names.h"

namespace ordeal::scenarios {

std::string when(std::int64_t at_ns) {
  const std::int64_t us = at_ns / 1'000;
  const std::int64_t s = us / 1'000'000;
  return fmt::format("+{:02}:{:02}:{:02}.{:06}", s / 3600, s / 60 % 60, s % 60, us % 1'000'000);
}

std::string how_long(std::int64_t ns) {
  return fmt::format("{}.{:03} s", ns / 1'000'000'000, ns / 1'000'000 % 1'000);
}

std::string state_text(api::OrderState state) { return std::string(wire::name_of(state)); }

std::string move_text(api::OrderState from, api::OrderState to, std::int64_t version, std::int64_t at_ns) {
  return fmt::format("{} → {}, version {}, at {}", wire::name_of(from), wire::name_of(to), version,
                     when(at_ns));
}

std::string amount_text(std::int64_t minor, Currency currency) { return Money{minor, currency}.text(); }

sim::Finding unsafe(std::string_view invariant, std::int64_t at_ns, std::string message, Evidence evidence) {
  return {std::string(invariant), sim::FindingKind::safety, at_ns, std::move(message), std::move(evidence)};
}

sim::Finding not_live(std::string_view invariant, std::int64_t at_ns, std::string message,
                      Evidence evidence) {
  return {std::string(invariant), sim::FindingKind::liveness, at_ns, std::move(message), std::move(evidence)};
}

}  // namespace ordeal::scenarios
