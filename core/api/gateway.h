// What the world outside can ask. RPC methods of service "gateway", for shoppers:
//
//   quote_order    QuoteOrder → QuoteReply
//   place_order    PlaceOrder → PlaceReply
//   pay            PayOrder → PayReply
//   cancel         CancelOrder → CancelReply
//   order_status   OrderQuery → OrderView
//   cart           AskCart → CartReply
//   change_cart    ChangeCart → CartReply
//   merge_carts    MergeCarts → CartReply
//
// HTTP: POST /notify/<channel> takes a channel's callback, with the channel's own form encoding and
// signature. The gateway keeps nothing: a shopper that got no answer asks again with the same request key.
#pragma once

#include "core/api/cart.h"
#include "core/api/order.h"
#include "core/api/payment.h"
