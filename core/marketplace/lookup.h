// Seam marketplace::Lookup: how a seller finds his orders when they lie on shards by their buyers.
//
// Nothing in a seller's id says on which shards his buyers are, and no middleware can work it out (A31): there are four ways, and each
// pays somewhere.
//
// Contract: a reply that says it is complete has every order that was committed before the question was asked, in that version or a
// newer one (a copy: as far as the feed has come, and never in an older version than it gave before, I-61). `asked` is how many
// shards were asked: at most what the design needs (I-62).
#pragma once

#include <memory>
#include <string_view>

#include "core/env/env.h"
#include "core/marketplace/shards.h"

namespace ordeal::marketplace {

struct Desk {
  env::Env& env;
  Shards& shards;
  ids::OrderIds& ids;
};

class Lookup {
 public:
  virtual ~Lookup() = default;
  // Before an order is placed. False: it must not be placed now.
  virtual bool expect(const Desk& desk, const api::Relation& relation) = 0;
  virtual api::Sales look(const Desk& desk, MerchantId seller) = 0;
};

// "scatter"      asks all shards: nothing to keep, n questions
// "mapping"      a table of seller, number and bucket, written before the order: asks the shards of his buyers
// "gene"         the same table without the bucket, which is in the number if the ids are of design "gene"; else there is no rule, and
//                all shards are asked, which the reply says. A gene tells the shard of a *number*; it cannot tell that of a seller
// "search_copy"  a copy that the change feeds keep: asks no shard, and is late
// Null for an unknown name.
std::unique_ptr<Lookup> make_lookup(std::string_view name);

}  // namespace ordeal::marketplace
