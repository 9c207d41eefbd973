#include "scenarios/flows/marketplace/flaws/flaws.h"

#include "scenarios/flows/marketplace/seams.h"

namespace ordeal::marketplace {

using play::Flaw;

std::vector<const play::FlawRow*> flaw_rows() {
  static const Flaw<ids::OrderIds> f30{
      {"F-30", "a time that only memory knows", "I-02 numbers-never-repeat", "seller_desk",
       "Snowflake keeps its last time in a variable: a pod that restarts while its clock stands or goes back "
       "gives the same numbers again."},
      order_ids(),
      planted::make_remembered_time};
  static const Flaw<ids::OrderIds> f31{
      {"F-31", "one worker number for all pods", "I-02 numbers-never-repeat", "seller_desk",
       "The worker's number stands in the image: two pods are both worker 1, and orders of the same "
       "millisecond "
       "get the same number."},
      order_ids(),
      planted::make_worker_from_file};
  static const Flaw<CopyWriter> f58{
      {"F-58", "changes written as they come", "I-61 sellers-see-their-orders", "seller_desk",
       "The search copy takes each change as it comes: one that comes again or late puts an order back."},
      copy_writer(),
      planted::make_as_they_come,
      {&lookup(), "search_copy"}};
  static const Flaw<sharding::Router> f59{
      {"F-59", "hash modulo how many", "I-60 orders-on-their-shard", "reshard_day",
       "The shard is the hash modulo the number of shards: with one more, buyers are sent where their orders "
       "are "
       "not."},
      router(),
      planted::make_hash_modulo};
  return {&f30, &f31, &f58, &f59};
}

}  // namespace ordeal::marketplace
