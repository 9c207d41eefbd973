// Strong ids: an OrderId is not a UserId. Ids are 50-bit integers, so they survive JSON numbers and print as
// ten Crockford base-32 characters ("ord-7KQ2M9ZWX4").
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ordeal {

std::string base32(std::uint64_t value);
// The value of just ten such characters.
std::optional<std::uint64_t> from_base32(std::string_view text);

template <class Tag>
struct Id {
  std::int64_t value = 0;

  constexpr auto operator<=>(const Id&) const = default;
  constexpr explicit operator bool() const { return value != 0; }
  std::string text() const {
    return std::string(Tag::prefix) + "-" + base32(static_cast<std::uint64_t>(value));
  }
  // None for a text that text() never makes.
  static std::optional<Id> parse(std::string_view text) {
    constexpr std::size_t start = Tag::prefix.size() + 1;
    if (text.size() < start || !text.starts_with(Tag::prefix) || text[start - 1] != '-') return std::nullopt;
    const auto value = from_base32(text.substr(start));
    if (!value) return std::nullopt;
    return Id{static_cast<std::int64_t>(*value)};
  }

  // Any 64 random bits make an id; zero is kept for "none".
  static constexpr Id from_random(std::uint64_t bits) {
    const auto low = static_cast<std::int64_t>(bits & ((std::uint64_t{1} << 50) - 1));
    return {low == 0 ? 1 : low};
  }
};

struct OrderTag {
  static constexpr std::string_view prefix = "ord";
};
struct UserTag {
  static constexpr std::string_view prefix = "usr";
};
struct SkuTag {
  static constexpr std::string_view prefix = "sku";
};
struct ReservationTag {
  static constexpr std::string_view prefix = "rsv";
};
struct IntentTag {
  static constexpr std::string_view prefix = "pi";
};
struct AttemptTag {
  static constexpr std::string_view prefix = "pay";
};
struct RefundTag {
  static constexpr std::string_view prefix = "rfd";
};
struct MerchantTag {
  static constexpr std::string_view prefix = "mch";
};
struct EntryTag {
  static constexpr std::string_view prefix = "jnl";
};
// A row of a rulebook: of a discount or of a freight template.
struct RuleTag {
  static constexpr std::string_view prefix = "rul";
};
// One coupon that one buyer holds. Two coupons of one kind have two ids (F-87).
struct CouponTag {
  static constexpr std::string_view prefix = "cpn";
};

using OrderId = Id<OrderTag>;
using UserId = Id<UserTag>;
using SkuId = Id<SkuTag>;
using ReservationId = Id<ReservationTag>;
using IntentId = Id<IntentTag>;
using AttemptId = Id<AttemptTag>;
using RefundId = Id<RefundTag>;
using EntryId = Id<EntryTag>;
using MerchantId = Id<MerchantTag>;
using RuleId = Id<RuleTag>;
using CouponId = Id<CouponTag>;

}  // namespace ordeal

template <class Tag>
struct std::hash<ordeal::Id<Tag>> {
  std::size_t operator()(const ordeal::Id<Tag>& id) const { return std::hash<std::int64_t>{}(id.value); }
};
