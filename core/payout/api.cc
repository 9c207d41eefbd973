#include "core/api/payout.h"
#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::MakePayout, api::MakeReply, api::ClaimPayout, api::ClaimReply, api::LookAtPayout,
              api::LookReply, api::ConfigureAccount, api::ConfigureReply, api::Transfer, api::TransferQuery,
              api::TransferAnswer, api::StatementQuery, api::PayoutStatement, api::facts::AccountConfigured,
              api::facts::PayoutMade, api::facts::QuotaOccupied, api::facts::QuotaUsed,
              api::facts::QuotaReleased, api::facts::PayoutClaimed, api::facts::PayoutRerouted,
              api::facts::PayoutEnded);

}  // namespace ordeal
