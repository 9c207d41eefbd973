#include "core/api/settlement.h"
#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::RecordTrade, api::RecordReply, api::PickUp, api::PickUpReply, api::RefundLine,
              api::RefundLineReply, api::SetRule, api::SetRuleReply, api::RunSettlement, api::RunReply,
              api::FundOrder, api::FundOrderAnswer, api::facts::RuleSet, api::facts::TradeRecorded,
              api::facts::LinePickedUp, api::facts::LineRefunded, api::facts::LineCancelled,
              api::facts::VoucherWritten, api::facts::SlipDrafted, api::facts::ShareTaken,
              api::facts::SlipFixed, api::facts::SlipPaid, api::facts::SettlementPosted);

}  // namespace ordeal
