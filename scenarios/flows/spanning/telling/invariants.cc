#include "scenarios/flows/spanning/telling/asked_for.h"

namespace ordeal::spanning {

// What must hold. Each that has its law is run by it; of what no law can see (I-34, I-88 to I-90) a test tells.
std::vector<play::CoverItem> invariants() {
  return {
      // ids and orders
      {"I-01", "one order per request"},
      {"I-02", "ids never repeat"},
      {"I-03", "only declared moves"},
      {"I-04", "one transition wins"},
      {"I-05", "versions count changes"},
      {"I-06", "no write with an old token"},
      // stock
      {"I-10", "no oversell"},
      {"I-11", "stock adds up", "the cache's half"},
      {"I-12", "an order and what it holds"},
      {"I-13", "differences are repaired"},
      {"I-14", "a reservation ends once"},
      {"I-15", "a reservation ends in time"},
      {"I-16", "paid: delivered or refunded"},
      {"I-17", "bookings do not overlap"},
      {"I-18", "first come, first served", "fairness, measured"},
      {"I-19", "the sold-out flag is true"},
      // price, coupons, points, cart
      {"I-20", "the server sets the price", "its law"},
      {"I-21", "the total is that of its lines"},
      {"I-22", "allocation loses nothing"},
      {"I-23", "promotion within its quota"},
      {"I-24", "a coupon is used once"},
      {"I-25", "points add up"},
      {"I-26", "published means warmed up"},
      {"I-27", "limit per user"},
      {"I-28", "lines leave the cart when bought"},
      {"I-29", "only within sale hours"},
      // payment
      {"I-30", "amounts are sane"},
      {"I-31", "callbacks have one effect"},
      {"I-32", "no double charge"},
      {"I-33", "only true callbacks count"},
      {"I-34", "channels are data"},
      {"I-35", "late payment is refunded"},
      {"I-36", "answers are true", "codes by number"},
      {"I-37", "refunds within the payment"},
      {"I-38", "one intent moves money once"},
      {"I-40", "nothing stays on the way"},
      {"I-41", "unpaid orders close"},
      {"I-42", "paid at the channel is known"},
      {"I-43", "goods for paid orders alone"},
      // messages and transactions
      {"I-50", "half messages follow commits"},
      {"I-51", "every event arrives"},
      {"I-52", "lossy news decides nothing", "topics of the cache"},
      {"I-53", "consumed, retried or set aside", "a flow that uses a broker"},
      {"I-54", "no message of a rollback"},
      {"I-55", "TCC: all or nothing"},
      // shards, locks, jobs
      {"I-60", "an order is on its shard"},
      {"I-61", "a seller sees his orders"},
      {"I-62", "shards asked are bounded"},
      {"I-65", "no lock held over a call", "row locks over a call"},
      {"I-66", "deadlocks end", "a flow that has some"},
      {"I-67", "a job has one effect"},
      {"I-68", "permits add up"},
      // accounts, clearing, reconciliation
      {"I-70", "entries balance"},
      {"I-71", "fees follow their rule"},
      {"I-72", "settlement adds up"},
      {"I-73", "books agree"},
      {"I-74", "postings stay", "approval"},
      {"I-75", "funds are not pooled"},
      {"I-76", "each trade has its line", "its classes in a trial"},
      {"I-77", "fund differences explain sums", "fund files in a trial"},
      {"I-78", "done twice is done once"},
      {"I-79", "net positions add up to zero"},
      {"I-80", "merchants are told"},
      {"I-81", "quota is not overspent"},
      {"I-82", "the account fits the app"},
      {"I-83", "quota does not stay occupied"},
      {"I-84", "splits within what was paid"},
      {"I-85", "split, then refunded"},
      {"I-86", "suspense has an end or an owner", "suspense"},
      {"I-87", "notices follow their schedule", "a budget over all"},
      // of the bench itself
      {"I-88", "one seed, one history"},
      {"I-89", "every law has its flaw", "laws that have none yet"},
      {"I-90", "every change has its trace"},
      {"I-91", "bills are whole", "balances between days"},
      {"I-92", "the model agrees"},
      {"I-93", "money is conserved"},
  };
}

}  // namespace ordeal::spanning
