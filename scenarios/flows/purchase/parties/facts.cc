#include "scenarios/flows/purchase/parties/facts.h"

#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(scenarios::facts::ChannelDebited, scenarios::facts::ChannelRefunded,
              scenarios::facts::CallbackSent, scenarios::facts::ShopperTold, scenarios::facts::MerchantHeard);

}  // namespace ordeal
