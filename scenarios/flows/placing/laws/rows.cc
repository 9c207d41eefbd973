#include "scenarios/flows/placing/laws/laws.h"

namespace ordeal::placing {

// What says more about the cause has the lower rank: a step out of its turn before the sums and orders that are wrong by it.
std::vector<play::LawRow> law_rows() {
  const std::vector<std::string_view> all{"placing", "storeroom", "loyalty"};
  return {
      {kBranchStepsKeepTheirTurn,
       "A branch is tried before it is confirmed or cancelled, ends once, and is never tried after its "
       "cancel.",
       true, true, 510, all, &watch_branch_steps_keep_their_turn},
      {kRepairedOnce, "What was given back is not given back once more.", true, true, 515, all,
       &watch_repaired_once},
      {kDecidedOnce, "An order is decided once: placed or rejected.", true, true, 520, all,
       &watch_decided_once},
      {kOrderIffBranches, "A placed order has all that it wanted, a rejected one has nothing.", true, false,
       530, all, &watch_order_iff_branches},
      {kPoolsAddUp,
       "What is free, frozen and used of a pool is what there was, and is frozen and used for orders.", true,
       true, 540, all, &watch_pools_add_up},
      {kOneOrderPerKey, "One request makes one order, and every answer to it names that one.", true, false,
       550, all, &watch_one_order_per_key},
      {kAgreeInTime, "An order and its branches agree soon, and soon after the faults at the latest.", false,
       true, 560, all, &watch_agree_in_time},
      {kDifferencesAreRepaired,
       "A difference that comparing finds is repaired, or in suspense, in time; in the end it is repaired.",
       false, true, 565, all, &watch_differences_are_repaired},
      {kPlacingAnswersAreTrue, "What a customer is told about an order is so.", true, true, 570, all,
       &watch_placing_answers_are_true},
      {kPlacingsAreAsTold, "What is gone of stock and points is what customers were told.", true, false, 580,
       all, &watch_placings_are_as_told},
  };
}

std::vector<play::ColumnRow> column_rows() {
  std::vector<play::ColumnRow> rows{
      {"placing", "member.id", "I-36"},
      {"placing", "thing.id", "I-36"},
      {"placing", "placed_order.id", "I-01, I-12"},
      {"placing", "placed_order.user_id", "I-01, I-12"},
      {"placing", "placed_order.request_key", "I-01"},
      {"placing", "placed_order.fingerprint", "I-36"},
      {"placing", "placed_order.sku", "I-01, I-12"},
      {"placing", "placed_order.qty", "I-01, I-12"},
      {"placing", "placed_order.points", "I-01, I-12"},
      {"placing", "placed_order.state", "I-04, I-12"},
      {"placing", "placed_order.lack", "I-04, I-36"},
      {"placing", "placed_order.trace", "", "for people who read traces; nothing is decided by it"},
      {"placing", "transaction_log.order_id", "I-13"},
      {"placing", "transaction_log.phase", "I-13"},
      {"placing", "transaction_log.next_at", "I-13"},
      {"placing", "difference.order_id", "I-13"},
      {"placing", "difference.service", "I-13"},
      {"placing", "difference.tries", "I-13"},
      {"placing", "difference.state", "I-13"},
      {"placing", "branch_answer.order_id", "I-13"},
      {"placing", "branch_answer.service", "I-13"},
      {"placing", "branch_answer.had", "I-12, I-13"},
  };
  for (const std::string_view service : {"storeroom", "loyalty"}) {
    for (const std::string_view column : {"pool.id", "pool.free", "pool.frozen", "pool.used"})
      rows.push_back({service, column, "I-25"});
    for (const std::string_view column : {"branch.order_id", "branch.pool", "branch.amount", "branch.state"})
      rows.push_back({service, column, "I-12, I-25"});
  }
  for (const std::string_view service : {"placing", "storeroom", "loyalty"}) {
    rows.push_back({service, "outbox.id", "", "a number that nobody else knows"});
    for (const std::string_view column : {"outbox.topic", "outbox.body", "outbox.pending", "outbox.next_at"})
      rows.push_back({service, column, "I-12, I-13"});
    rows.push_back({service, "outbox.trace", "", "for people who read traces; nothing is decided by it"});
    rows.push_back({service, "outbox.attempts", "", "how patient the relay is; what waits for ever is I-13"});
  }
  return rows;
}

}  // namespace ordeal::placing
