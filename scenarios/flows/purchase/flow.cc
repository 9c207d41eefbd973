#include "scenarios/flows/purchase/flow.h"

#include "core/api/cart.h"
#include "core/api/facts.h"
#include "core/cache/scripts.h"
#include "core/cart/scripts.h"
#include "scenarios/flows/purchase/laws/answers.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/machines.h"
#include "scenarios/flows/purchase/marks.h"
#include "scenarios/flows/purchase/measures.h"
#include "scenarios/flows/purchase/parties/facts.h"
#include "scenarios/flows/purchase/parties/rows.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/flows/purchase/promotions.h"
#include "scenarios/flows/purchase/seams.h"
#include "scenarios/flows/purchase/services.h"
#include "scenarios/flows/purchase/telling/telling.h"

namespace ordeal::purchase {
namespace {

using play::Answer;
using play::CountRow;
namespace told = api::facts;

template <api::OrderState State>
bool moved_to(const env::Message& fact) {
  return fact.as<told::OrderMoved>().to == State;
}

std::vector<CountRow> count_rows() {
  using api::OrderState;
  return {
      {"orders_placed", "orders that were written down", &told::OrderPlaced::type},
      {"orders_paid", "orders that became PAID", &told::OrderMoved::type, moved_to<OrderState::paid>},
      {"orders_closed", "orders that were closed unpaid", &told::OrderMoved::type,
       moved_to<OrderState::closed>},
      {"orders_rejected", "orders for which there was no stock", &told::OrderMoved::type,
       moved_to<OrderState::rejected>},
      {"captures", "payments that the payment service learned of", &told::PaymentCaptured::type},
      {"refunds", "refunds that the channel carried out, as payment knows", &told::RefundSucceeded::type},
      {"discounts_held", "orders that held a coupon, points or units at a price", &told::DiscountsHeld::type},
      {"lines_put", "lines that were put into carts", &told::LinePut::type},
      {"lines_left", "lines that left a cart, bought, merged or taken out", &told::LineLeft::type},
      {"statements", "statements of a day that were believed", &told::StatementAccepted::type},
      {"ledger_entries", "journal entries", &told::EntryPosted::type},
      {"merchant_notices", "notices that a merchant acknowledged", &told::MerchantNotified::type},
      {"channel_debits", "debits in the channels' own books", &facts::ChannelDebited::type},
      {"channel_refunds", "refunds in the channels' own books", &facts::ChannelRefunded::type},
      {"callbacks_sent", "callbacks that left a channel, or somebody who pretends to be one",
       &facts::CallbackSent::type},
  };
}

std::vector<play::PointRow> point_rows() {
  return {
      {"inventory: the stock is busy", "Stock does not look and answers that it is busy.", "inventory"},
      {"inventory: a reserve waits", "Stock is looked at when who asked for it does not wait any more.",
       "inventory"},
      {"notification: the merchant is told again",
       "The merchant's answer is forgotten: it hears the same once more.", "notification"},
      {"order: a close timer is lost",
       "The timer of an order is not set; only the scan behind it closes the order.", "order"},
      {"order: a draft is left to its worker",
       "Stock is not asked at once: the worker for drafts does it later.", "order"},
      {"order: another may be faster",
       "Between the answers of others and what is written of them a second passes.", "order"},
      {"order: an answer waits after the commit",
       "The order is there, the answer comes after the caller's deadline.", "order"},
      {"order: a payment begins when its order's time is over",
       "The question to payment is held up for minutes: by then the order may be closed.", "order"},
      {"promotion: a hold waits", "Discounts are held when who asked for them does not wait any more.",
       "promotion"},
      {"payment: another may be faster",
       "Between an answer of the channel and putting the attempt off seconds pass.", "payment"},
      {"payment: a charge is sent again", "The same charge is sent twice under its one number.", "payment"},
      {"refund: a refund is asked for again", "The same refund is asked for twice under its one number.",
       "payment"},
  };
}

std::vector<play::KnobRow> knob_rows() {
  return {
      {"outbox.batch", {"1", "4", "256"}, "rows that a relay takes in a pass", "order"},
      {"outbox.deadline", {"300ms", "1s", "10s"}, "how long a relay waits for an acknowledgement", "order"},
      {"order.reserve_deadline", {"200ms", "500ms", "3s"}, "how long an order waits for stock", "order"},
      {"order.draft_retry", {"300ms", "1s"}, "after how long stock is asked for again", "order"},
      {"order.draft_life", {"1s", "10s"}, "how long an order waits to know whether there is stock", "order"},
      {"worker.batch", {"1", "2", "3"}, "rows that a worker takes in a pass", "order"},
      {"notification.failures", {"1", "2"}, "failures in a row that end a pass", "notification"},
      {"payment.channel_deadline", {"1s", "2s"}, "how long payment waits for a channel", "payment"},
  };
}

}  // namespace

const play::Flow& flow() {
  static const play::Flow flow = [] {
    play::Flow f;
    f.name = "purchase";
    f.summary = "an order's life: placed, paid or closed in time, booked, told";
    f.services = service_rows();
    f.seams = seam_rows();
    f.flaws = flaw_rows();
    f.settings = {
        {{"catalogue", "what is sold, all in one currency", &catalogue_shape(), check_catalogue}},
        {{"promotions", "what takes something off a price", &promotions_shape(), check_promotions}}};
    f.parties = party_rows();
    f.workloads = workload_rows();
    f.laws = law_rows();
    f.counts = count_rows();
    f.machines = machine_rows();
    f.columns = column_rows();
    f.points = point_rows();
    f.marks = mark_rows();
    f.knobs = knob_rows();
    f.scripts = cache::all_scripts();
    f.scripts.push_back(cart::put_newer());
    f.measures = measure_rows();
    f.comparisons = comparison_rows();
    f.words = word_rows();
    f.breaches = breach_rows();
    f.chinese = chinese_rows();
    const auto add = [](auto& rows, const auto& more) { rows.insert(rows.end(), more.begin(), more.end()); };
    add(f.words, discount_words());
    add(f.breaches, discount_breaches());
    add(f.chinese, discounts_in_chinese());
    add(f.words, cart_words());
    add(f.breaches, cart_breaches());
    add(f.chinese, carts_in_chinese());
    f.covers = cover_rows();
    f.teller = make_teller;
    f.answers = {Answer::of(purses_and_channels()), Answer::of(journal()), Answer::of(outboxes()),
                 Answer::of(picturing())};
    f.open_paths = {"/gateway", "/notify/"};
    return f;
  }();
  return flow;
}

}  // namespace ordeal::purchase
