#include "scenarios/flows/marketplace/seams.h"

namespace ordeal::marketplace {

const play::Seam<ids::OrderIds>& order_ids() {
  static const play::Seam<ids::OrderIds> seam{
      "order.ids",
      "Where do order numbers come from, so that none is given twice?",
      {{"snowflake", [] { return ids::make_order_ids("snowflake"); }},
       {"gene", [] { return ids::make_order_ids("gene"); }},
       {"segments", [] { return ids::make_order_ids("segments"); }}}};
  return seam;
}

const play::Seam<Lookup>& lookup() {
  static const play::Seam<Lookup> seam{
      "seller.lookup",
      "How does a seller find his orders, when they lie on shards by their buyers?",
      {{"scatter", [] { return make_lookup("scatter"); }},
       {"mapping", [] { return make_lookup("mapping"); }},
       {"gene", [] { return make_lookup("gene"); }},
       {"search_copy", [] { return make_lookup("search_copy"); }}}};
  return seam;
}

const play::Seam<sharding::Router>& router() {
  static const play::Seam<sharding::Router> seam{
      "order.route",
      "How is it known which shard a buyer's orders are on?",
      {{"versioned_map", [] { return sharding::make_router("versioned_map"); }}}};
  return seam;
}

const play::Seam<CopyWriter>& copy_writer() {
  static const play::Seam<CopyWriter> seam{
      "index.write",
      "How does the search copy take a change that may be old, or here already?",
      {{"if_newer", [] { return make_copy_writer("if_newer"); }}}};
  return seam;
}

std::vector<const play::SeamRow*> seam_rows() { return {&order_ids(), &lookup(), &router(), &copy_writer()}; }

}  // namespace ordeal::marketplace
