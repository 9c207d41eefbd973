// The planted bugs: each is one more implementation of one design seam of the core, wrong in the way its catalogue entry
// (its F- id) names. One readable file each, shaped as the code one meets in the wild; its row stands in flaws.cc.
#pragma once

#include <memory>

#include "scenarios/flows/purchase/seams.h"

namespace ordeal::purchase::planted {

// What naive handlers look at first. F-11 writes it out: its file is shown in a lesson.
inline bool tells_of_payment(const channel::Notice& notice) {
  return notice.status == channel::TradeStatus::success || notice.status == channel::TradeStatus::finished;
}

std::unique_ptr<inventory::Gate> make_check_then_act_gate();                // F-01, breaks I-10
std::unique_ptr<inventory::Gate> make_cache_only_gate();                    // F-02, breaks I-10
std::unique_ptr<inventory::Gate> make_counted_twice_gate();                 // F-03, breaks I-16
std::unique_ptr<order::SubmitGuard> make_token_first_guard();               // F-04, breaks I-01
std::unique_ptr<inventory::Gate> make_write_back_gate();                    // F-08, breaks I-11
std::unique_ptr<order::StatusWriter> make_dead_version_writer();            // F-09, breaks I-05
std::unique_ptr<payment::CallbackHandler> make_check_then_grant_handler();  // F-11, breaks I-31
std::unique_ptr<payment::ResultQuery> make_waiting_query();                 // F-13, breaks I-42
std::unique_ptr<payment::AttemptPolicy> make_new_number_policy();           // F-16, breaks I-32
std::unique_ptr<order::StatusWriter> make_blind_status_writer();            // F-17, breaks I-04
std::unique_ptr<order::LatePayment> make_ignoring_late_payment();           // F-18, breaks I-35
std::unique_ptr<order::MarkPaid> make_failed_commit_mark();                 // F-20, breaks I-35
std::unique_ptr<outbox::Publisher> make_after_commit_publisher();           // F-21, breaks I-51
std::unique_ptr<inventory::Gate> make_below_zero_gate();                    // F-22, breaks I-16
std::unique_ptr<order::Closer> make_message_alone_closer();                 // F-28, breaks I-41
std::unique_ptr<cart::Clearing> make_all_lines_clearing();                  // F-36, breaks I-28
std::unique_ptr<inventory::Gate> make_nothing_is_none_gate();               // F-39, breaks I-16
std::unique_ptr<payment::StatementCheck> make_believing_statement_check();  // F-81, breaks I-91
std::unique_ptr<gateway::NoAnswer> make_timeout_is_failure();               // F-88, breaks I-36
std::unique_ptr<payment::TradeCloser> make_closing_only_here();             // F-95, breaks I-42
std::unique_ptr<promotion::Holder> make_looked_first_holder();
std::unique_ptr<promotion::Holder> make_points_first_holder();
std::unique_ptr<promotion::Holder> make_threshold_read_holder();
std::unique_ptr<promotion::Ender> make_first_of_kind_ender();
std::unique_ptr<promotion::Ender> make_counts_again_ender();
std::unique_ptr<order::PriceCheck> make_clients_price_check();
std::unique_ptr<gateway::RequestKey> make_gateways_own_key();
std::unique_ptr<payment::CallbackHandler> make_noted_first_handler();
std::unique_ptr<payment::Refusal> make_believing_refusal();
std::unique_ptr<payment::WayChange> make_side_by_side_ways();
std::unique_ptr<payment::CallbackHandler> make_amount_unseen_handler();
std::unique_ptr<order::Beginning> make_stock_first_beginning();
std::unique_ptr<inventory::Gate> make_line_by_line_gate();
std::unique_ptr<order::Deduction> make_paid_anyway_deduction();
std::unique_ptr<payment::CallbackHandler> make_always_success_handler();
std::unique_ptr<payment::CallbackHandler> make_in_order_only_handler();
std::unique_ptr<order::GivingUp> make_whole_row_giving_up();
std::unique_ptr<order::LatePayment> make_reviving_late_payment();
std::unique_ptr<order::SubmitGuard> make_key_alone_guard();
std::unique_ptr<order::SubmitGuard> make_minute_long_guard();
std::unique_ptr<order::BasketLines> make_first_line_basket();
std::unique_ptr<inventory::Gate> make_returning_gate();
std::unique_ptr<order::OwnerCheck> make_number_alone_check();
std::unique_ptr<cart::Holding> make_endless_holding();
std::unique_ptr<payment::AttemptPolicy> make_paying_once_policy();
std::unique_ptr<notification::Telling> make_short_telling();
std::unique_ptr<ledger::Journal> make_two_steps_journal();

}  // namespace ordeal::purchase::planted
