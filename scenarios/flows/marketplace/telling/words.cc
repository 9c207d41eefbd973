#include "scenarios/flows/marketplace/telling/telling.h"

namespace ordeal::marketplace {

std::vector<play::WordRow> word_rows() {
  return {{"market.place", "placing an order"},
          {"market.move", "moving an order on"},
          {"market.look", "a seller's look at his orders"},
          {"market.find", "finding an order by its number"},
          {"shard.place", "writing the order"},
          {"shard.move", "writing how the order goes on"},
          {"shard.sales_of", "reading a seller's orders"},
          {"shard.give_up", "giving a bucket up"},
          {"shard.take_over", "taking a bucket over"},
          {"shard.forget", "forgetting a bucket"},
          {"feed.changes", "reading what has changed"},
          {"feed.position", "noting how far the feed has come"},
          {"index.changes", "writing the search copy"},
          {"index.relate", "noting a seller's order"},
          {"index.relations", "reading a seller's relations"},
          {"index.search", "searching the copy"},
          {"ids.lease", "leasing a worker number"},
          {"ids.segment", "taking a segment of numbers"},
          {"router.map", "reading the shard map"},
          {"mover.map", "changing the shard map"},
          {"coming: at the gong", "comes at the gong with all others"},
          {"order form: no key", "leaves the key out"},
          {"order form: endless key", "sends a key without end"},
          {"order form: no seller", "names no seller"},
          {"order form: a negative sum", "asks for money back"},
          {"order form: nobody buys", "does not say who buys"}};
}

std::vector<play::BreachRow> breach_rows() {
  return {
      {"two orders have one number", "{then}'s order on {there} has the number of {first}'s on {on}"},
      {"a request became two orders", "{buyer} asked once and has two orders: {order} and {again}"},
      {"an order was placed on a shard that is not its home",
       "{buyer}'s orders are at home on {home} and {order} was written on {is on}: there are {there are}"},
      {"an order lies on a shard that is not its home", "{order} lies on {is on}; its home is {home}"},
      {"the search copy of an order went back", "the search copy of {order} was {was} and became {became}"},
      {"a seller saw an order go back", "{seller} had seen {order} as {was} and sees it as {became}"},
      {"a seller does not see an order of his", "{seller} asks and sees {sees} though {order} is {is}"},
      {"a seller never sees all of his orders", "{seller} is never shown all of his orders"},
      {"a question asked more shards than it needs",
       "for {question} of {of} {asked} shards were asked, and {enough} were enough"}};
}

}  // namespace ordeal::marketplace
