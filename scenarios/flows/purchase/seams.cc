#include "scenarios/flows/purchase/seams.h"

namespace ordeal::purchase {

using play::Choice;
using play::Seam;

const Seam<gateway::NoAnswer>& no_answer() {
  static const Seam<gateway::NoAnswer> seam{
      "gateway.no_answer",
      "What is a shopper told whose request got no answer?",
      {{"by_cause", [] { return gateway::make_no_answer("by_cause"); }}}};
  return seam;
}

const Seam<gateway::RequestKey>& request_key() {
  static const Seam<gateway::RequestKey> seam{
      "gateway.request_key",
      "Whose key says that two requests are the same?",
      {{"clients", [] { return gateway::make_request_key("clients"); }}}};
  return seam;
}

const Seam<inventory::Gate>& gate() {
  static const Seam<inventory::Gate> seam{
      "stock.gate",
      "How is stock taken so that two buyers cannot have the same unit?",
      {{"conditional_update", [] { return inventory::make_gate("conditional_update"); }},
       {"row_lock", [] { return inventory::make_gate("row_lock"); }},
       {"version", [] { return inventory::make_gate("version"); }},
       {"cache_then_db", [] { return inventory::make_gate("cache_then_db"); }, play::Device::cache}}};
  return seam;
}

const Seam<order::SubmitGuard>& submit_guard() {
  static const Seam<order::SubmitGuard> seam{
      "order.submit_guard",
      "What makes a repeated request one order?",
      {{"request_key", [] { return order::make_submit_guard("request_key"); }}}};
  return seam;
}

const Seam<order::BasketLines>& basket_lines() {
  static const Seam<order::BasketLines> seam{
      "order.lines",
      "How many of a sku does an order take that is in several lines of its basket?",
      {{"added_up", [] { return order::make_basket_lines("added_up"); }}}};
  return seam;
}

const Seam<order::Beginning>& beginning() {
  static const Seam<order::Beginning> seam{
      "order.begin",
      "What comes first, the order or what is taken for it?",
      {{"order_first", [] { return order::make_beginning("order_first"); }}}};
  return seam;
}

const Seam<order::PriceCheck>& price_check() {
  static const Seam<order::PriceCheck> seam{
      "order.price",
      "At which price is an order made when it is not the one that the buyer was shown?",
      {{"as_shown", [] { return order::make_price_check("as_shown"); }}}};
  return seam;
}

const Seam<order::Deduction>& deduction() {
  static const Seam<order::Deduction> seam{
      "stock.deduct",
      "When is the stock of an order taken?",
      {{"at_order", [] { return order::make_deduction("at_order"); }},
       {"at_payment", [] { return order::make_deduction("at_payment"); }},
       {"at_cart", [] { return order::make_deduction("at_cart"); }}}};
  return seam;
}

const Seam<order::StatusWriter>& status_writer() {
  static const Seam<order::StatusWriter> seam{
      "order.status_write",
      "How does a change of an order's state notice that somebody was faster?",
      {{"conditional", [] { return order::make_status_writer("conditional"); }},
       {"version", [] { return order::make_status_writer("version"); }}}};
  return seam;
}

const Seam<order::MarkPaid>& mark_paid() {
  static const Seam<order::MarkPaid> seam{
      "order.mark_paid",
      "What follows when nobody knows whether the commit happened that makes an order PAID?",
      {{"told_again", [] { return order::make_mark_paid("told_again"); }}}};
  return seam;
}

const Seam<order::LatePayment>& late_payment() {
  static const Seam<order::LatePayment> seam{"order.late_payment",
                                             "What becomes of money that comes for a closed order?",
                                             {{"refund", [] { return order::make_late_payment("refund"); }}}};
  return seam;
}

const Seam<order::GivingUp>& giving_up() {
  static const Seam<order::GivingUp> seam{
      "order.give_up",
      "What is written when a shopper gives his order up?",
      {{"its_columns", [] { return order::make_giving_up("its_columns"); }}}};
  return seam;
}

const Seam<order::Closer>& closer() {
  static const Seam<order::Closer> seam{
      "order.close_by",
      "What notices that an order was not paid in time?",
      {{"scan", [] { return order::make_closer("scan"); }},
       {"delayed_timer", [] { return order::make_closer("delayed_timer"); }},
       {"delayed_message", [] { return order::make_closer("delayed_message"); }, play::Device::broker}}};
  return seam;
}

const Seam<order::OwnerCheck>& owner_check() {
  static const Seam<order::OwnerCheck> seam{
      "order.owner",
      "Who is answered that asks for an order by its number?",
      {{"its_buyer", [] { return order::make_owner_check("its_buyer"); }}}};
  return seam;
}

const Seam<outbox::Publisher>& publisher() {
  static const Seam<outbox::Publisher> seam{
      "event.publish",
      "How does an event leave together with the change it tells of?",
      {{"transactional", [] { return outbox::make_publisher("transactional"); }}}};
  return seam;
}

const Seam<payment::AttemptPolicy>& attempt_policy() {
  static const Seam<payment::AttemptPolicy> seam{
      "payment.attempt",
      "Under which number is a charge tried again that got no answer?",
      {{"same_number", [] { return payment::make_attempt_policy("same_number"); }}}};
  return seam;
}

const Seam<payment::CallbackHandler>& callback_handler() {
  static const Seam<payment::CallbackHandler> seam{
      "payment.callback",
      "What makes a repeated callback one payment?",
      {{"compare_and_set", [] { return payment::make_callback_handler("compare_and_set"); }}}};
  return seam;
}

const Seam<payment::ResultQuery>& result_query() {
  static const Seam<payment::ResultQuery> seam{"payment.query",
                                               "How does payment learn of a result when no callback comes?",
                                               {{"asks", [] { return payment::make_result_query("asks"); }}}};
  return seam;
}

const Seam<payment::TradeCloser>& trade_closer() {
  static const Seam<payment::TradeCloser> seam{
      "payment.close",
      "How is a payment ended whose order's time is over?",
      {{"at_channel", [] { return payment::make_trade_closer("at_channel"); }}}};
  return seam;
}

const Seam<payment::WayChange>& way_change() {
  static const Seam<payment::WayChange> seam{
      "payment.another_way",
      "What becomes of an open trade whose buyer takes another way to pay?",
      {{"closes_first", [] { return payment::make_way_change("closes_first"); }}}};
  return seam;
}

const Seam<payment::Refusal>& refusal() {
  static const Seam<payment::Refusal> seam{
      "payment.declined",
      "When is a payment over that the channel has declined?",
      {{"closes_there", [] { return payment::make_refusal("closes_there"); }}}};
  return seam;
}

const Seam<promotion::Holder>& holder() {
  static const Seam<promotion::Holder> seam{
      "promotion.hold",
      "How are coupons, points and units at a price taken so that nobody else uses them, too?",
      {{"conditional", [] { return promotion::make_holder("conditional"); }}}};
  return seam;
}

const Seam<promotion::Ender>& ender() {
  static const Seam<promotion::Ender> seam{"promotion.end",
                                           "What is used, or given back, when an order has ended?",
                                           {{"by_order", [] { return promotion::make_ender("by_order"); }}}};
  return seam;
}

const Seam<cart::Reader>& cart_reader() {
  static const Seam<cart::Reader> seam{
      "cart.read",
      "Where is a cart read from that is written to the database?",
      {{"database", [] { return cart::make_reader("database"); }},
       {"cache_first", [] { return cart::make_reader("cache_first"); }, play::Device::cache}}};
  return seam;
}

const Seam<cart::Clearing>& clearing() {
  static const Seam<cart::Clearing> seam{"cart.clear",
                                         "What leaves a cart when an order that was made of it stands?",
                                         {{"by_version", [] { return cart::make_clearing("by_version"); }}}};
  return seam;
}

const Seam<cart::Holding>& holding() {
  static const Seam<cart::Holding> seam{
      "cart.hold",
      "How long does a line of a cart hold its stock, where that is taken at the cart?",
      {{"for_a_time", [] { return cart::make_holding("for_a_time"); }}}};
  return seam;
}

const Choice& statements() {
  static const Choice choice{
      "payment.statements", "Does payment read what the channel says about each day?", {"none", "daily"}};
  return choice;
}

bool reads_statements(const play::Designer& designer) { return designer.chose(statements(), "daily"); }

bool deducts_at_cart(const play::Designer& designer) { return designer.design_of(deduction()) == "at_cart"; }

bool deducts_at_payment(const play::Designer& designer) {
  return designer.design_of(deduction()) == "at_payment";
}

const Seam<payment::StatementCheck>& statement_check() {
  static const Seam<payment::StatementCheck> seam{
      "payment.statement_check",
      "What must a statement prove before it is believed?",
      {{"totals", [] { return payment::make_statement_check("totals"); }}}};
  return seam;
}

const Seam<ledger::Journal>& entry_journal() {
  static const Seam<ledger::Journal> seam{
      "ledger.posting",
      "How does an entry come into the books with both of its sides?",
      {{"one_transaction", [] { return ledger::make_journal("one_transaction"); }}}};
  return seam;
}

const Seam<notification::Telling>& telling() {
  static const Seam<notification::Telling> seam{
      "notification.again",
      "For how long is a merchant told again who does not understand?",
      {{"long_tail", [] { return notification::make_telling("long_tail"); }}}};
  return seam;
}

std::vector<const play::SeamRow*> seam_rows() {
  return {&no_answer(),        &request_key(),  &gate(),         &submit_guard(),  &basket_lines(),
          &beginning(),        &price_check(),  &deduction(),    &status_writer(), &mark_paid(),
          &late_payment(),     &giving_up(),    &closer(),       &publisher(),     &attempt_policy(),
          &callback_handler(), &result_query(), &trade_closer(), &way_change(),    &refusal(),
          &holder(),           &ender(),        &cart_reader(),  &clearing(),      &statements(),
          &statement_check(),  &owner_check(),  &holding(),      &entry_journal(), &telling()};
}

}  // namespace ordeal::purchase
