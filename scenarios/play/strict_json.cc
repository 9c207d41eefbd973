#include "scenarios/play/strict_json.h"

#include <algorithm>
#include <array>
#include <set>

#include <nlohmann/json.hpp>

#include "faults/suggest.h"
#include "faults/text.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/harmless.h"

namespace ordeal::play {
namespace {

// What a person writes is not deeper; far deeper, and whoever walks through it runs out of stack.
constexpr std::size_t kMostLevels = 64;

// Follows the parser to refuse what the JSON library takes without a word: keys that stand twice in one object (it keeps
// the last one), values too deep, and texts that would drive a terminal wherever they are printed.
class Watcher {
 public:
  explicit Watcher(const std::string& file) : file_(file) {}

  bool operator()(Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    if (event == Event::object_start || event == Event::array_start) {
      if (levels_.size() == kMostLevels)
        here().fail("at most " + std::to_string(kMostLevels) + " levels of arrays and objects", "one more");
      levels_.push_back({event == Event::array_start, {}, {}, 0});
    } else if (event == Event::object_end || event == Event::array_end) {
      levels_.pop_back();
      next();
    } else if (event == Event::value) {
      if (parsed.is_string()) check(parsed.get_ref<const std::string&>(), "a text");
      next();
    } else if (event == Event::key) {
      key(parsed.get<std::string>());
    }
    return true;
  }

 private:
  struct Level {
    bool array;
    std::set<std::string> seen;
    std::string key;
    std::size_t index;
  };

  void next() {
    if (!levels_.empty() && levels_.back().array) ++levels_.back().index;
  }
  Place here() const {
    Place place{file_, "$"};
    for (const Level& level : levels_) place = level.array ? place.item(level.index) : place.key(level.key);
    return place;
  }
  void key(const std::string& name) {
    levels_.back().key = name;
    check(name, "a key");
    if (!levels_.back().seen.insert(name).second)
      here().fail("each key once", "\"" + name + "\" a second time");
  }
  void check(const std::string& text, const std::string& what) const {
    if (const auto harmful = first_harmful(text))
      here().fail(what + " that is safe to print", *harmful + " in \"" + harmless_line(text) + "\"");
  }

  const std::string& file_;
  std::vector<Level> levels_;
};

// Where the library stopped reading: of a number that is too big it tells nobody else.
struct Stop : nlohmann::json_sax<Json> {
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string&, const Json::exception&) override {
    byte = position;
    return false;
  }
  std::size_t byte = 0;
};

// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …" → "syntax error …"
std::string reason_of(const Json::exception& error) {
  std::string_view what = error.what();
  if (const auto bracket = what.find("] "); bracket != std::string_view::npos)
    what.remove_prefix(bracket + 2);
  const auto column = what.find("column ");
  const auto colon = column == std::string_view::npos ? column : what.find(": ", column);
  constexpr std::size_t kMost = 300;
  return harmless_line(colon == std::string_view::npos ? what : what.substr(colon + 2), kMost);
}

[[noreturn]] void no_json(std::string_view text, std::size_t byte, const std::string& file,
                          const Json::exception& error) {
  const std::string_view before = text.substr(0, std::min(text.size(), byte == 0 ? 0 : byte - 1));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto start = before.rfind('\n');
  const auto column = start == std::string_view::npos ? before.size() + 1 : before.size() - start;
  throw BadInput(ExitCode::data, file + ":" + std::to_string(line) + ":" + std::to_string(column) +
                                     ": this is not JSON that can be read\n  found         " +
                                     reason_of(error));
}

// The reason that faults/text.h puts in brackets at the end: " (unit \"min\" is not one of …)".
std::string why(const std::string& error) {
  const auto bracket = error.find("\" (");
  return bracket == std::string::npos ? "" : error.substr(bracket + 1);
}

}  // namespace

Place Place::key(std::string_view name) const { return {file, path + "." + harmless_line(name)}; }

void Place::fail(std::string_view expected, std::string_view found,
                 const std::optional<std::string>& meant) const {
  constexpr std::size_t kMost = 400;
  std::string message = file + ": at " + harmless_line(path, kMost);
  message.append("\n  expected      ").append(harmless_line(expected, kMost));
  message.append("\n  found         ").append(harmless_line(found, kMost));
  if (meant) message.append("\n  did you mean  ").append(*meant);
  throw BadInput(ExitCode::data, message);
}

std::string shown(const Json& json) {
  return harmless_line(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json parse_strictly(std::string_view text, const std::string& file) {
  Watcher watcher(file);
  try {
    return Json::parse(text,
                       [&](int, Json::parse_event_t event, Json& parsed) { return watcher(event, parsed); });
  } catch (const Json::parse_error& error) {
    no_json(text, error.byte, file, error);
  } catch (const Json::out_of_range& error) {
    Stop stop;
    Json::sax_parse(text, &stop);
    no_json(text, stop.byte, file, error);
  }
}

void expect_sort(const Json& json, const Place& place, std::string_view wanted) {
  struct Sort {
    std::string_view name;
    std::string_view taken_by;
  };
  constexpr std::array<Sort, 4> kSorts{{{"scenario", "ordeal run, hunt and explore take it"},
                                        {"repro", "ordeal replay and shrink take it"},
                                        {"hunt", "the report of a hunt; its repros lie beside it"},
                                        {"run", "the report of a run; its repro lies beside it"}}};
  if (!json.is_object() || !json.contains("schema") || !json.at("schema").is_string()) return;
  const auto& tag = json.at("schema").get_ref<const std::string&>();
  for (const Sort& sort : kSorts) {
    if (sort.name == wanted || !tag.starts_with("ordeal/" + std::string(sort.name) + "/")) continue;
    place.key("schema").fail(wanted.empty() ? "a fault plan" : "a " + std::string(wanted),
                             "a " + std::string(sort.name) + ": " + std::string(sort.taken_by));
  }
}

void expect_known(const Place& place, std::string_view word, std::span<const std::string_view> known,
                  std::string_view kind) {
  if (std::find(known.begin(), known.end(), word) != known.end()) return;
  std::string expected(kind);
  constexpr std::size_t kShort = 8;  // a longer list helps nobody; `ordeal list` prints it
  if (known.size() <= kShort) {
    for (std::size_t i = 0; i < known.size(); ++i) expected.append(i == 0 ? ": " : ", ").append(known[i]);
  }
  place.fail(expected, shown(word), faults::nearest(word, known));
}

ObjectReader::ObjectReader(const Json& json, Place place, const Keys& keys)
    : json_(json), place_(std::move(place)) {
  if (!json.is_object()) place_.fail("an object", shown(json));
  std::vector<std::string_view> known = keys.required;
  known.insert(known.end(), keys.optional.begin(), keys.optional.end());
  // Unknown keys first: a mistyped required key should be called mistyped, not missing.
  for (const auto& [key, value] : json.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    place_.key(key).fail("a key that is known here", "\"" + key + "\"", faults::nearest(key, known));
  }
  for (const std::string_view key : keys.required) {
    if (!has(key)) place_.fail("the key \"" + std::string(key) + "\"", "an object without it");
  }
}

bool ObjectReader::has(std::string_view key) const { return json_.contains(key); }
const Json& ObjectReader::at(std::string_view key) const { return json_.at(std::string(key)); }

std::string ObjectReader::text(std::string_view key) const {
  const Json& value = at(key);
  if (!value.is_string() || value.get_ref<const std::string&>().empty())
    place_.key(key).fail("a text", shown(value));
  return value.get<std::string>();
}

std::string ObjectReader::text(std::string_view key, std::string_view otherwise) const {
  return has(key) ? text(key) : std::string(otherwise);
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t min, std::int64_t max) const {
  const Json& value = at(key);
  const bool fits =
      value.is_number_integer() &&
      !(value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX));
  if (!fits || value.get<std::int64_t>() < min || value.get<std::int64_t>() > max) {
    place_.key(key).fail("a whole number from " + std::to_string(min) + " to " + std::to_string(max),
                         shown(value));
  }
  return value.get<std::int64_t>();
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t min, std::int64_t max,
                                   std::int64_t otherwise) const {
  return has(key) ? integer(key, min, max) : otherwise;
}

Duration ObjectReader::duration(std::string_view key) const {
  constexpr std::string_view kExpected =
      "a duration such as \"30m\", \"1h30m\" or \"250ms\" (units d h m s ms us ns)";
  const Json& value = at(key);
  if (!value.is_string()) place_.key(key).fail(kExpected, shown(value));
  const auto parsed = faults::parse_duration(value.get_ref<const std::string&>());
  if (!parsed) place_.key(key).fail(kExpected, shown(value) + why(parsed.error()));
  if (parsed->ns < 0 || *parsed == Duration::max()) place_.key(key).fail(kExpected, shown(value));
  return *parsed;
}

Duration ObjectReader::duration(std::string_view key, Duration otherwise) const {
  return has(key) ? duration(key) : otherwise;
}

Ratio ObjectReader::chance(std::string_view key) const {
  if (!has(key)) return Ratio::zero();
  constexpr std::string_view kExpected = "a share from \"0\" to \"1\" such as \"3/100\"";
  const Json& value = at(key);
  if (!value.is_string()) place_.key(key).fail(kExpected, shown(value));
  const auto parsed = faults::parse_ratio(value.get_ref<const std::string&>());
  if (!parsed) place_.key(key).fail(kExpected, shown(value) + why(parsed.error()));
  if (!faults::is_probability(*parsed)) place_.key(key).fail(kExpected, shown(value));
  return *parsed;
}

std::optional<Money> ObjectReader::amount(std::string_view key) const {
  const Json& value = at(key);
  if (value.is_string()) return Money::parse(value.get_ref<const std::string&>());
  if (!value.is_number_integer()) return std::nullopt;
  const bool fits = !value.is_number_unsigned() ||
                    value.get<std::uint64_t>() <= static_cast<std::uint64_t>(Money::kMaxMinor);
  return fits ? std::optional(Money{value.get<std::int64_t>(), Currency{}}) : std::nullopt;
}

Money ObjectReader::money(std::string_view key) const {
  const auto parsed = amount(key);
  if (!parsed || !parsed->is_payable())
    place_.key(key).fail("a positive amount such as \"12.34 CNY\", at most 100000000.00", shown(at(key)));
  return *parsed;
}

Money ObjectReader::price(std::string_view key) const {
  const auto parsed = amount(key);
  if (!parsed || !parsed->is_price())
    place_.key(key).fail("an amount such as \"12.34 CNY\" or \"0.00 CNY\", at most 100000000.00",
                         shown(at(key)));
  return *parsed;
}

std::vector<std::string> ObjectReader::texts(std::string_view key) const {
  std::vector<std::string> out;
  if (!has(key)) return out;
  std::set<std::string> seen;
  items(key, [&](const Json& item, const Place& place) {
    if (!item.is_string() || item.get_ref<const std::string&>().empty()) place.fail("a text", shown(item));
    auto word = item.get<std::string>();
    if (!seen.insert(word).second) place.fail("each name once", shown(item) + " a second time");
    out.push_back(std::move(word));
  });
  return out;
}

void ObjectReader::items(std::string_view key,
                         const std::function<void(const Json&, const Place&)>& each) const {
  const Json& value = at(key);
  if (!value.is_array()) place_.key(key).fail("an array", shown(value));
  for (std::size_t i = 0; i < value.size(); ++i) each(value[i], place_.key(key).item(i));
}

}  // namespace ordeal::play
