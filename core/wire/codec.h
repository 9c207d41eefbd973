// The codec behind env::MessageType, derived from the fields that a wire type lists (core/wire/fields.h). Only .cc files
// include this one (it brings in JSON).
//
// JSON forms: numbers for integers, ids, instants and durations (ns); {"minor": n, "currency": "CNY"} for
// Money; names for enums; arrays for vectors; null for an empty optional, nothing for an added field that is absent. Reading
// is strict: a missing,
// unknown or wrong-typed field is an error that names it by its path ("lines[2].qty: expected an integer").
// The digest covers values in the order of their fields, and sizes, but no names: renaming a field leaves old
// fingerprints valid.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/digest.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/env/message.h"
#include "core/wire/added.h"
#include "core/wire/fields.h"
#include "core/wire/json_text.h"
#include "core/wire/names.h"
#include "core/wire/plain_text.h"

namespace ordeal::wire {

template <class T>
inline constexpr bool kIsId = false;
template <class Tag>
inline constexpr bool kIsId<Id<Tag>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsAdded = false;
template <class T>
inline constexpr bool kIsAdded<Added<T>> = true;
template <class T>
inline constexpr bool kIsTime = std::is_same_v<T, Instant> || std::is_same_v<T, Duration>;

template <class T>
void add_digest(Digest& digest, const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    digest.add(std::string_view(value));
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    digest.add(static_cast<std::uint64_t>(value));
  } else if constexpr (kIsId<T>) {
    digest.add(static_cast<std::uint64_t>(value.value));
  } else if constexpr (kIsTime<T>) {
    digest.add(static_cast<std::uint64_t>(value.ns));
  } else if constexpr (std::is_same_v<T, Money>) {
    digest.add(static_cast<std::uint64_t>(value.minor)).add(value.currency.text());
  } else if constexpr (kIsVector<T>) {
    digest.add(static_cast<std::uint64_t>(value.size()));
    for (const auto& item : value) add_digest(digest, item);
  } else if constexpr (kIsAdded<T>) {
    if (value) add_digest(digest, *value);
  } else if constexpr (kIsOptional<T>) {
    digest.add(std::uint64_t{value.has_value()});
    if (value) add_digest(digest, *value);
  } else {
    T::fields(value, [&](std::string_view, const auto& field) { add_digest(digest, field); });
  }
}

template <class T>
void write_json(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    append_quoted(out, value);
  } else if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    append_quoted(out, name_of(value));
  } else if constexpr (std::is_integral_v<T>) {
    append_integer(out, value);
  } else if constexpr (kIsId<T>) {
    append_integer(out, value.value);
  } else if constexpr (kIsTime<T>) {
    append_integer(out, value.ns);
  } else if constexpr (std::is_same_v<T, Money>) {
    out += "{\"minor\":";
    append_integer(out, value.minor);
    out += ",\"currency\":\"";
    out += value.currency.text();
    out += "\"}";
  } else if constexpr (kIsVector<T>) {
    char before = '[';
    for (const auto& item : value) {
      out += before;
      write_json(out, item);
      before = ',';
    }
    if (value.empty()) out += '[';
    out += ']';
  } else if constexpr (kIsAdded<T>) {
    write_json(out, *value);
  } else if constexpr (kIsOptional<T>) {
    value ? write_json(out, *value) : void(out += "null");
  } else {
    char before = '{';
    T::fields(value, [&](std::string_view name, const auto& field) {
      if constexpr (kIsAdded<std::decay_t<decltype(field)>>) {
        if (!field) return;
      }
      out += before;
      append_quoted(out, name);
      out += ':';
      write_json(out, field);
      before = ',';
    });
    if (before == '{') out += '{';
    out += '}';
  }
}

// An empty text when the value was read, else what is wrong with it, led by the path below this value.
template <class T>
std::string read_json(const nlohmann::json& json, T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) return ": expected a string";
    value = json.get_ref<const std::string&>();
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_boolean()) return ": expected true or false";
    value = json.get<bool>();
  } else if constexpr (std::is_enum_v<T>) {
    if (!json.is_string()) return ": expected a name";
    const auto found = from_name<T>(json.get_ref<const std::string&>());
    if (!found) return ": unknown name \"" + json.get_ref<const std::string&>() + "\"";
    value = *found;
  } else if constexpr (std::is_integral_v<T>) {
    static_assert(std::is_same_v<T, std::int64_t>, "wire integers are int64");
    if (!json.is_number_integer() || (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX)) {
      return ": expected an integer";
    }
    value = json.get<std::int64_t>();
  } else if constexpr (kIsId<T>) {
    return read_json(json, value.value);
  } else if constexpr (kIsTime<T>) {
    return read_json(json, value.ns);
  } else if constexpr (std::is_same_v<T, Money>) {
    return read_money(json, value);
  } else if constexpr (kIsVector<T>) {
    if (!json.is_array()) return ": expected an array";
    value.clear();
    value.resize(json.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string wrong = read_json(json[i], value[i]);
      if (!wrong.empty()) return "[" + std::to_string(i) + "]" + wrong;
    }
  } else if constexpr (kIsAdded<T>) {
    return read_json(json, value.emplace());
  } else if constexpr (kIsOptional<T>) {
    value.reset();
    if (!json.is_null()) return read_json(json, value.emplace());
  } else {
    if (!json.is_object()) return ": expected an object";
    std::string wrong;
    std::vector<std::string_view> known;
    T::fields(value, [&](std::string_view name, auto& field) {
      known.push_back(name);
      if (!wrong.empty()) return;
      const auto found = json.find(name);
      if constexpr (kIsAdded<std::decay_t<decltype(field)>>) {
        if (found == json.end()) return field.reset();
      }
      wrong = found == json.end() ? ": missing" : read_json(*found, field);
      if (!wrong.empty()) wrong = "." + std::string(name) + wrong;
    });
    return wrong.empty() ? unknown_field(json, known) : wrong;
  }
  return {};
}

// The short way (plain_text.h). False: not for this one, and what `value` holds means nothing.
template <class T>
bool read_plain(PlainText& text, T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    std::string_view quoted;
    if (!text.take_quoted(quoted)) return false;
    value = quoted;
    return true;
  } else if constexpr (std::is_same_v<T, bool>) {
    value = text.take("true");
    return value || text.take("false");
  } else if constexpr (std::is_enum_v<T>) {
    std::string_view name;
    if (!text.take_quoted(name)) return false;
    const auto found = from_name<T>(name);
    if (found) value = *found;
    return found.has_value();
  } else if constexpr (std::is_integral_v<T>) {
    return text.take_integer(value);
  } else if constexpr (kIsId<T>) {
    return text.take_integer(value.value);
  } else if constexpr (kIsTime<T>) {
    return text.take_integer(value.ns);
  } else if constexpr (std::is_same_v<T, Money>) {
    return text.take_money(value);
  } else if constexpr (kIsVector<T>) {
    if (text.take("[]")) return true;
    if (!text.take("[")) return false;
    do {
      if (!read_plain(text, value.emplace_back())) return false;
    } while (text.take(","));
    return text.take("]");
  } else if constexpr (kIsAdded<T>) {
    return read_plain(text, value.emplace());
  } else if constexpr (kIsOptional<T>) {
    return text.take("null") || read_plain(text, value.emplace());
  } else {
    bool first = true;
    bool whole = true;
    T::fields(value, [&](std::string_view name, auto& field) {
      if constexpr (kIsAdded<std::decay_t<decltype(field)>>) {
        if (text.ahead("}")) return;
      }
      whole = whole && text.take(first ? "{\"" : ",\"") && text.take(name) && text.take("\":") &&
              read_plain(text, field);
      first = false;
    });
    return whole && text.take(first ? "{}" : "}");
  }
}

template <class T>
const env::MessageType& type_of() {
  static const env::MessageType type{
      T::kWireName,
      [](const void* value) {
        Digest digest;
        add_digest(digest, *static_cast<const T*>(value));
        return digest.value();
      },
      [](const void* value) {
        std::string out;
        write_json(out, *static_cast<const T*>(value));
        return out;
      },
      [](std::string_view text) -> Result<std::shared_ptr<const void>, std::string> {
        auto value = std::make_shared<T>();
        if (PlainText plain(text); read_plain(plain, *value) && plain.at_end())
          return std::shared_ptr<const void>(std::move(value));
        const auto json = nlohmann::json::parse(text, nullptr, false);
        if (json.is_discarded()) return Err{std::string("not JSON")};
        value = std::make_shared<T>();
        std::string wrong = read_json(json, *value);
        if (!wrong.empty()) return Err{wrong.starts_with('.') ? wrong.substr(1) : wrong};
        return std::shared_ptr<const void>(std::move(value));
      }};
  return type;
}

}  // namespace ordeal::wire

// Makes the codecs of these messages, in this .cc file; to be said in namespace ordeal, up to 64 at a time.
#define ORDEAL_CODECS(...)                      \
  ORDEAL_FOR_EACH(ORDEAL_CODEC_OF, __VA_ARGS__) \
  static_assert(true)
#define ORDEAL_CODEC_OF(Type) template const env::MessageType& wire::type_of<Type>();
