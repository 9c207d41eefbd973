// Shape: one description of an object in a scenario file. From it come the strict reader, the JSON Schema, the
// did-you-mean and the text of `ordeal show`. A shape is built once and never changed:
//
//   const Shape<SkuSpec>& sku_shape() {
//     static const Shape<SkuSpec> shape = [] {
//       Shape<SkuSpec> s;
//       s.text("sku", &SkuSpec::name, "its name");
//       s.integer("weight", &SkuSpec::weight, 1, 1'000'000, "how often it is picked").optional();
//       return s;
//     }();
//     return shape;
//   }
//
// A key that is optional has the value of a fresh T when it is absent. Reading fails with BadInput (strict_json.h).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>
#include <vector>

#include "scenarios/play/strict_json.h"

namespace ordeal::play {

// The longest stretch of time in a scenario: a year and a bit.
inline constexpr Duration kLongestSpan{400LL * 24 * 3'600'000'000'000};

class Description {
 public:
  // One key, as a person reads about it.
  struct Key {
    std::string name;  // "habits.think"
    std::string form;  // "a duration", "a whole number from 1 to 100"
    std::string about;
    std::string otherwise;  // its default; empty when the key is required
    bool required = true;
  };

  // A place in an object at which something may get smaller when a failure is made small.
  struct Adjustable {
    std::string at;  // "$.habits.think"
    // What may stand there instead, the smallest first; empty: nothing smaller than what does.
    std::vector<Json> smaller;
    bool is_row = false;    // of a list, and may go as a whole
    bool is_count = false;  // how many there are: fewer is smaller in itself
  };

  virtual ~Description() = default;
  virtual std::shared_ptr<const void> read_any(const Json& json, const Place& place) const = 0;
  virtual const std::type_info& type() const = 0;
  // JSON Schema (2020-12) of the object; `also` are further keys that are required and constant, such as its kind.
  Json schema(std::span<const std::pair<std::string, std::string>> also = {}) const;
  // With those of the objects inside it.
  std::vector<Key> keys() const;
  // Of `json`, which this description has read without a complaint and which stands at `path`.
  void adjustables(const Json& json, const std::string& path, std::vector<Adjustable>& out) const;

 protected:
  struct Field {
    std::string_view key;
    std::string form;
    std::string_view about;
    bool required = true;
    std::function<void(Json& schema)> schema;
    std::function<void(void* object, const ObjectReader& in)> read;
    std::function<std::string(const void* object)> show;  // may be null: nothing worth showing
    const Description* inside = nullptr;
    // What is smaller than this value and not below `least`, the smallest first. Null: nothing can be.
    std::vector<Json> (*smaller)(const Json& value, std::int64_t least) = nullptr;
    std::optional<std::int64_t> least{};  // set: it may get smaller
  };
  using Check = std::function<void(const void* object, const ObjectReader& in)>;

  // How a member of the object is reached.
  template <class M>
  using Reach = std::function<M&(void* object)>;

  void add(Field field) { fields_.push_back(std::move(field)); }
  void add_text(std::string_view key, Reach<std::string> at, std::string_view about);
  void add_name(std::string_view key, Reach<std::string> at, std::string_view about,
                std::string_view besides);
  void add_texts(std::string_view key, Reach<std::vector<std::string>> at, std::string_view about,
                 std::vector<std::string_view> known);
  void add_integer(std::string_view key, std::function<void(void*, std::int64_t)> put,
                   std::function<std::int64_t(const void*)> get, std::int64_t min, std::int64_t max,
                   std::string_view about);
  void add_duration(std::string_view key, Reach<Duration> at, std::string_view about);
  void add_span(std::string_view key, Reach<Duration> min, Reach<Duration> max, std::string_view about);
  void add_chance(std::string_view key, Reach<Ratio> at, std::string_view about);
  void add_money(std::string_view key, Reach<Money> at, std::string_view about);
  void add_price(std::string_view key, Reach<Money> at, std::string_view about);
  void add_choice(std::string_view key, std::vector<std::string_view> names,
                  std::function<void(void*, std::size_t)> put, std::function<std::size_t(const void*)> get,
                  std::string_view kind, std::string_view about);
  void add_object(std::string_view key, const Description& shape,
                  std::function<void(void*, const Json&, const Place&)> put, std::string_view about);
  void add_list(std::string_view key, const Description& shape, std::size_t least,
                std::function<void(void*, const Json&, const Place&)> put, std::string_view about);
  void last_is_optional() { fields_.back().required = false; }
  void last_may_get_smaller(std::int64_t least) { fields_.back().least = least; }
  void add_check(Check check) { checks_.push_back(std::move(check)); }

  // Fills an object that is fresh; keys named in `besides` are known and left alone.
  void read_into(void* object, const Json& json, const Place& place) const;
  virtual std::shared_ptr<const void> fresh() const = 0;

 private:
  std::vector<Field> fields_;
  std::vector<Check> checks_;
};

// A whole number is kept in any integer type; a choice in an enum whose values count from 0 in the order of the names.
template <class T>
class Shape final : public Description {
 public:
  Shape& text(std::string_view key, std::string T::*member, std::string_view about) {
    return add_text(key, at(member), about), *this;
  }
  // a-z 0-9 and what `besides` has, begins with a letter.
  Shape& name(std::string_view key, std::string T::*member, std::string_view about,
              std::string_view besides) {
    return add_name(key, at(member), about, besides), *this;
  }
  // `known`: what each may be; empty: any text.
  Shape& texts(std::string_view key, std::vector<std::string> T::*member, std::string_view about,
               std::vector<std::string_view> known = {}) {
    return add_texts(key, at(member), about, std::move(known)), *this;
  }
  template <class Integer>
  Shape& integer(std::string_view key, Integer T::*member, std::int64_t min, std::int64_t max,
                 std::string_view about) {
    add_integer(
        key, [member](void* o, std::int64_t v) { static_cast<T*>(o)->*member = static_cast<Integer>(v); },
        [member](const void* o) { return static_cast<std::int64_t>(static_cast<const T*>(o)->*member); }, min,
        max, about);
    return *this;
  }
  Shape& duration(std::string_view key, Duration T::*member, std::string_view about) {
    return add_duration(key, at(member), about), *this;
  }
  // {"min": …, "max": …}
  Shape& span(std::string_view key, Duration T::*min, Duration T::*max, std::string_view about) {
    return add_span(key, at(min), at(max), about), *this;
  }
  Shape& chance(std::string_view key, Ratio T::*member, std::string_view about) {
    return add_chance(key, at(member), about), *this;
  }
  Shape& money(std::string_view key, Money T::*member, std::string_view about) {
    return add_money(key, at(member), about), *this;
  }
  // Money, or nothing.
  Shape& price(std::string_view key, Money T::*member, std::string_view about) {
    return add_price(key, at(member), about), *this;
  }
  template <class Enum>
  Shape& choice(std::string_view key, Enum T::*member, std::vector<std::string_view> names,
                std::string_view kind, std::string_view about) {
    add_choice(
        key, std::move(names),
        [member](void* o, std::size_t i) { static_cast<T*>(o)->*member = static_cast<Enum>(i); },
        [member](const void* o) { return static_cast<std::size_t>(static_cast<const T*>(o)->*member); }, kind,
        about);
    return *this;
  }
  template <class U>
  Shape& object(std::string_view key, U T::*member, const Shape<U>& shape, std::string_view about) {
    add_object(
        key, shape,
        [member, &shape](void* o, const Json& json, const Place& place) {
          static_cast<T*>(o)->*member = shape.read(json, place);
        },
        about);
    return *this;
  }
  template <class U>
  Shape& list(std::string_view key, std::vector<U> T::*member, const Shape<U>& shape, std::size_t least,
              std::string_view about) {
    add_list(
        key, shape, least,
        [member, &shape](void* o, const Json& json, const Place& place) {
          (static_cast<T*>(o)->*member).push_back(shape.read(json, place));
        },
        about);
    return *this;
  }
  // The key that was added last may be absent.
  Shape& optional() { return last_is_optional(), *this; }
  // The key that was added last may have a smaller value in a repro than in the scenario: a list loses rows, a number
  // comes down to `least`, an amount to so many minor units, a time gets shorter, a share becomes 0. What a failure does
  // not need is then no part of its story.
  Shape& may_get_smaller(std::int64_t least = 0) { return last_may_get_smaller(least), *this; }
  // What no single key shows; called when all keys are read.
  Shape& check(std::function<void(const T& object, const ObjectReader& in)> check) {
    add_check([check = std::move(check)](const void* o, const ObjectReader& in) {
      check(*static_cast<const T*>(o), in);
    });
    return *this;
  }

  T read(const Json& json, const Place& place) const {
    T object{};
    read_into(&object, json, place);
    return object;
  }
  std::shared_ptr<const void> read_any(const Json& json, const Place& place) const override {
    return std::make_shared<const T>(read(json, place));
  }
  const std::type_info& type() const override { return typeid(T); }

 private:
  template <class M>
  static Reach<M> at(M T::*member) {
    return [member](void* o) -> M& { return static_cast<T*>(o)->*member; };
  }
  std::shared_ptr<const void> fresh() const override { return std::make_shared<const T>(); }
};

// What a name in a scenario looks like: a-z 0-9 and `besides`, begins with a letter, at most 64.
bool is_name(std::string_view text, std::string_view besides);
// Throws when `value` is longer than that.
void no_longer_than(const ObjectReader& in, std::string_view key, Duration value, Duration most,
                    std::string_view what);
// The schemas of the values that people write as text.
void duration_schema(Json& schema);
void share_schema(Json& schema);
void amount_schema(Json& schema);

}  // namespace ordeal::play
