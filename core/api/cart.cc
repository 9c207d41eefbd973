#include "core/api/cart.h"

#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::AskCart, api::ChangeCart, api::MergeCarts, api::CartReply, api::CartOrdered);

ORDEAL_CODECS(api::facts::LinePut, api::facts::LineLeft, api::facts::CartLinesOrdered);

}  // namespace ordeal
