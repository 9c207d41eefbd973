// The table of all wire types of the trade core, by name. An event's name is its topic.
#include "core/api/ack.h"
#include "core/api/facts.h"
#include "core/api/notification.h"
#include "core/wire/codec.h"

namespace ordeal::api {

using env::MessageType;
using wire::type_of;

const MessageType& Ack::type() { return type_of<Ack>("ack"); }

const MessageType& PlaceOrder::type() { return type_of<PlaceOrder>("order.Place"); }
const MessageType& PlaceReply::type() { return type_of<PlaceReply>("order.PlaceReply"); }
const MessageType& PayOrder::type() { return type_of<PayOrder>("order.Pay"); }
const MessageType& PayReply::type() { return type_of<PayReply>("order.PayReply"); }
const MessageType& OrderQuery::type() { return type_of<OrderQuery>("order.Query"); }
const MessageType& OrderView::type() { return type_of<OrderView>("order.View"); }
const MessageType& OrderPaid::type() { return type_of<OrderPaid>("order.paid"); }
const MessageType& OrderClosed::type() { return type_of<OrderClosed>("order.closed"); }
const MessageType& OrderRejected::type() { return type_of<OrderRejected>("order.rejected"); }

const MessageType& Reserve::type() { return type_of<Reserve>("inventory.Reserve"); }
const MessageType& ReserveReply::type() { return type_of<ReserveReply>("inventory.ReserveReply"); }

const MessageType& StartPayment::type() { return type_of<StartPayment>("payment.Start"); }
const MessageType& StartReply::type() { return type_of<StartReply>("payment.StartReply"); }
const MessageType& SettlePayment::type() { return type_of<SettlePayment>("payment.Settle"); }
const MessageType& SettleReply::type() { return type_of<SettleReply>("payment.SettleReply"); }
const MessageType& ChannelNotify::type() { return type_of<ChannelNotify>("payment.ChannelNotify"); }
const MessageType& NotifyReply::type() { return type_of<NotifyReply>("payment.NotifyReply"); }
const MessageType& PaymentCaptured::type() { return type_of<PaymentCaptured>("payment.captured"); }
const MessageType& RefundRequest::type() { return type_of<RefundRequest>("refund.requested"); }
const MessageType& RefundSucceeded::type() { return type_of<RefundSucceeded>("refund.succeeded"); }

const MessageType& MerchantNotice::type() { return type_of<MerchantNotice>("notification.MerchantNotice"); }

}  // namespace ordeal::api

namespace ordeal::api::facts {

using wire::type_of;

const env::MessageType& OrderPlaced::type() { return type_of<OrderPlaced>("fact.OrderPlaced"); }
const env::MessageType& OrderMoved::type() { return type_of<OrderMoved>("fact.OrderMoved"); }
const env::MessageType& StockReserved::type() { return type_of<StockReserved>("fact.StockReserved"); }
const env::MessageType& StockConsumed::type() { return type_of<StockConsumed>("fact.StockConsumed"); }
const env::MessageType& StockReleased::type() { return type_of<StockReleased>("fact.StockReleased"); }
const env::MessageType& AttemptOpened::type() { return type_of<AttemptOpened>("fact.AttemptOpened"); }
const env::MessageType& PaymentCaptured::type() { return type_of<PaymentCaptured>("fact.PaymentCaptured"); }
const env::MessageType& StatementAccepted::type() {
  return type_of<StatementAccepted>("fact.StatementAccepted");
}
const env::MessageType& RefundRequested::type() { return type_of<RefundRequested>("fact.RefundRequested"); }
const env::MessageType& RefundSucceeded::type() { return type_of<RefundSucceeded>("fact.RefundSucceeded"); }
const env::MessageType& EntryPosted::type() { return type_of<EntryPosted>("fact.EntryPosted"); }
const env::MessageType& MerchantNotified::type() {
  return type_of<MerchantNotified>("fact.MerchantNotified");
}

}  // namespace ordeal::api::facts
