// Strict reading of JSON that a person wrote. Every error is a BadInput that names the file, the JSON path,
// what was expected, what was found and, for a mistyped word, what was probably meant. Nothing is guessed and
// nothing is ignored: an unknown key, a repeated key, a missing key and a wrong unit are errors.
//
//   ObjectReader sku(json, {"stock.json", "$.catalogue[0]"}, {.required = {"sku", "price"}, .optional =
//   {"weight"}}); sku.money("price"); sku.integer("weight", 1, 1000, 1);
//
// A reader refers to the JSON value it was made from; that must outlive it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/money.h"
#include "core/base/ratio.h"
#include "core/base/time.h"

namespace ordeal::play {

using Json = nlohmann::ordered_json;

// Where a value stands.
struct Place {
  std::string file;
  std::string path = "$";

  Place key(std::string_view name) const;
  Place item(std::size_t index) const { return {file, path + "[" + std::to_string(index) + "]"}; }
  // Throws BadInput (bad data). `meant` may be empty.
  [[noreturn]] void fail(std::string_view expected, std::string_view found,
                         const std::optional<std::string>& meant = {}) const;
};

// The one reader of files: scenarios, plans and repros. Throws BadInput with line and column for broken JSON and numbers
// too big; with the path for a key that stands twice in one object, more than 64 levels, and texts that would drive a
// terminal (harmless.h).
Json parse_strictly(std::string_view text, const std::string& file);

// A file of another sort than the `wanted` one ("scenario", "repro", "" for a plan) is called what it is, with what takes it.
void expect_sort(const Json& json, const Place& place, std::string_view wanted);

// `word` must be one of `known`; `kind` says what it should be ("a seam", "a fault kind").
void expect_known(const Place& place, std::string_view word, std::span<const std::string_view> known,
                  std::string_view kind);

// A JSON value as an error message shows it: one line, cut when long.
std::string shown(const Json& json);

struct Keys {
  std::vector<std::string_view> required;
  std::vector<std::string_view> optional;
};

class ObjectReader {
 public:
  ObjectReader(const Json& json, Place place, const Keys& keys);

  const Place& place() const { return place_; }
  bool has(std::string_view key) const;
  const Json& at(std::string_view key) const;

  // Each throws when the value is of another form. With a default the key may be absent.
  std::string text(std::string_view key) const;
  std::string text(std::string_view key, std::string_view otherwise) const;
  std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max) const;
  std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max,
                       std::int64_t otherwise) const;
  // "30m", not negative, not "never".
  Duration duration(std::string_view key) const;
  Duration duration(std::string_view key, Duration otherwise) const;
  // "3/100", from 0 to 1.
  Ratio chance(std::string_view key) const;
  // "12.34 CNY", or minor units of CNY as a whole number; payable: positive and at most Money::kMaxMinor.
  Money money(std::string_view key) const;
  // The same, or nothing at all.
  Money price(std::string_view key) const;
  // An array of texts without repetitions; absent: empty.
  std::vector<std::string> texts(std::string_view key) const;
  // Calls `each` with every item of an array.
  void items(std::string_view key, const std::function<void(const Json&, const Place&)>& each) const;

 private:
  std::optional<Money> amount(std::string_view key) const;

  const Json& json_;
  Place place_;
};

}  // namespace ordeal::play
