// A struct says its fields once, in one line after its members:
//
//   struct Line {
//     SkuId sku{};
//     std::int64_t qty = 0;
//     ORDEAL_FIELDS(sku, qty);
//   };
//
// That gives it `static void fields(auto& self, auto&& visit)`, which calls visit("sku", self.sku), then visit("qty",
// self.qty); codecs, readers and writers are made from it. A list that leaves a member out, or names one twice, does not
// compile where `fields` is used ("decomposes into 2 elements"). Up to 64 members, all of them public and the struct's
// own; none at all is ORDEAL_FIELDS().
#pragma once

#include <type_traits>

#define ORDEAL_FIELDS(...)                                                                           \
  static void fields([[maybe_unused]] auto& self, [[maybe_unused]] auto&& visit) {                   \
    static_assert(sizeof(#__VA_ARGS__) > 1 || std::is_empty_v<std::remove_cvref_t<decltype(self)>>); \
    __VA_OPT__([[maybe_unused]] auto& [ORDEAL_FIELDS_ALL(__VA_ARGS__)] = self;)                      \
    ORDEAL_FOR_EACH(ORDEAL_FIELDS_VISIT, __VA_ARGS__)                                                \
  }                                                                                                  \
  static_assert(true)

#define ORDEAL_FIELDS_VISIT(field) visit(#field, self.field);
#define ORDEAL_FIELDS_BOUND(field) , bound_##field
#define ORDEAL_FIELDS_ALL(first, ...) bound_##first ORDEAL_FOR_EACH(ORDEAL_FIELDS_BOUND, __VA_ARGS__)

// macro(a) macro(b) …: four arguments a round, and a round for each time the preprocessor scans the rest again.
#define ORDEAL_FOR_EACH(macro, ...) __VA_OPT__(ORDEAL_SCAN(ORDEAL_EACH_1(macro, __VA_ARGS__)))
#define ORDEAL_EACH_1(macro, a, ...) macro(a) __VA_OPT__(ORDEAL_EACH_2(macro, __VA_ARGS__))
#define ORDEAL_EACH_2(macro, a, ...) macro(a) __VA_OPT__(ORDEAL_EACH_3(macro, __VA_ARGS__))
#define ORDEAL_EACH_3(macro, a, ...) macro(a) __VA_OPT__(ORDEAL_EACH_4(macro, __VA_ARGS__))
#define ORDEAL_EACH_4(macro, a, ...) \
  macro(a) __VA_OPT__(ORDEAL_EACH_ROUND ORDEAL_PARENTHESES(macro, __VA_ARGS__))
#define ORDEAL_EACH_ROUND() ORDEAL_EACH_1
#define ORDEAL_PARENTHESES ()
#define ORDEAL_SCAN(...) ORDEAL_SCAN_4(ORDEAL_SCAN_4(ORDEAL_SCAN_4(ORDEAL_SCAN_4(__VA_ARGS__))))
#define ORDEAL_SCAN_4(...) ORDEAL_SCAN_1(ORDEAL_SCAN_1(ORDEAL_SCAN_1(ORDEAL_SCAN_1(__VA_ARGS__))))
#define ORDEAL_SCAN_1(...) __VA_ARGS__
