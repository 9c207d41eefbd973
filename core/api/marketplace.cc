#include "core/api/marketplace.h"

#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::PlaceSale, api::MoveSale, api::SaleReply, api::LookForSales, api::FindSale, api::Sales,
              api::ShardPlace, api::ShardMove, api::SalesOf, api::ShardSales, api::GiveUp, api::GivenUp,
              api::TakeOver, api::Forget, api::Relation, api::RelationsOf, api::Relations, api::Changes);

ORDEAL_CODECS(api::facts::SalePlaced, api::facts::SaleMoved, api::facts::BucketTaken,
              api::facts::CopyWritten);

}  // namespace ordeal
