#include "scenarios/flows/purchase/telling/telling.h"

namespace ordeal::purchase {

std::vector<play::WordRow> word_rows() {
  return {
      {"gateway.place_order", "placing the order"},
      {"gateway.pay", "paying"},
      {"order.place", "placing the order"},
      {"order.pay", "paying"},
      {"order.status", "asking how the order stands"},
      {"order.on_captured", "telling the order that money came"},
      {"order.on_refund_succeeded", "telling the order of the refund"},
      {"inventory.reserve", "setting goods aside"},
      {"inventory.on_order_paid", "telling the stock of the paid order"},
      {"inventory.on_order_closed", "telling the stock of the closed order"},
      {"inventory.on_order_rejected", "telling the stock of the refused order"},
      {"payment.start", "starting the payment"},
      {"payment.settle", "asking whether money came"},
      {"payment.channel_notify", "taking the callback in"},
      {"payment.on_order_closed", "telling payment of the closed order"},
      {"payment.on_refund_requested", "asking payment for a refund"},
      {"ledger.on_order_paid", "telling the ledger of the sale"},
      {"ledger.on_refund_succeeded", "telling the ledger of the refund"},
      {"notification.on_order_paid", "having the merchant told"},
      {"notification.on_order_closed", "having the merchant told"},
      {"notification.on_order_rejected", "having the merchant told"},
      {"POST /cashier", "paying at the channel's cashier"},
      {"POST /notify/", "calling back"},
      {"POST /orders", "telling the merchant"},
      {"callback: twice", "sends its callback twice"},
      {"callback: lost", "loses its callback"},
      {"callback: storm", "sends its callback many times at once"},
      {"callback: wrong_amount", "is imitated: a callback with a wrong amount"},
      {"callback: bad_signature", "is imitated: a callback with a stranger's signature"},
      {"callback: replayed", "will send its old callback again hours later"},
      {"callback start: before", "calls back before it answers"},
      {"callback start: late", "calls back much later"},
      {"callback start: never", "will never call back"},
      {"answer: error_although_done", "answers with an error although it did it"},
      {"answer: slow", "is slow to answer"},
      {"statement: late", "does not have its statement ready"},
      {"statement: empty", "sends an empty statement"},
      {"statement: duplicated", "sends a statement with every line twice"},
      {"statement: truncated", "sends its statement cut off in the middle"},
      {"statement: day_before", "sends the statement of the day before"},
      {"merchant answer: slow", "is slow to answer"},
      {"merchant answer: broken", "answers with an error"},
      {"arrival: rush", "come all at the same moment"},
      {"patience: impatient", "cannot wait and ask again and again"},
  };
}

}  // namespace ordeal::purchase
