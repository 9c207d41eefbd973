#include "scenarios/flows/aftersale/model/reference.h"

#include <algorithm>
#include <optional>

namespace ordeal::aftersale::model {
namespace {

using api::BackRoute;
using api::BackState;
using api::PaidBy;

constexpr std::int64_t kDayNs = 86'400'000'000'000;
constexpr std::int64_t kMinuteNs = 60'000'000'000;

// Days in which the channel refunds; none: it does not.
std::int64_t window_of(PaidBy by) {
  switch (by) {
    case PaidBy::wechat:
      return 365 * kDayNs;
    case PaidBy::bank180:
      return 180 * kDayNs;
    case PaidBy::bank90:
      return 90 * kDayNs;
    case PaidBy::cash_desk:
      break;
  }
  return 0;
}

class Judge {
 public:
  Judge(const Outside& outside, const Inside& inside) : out_(outside), in_(inside) {}

  std::vector<Difference> all() {
    for (const Refund& refund : in_.refunds) look_at(refund);
    look_at_payments();
    look_at_merchants();
    if (out_.calm && out_.too_often > 0) {
      Difference one;
      one.sentence = "a channel was asked too soon on a calm day";
      found_.push_back(std::move(one));
    }
    return std::move(found_);
  }

 private:
  const std::vector<Line>& lines_of(RefundId refund) const {
    static const std::vector<Line> none;
    const auto found = out_.lines.find(refund);
    return found == out_.lines.end() ? none : found->second;
  }
  void say(const char* sentence, const Refund& refund, std::int64_t expected, std::int64_t found) {
    found_.push_back({sentence, refund.payment, {}, refund.id, {expected, {}}, {found, {}}});
  }

  void look_at(const Refund& refund) {
    const bool wished = std::any_of(out_.wishes.begin(), out_.wishes.end(), [&](const api::AskRefund& wish) {
      return wish.payment == refund.payment && wish.request_key == refund.request_key &&
             wish.amount == refund.amount && wish.buyer.value == refund.payment.value;
    });
    if (!wished) say("a refund is what nobody asked for", refund, 0, refund.amount.minor);
    const auto& lines = lines_of(refund.id);
    const bool all_refused =
        std::all_of(lines.begin(), lines.end(), [](const Line& line) { return line.refused; });
    if (refund.state == BackState::failed && (lines.empty() || !all_refused))
      say("a refund failed, and no channel has said so", refund, refund.amount.minor, 0);
    if (refund.state == BackState::lapsed && !lines.empty())
      say("a channel was asked for a refund that nobody had paid for", refund, 0, refund.amount.minor);
    for (const Line& line : lines) look_at_route(refund, line);
    if (out_.calm) look_at_calm(refund);
  }

  // The day before the window is over is nobody's: either route is right there.
  void look_at_route(const Refund& refund, const Line& line) {
    const auto trade = out_.trades.find(refund.payment);
    if (line.route != BackRoute::payout || trade == out_.trades.end()) return;
    const std::int64_t window = window_of(trade->second.by);
    const std::int64_t left = window - trade->second.age.ns - line.at_ns;
    if (out_.calm && window > 0 && left > kDayNs + kMinuteNs)
      say("a payout was made where a refund could be", refund, 0, line.amount.minor);
  }

  void look_at_calm(const Refund& refund) {
    const bool told = std::find(out_.taken.begin(), out_.taken.end(), refund.id) != out_.taken.end();
    const bool ended = refund.state != BackState::waiting && refund.state != BackState::sending;
    if (told && !ended) say("a refund of a calm day has no end", refund, refund.amount.minor, 0);
  }

  void look_at_payments() {
    std::map<PaymentId, std::int64_t> done;
    std::map<PaymentId, std::int64_t> given;
    for (const Refund& refund : in_.refunds)
      done[refund.payment] += refund.state == BackState::done ? refund.amount.minor : 0;
    for (const auto& [refund, lines] : out_.lines) {
      for (const Line& line : lines) given[line.payment] += line.amount.minor * line.times;
    }
    for (const auto& [id, trade] : out_.trades) {
      const auto held = out_.held.find(id);
      const std::int64_t by_bank = held == out_.held.end() ? 0 : held->second;
      if (given[id] != done[id])
        found_.push_back({"a buyer has other money back than his refunds say",
                          id,
                          {},
                          {},
                          {done[id], {}},
                          {given[id], {}}});
      const auto taken = in_.taken.find(id);
      const std::int64_t found = taken == in_.taken.end() ? 0 : taken->second.minor;
      if (found != done[id] + by_bank)
        found_.push_back({"other money is taken of a payment than went back",
                          id,
                          {},
                          {},
                          {done[id] + by_bank, {}},
                          {found, {}}});
      went_[trade.merchant] += done[id] + by_bank;
    }
  }

  void look_at_merchants() {
    for (const auto& [id, had] : out_.had) {
      std::int64_t expected = had.minor - went_[id];
      for (const api::Deposit& deposit : out_.paid_in)
        expected += deposit.merchant == id ? deposit.amount.minor : 0;
      const auto found = in_.available.find(id);
      const std::int64_t has = found == in_.available.end() ? 0 : found->second.minor;
      if (has != expected)
        found_.push_back(
            {"a merchant has other money than he should", {}, id, {}, {expected, {}}, {has, {}}});
    }
  }

  const Outside& out_;
  const Inside& in_;
  std::map<MerchantId, std::int64_t> went_;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> differences(const Outside& outside, const Inside& inside) {
  return Judge(outside, inside).all();
}

}  // namespace ordeal::aftersale::model
