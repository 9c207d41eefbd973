#include "core/api/placing.h"
#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::Place, api::PlacingReply, api::Branch, api::BranchReply, api::BranchLook, api::Wanted,
              api::CalledOff, api::Answered, api::facts::PlacingBegun, api::facts::PlacingDecided,
              api::facts::BranchMoved, api::facts::DifferenceMoved);

}  // namespace ordeal
