#include "core/api/netting.h"
#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::SubmitObligation, api::SubmitReply, api::LookAtObligation, api::ObligationReply,
              api::MoveCover, api::CoverReply, api::PositionAdvice, api::facts::ObligationTaken,
              api::facts::ObligationEnded, api::facts::CycleClosed, api::facts::CycleNetted,
              api::facts::CycleUnwound, api::facts::CycleSettled, api::facts::NetEntryPosted);

}  // namespace ordeal
