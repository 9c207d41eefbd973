// The strict reader.
#include <algorithm>
#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

#include "faults/plan/plan_json.h"
#include "faults/suggest.h"
#include "faults/text.h"

namespace ordeal::faults {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kHealText = "heal";
constexpr std::size_t kLongestExcerpt = 80;

// Thrown inside this file only: the first error ends the reading.
struct Bad {
  PlanError error;
};

std::string excerpt(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kLongestExcerpt) text = text.substr(0, kLongestExcerpt) + "…";
  return text;
}

[[noreturn]] void bad(std::string path, std::string expected, const Json& found,
                      std::string suggestion = {}) {
  throw Bad{{std::move(path), std::move(expected), excerpt(found), std::move(suggestion)}};
}

std::string list_of(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

template <class Rows>
std::vector<std::string_view> names_of(const Rows& rows) {
  std::vector<std::string_view> out;
  for (const auto& row : rows) out.push_back(row.name);
  return out;
}

[[noreturn]] void unknown(std::string path, std::string_view what, std::span<const std::string_view> known,
                          const std::string& found) {
  bad(std::move(path), "one of the " + std::string(what) + " " + list_of(known), found,
      nearest(found, known).value_or(""));
}

void read(const Json& json, const std::string& path, std::string& out) {
  if (!json.is_string()) bad(path, "a text", json);
  out = json.get<std::string>();
}

void read(const Json& json, const std::string& path, Duration& out) {
  if (!json.is_string()) bad(path, "a duration such as \"30m\", \"1h30m\" or \"250ms\"", json);
  const auto parsed = parse_duration(json.get<std::string>());
  if (!parsed) bad(path, parsed.error(), json);
  out = *parsed;
}

void read(const Json& json, const std::string& path, Ratio& out) {
  constexpr std::int64_t kLargestDenominator = 1'000'000'000;  // reach.cc squares it
  const std::string expected = "a chance such as \"3/100\", at least 0 and at most 1";
  if (!json.is_string()) bad(path, expected, json);
  const auto parsed = parse_ratio(json.get<std::string>());
  if (!parsed) bad(path, parsed.error(), json);
  if (!is_probability(*parsed)) bad(path, expected, json);
  if (parsed->den > kLargestDenominator) bad(path, "a denominator of at most 1000000000", json);
  out = *parsed;
}

std::int64_t integer(const Json& json, const std::string& path, std::int64_t min, std::int64_t max) {
  const std::string expected = "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
  if (!json.is_number_integer()) bad(path, expected, json);
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
    bad(path, expected, json);
  const auto number = json.get<std::int64_t>();
  if (number < min || number > max) bad(path, expected, json);
  return number;
}

void read(const Json& json, const std::string& path, std::int64_t& out) {
  // Drift: a clock that runs backwards would be no clock. Sectors and bytes are far below.
  constexpr std::int64_t kMost = 999'999'999;
  out = integer(json, path, -kMost, kMost);
}

void read(const Json& json, const std::string& path, std::vector<std::string>& out) {
  if (!json.is_array()) bad(path, "a list of names", json);
  out.clear();
  for (std::size_t i = 0; i < json.size(); ++i) {
    read(json[i], path + "[" + std::to_string(i) + "]", out.emplace_back());
  }
}

void read(const Json& json, const std::string& path, Partition::Cut& out) {
  std::string name;
  read(json, path, name);
  const auto found = std::find(cut_names().begin(), cut_names().end(), name);
  if (found == cut_names().end()) unknown(path, "cuts", cut_names(), name);
  out = static_cast<Partition::Cut>(found - cut_names().begin());
}

void read(const Json& json, const std::string& path, MessageHold::Release& out) {
  std::string name;
  read(json, path, name);
  const auto found = std::find(release_names().begin(), release_names().end(), name);
  if (found == release_names().end()) unknown(path, "ways to let go", release_names(), name);
  out = static_cast<MessageHold::Release>(found - release_names().begin());
}

void read(const Json& json, const std::string& path, CrashPoints& out) {
  std::vector<std::string> names;
  read(json, path, names);
  const auto known = names_of(crash_point_names());
  out.set = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find(known.begin(), known.end(), names[i]);
    if (found == known.end()) unknown(path + "[" + std::to_string(i) + "]", "crash points", known, names[i]);
    out.set |= crash_point_names()[static_cast<std::size_t>(found - known.begin())].point;
  }
  if (out.set == 0) bad(path, "at least one crash point of " + list_of(known), json);
}

// Does an initial value say nothing, so that it must be given?
bool is_blank(Duration v) { return v == Duration{}; }
bool is_blank(Ratio v) { return v.is_zero(); }
bool is_blank(std::int64_t v) { return v == 0; }
bool is_blank(const std::string& v) { return v.empty(); }
bool is_blank(const std::vector<std::string>& v) { return v.empty(); }
bool is_blank(Partition::Cut) { return false; }
bool is_blank(MessageHold::Release) { return false; }
bool is_blank(CrashPoints) { return false; }

// One JSON object and the keys it may have. Every key must be one that was asked for.
class Object {
 public:
  Object(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
    if (!json.is_object()) bad(path_, "an object", json);
  }

  const std::string& path() const { return path_; }
  std::string path_of(std::string_view key) const { return path_ + "." + std::string(key); }

  const Json* find(std::string_view key) {
    known_.push_back(key);
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }
  const Json* need(std::string_view key) {
    const Json* found = find(key);
    if (found == nullptr) missing_.push_back(key);
    return found;
  }
  template <class T>
  void must(std::string_view key, T& out) {
    if (const Json* json = need(key)) read(*json, path_of(key), out);
  }
  template <class T>
  void may(std::string_view key, T& out) {
    if (const Json* json = find(key)) read(*json, path_of(key), out);
  }
  // A parameter whose initial value says something may be left out; an empty or zero one must be given.
  template <class T>
  void parameter(std::string_view key, T& out) {
    is_blank(out) ? must(key, out) : may(key, out);
  }
  bool is_there(std::string_view key) const { return json_.find(key) != json_.end(); }

  // Unknown keys first: a mistyped key is also a missing one, and the typing mistake is what helps.
  void done() const {
    for (const auto& [key, unused] : json_.items()) {
      if (std::find(known_.begin(), known_.end(), key) == known_.end())
        unknown(path_of(key), "keys", known_, key);
    }
    if (!missing_.empty())
      bad(path_of(missing_.front()), "the key \"" + std::string(missing_.front()) + "\"", json_);
  }

 private:
  const Json& json_;
  std::string path_;
  std::vector<std::string_view> known_;
  std::vector<std::string_view> missing_;
};

// Sums of a few times stay far from the end of int64.
constexpr Duration kLongest{10LL * 365 * 86'400 * 1'000'000'000};

template <class T>
constexpr bool kMayBeNever =
    std::is_same_v<T, HostCrash> || std::is_same_v<T, HostFreeze> || std::is_same_v<T, act::Crash> ||
    std::is_same_v<T, act::Freeze> || std::is_same_v<T, act::CrashBeforeDisk> ||
    std::is_same_v<T, act::CrashAfterDisk> || std::is_same_v<T, act::CrashWiped> ||
    std::is_same_v<T, act::CrashSwapped>;

// Of these only the restart may never come.
template <class T>
constexpr bool kMayNotRestart =
    std::is_same_v<T, CacheFailover> || std::is_same_v<T, CacheRestartEmpty> ||
    std::is_same_v<T, BrokerLoseUnflushed> || std::is_same_v<T, act::CacheFailover> ||
    std::is_same_v<T, act::CacheRestartEmpty> || std::is_same_v<T, act::BrokerCrash>;

// The parameters of a fault or an action. Time does not run back: only clocks are set by negative durations.
template <class Variant>
void read_fields(Object& object, Variant& variant) {
  std::visit(
      [&]<class T>(T& v) {
        v.fields(v, [&]<class Field>(std::string_view name, Field& field) {
          object.parameter(name, field);
          if constexpr (std::is_same_v<Field, Duration>) {
            if (field < Duration{} && name != "by")
              bad(object.path_of(name), "a time that is not negative", text(field));
            const bool never = field == kNever &&
                               (kMayBeNever<T> || (kMayNotRestart<T> && name.starts_with("restart_after")));
            if (!never && (field > kLongest || field < -kLongest))
              bad(object.path_of(name), "a time of at most 87600h", text(field));
          }
        });
      },
      variant);
}

void check(const Window& window, const Object& object, const Json& json) {
  if (window.id.empty()) bad(object.path_of("id"), "an id that is not empty", json);
  if (window.from < Duration{} || window.from > kLongest) {
    bad(object.path_of("from"), "a time that is not negative and at most 87600h", text(window.from));
  }
  if (window.until <= window.from) bad(object.path_of("until"), "a time after \"from\"", text(window.until));
  if (const auto* outcome = std::get_if<DiskCrashOutcome>(&window.fault)) {
    const Ratio kept = outcome->kept;
    const Ratio torn = outcome->torn;
    const Ratio left{kept.den - kept.num, kept.den};
    // torn <= 1 - kept; denominators are at most 1e9, so the products fit.
    if (torn.num * left.den > left.num * torn.den)
      bad(object.path_of("torn"), "kept and torn together at most 1", text(torn));
  }
  if (const auto* rot = std::get_if<DiskRot>(&window.fault); rot != nullptr && rot->bits_max < 1)
    bad(object.path_of("bits_max"), "a whole number of at least 1", rot->bits_max);
  const auto in_order = [&](std::string_view key, Duration min, Duration max) {
    if (max < min || (max == kNever && min != kNever))
      bad(object.path_of(key), "a time not above the longest, and \"never\" for both or none", text(min));
  };
  std::visit(
      [&](const auto& fault) {
        if constexpr (requires { fault.restart_after_min; })
          in_order("restart_after_min", fault.restart_after_min, fault.restart_after_max);
      },
      window.fault);
  if (const auto* freeze = std::get_if<HostFreeze>(&window.fault))
    in_order("for_min", freeze->for_min, freeze->for_max);
  if (const auto* tail = std::get_if<MessageTail>(&window.fault))
    in_order("typical", tail->typical, tail->longest);
  if (const auto* loop = std::get_if<CrashLoop>(&window.fault); loop != nullptr && loop->times < 1)
    bad(object.path_of("times"), "at least 1", std::to_string(loop->times));
}

Window read_window(const Json& json, const std::string& path) {
  Object object(json, path);
  Window window;
  object.must("id", window.id);
  std::string name;
  object.must("fault", name);
  if (object.is_there("fault")) {
    const auto kind = kind_named(name);
    if (!kind) unknown(object.path_of("fault"), "faults", names_of(kinds()), name);
    window.fault = make(*kind);
    read_fields(object, window.fault);
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
    inner.may("hosts", window.scope.hosts);
    inner.may("from", window.scope.from);
    inner.may("to", window.scope.to);
    inner.may("file", window.scope.file);
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
    const auto known = names_of(actions());
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) unknown(object.path_of("action"), "actions", known, name);
    strike.action = make_action(static_cast<std::size_t>(found - known.begin()));
    const bool sector = info(strike.action).question == Question::unsynced_sector;
    if (sector) {  // write and sector 0 are ordinary values: they may be left out
      std::visit(
          [&](auto& v) { v.fields(v, [&](std::string_view key, auto& field) { object.may(key, field); }); },
          strike.action);
    } else {
      read_fields(object, strike.action);
    }
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
