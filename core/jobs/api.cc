#include "core/api/jobs.h"
#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::facts::JobBegun, api::facts::JobDid, api::facts::JobEnded);

}  // namespace ordeal
