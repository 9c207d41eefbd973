#include "scenarios/flows/purchase/parties/facts.h"

#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(purchase::facts::ChannelDebited, purchase::facts::ChannelRefunded,
              purchase::facts::CallbackSent, purchase::facts::CallbackAnswered, purchase::facts::ShopperTold,
              purchase::facts::MerchantHeard);

}  // namespace ordeal
