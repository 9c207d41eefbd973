#include "faults/plan/plan_json_strict.h"

#include <algorithm>
#include <utility>

#include "faults/suggest.h"

namespace ordeal::faults::strict {
namespace {

constexpr std::size_t kLongestExcerpt = 80;

std::string excerpt(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kLongestExcerpt) text = text.substr(0, kLongestExcerpt) + "…";
  return text;
}

std::string list_of(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

}  // namespace

void bad(std::string path, std::string expected, const Json& found, std::string suggestion) {
  throw Bad{{std::move(path), std::move(expected), excerpt(found), std::move(suggestion)}};
}

void unknown(std::string path, std::string_view what, std::span<const std::string_view> known,
             const std::string& found) {
  bad(std::move(path), "one of the " + std::string(what) + " " + list_of(known), Json(found),
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

void read(const Json& json, const std::string& path, std::vector<std::string>& out) {
  if (!json.is_array()) bad(path, "a list of names", json);
  out.clear();
  for (std::size_t i = 0; i < json.size(); ++i) {
    read(json[i], path + "[" + std::to_string(i) + "]", out.emplace_back());
  }
}

namespace {

template <class Enum>
void read_enum(const Json& json, const std::string& path, std::string_view what, Enum& out) {
  std::string name;
  read(json, path, name);
  const auto known = names_of(out);
  const auto found = std::find(known.begin(), known.end(), name);
  if (found == known.end()) unknown(path, what, known, name);
  out = static_cast<Enum>(found - known.begin());
}

}  // namespace

void read(const Json& json, const std::string& path, Partition::Cut& out) {
  read_enum(json, path, "cuts", out);
}

void read(const Json& json, const std::string& path, MessageHold::Release& out) {
  read_enum(json, path, "ways to let go", out);
}

void read(const Json& json, const std::string& path, CrashPoints& out) {
  std::vector<std::string> names;
  read(json, path, names);
  const auto known = names_in(crash_point_names());
  out.set = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find(known.begin(), known.end(), names[i]);
    if (found == known.end()) unknown(path + "[" + std::to_string(i) + "]", "crash points", known, names[i]);
    out.set |= crash_point_names()[static_cast<std::size_t>(found - known.begin())].point;
  }
  if (out.set == 0) bad(path, "at least one crash point of " + list_of(known), json);
}

Object::Object(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
  if (!json.is_object()) bad(path_, "an object", json);
}

const Json* Object::find(std::string_view key) {
  known_.push_back(key);
  const auto found = json_.find(key);
  return found == json_.end() ? nullptr : &*found;
}

const Json* Object::need(std::string_view key) {
  const Json* found = find(key);
  if (found == nullptr) missing_.push_back(key);
  return found;
}

void Object::done() const {
  for (const auto& [key, unused] : json_.items()) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      unknown(path_of(key), "keys", known_, key);
  }
  if (!missing_.empty())
    bad(path_of(missing_.front()), "the key \"" + std::string(missing_.front()) + "\"", json_);
}

void Object::check_time(const Parameter& parameter, Duration value) const {
  if (value < Duration{} && !parameter.may_be_negative)
    bad(path_of(parameter.key), "a time that is not negative", text(value));
  const bool never = value == kNever && parameter.may_be_never;
  if (!never && (value > kLongest || value < -kLongest))
    bad(path_of(parameter.key), "a time of at most 87600h", text(value));
}

}  // namespace ordeal::faults::strict
