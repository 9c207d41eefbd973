// Diary: what the people around the trade system did and what they were told, in their own words and in the order in which
// it happened. Kept by the parties, who are outside the system: it is what the reference model knows (model/reference.h),
// and nothing of it comes from the core.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/api/gateway.h"
#include "core/api/notification.h"

namespace ordeal::purchase::model {

// A question and the time of its answer: true time since the trial began.
template <class Reply>
struct Asked {
  std::int64_t at_ns = 0;
  std::int64_t answered_ns = -1;  // -1: never
  Reply reply{};                  // only when answered

  bool answered() const { return answered_ns >= 0; }
};

// What was to be bought, at the price that the buyer was shown, and what of his own he wanted to use for it.
struct Basket {
  std::vector<api::Line> lines;
  Money shown;
  api::Discounts discounts{};
  api::FromCart cart{};  // which lines of his cart; none: it was not made of one

  bool operator==(const Basket&) const = default;
};

struct PlaceAsked : Asked<api::PlaceReply> {
  std::size_t basket = 0;  // of Visit::baskets
};

struct QuoteAsked : Asked<api::QuoteReply> {
  std::vector<api::Line> lines{};
  api::Discounts wanted{};
};

struct PayAsked : Asked<api::PayReply> {
  std::string channel{};
  api::PayMode mode = api::PayMode::page;
};

// "PAID", "CLOSED", "POOR" or "UNKNOWN", as the channel's app shows it.
struct CashierAsked : Asked<std::string> {
  std::string channel{};
};

enum class Wish : std::uint8_t {
  undecided,  // was never told "yours", or has not come to it
  leaves,
  pays_late,  // takes the code along, and comes to the cashier when it suits
  pays,
};

// One buyer under one request key. Several baskets under it are a mistake of the buyer's, which only one of them survives.
struct Visit {
  UserId user{};
  std::string key;
  std::vector<Basket> baskets;
  std::vector<QuoteAsked> quoting;
  std::vector<PlaceAsked> placing;
  Wish wish = Wish::undecided;
  std::vector<PayAsked> paying;
  std::vector<CashierAsked> at_cashier;
  std::vector<Asked<api::CancelReply>> cancelling;
  std::vector<Asked<api::OrderView>> looking;
};

// What somebody did to his cart: a look when it is none of the two.
struct CartAsked : Asked<api::CartReply> {
  UserId owner{};  // whose cart the reply shows
  std::optional<api::ChangeCart> change{};
  std::optional<api::MergeCarts> merge{};
};

// What somebody asked of what is another's, having seen its number or guessed it (B8). Each but once.
struct NosyAsked {
  UserId asker{};
  UserId whose{};
  OrderId order{};  // none: he knew of none
  Asked<api::OrderView> looking{};
  Asked<api::PayReply> paying{};
  Asked<api::CancelReply> cancelling{};
  Asked<api::CartReply> merging{};  // the other's cart into his own
};

// A notice that came to a merchant's door, also one to which it answered with an error.
struct Notice {
  std::string merchant;
  api::MerchantNotice body;
  std::int64_t at_ns = 0;
};

struct Diary {
  std::map<std::string, Visit> visits;  // by buyer: "shopper-3"
  std::vector<Notice> notices;
  std::vector<CartAsked> carts;  // in the order in which it was asked
  std::vector<NosyAsked> nosy;   // the same
};

}  // namespace ordeal::purchase::model
