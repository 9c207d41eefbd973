#include "scenarios/play/shape.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "faults/text.h"

namespace ordeal::play {
namespace {

Json words(const std::vector<std::string_view>& names) {
  Json list = Json::array();
  for (const std::string_view name : names) list.push_back(name);
  return list;
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

Duration read_bounded(const ObjectReader& in, std::string_view key) {
  const Duration value = in.duration(key);
  no_longer_than(in, key, value, kLongestSpan, "400 days");
  return value;
}

// ---- what is smaller ----

std::vector<Json> smaller_integer(const Json& value, std::int64_t least) {
  std::vector<Json> out;
  const auto now = value.get<std::int64_t>();
  for (const std::int64_t next :
       {least, least + 1, least + 2, least + 4, least + 9, least + (now - least) / 2}) {
    if (next < now && (out.empty() || out.back().get<std::int64_t>() < next)) out.emplace_back(next);
  }
  return out;
}

std::vector<Json> smaller_duration(const Json& value, std::int64_t) {
  constexpr std::array<Duration, 4> kShort{Duration{0}, Duration{1'000'000'000}, Duration{60'000'000'000},
                                           Duration{3'600'000'000'000}};
  std::vector<Json> out;
  const Duration now = faults::parse_duration(value.get_ref<const std::string&>()).value();
  for (const Duration next : kShort) {
    if (next < now) out.emplace_back(faults::text(next));
  }
  return out;
}

// Always the same time: none, or the shortest there was.
std::vector<Json> smaller_span(const Json& value, std::int64_t) {
  std::vector<Json> out;
  const std::string none = faults::text(Duration{});
  for (const std::string& both : {none, value.at("min").get<std::string>()}) {
    Json next{{"min", both}, {"max", both}};
    if (next != value && (out.empty() || out.back() != next)) out.push_back(std::move(next));
  }
  return out;
}

std::vector<Json> smaller_chance(const Json& value, std::int64_t) {
  std::vector<Json> out;
  if (value != "0") out.emplace_back("0");
  return out;
}

std::vector<Json> smaller_money(const Json& value, std::int64_t least) {
  const Money now = value.is_string() ? Money::parse(value.get_ref<const std::string&>()).value()
                                      : Money{value.get<std::int64_t>(), {}};
  std::vector<Json> out;
  if (least < now.minor) out.emplace_back(Money{least, now.currency}.text());
  return out;
}

}  // namespace

bool is_name(std::string_view text, std::string_view besides) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto allowed = [&](char c) {
    return lower(c) || (c >= '0' && c <= '9') || besides.find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= 64 && lower(text.front()) &&
         std::all_of(text.begin(), text.end(), allowed);
}

void no_longer_than(const ObjectReader& in, std::string_view key, Duration value, Duration most,
                    std::string_view what) {
  if (value > most)
    in.place().key(key).fail("at most " + std::string(what) + ", " + faults::text(most), shown(in.at(key)));
}

void duration_schema(Json& schema) {
  schema["type"] = "string";
  schema["pattern"] = "^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?([0-9]+us)?([0-9]+ns)?$";
}

void share_schema(Json& schema) {
  schema["type"] = "string";
  schema["pattern"] = "^(0|1|[0-9]+/0*[1-9][0-9]*)$";
}

constexpr std::string_view kAmount =
    "([0-9]+(\\.[0-9]{2})? (CNY|USD|EUR|GBP|HKD)|[0-9]+ JPY|[0-9]+(\\.[0-9]{3})? KWD)";

void amount_schema(Json& schema) {
  schema["anyOf"] = {{{"type", "string"}, {"pattern", "^(?=.*[1-9])" + std::string(kAmount) + "$"}},
                     {{"type", "integer"}, {"minimum", 1}, {"maximum", 10'000'000'000}}};
}

// As amount_schema, and nothing.
void price_schema(Json& schema) {
  schema["anyOf"] = {{{"type", "string"}, {"pattern", "^" + std::string(kAmount) + "$"}},
                     {{"type", "integer"}, {"minimum", 0}, {"maximum", 10'000'000'000}}};
}

void Description::add_text(std::string_view key, Reach<std::string> at, std::string_view about) {
  add({key, "a text", about, true, [](Json& schema) { schema["type"] = "string", schema["minLength"] = 1; },
       [key, at](void* object, const ObjectReader& in) { at(object) = in.text(key); },
       [at](const void* object) { return at(const_cast<void*>(object)); }, nullptr});
}

void Description::add_name(std::string_view key, Reach<std::string> at, std::string_view about,
                           std::string_view besides) {
  const std::string marks = besides.empty() ? "" : " " + std::string(besides);
  add({key, "a name (a-z 0-9" + marks + ")", about, true,
       [besides](Json& schema) {
         schema["type"] = "string";
         schema["pattern"] = "^[a-z][a-z0-9" + std::string(besides) + "]{0,63}$";
       },
       [key, at, besides, marks](void* object, const ObjectReader& in) {
         at(object) = in.text(key);
         if (!is_name(at(object), besides))
           in.place().key(key).fail("a name (a-z 0-9" + marks + ") of at most 64 letters", shown(in.at(key)));
       },
       [at](const void* object) { return at(const_cast<void*>(object)); }, nullptr});
}

void Description::add_texts(std::string_view key, Reach<std::vector<std::string>> at, std::string_view about,
                            std::vector<std::string_view> known) {
  add({key, known.empty() ? "a list of texts" : "a list of: " + joined(known), about, true,
       [known](Json& schema) {
         schema["type"] = "array";
         schema["uniqueItems"] = true;
         if (known.empty()) {
           schema["items"] = {{"type", "string"}, {"minLength", 1}};
         } else {
           schema["items"] = {{"enum", words(known)}};
         }
       },
       [key, at, known](void* object, const ObjectReader& in) {
         at(object) = in.texts(key);
         for (std::size_t i = 0; !known.empty() && i < at(object).size(); ++i)
           expect_known(in.place().key(key).item(i), at(object)[i], known, "one of these");
       },
       nullptr, nullptr});
}

void Description::add_integer(std::string_view key, std::function<void(void*, std::int64_t)> put,
                              std::function<std::int64_t(const void*)> get, std::int64_t min,
                              std::int64_t max, std::string_view about) {
  add({key, "a whole number from " + std::to_string(min) + " to " + std::to_string(max), about, true,
       [min, max](Json& schema) {
         schema["type"] = "integer", schema["minimum"] = min, schema["maximum"] = max;
       },
       [=](void* object, const ObjectReader& in) { put(object, in.integer(key, min, max)); },
       [get](const void* object) { return std::to_string(get(object)); }, nullptr, smaller_integer});
}

void Description::add_duration(std::string_view key, Reach<Duration> at, std::string_view about) {
  add({key, "a duration", about, true, duration_schema,
       [key, at](void* object, const ObjectReader& in) { at(object) = read_bounded(in, key); },
       [at](const void* object) { return faults::text(at(const_cast<void*>(object))); }, nullptr,
       smaller_duration});
}

void Description::add_span(std::string_view key, Reach<Duration> min, Reach<Duration> max,
                           std::string_view about) {
  add({key, "{\"min\": a duration, \"max\": a duration}", about, true,
       [](Json& schema) {
         schema["type"] = "object";
         schema["additionalProperties"] = false;
         schema["required"] = {"min", "max"};
         duration_schema(schema["properties"]["min"]);
         duration_schema(schema["properties"]["max"]);
       },
       [key, min, max](void* object, const ObjectReader& in) {
         const ObjectReader item(in.at(key), in.place().key(key),
                                 {.required = {"min", "max"}, .optional = {}});
         min(object) = item.duration("min");
         max(object) = read_bounded(item, "max");
         if (min(object) > max(object))
           item.place().key("max").fail("at least min, " + faults::text(min(object)), shown(item.at("max")));
       },
       nullptr, nullptr, smaller_span});
}

void Description::add_chance(std::string_view key, Reach<Ratio> at, std::string_view about) {
  add({key, "a share such as \"3/100\"", about, true, share_schema,
       [key, at](void* object, const ObjectReader& in) { at(object) = in.chance(key); },
       [at](const void* object) { return faults::text(at(const_cast<void*>(object))); }, nullptr,
       smaller_chance});
}

void Description::add_money(std::string_view key, Reach<Money> at, std::string_view about) {
  add({key, "an amount such as \"12.34 CNY\"", about, true, amount_schema,
       [key, at](void* object, const ObjectReader& in) { at(object) = in.money(key); },
       [at](const void* object) { return at(const_cast<void*>(object)).text(); }, nullptr, smaller_money});
}

void Description::add_price(std::string_view key, Reach<Money> at, std::string_view about) {
  add({key, "an amount such as \"12.34 CNY\", or nothing: \"0.00 CNY\"", about, true, price_schema,
       [key, at](void* object, const ObjectReader& in) { at(object) = in.price(key); },
       [at](const void* object) { return at(const_cast<void*>(object)).text(); }, nullptr, smaller_money});
}

void Description::add_choice(std::string_view key, std::vector<std::string_view> names,
                             std::function<void(void*, std::size_t)> put,
                             std::function<std::size_t(const void*)> get, std::string_view kind,
                             std::string_view about) {
  add({key, "one of: " + joined(names), about, true, [names](Json& schema) { schema["enum"] = words(names); },
       [=](void* object, const ObjectReader& in) {
         const std::string word = in.text(key);
         expect_known(in.place().key(key), word, names, kind);
         put(object, static_cast<std::size_t>(std::find(names.begin(), names.end(), word) - names.begin()));
       },
       [names, get](const void* object) { return std::string(names[get(object)]); }, nullptr});
}

void Description::add_object(std::string_view key, const Description& shape,
                             std::function<void(void*, const Json&, const Place&)> put,
                             std::string_view about) {
  add({key, "an object", about, true, [&shape](Json& schema) { schema = shape.schema(); },
       [key, put](void* object, const ObjectReader& in) { put(object, in.at(key), in.place().key(key)); },
       nullptr, &shape});
}

void Description::add_list(std::string_view key, const Description& shape, std::size_t least,
                           std::function<void(void*, const Json&, const Place&)> put,
                           std::string_view about) {
  add({key, "a list", about, true,
       [&shape, least](Json& schema) {
         schema["type"] = "array";
         if (least > 0) schema["minItems"] = least;
         schema["items"] = shape.schema();
       },
       [key, least, put](void* object, const ObjectReader& in) {
         in.items(key, [&](const Json& json, const Place& place) { put(object, json, place); });
         if (in.at(key).size() < least)
           in.place().key(key).fail("a list of " + std::to_string(least) + " or more",
                                    "one of " + std::to_string(in.at(key).size()));
       },
       nullptr, &shape});
}

void Description::read_into(void* object, const Json& json, const Place& place) const {
  Keys keys;
  for (const Field& field : fields_) (field.required ? keys.required : keys.optional).push_back(field.key);
  const ObjectReader in(json, place, keys);
  for (const Field& field : fields_) {
    if (in.has(field.key)) field.read(object, in);
  }
  for (const Check& check : checks_) check(object, in);
}

Json Description::schema(std::span<const std::pair<std::string, std::string>> also) const {
  Json schema{{"type", "object"}, {"additionalProperties", false}};
  Json required = Json::array();
  Json properties = Json::object();
  for (const auto& [key, value] : also) {
    required.push_back(key);
    properties[key] = {{"const", value}};
  }
  for (const Field& field : fields_) {
    if (field.required) required.push_back(field.key);
    Json& property = properties[std::string(field.key)] = Json::object();
    field.schema(property);
    if (!field.about.empty()) property["description"] = field.about;
  }
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
  return schema;
}

void Description::adjustables(const Json& json, const std::string& path, std::vector<Adjustable>& out) const {
  for (const Field& field : fields_) {
    const auto found = json.find(std::string(field.key));
    if (found == json.end()) continue;
    const std::string at = path + "." + std::string(field.key);
    if (found->is_array() && field.inside != nullptr) {
      for (std::size_t i = 0; i < found->size(); ++i) {
        const std::string row = at + "[" + std::to_string(i) + "]";
        if (field.least) out.push_back({row, {}, true, false});
        field.inside->adjustables((*found)[i], row, out);
      }
    } else if (field.inside != nullptr) {
      field.inside->adjustables(*found, at, out);
    } else if (field.least && field.smaller != nullptr) {
      out.push_back({at, field.smaller(*found, *field.least), false, found->is_number()});
    }
  }
}

std::vector<Description::Key> Description::keys() const {
  const auto object = fresh();
  std::vector<Key> keys;
  for (const Field& field : fields_) {
    Key key{std::string(field.key), field.form, std::string(field.about), {}, field.required};
    if (!field.required && field.show) key.otherwise = field.show(object.get());
    keys.push_back(std::move(key));
    if (field.inside == nullptr) continue;
    const bool many = field.form == "a list";
    for (Key& inner : field.inside->keys()) {
      inner.name = std::string(field.key) + (many ? "[]." : ".") + inner.name;
      keys.push_back(std::move(inner));
    }
  }
  return keys;
}

}  // namespace ordeal::play
