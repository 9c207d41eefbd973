#include "core/api/aftersale.h"
#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::AskRefund, api::RefundReply, api::LookAtRefund, api::RefundLook, api::Deposit,
              api::DepositReply, api::GiveBack, api::GiveBackQuery, api::GiveBackAnswer, api::Dispute,
              api::DisputeAnswer, api::Reversal, api::facts::BackAsked, api::facts::BackFunded,
              api::facts::BackRerouted, api::facts::BackEnded, api::facts::DisputeJudged,
              api::facts::DisputeReversed, api::facts::PaidIn);

}  // namespace ordeal
