#include "tests/flows/lending/library/api.h"

#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(lending::Borrow, lending::BorrowReply, lending::GiveBack, lending::GiveBackReply,
              lending::facts::UmbrellaLent, lending::facts::UmbrellaBack, lending::facts::UmbrellaLost);

}  // namespace ordeal
