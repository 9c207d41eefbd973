// The codecs of all messages of the trade core: what is not listed here does not link.
#include "core/api/ack.h"
#include "core/api/facts.h"
#include "core/api/notification.h"
#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::Ack, api::PlaceOrder, api::PlaceReply, api::PayOrder, api::PayReply, api::CancelOrder,
              api::CancelReply, api::OrderQuery, api::OrderView, api::OrderPaid, api::OrderClosed,
              api::OrderRejected, api::CloseDue, api::Reserve, api::ReserveReply, api::StartPayment,
              api::StartReply, api::SettlePayment, api::SettleReply, api::ChannelNotify, api::NotifyReply,
              api::PaymentCaptured, api::RefundRequest, api::RefundSucceeded, api::MerchantNotice,
              api::QuoteOrder, api::QuoteReply, api::AskOffers, api::Offers, api::HoldDiscounts,
              api::HoldReply);

ORDEAL_CODECS(api::facts::OrderPlaced, api::facts::OrderMoved, api::facts::OrderCancelled,
              api::facts::StockReserved, api::facts::StockConsumed, api::facts::StockReleased,
              api::facts::AttemptOpened, api::facts::AttemptEnded, api::facts::IntentCancelled,
              api::facts::PaymentCaptured, api::facts::StatementAccepted, api::facts::RefundRequested,
              api::facts::RefundSucceeded, api::facts::EntryPosted, api::facts::MerchantNotified,
              api::facts::DiscountsHeld, api::facts::DiscountsEnded);

}  // namespace ordeal
