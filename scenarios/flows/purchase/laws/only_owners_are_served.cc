// I-33, of those who are signed in: an order is its buyer's and a cart its owner's (B8). Whoever else asks for one by its number is
// answered as if it were not there: he does not see it, does not pay it, does not give it up, and does not make it his.
//
// Judged over what the nosy wrote down (model/diary.h), by what they were told. What they changed all the same the laws of orders and carts
// see, too: an order that is given up and not by its buyer (I-36), lines that nobody asked for (I-28).
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"

namespace ordeal::purchase {
namespace {

bool is_served(const api::OrderView& told) { return told.available && told.found; }
bool is_served(const api::PayReply& told) {
  return told.status == api::PayStatus::pay_at_channel || told.status == api::PayStatus::captured ||
         told.status == api::PayStatus::pending || told.status == api::PayStatus::declined;
}
bool is_served(const api::CancelReply& told) {
  return told.status == api::CancelStatus::cancelled || told.status == api::CancelStatus::pending;
}
bool is_served(const api::CartReply& told) { return told.status == api::CartStatus::done; }

void check(const RestRows& rest, Findings& findings) {
  if (rest.world.books_if_any<Books>() == nullptr) return;
  for (const model::NosyAsked& nosy : rest.books().diary.nosy) {
    const auto judge = [&](const auto& asked, std::string message) {
      if (!asked.answered() || !is_served(asked.reply)) return;
      findings.add(unsafe(kOnlyOwnersAreServed, asked.answered_ns, std::move(message),
                          {{"asker", user_text(rest.world.scenario(), nosy.asker)},
                           {"owner", user_text(rest.world.scenario(), nosy.whose)},
                           {"order", nosy.order.text()}}));
    };
    judge(nosy.looking, "somebody was shown an order that is another's");
    judge(nosy.paying, "somebody could pay an order that is another's");
    judge(nosy.cancelling, "somebody gave an order up that is another's");
    judge(nosy.merging, "somebody made another's cart his own");
  }
}

}  // namespace

void watch_only_owners_are_served(const play::Watching& parts) {
  parts.audit.add<RestRows>(kOnlyOwnersAreServed, {"order"}, check);
}

}  // namespace ordeal::purchase
