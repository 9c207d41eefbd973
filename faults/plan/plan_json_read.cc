// The strict reader of plans.
#include <algorithm>
#include <utility>

#include "faults/kinds/fields.h"
#include "faults/plan/plan_json.h"
#include "faults/plan/plan_json_strict.h"

namespace ordeal::faults {
namespace {

using namespace strict;

// Shortest times are not above the longest ones.
template <class T>
void check_ranges(const T& fault, const Object& object) {
  fault.fields(fault, [&](const Parameter& parameter, const auto& value) {
    if constexpr (kIsTime<decltype(value)>) {
      if (parameter.not_above.empty()) return;
      const Duration most = time_named(fault, parameter.not_above);
      if (most < value || (most == kNever && value != kNever))
        bad(object.path_of(parameter.key),
            "a time not above the longest, " + std::string(parameter.not_above) +
                ", and \"never\" for both or none",
            text(value));
    }
  });
}

void check(const Window& window, const Object& object, const Json& json) {
  if (window.id.empty()) bad(object.path_of("id"), "an id that is not empty", json);
  if (window.from < Duration{} || window.from > kLongest)
    bad(object.path_of("from"), "a time that is not negative and at most 87600h", text(window.from));
  if (window.until <= window.from) bad(object.path_of("until"), "a time after \"from\"", text(window.until));
  const auto* outcome = std::get_if<DiskCrashOutcome>(&window.fault);
  if (outcome != nullptr && !outcome->fits())
    bad(object.path_of("torn"), "kept and torn together at most 1", text(outcome->torn));
  std::visit([&](const auto& fault) { check_ranges(fault, object); }, window.fault);
}

Window read_window(const Json& json, const std::string& path) {
  Object object(json, path);
  Window window;
  object.must("id", window.id);
  std::string name;
  object.must("fault", name);
  if (object.is_there("fault")) {
    const auto kind = kind_named(name);
    if (!kind) unknown(object.path_of("fault"), "faults", names_in(kinds()), name);
    window.fault = make(*kind);
    object.parameters(window.fault);
  }
  object.may("from", window.from);
  if (const Json* until = object.need("until")) {
    if (*until == Json(kHealText)) {
      window.until = kUntilHeal;
    } else {
      read(*until, object.path_of("until"), window.until);
    }
  }
  if (const Json* scope = object.find("scope")) {
    Object inner(*scope, object.path_of("scope"));
    inner.parameters(window.scope);
    inner.done();
  }
  object.done();
  check(window, object, json);
  return window;
}

Strike read_strike(const Json& json, const std::string& path) {
  Object object(json, path);
  Strike strike;
  object.must("site", strike.site);
  std::int64_t occurrence = 0;
  if (const Json* number = object.find("occurrence")) {
    occurrence = integer(*number, object.path_of("occurrence"), 0, UINT32_MAX);
  }
  strike.occurrence = static_cast<std::uint32_t>(occurrence);
  std::string name;
  object.must("action", name);
  if (object.is_there("action")) {
    const auto known = names_in(actions());
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) unknown(object.path_of("action"), "actions", known, name);
    strike.action = make_action(static_cast<std::size_t>(found - known.begin()));
    object.parameters(strike.action);
  }
  object.find("readable");
  object.done();
  return strike;
}

Plan read_plan(const Json& json, const std::string& path) {
  Object object(json, path);
  Plan plan;
  object.must("heal_at", plan.heal_at);
  if (plan.heal_at < Duration{} || plan.heal_at > kLongest) {
    bad(object.path_of("heal_at"), "a time that is not negative and at most 87600h", text(plan.heal_at));
  }
  const auto each = [&](std::string_view key, const auto& take) {
    const Json* list = object.find(key);
    if (list == nullptr) return;
    if (!list->is_array()) bad(object.path_of(key), "a list", *list);
    for (std::size_t i = 0; i < list->size(); ++i)
      take((*list)[i], object.path_of(key) + "[" + std::to_string(i) + "]");
  };
  each("windows", [&](const Json& item, const std::string& at) {
    Window window = read_window(item, at);
    const bool twice = std::any_of(plan.windows.begin(), plan.windows.end(),
                                   [&](const Window& w) { return w.id == window.id; });
    if (twice) bad(at + ".id", "an id that no other window has", window.id);
    plan.windows.push_back(std::move(window));
  });
  each("strikes",
       [&](const Json& item, const std::string& at) { plan.strikes.push_back(read_strike(item, at)); });
  object.may("never_returning", plan.never_returning);
  if (const Json* knobs = object.find("knobs")) {
    if (!knobs->is_object()) bad(object.path_of("knobs"), "an object", *knobs);
    for (const auto& [name, setting] : knobs->items())
      read(setting, object.path_of("knobs") + "." + name, plan.knobs[name]);
  }
  object.done();
  return plan;
}

template <class Read>
auto caught(Read&& reading) -> Result<decltype(reading()), PlanError> {
  try {
    return reading();
  } catch (Bad& wrong) {
    return Err{std::move(wrong.error)};
  }
}

}  // namespace

Result<Plan, PlanError> plan_from_json(const nlohmann::ordered_json& json, std::string path) {
  return caught([&] { return read_plan(json, path); });
}

Result<Strike, PlanError> strike_from_json(const nlohmann::ordered_json& json, std::string path) {
  return caught([&] { return read_strike(json, path); });
}

}  // namespace ordeal::faults
