#include "scenarios/flows/purchase/seams.h"

namespace ordeal::purchase {

using play::Choice;
using play::Seam;

const Seam<inventory::Gate>& gate() {
  static const Seam<inventory::Gate> seam{
      "stock.gate",
      "How is stock taken so that two buyers cannot have the same unit?",
      {{"conditional_update", [] { return inventory::make_gate("conditional_update"); }},
       {"row_lock", [] { return inventory::make_gate("row_lock"); }}}};
  return seam;
}

const Seam<order::SubmitGuard>& submit_guard() {
  static const Seam<order::SubmitGuard> seam{
      "order.submit_guard",
      "What makes a repeated request one order?",
      {{"request_key", [] { return order::make_submit_guard("request_key"); }}}};
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

const Seam<order::LatePayment>& late_payment() {
  static const Seam<order::LatePayment> seam{"order.late_payment",
                                             "What becomes of money that comes for a closed order?",
                                             {{"refund", [] { return order::make_late_payment("refund"); }}}};
  return seam;
}

const Seam<order::Closer>& closer() {
  static const Seam<order::Closer> seam{
      "order.close_by",
      "What notices that an order was not paid in time?",
      {{"scan", [] { return order::make_closer("scan"); }},
       {"delayed_timer", [] { return order::make_closer("delayed_timer"); }}}};
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

const Choice& statements() {
  static const Choice choice{
      "payment.statements", "Does payment read what the channel says about each day?", {"none", "daily"}};
  return choice;
}

bool reads_statements(const play::Designer& designer) { return designer.chose(statements(), "daily"); }

const Seam<payment::StatementCheck>& statement_check() {
  static const Seam<payment::StatementCheck> seam{
      "payment.statement_check",
      "What must a statement prove before it is believed?",
      {{"totals", [] { return payment::make_statement_check("totals"); }}}};
  return seam;
}

std::vector<const play::SeamRow*> seam_rows() {
  return {&gate(),      &submit_guard(),   &status_writer(),    &late_payment(), &closer(),
          &publisher(), &attempt_policy(), &callback_handler(), &statements(),   &statement_check()};
}

}  // namespace ordeal::purchase
