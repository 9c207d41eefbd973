#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase {

using play::Flaw;

std::vector<const play::FlawRow*> flaw_rows() {
  static const Flaw<inventory::Gate> f01{
      {"F-01", "check-then-act oversell", "I-10 no-oversell", "first_sale",
       "Reads the stock, compares, then subtracts in a second statement: two buyers both see the last unit."},
      gate(),
      planted::make_check_then_act_gate};
  const play::FlawRow::Needs counted_in_cache{&gate(), "cache_then_db"};
  static const Flaw<inventory::Gate> f02{
      {"F-02", "cache the only gate", "I-10 no-oversell", "cache_failover",
       "Counts stock in the cache and writes to the database what the cache lets through: after a failover "
       "units that were sold are there again."},
      gate(),
      planted::make_cache_only_gate,
      counted_in_cache};
  static const Flaw<inventory::Gate> f03{
      {"F-03", "pre-deduct not idempotent", "I-16 goods-are-sold", "cache_failover",
       "Takes from the count in the cache with every request: one that comes again takes twice, and the last "
       "buyers are sent away."},
      gate(),
      planted::make_counted_twice_gate,
      counted_in_cache};
  static const Flaw<order::SubmitGuard> f04{
      {"F-04", "submit token looked up first", "I-01 one-order-per-request", "first_sale",
       "Looks whether the request is new, then writes the order in a second step: two clicks both look "
       "first."},
      submit_guard(),
      planted::make_token_first_guard};
  static const Flaw<inventory::Gate> f08{
      {"F-08", "lost update by read-modify-write", "I-11 stock-adds-up", "first_sale",
       "Reads a counter, adds to it and writes it back whole: what another buyer wrote in between is gone."},
      gate(),
      planted::make_write_back_gate};
  static const Flaw<order::StatusWriter> f09{
      {"F-09", "a version that does not move", "I-05 versions-count-changes", "first_sale",
       "Writes `version = version = 1`, which assigns a comparison: the version stays 1, and an old read "
       "still "
       "matches."},
      status_writer(),
      planted::make_dead_version_writer};
  static const Flaw<payment::CallbackHandler> f11{
      {"F-11", "callback processed twice", "I-31 callbacks-have-one-effect", "first_sale",
       "Reads the status, then grants: a duplicate callback between the two is granted again."},
      callback_handler(),
      planted::make_check_then_grant_handler};
  static const Flaw<payment::ResultQuery> f13{
      {"F-13", "lost callback and no query", "I-42 paid-at-channel-is-known", "first_sale",
       "Waits for the callback and never asks the channel: one that is lost leaves a paid order unpaid."},
      result_query(),
      planted::make_waiting_query};
  static const Flaw<payment::AttemptPolicy> f16{
      {"F-16", "retry with a new number after a timeout", "I-32 no-double-charge", "first_sale",
       "Takes a timeout for a failure and charges again under a new trade number."},
      attempt_policy(),
      planted::make_new_number_policy};
  static const Flaw<order::StatusWriter> f17{
      {"F-17", "pay against timeout-cancel", "I-04 one-transition-wins", "first_sale",
       "Selects unpaid orders, then closes them without looking at the state again: a payment is "
       "overwritten."},
      status_writer(),
      planted::make_blind_status_writer};
  static const Flaw<order::LatePayment> f18{
      {"F-18", "payment arrives on a closed order", "I-35 late-payment-is-refunded", "first_sale",
       "Ignores a payment because the order is not unpaid, and acknowledges it: the money stays, the order "
       "does not."},
      late_payment(),
      planted::make_ignoring_late_payment};
  static const Flaw<order::MarkPaid> f20{
      {"F-20", "unknown commit taken for a failure", "I-35 late-payment-is-refunded", "first_sale_instances",
       "Takes an error of a commit for \"it did not happen\" and sends the money back: the order is paid all "
       "the same."},
      mark_paid(),
      planted::make_failed_commit_mark};
  static const Flaw<outbox::Publisher> f21{
      {"F-21", "commit, then publish", "I-51 every-event-arrives", "first_sale",
       "Publishes after the commit, three tries, no outbox: a crash in between loses the event for ever."},
      publisher(),
      planted::make_after_commit_publisher};
  static const Flaw<inventory::Gate> f22{
      {"F-22", "stock counter drifts below zero", "I-16 goods-are-sold", "cache_failover",
       "Leaves the count negative when there was not enough: what comes back from an unpaid order cannot be "
       "sold."},
      gate(),
      planted::make_below_zero_gate,
      counted_in_cache};
  static const Flaw<order::Closer> f28{
      {"F-28", "timeout message lost", "I-41 unpaid-orders-close", "broker_outage",
       "Commits the order, then sends the delayed message that will close it, and has nothing behind it: a "
       "message that is not sent leaves the order unpaid for ever."},
      closer(),
      planted::make_message_alone_closer,
      {&closer(), "delayed_message"}};
  static const Flaw<inventory::Gate> f39{
      {"F-39", "cache wipe is sold out", "I-16 goods-are-sold", "cache_failover",
       "Takes a count that is not there for none: a cache that comes back empty ends the sale."},
      gate(),
      planted::make_nothing_is_none_gate,
      counted_in_cache};
  static const Flaw<promotion::Holder> f33{
      {"F-33", "coupon double spend", "I-24 coupon-is-used-once", "coupon_rush",
       "Looks whether the coupon is unused when it prices the order, and marks it later: two orders of one "
       "buyer "
       "both have it."},
      holder(),
      planted::make_looked_first_holder};
  static const Flaw<promotion::Holder> f35{
      {"F-35", "points taken without an order", "I-25 points-add-up", "coupon_rush",
       "Takes the points in a step of their own before it writes down for what: who dies in between has "
       "taken "
       "them for nothing."},
      holder(),
      planted::make_points_first_holder};
  static const Flaw<order::PriceCheck> f41{{"F-41", "price of the client", "I-21 lines-add-up", "first_sale",
                                            "Makes the order for the total that the client sends: an old "
                                            "price, or a forged one, is what is paid."},
                                           price_check(),
                                           planted::make_clients_price_check};
  static const Flaw<promotion::Holder> f43{
      {"F-43", "promotion threshold race", "I-23 promotion-within-quota", "coupon_rush",
       "Reads how many units are left when it prices the order and counts down later: two buyers both have "
       "the "
       "last one."},
      holder(),
      planted::make_threshold_read_holder};
  static const Flaw<payment::StatementCheck> f81{
      {"F-81", "statement believed whatever it says", "I-91 statements-are-whole", "day_end",
       "Takes the lines it finds for the day: a file cut off hides money, an empty one makes all of ours "
       "missing."},
      statement_check(),
      planted::make_believing_statement_check,
      {&statements(), "daily"}};
  static const Flaw<cart::Clearing> f36{
      {"F-36", "cart emptied by an order", "I-28 lines-leave-with-their-order", "cart_batch",
       "Empties the cart when it hears that an order of it stands: what was put in since is gone, and nobody "
       "bought it."},
      clearing(),
      planted::make_all_lines_clearing};
  static const Flaw<promotion::Ender> f87{
      {"F-87", "wrong coupon returned", "I-24 coupon-is-used-once", "coupon_rush",
       "Gives back the first coupon of the kind that the buyer has in use: it may be another order's."},
      ender(),
      planted::make_first_of_kind_ender};
  static const Flaw<gateway::NoAnswer> f88{
      {"F-88", "timeout told as a failure", "I-36 answers-are-true", "first_sale",
       "Tells a shopper whose request got no answer that surely nothing happened: the order is there, or the "
       "money gone."},
      no_answer(),
      planted::make_timeout_is_failure};
  static const Flaw<payment::TradeCloser> f95{
      {"F-95", "closed here and not at the channel", "I-42 paid-at-channel-is-known", "first_sale",
       "Sets what has expired to CLOSED in its own table: at the channel it can still be paid."},
      trade_closer(),
      planted::make_closing_only_here};
  static const Flaw<promotion::Ender> f97{
      {"F-97", "usage counted twice", "I-23 promotion-within-quota", "coupon_rush",
       "Counts what an order used each time it is told of its end: news that comes twice counts twice."},
      ender(),
      planted::make_counts_again_ender};
  static const Flaw<gateway::RequestKey> f05{
      {"F-05", "request key new at each try", "I-01 one-order-per-request", "first_sale",
       "Gives each request that comes in a key of its own: a second click, or a retry, is a second order."},
      request_key(),
      planted::make_gateways_own_key};
  static const Flaw<payment::CallbackHandler> f12{
      {"F-12", "callback noted before it is carried out", "I-53 acknowledged-is-durable", "first_sale",
       "Notes that a callback came, and carries it out in a second step: one that comes again is told it "
       "was."},
      callback_handler(),
      planted::make_noted_first_handler};
  static const Flaw<payment::Refusal> f14{
      {"F-14", "called failed, and still payable", "I-42 paid-at-channel-is-known", "late_money",
       "Takes \"declined\" for \"not debited\", and leaves the trade open: its channel may still take the "
       "money."},
      refusal(),
      planted::make_believing_refusal};
  static const Flaw<payment::WayChange> f15{
      {"F-15", "paid at two channels", "I-32 no-double-charge", "first_sale",
       "Opens another trade beside the one that is open when the buyer takes another way: both are paid."},
      way_change(),
      planted::make_side_by_side_ways};
  static const Flaw<payment::CallbackHandler> f19{
      {"F-19", "signature right, amount not looked at", "I-33 only-true-callbacks-count", "first_sale",
       "Believes a callback whose signature is right, whatever amount and trade it speaks of."},
      callback_handler(),
      planted::make_amount_unseen_handler};
  static const Flaw<order::Beginning> f24{
      {"F-24", "stock deducted, no order", "I-12 order-iff-reservation", "first_sale",
       "Takes the stock before it writes the order down: who dies in between has taken it for nobody."},
      beginning(),
      planted::make_stock_first_beginning};
  static const Flaw<inventory::Gate> f25{
      {"F-25", "a part of a cart deducted", "I-12 order-iff-reservation", "first_sale",
       "Takes the lines of a basket one by one: who dies in between holds a part, and calls it all when "
       "asked again."},
      gate(),
      planted::make_line_by_line_gate};
  static const Flaw<order::Deduction> f26{
      {"F-26", "paid, and no stock", "I-16 goods-are-sold", "pay_to_take",
       "Deducts when the money comes, and does not listen to the answer: the last unit is paid for twice."},
      deduction(),
      planted::make_paid_anyway_deduction,
      {&deduction(), "at_payment"}};
  static const Flaw<payment::CallbackHandler> f76{
      {"F-76", "acknowledged whatever happened", "I-53 acknowledged-is-durable", "first_sale",
       "Catches every error and says \"success\": the channel never calls again about what was not written."},
      callback_handler(),
      planted::make_always_success_handler};
  static const Flaw<payment::CallbackHandler> f82{
      {"F-82", "events out of order", "I-53 acknowledged-is-durable", "late_money",
       "Calls a payment illegal whose attempt was closed before, and acknowledges it: the money is "
       "forgotten."},
      callback_handler(),
      planted::make_in_order_only_handler};
  static const Flaw<order::GivingUp> f85{
      {"F-85", "a whole row overwritten", "I-04 one-transition-wins", "first_sale",
       "Writes back the whole order as it had read it, to note a cancel: a payment in between is undone."},
      giving_up(),
      planted::make_whole_row_giving_up};
  static const Flaw<order::LatePayment> f86{
      {"F-86", "closed order revived", "I-04 one-transition-wins", "first_sale",
       "Makes a closed order PAID when money comes, since it has not been paid: its stock is long gone."},
      late_payment(),
      planted::make_reviving_late_payment};
  static const Flaw<order::SubmitGuard> f89{
      {"F-89", "one key, two requests", "I-36 answers-are-true", "first_sale",
       "Answers a known request key with its order, and does not look whether it is the same request."},
      submit_guard(),
      planted::make_key_alone_guard};
  static const Flaw<order::SubmitGuard> f90{
      {"F-90", "request key ended, then retried", "I-01 one-order-per-request", "first_sale",
       "Forgets a request key after a minute: the patient retry orders again."},
      submit_guard(),
      planted::make_minute_long_guard};
  static const Flaw<order::BasketLines> f93{
      {"F-93", "one sku in two lines", "I-36 answers-are-true", "first_sale",
       "Keeps the first of two lines of one sku, and charges for both."},
      basket_lines(),
      planted::make_first_line_basket};
  static const Flaw<inventory::Gate> f96{
      {"F-96", "an error returned, half written", "I-11 stock-adds-up", "first_sale",
       "Returns an error out of a transaction, which commits what was written before it."},
      gate(),
      planted::make_returning_gate};
  static const Flaw<order::OwnerCheck> f101{
      {"F-101", "another's order answered for", "I-33 only-owners-are-served", "cart_batch",
       "Finds an order by its number and hands it to whoever asks: a stranger looks at it, and gives it up."},
      owner_check(),
      planted::make_number_alone_check};
  static const Flaw<cart::Holding> f102{
      {"F-102", "held in a cart for ever", "I-15 cart-holds-end", "hoarders",
       "Sets aside what lies in a cart for as long as it lies there: who walks away has it for ever."},
      holding(),
      planted::make_endless_holding,
      {&deduction(), "at_cart"}};
  static const Flaw<payment::AttemptPolicy> f23{
      {"F-23", "stuck in PAYING", "I-36 answers-are-true", "first_sale",
       "Marks a payment PAYING before it calls the channel, and lets nobody ask for its code again: who lost "
       "the answer can never pay."},
      attempt_policy(),
      planted::make_paying_once_policy};
  static const Flaw<notification::Telling> f71{
      {"F-71", "a merchant never learns", "I-87 notices-follow-the-schedule", "silent_channel",
       "Tells a merchant six times within eight minutes, then never again: one who is down for longer does "
       "not learn that he was paid."},
      telling(),
      planted::make_short_telling};
  static const Flaw<ledger::Journal> f79{
      {"F-79", "one leg posted", "I-70 entries-balance", "first_sale",
       "Books the debit in one transaction and the credit in the next: who dies in between leaves one side."},
      entry_journal(),
      planted::make_two_steps_journal};
  return {&f01, &f02, &f03, &f04, &f05, &f08, &f09, &f11, &f12, &f13, &f14, &f15, &f16, &f17,  &f18, &f19,
          &f20, &f21, &f22, &f23, &f24, &f25, &f26, &f28, &f33, &f35, &f36, &f39, &f41, &f43,  &f71, &f79,
          &f76, &f81, &f82, &f85, &f86, &f87, &f88, &f89, &f90, &f93, &f95, &f96, &f97, &f101, &f102};
}

}  // namespace ordeal::purchase
