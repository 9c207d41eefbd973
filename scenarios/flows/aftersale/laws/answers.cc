// I-36, of refunds: what buyers and paymasters are told is so. "Not as much is left" means that at some moment between asking and answer so
// much was reserved; "too many" that there were so many; a refusal names something that is wrong, and what something is wrong with becomes no
// refund; how a refund stands is how it stood; "done" of a deposit is one that is there.
// I-37: each wish is a refund of its own: every answer to a wish names the one refund that was made for its key, of its amount. Two equal
// amounts under two keys are two (F-98).
#include <algorithm>
#include <memory>

#include "core/wire/names.h"
#include "scenarios/flows/aftersale/laws/laws.h"
#include "scenarios/flows/aftersale/laws/rest_rows.h"
#include "scenarios/flows/aftersale/laws/watched.h"
#include "scenarios/flows/aftersale/parts.h"

namespace ordeal::aftersale {
namespace {

using api::AskProblem;
using api::AskStatus;
using api::BackState;
using api::DepositStatus;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

using Asked = Said<api::AskRefund, api::RefundReply>;

// --- I-37, each wish ---

Evidence about_wish(const play::Scenario& scenario, const Asked& said) {
  return {{"buyer", buyer_text(scenario, said.request.buyer)},
          {"amount", said.request.amount.text()},
          {"refund", said.reply.refund.text()},
          {"asked", play::when(said.asked_ns)}};
}

void check_wishes(const RestRows& rest, Findings& findings) {
  if (rest.diary() == nullptr) return;
  for (const Asked& said : rest.diary()->asked) {
    if (!said.answered_ns || said.reply.status != AskStatus::accepted) continue;
    const Back* named = rest.back(said.reply.refund);
    const char* breach = nullptr;
    if (named == nullptr || named->payment != said.request.payment)
      breach = "a buyer was told of a refund that is none of his payment";
    else if (named->request_key != said.request.request_key)
      breach = "a wish was answered with the refund of another wish";
    else if (named->amount != said.request.amount)
      breach = "a key that stands for one amount was taken for another";
    if (breach != nullptr)
      findings.add(play::unsafe(kEachWishIsItsOwn, *said.answered_ns, breach,
                                about_wish(rest.world.scenario(), said)));
  }
}

// --- I-36 ---

// What is known of everything, in true time.
class Known {
 public:
  explicit Known(const play::Scenario& scenario) : watched_(scenario) {}
  void on(const told::BackAsked& asked, const Fact& fact, Findings&) {
    watched_.on(asked, fact);
    moves_[asked.refund].push_back({asked.state, fact.at_ns});
  }
  void on(const told::BackFunded& funded, const Fact& fact, Findings&) {
    moves_[funded.refund].push_back({BackState::sending, fact.at_ns});
  }
  void on(const told::BackEnded& ended, const Fact& fact, Findings&) {
    watched_.on(ended, fact);
    moves_[ended.refund].push_back({ended.state, fact.at_ns});
  }
  void on(const told::DisputeJudged& judged, const Fact& fact, Findings&) { watched_.on(judged, fact); }
  void on(const told::DisputeReversed& reversed, const Fact& fact, Findings&) { watched_.on(reversed, fact); }

  const Watched& watched() const { return watched_; }
  // Was it in this state at some moment of these?
  bool was(RefundId refund, BackState state, std::int64_t from_ns, std::int64_t until_ns) const {
    const auto found = moves_.find(refund);
    if (found == moves_.end()) return false;
    const auto& all = found->second;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool over = i + 1 < all.size() && all[i + 1].at_ns < from_ns;
      if (!over && all[i].at_ns <= until_ns && all[i].state == state) return true;
    }
    return false;
  }

 private:
  struct Move {
    BackState state = BackState::waiting;
    std::int64_t at_ns = 0;
  };
  Watched watched_;
  std::map<RefundId, std::vector<Move>> moves_;
};

AskProblem problem_of(const api::AskRefund& request) {
  if (request.request_key.empty() || request.request_key.size() > 64) return AskProblem::bad_key;
  if (request.amount.currency != kCurrency || request.amount.minor <= 0) return AskProblem::bad_amount;
  return AskProblem::none;
}

// What of an answer is not so; null: nothing.
const char* untrue(const Asked& said, const Known& known, const RestRows& rest) {
  const api::AskRefund& request = said.request;
  const AskProblem problem = problem_of(request);
  const auto trade = trade_of(rest.world.scenario(), request.payment);
  const bool his = trade && trade->buyer == request.buyer;
  const auto at_some_moment = [&](auto holds) {
    return known.watched().at_some_moment(request.payment, said.asked_ns, *said.answered_ns, holds);
  };
  switch (said.reply.status) {
    case AskStatus::unknown:
      return nullptr;
    case AskStatus::refused:
      return problem == AskProblem::none || said.reply.problem != problem
                 ? "a buyer was refused for what is not so"
                 : nullptr;
    case AskStatus::no_such_payment:
      return his ? "a buyer was told that his payment is none" : nullptr;
    case AskStatus::conflict: {
      const Back* row = rest.request(request.payment, request.request_key);
      return row == nullptr || row->amount == request.amount ? "a buyer was told of a conflict that is none"
                                                             : nullptr;
    }
    case AskStatus::exceeds:
      return at_some_moment([&](const Watched::OfPayment& was) {
        return request.amount.minor > was.captured - was.reserved();
      })
                 ? nullptr
                 : "a buyer was told that not as much is left, and it was";
    case AskStatus::too_many: {
      const std::int64_t most = rest.world.scenario().setting<AftersaleSetting>().aftersale.most_refunds;
      return at_some_moment([&](const Watched::OfPayment& was) { return was.refunds >= most; })
                 ? nullptr
                 : "a buyer was told that there were too many refunds, and there were not";
    }
    case AskStatus::accepted:
      break;
  }
  if (problem != AskProblem::none || !his) return "what no refund can be made of was made";
  return known.was(said.reply.refund, said.reply.state, said.asked_ns, *said.answered_ns)
             ? nullptr
             : "a buyer was told of another state than his refund had";
}

void check_asked(const Known& known, const RestRows& rest, Findings& findings) {
  for (const Asked& said : rest.diary()->asked) {
    if (!said.answered_ns) continue;
    const char* breach = untrue(said, known, rest);
    if (breach == nullptr) continue;
    Evidence evidence = about_wish(rest.world.scenario(), said);
    evidence.emplace_back("answer", std::string(wire::name_of(said.reply.status)));
    findings.add(play::unsafe(kRefundAnswersAreTrue, *said.answered_ns, breach, std::move(evidence)));
  }
}

void check_looks(const Known& known, const RestRows& rest, Findings& findings) {
  for (const auto& said : rest.diary()->looked) {
    if (!said.answered_ns) continue;
    const bool so = said.reply.found &&
                    known.was(said.request.refund, said.reply.state, said.asked_ns, *said.answered_ns);
    if (so) continue;
    findings.add(play::unsafe(kRefundAnswersAreTrue, *said.answered_ns,
                              said.reply.found ? "a buyer was told of another state than his refund had"
                                               : "a buyer was told that his refund is none",
                              {{"buyer", buyer_text(rest.world.scenario(), said.request.buyer)},
                               {"refund", said.request.refund.text()},
                               {"answer", std::string(wire::name_of(said.reply.state))}}));
  }
}

void check_deposits(const RestRows& rest, Findings& findings) {
  const play::Scenario& scenario = rest.world.scenario();
  for (const auto& said : rest.diary()->paid_in) {
    if (!said.answered_ns || said.reply.status == DepositStatus::unknown) continue;
    const api::Deposit& deposit = said.request;
    const auto row = rest.deposits.find({deposit.merchant, deposit.request_key});
    const bool there = row != rest.deposits.end() && row->second == deposit.amount;
    const bool other = row != rest.deposits.end() && row->second != deposit.amount;
    const bool good = deposit.amount.currency == kCurrency && deposit.amount.minor > 0 &&
                      rest.merchants.contains(deposit.merchant);
    const bool done = said.reply.status == DepositStatus::done;
    const char* breach = nullptr;
    if (done && !(there && good)) breach = "money was called paid in, and is not there";
    if (!done && good && !other) breach = "a deposit was refused for nothing";
    if (breach != nullptr)
      findings.add(play::unsafe(
          kRefundAnswersAreTrue, *said.answered_ns, breach,
          {{"merchant", merchant_text(scenario, deposit.merchant)}, {"amount", deposit.amount.text()}}));
  }
}

}  // namespace

void watch_each_wish_is_its_own(const play::Watching& parts) {
  parts.audit.add<RestRows>(kEachWishIsItsOwn, {"aftersale"}, &check_wishes);
}

void watch_refund_answers_are_true(const play::Watching& parts) {
  const auto known = std::make_shared<Known>(parts.scenario);
  parts.monitors
      .add<told::BackAsked, told::BackFunded, told::BackEnded, told::DisputeJudged, told::DisputeReversed>(
          known);
  parts.audit.add<RestRows>(kRefundAnswersAreTrue, {"aftersale"},
                            [known](const RestRows& rest, Findings& findings) {
                              if (rest.diary() == nullptr) return;
                              check_asked(*known, rest, findings);
                              check_looks(*known, rest, findings);
                              check_deposits(rest, findings);
                            });
}

}  // namespace ordeal::aftersale
