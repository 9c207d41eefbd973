// The decisions that a purchase can take otherwise, and the bugs that can be planted in their place. The interfaces and
// correct designs are the core's; the flaws stand in flaws/, one readable file each.
#pragma once

#include <vector>

#include "core/cart/clearing.h"
#include "core/cart/holding.h"
#include "core/cart/reader.h"
#include "core/gateway/no_answer.h"
#include "core/gateway/request_key.h"
#include "core/inventory/gate.h"
#include "core/ledger/journal.h"
#include "core/notification/telling.h"
#include "core/order/basket_lines.h"
#include "core/order/beginning.h"
#include "core/order/closer.h"
#include "core/order/deduction.h"
#include "core/order/giving_up.h"
#include "core/order/late_payment.h"
#include "core/order/mark_paid.h"
#include "core/order/owner_check.h"
#include "core/order/price_check.h"
#include "core/order/status_writer.h"
#include "core/order/submit_guard.h"
#include "core/outbox/outbox.h"
#include "core/payment/attempt_policy.h"
#include "core/payment/callback_handler.h"
#include "core/payment/refusal.h"
#include "core/payment/result_query.h"
#include "core/payment/statement_check.h"
#include "core/payment/trade_closer.h"
#include "core/payment/way_change.h"
#include "core/promotion/ender.h"
#include "core/promotion/holder.h"
#include "scenarios/play/designer.h"

namespace ordeal::purchase {

const play::Seam<gateway::NoAnswer>& no_answer();
const play::Seam<gateway::RequestKey>& request_key();
const play::Seam<inventory::Gate>& gate();
const play::Seam<order::SubmitGuard>& submit_guard();
const play::Seam<order::BasketLines>& basket_lines();
const play::Seam<order::Beginning>& beginning();
const play::Seam<order::PriceCheck>& price_check();
const play::Seam<order::Deduction>& deduction();
const play::Seam<order::StatusWriter>& status_writer();
const play::Seam<order::MarkPaid>& mark_paid();
const play::Seam<order::LatePayment>& late_payment();
const play::Seam<order::GivingUp>& giving_up();
const play::Seam<order::Closer>& closer();
const play::Seam<order::OwnerCheck>& owner_check();
const play::Seam<outbox::Publisher>& publisher();
const play::Seam<payment::AttemptPolicy>& attempt_policy();
const play::Seam<payment::CallbackHandler>& callback_handler();
const play::Seam<payment::ResultQuery>& result_query();
const play::Seam<payment::TradeCloser>& trade_closer();
const play::Seam<payment::WayChange>& way_change();
const play::Seam<payment::Refusal>& refusal();
const play::Seam<payment::StatementCheck>& statement_check();
const play::Seam<promotion::Holder>& holder();
const play::Seam<ledger::Journal>& entry_journal();
const play::Seam<notification::Telling>& telling();
const play::Seam<promotion::Ender>& ender();
const play::Seam<cart::Reader>& cart_reader();
const play::Seam<cart::Clearing>& clearing();
const play::Seam<cart::Holding>& holding();
const play::Choice& statements();
bool reads_statements(const play::Designer& designer);
bool deducts_at_payment(const play::Designer& designer);
bool deducts_at_cart(const play::Designer& designer);

std::vector<const play::SeamRow*> seam_rows();
std::vector<const play::FlawRow*> flaw_rows();

}  // namespace ordeal::purchase
