#include "core/api/cart_stock.h"

#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::HoldForCart, api::ReserveOfCart, api::LetGo);

}  // namespace ordeal
