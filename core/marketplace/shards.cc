#include "core/marketplace/shards.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace ordeal::marketplace {

using api::Sale;
using api::Sales;

Sales Shards::ask_all(const api::SalesOf& request) {
  std::map<std::int64_t, Question> all;
  for (std::int64_t shard = 1; shard <= routing_.plan.at_most(); ++shard) all[shard] = {request, 0};
  return ask_each(all, sharding::kEveryBucket);
}

Sales Shards::ask_some(const std::vector<api::RelatedSale>& sales) {
  std::map<std::int64_t, Question> some;
  std::int64_t wanted = 0;
  for (const api::RelatedSale& sale : sales) {
    Question& question = some[router_.place_of(routing_, sale.bucket).shard];
    question.request.sales.push_back(sale.sale);
    question.expected |= sharding::as_set(sale.bucket);
    wanted |= sharding::as_set(sale.bucket);
  }
  return ask_each(some, wanted);
}

Sales Shards::ask_each(const std::map<std::int64_t, Question>& questions, std::int64_t wanted) {
  // The questions are out at the same time; whoever comes last wakes the asker.
  struct Round {
    std::vector<std::optional<api::ShardSales>> answers;
    std::size_t waiting = 0;
    std::unique_ptr<env::Signal> done;
  };
  const auto round = std::make_shared<Round>();
  round->answers.resize(questions.size());
  round->waiting = questions.size();
  round->done = env_.tasks.make_signal();
  std::size_t nth = 0;
  for (const auto& [shard, question] : questions) {
    const std::string_view service = sharding::service_of(shard);
    env_.tasks.spawn(service, [this, round, service, request = question.request, i = nth++] {
      auto answer = env_.rpc.call<api::ShardSales>(service, "sales_of", request, kDeadline);
      if (answer) round->answers[i] = std::move(*answer);
      if (--round->waiting == 0) round->done->notify();
    });
  }
  if (round->waiting != 0) round->done->wait();

  Sales reply;
  reply.asked = static_cast<std::int64_t>(questions.size());
  std::int64_t seen = 0;
  bool as_expected = true;
  std::map<api::SaleId, Sale> newest;
  auto question = questions.begin();
  for (const auto& answer : round->answers) {
    const std::int64_t expected = (question++)->second.expected;
    const std::int64_t owned = answer ? answer->owned : 0;
    as_expected = as_expected && (owned & expected) == expected;
    if (!answer) continue;
    seen |= owned;
    for (const Sale& sale : answer->sales) {
      Sale& known = newest[sale.id];
      if (sale.version > known.version) known = sale;
    }
  }
  for (const auto& [id, sale] : newest) reply.sales.push_back(sale);
  reply.complete = as_expected && (seen & wanted) == wanted;
  if (!reply.complete) {
    env_.log.sometimes("seller's view was not whole");
    router_.moved();
  }
  return reply;
}

}  // namespace ordeal::marketplace
