// Reading JSON strictly: an unknown key, a missing one, a value that is not what its parameter allows ends the reading
// with an error that says where it stands, what was expected and what was probably meant. Private to faults/plan.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "faults/kinds/fault.h"
#include "faults/kinds/fields.h"
#include "faults/plan/plan_json.h"
#include "faults/text.h"

namespace ordeal::faults::strict {

using Json = nlohmann::ordered_json;

inline constexpr std::string_view kHealText = "heal";
// Sums of a few times stay far from the end of int64.
inline constexpr Duration kLongest{10LL * 365 * 86'400 * 1'000'000'000};

// Thrown while reading and caught where it began: the first error ends the reading.
struct Bad {
  PlanError error;
};
[[noreturn]] void bad(std::string path, std::string expected, const Json& found, std::string suggestion = {});
// A word that is none of the known ones; `what` they are, in the plural.
[[noreturn]] void unknown(std::string path, std::string_view what, std::span<const std::string_view> known,
                          const std::string& found);

template <class Rows>
std::vector<std::string_view> names_in(const Rows& rows) {
  std::vector<std::string_view> out;
  for (const auto& row : rows) out.push_back(row.name);
  return out;
}

std::int64_t integer(const Json& json, const std::string& path, std::int64_t min, std::int64_t max);
void read(const Json& json, const std::string& path, std::string& out);
void read(const Json& json, const std::string& path, Duration& out);
void read(const Json& json, const std::string& path, Ratio& out);
void read(const Json& json, const std::string& path, std::vector<std::string>& out);
void read(const Json& json, const std::string& path, Partition::Cut& out);
void read(const Json& json, const std::string& path, MessageHold::Release& out);
void read(const Json& json, const std::string& path, CrashPoints& out);

// One JSON object and the keys it may have. Every key must be one that was asked for.
class Object {
 public:
  Object(const Json& json, std::string path);

  std::string path_of(std::string_view key) const { return path_ + "." + std::string(key); }
  bool is_there(std::string_view key) const { return json_.find(key) != json_.end(); }
  const Json* find(std::string_view key);
  // As find; a key that is not there is an error of done().
  const Json* need(std::string_view key);
  template <class T>
  void must(std::string_view key, T& out) {
    if (const Json* json = need(key)) read(*json, path_of(key), out);
  }
  template <class T>
  void may(std::string_view key, T& out) {
    if (const Json* json = find(key)) read(*json, path_of(key), out);
  }

  // The parameters of a fault, an action or a scope, as they describe themselves. One whose initial value says
  // something may be left out; an empty or zero one must be given.
  template <class T>
  void parameters(T& value) {
    value.fields(value, [&](const Parameter& parameter, auto& field) { take(parameter, field); });
  }
  template <class T>
  requires requires { typename T::OneOf; }
  void parameters(T& variant) {
    std::visit([&](auto& value) { parameters(value); }, variant);
  }

  // Unknown keys first: a mistyped key is also a missing one, and the typing mistake is what helps.
  void done() const;

 private:
  template <class T>
  void take(const Parameter& parameter, T& field) {
    const bool optional = parameter.may_be_blank || !is_blank(field);
    const Json* json = optional ? find(parameter.key) : need(parameter.key);
    if (json == nullptr) return;
    if constexpr (std::is_same_v<T, std::int64_t>) {
      constexpr std::int64_t kMost = 999'999'999;  // a clock that drifts by more would run backwards
      field = integer(*json, path_of(parameter.key), parameter.least, kMost);
    } else {
      read(*json, path_of(parameter.key), field);
    }
    if constexpr (std::is_same_v<T, Duration>) check_time(parameter, field);
  }
  void check_time(const Parameter& parameter, Duration value) const;

  const Json& json_;
  std::string path_;
  std::vector<std::string_view> known_;
  std::vector<std::string_view> missing_;
};

}  // namespace ordeal::faults::strict
