#include "scenarios/flows/purchase/parties/facts.h"

#include "core/wire/codec.h"

namespace ordeal::scenarios::facts {

using wire::type_of;

const env::MessageType& ChannelDebited::type() { return type_of<ChannelDebited>("world.ChannelDebited"); }
const env::MessageType& ChannelRefunded::type() { return type_of<ChannelRefunded>("world.ChannelRefunded"); }
const env::MessageType& CallbackSent::type() { return type_of<CallbackSent>("world.CallbackSent"); }
const env::MessageType& ShopperTold::type() { return type_of<ShopperTold>("world.ShopperTold"); }
const env::MessageType& MerchantHeard::type() { return type_of<MerchantHeard>("world.MerchantHeard"); }

}  // namespace ordeal::scenarios::facts
