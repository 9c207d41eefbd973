#include "scenarios/flows/payout/model/reference.h"

#include <algorithm>

namespace ordeal::payout::model {
namespace {

using api::PayoutState;

class Judge {
 public:
  Judge(const Outside& outside, const Inside& inside) : out_(outside), in_(inside) {}

  std::vector<Difference> all() {
    for (const Payout& payout : in_.payouts) look_at(payout);
    look_at_accounts();
    return std::move(found_);
  }

 private:
  const std::vector<Line>& lines_of(PayoutId payout) const {
    static const std::vector<Line> none;
    const auto found = out_.lines.find(payout);
    return found == out_.lines.end() ? none : found->second;
  }
  void say(std::string sentence, const Payout& payout, std::int64_t expected, std::int64_t found) {
    found_.push_back({std::move(sentence), payout.id, {}, {expected, {}}, {found, {}}});
  }

  void look_at(const Payout& payout) {
    const bool wished = std::any_of(out_.wishes.begin(), out_.wishes.end(), [&](const api::MakePayout& wish) {
      return wish.user == payout.user && wish.request_key == payout.request_key &&
             wish.amount == payout.amount;
    });
    if (!wished) say("a payout is what nobody asked for", payout, 0, payout.amount.minor);
    std::int64_t got = 0;
    for (const Line& line : lines_of(payout.id)) got += line.amount.minor * line.times;
    const std::int64_t due = payout.state == PayoutState::paid ? payout.amount.minor : 0;
    if (got != due) say("a payee has another amount than his payout says", payout, due, got);
    look_at_lines(payout);
    if (out_.calm) look_at_calm(payout);
  }

  void look_at_lines(const Payout& payout) {
    const auto& lines = lines_of(payout.id);
    if (payout.state == PayoutState::expired && !lines.empty())
      say("a channel was asked for a payout that nobody claimed", payout, 0, lines.front().amount.minor);
    for (const Line& line : lines) {
      if (line.times == 0) continue;
      const auto account = out_.accounts.find(line.account);
      const bool may = account != out_.accounts.end() &&
                       std::find(account->second.apps.begin(), account->second.apps.end(), line.app) !=
                           account->second.apps.end();
      if (!may || line.payee != payout.user)
        say("a payee was paid through an account that may not serve him", payout, 0, line.amount.minor);
    }
    const bool refused =
        std::all_of(lines.begin(), lines.end(), [](const Line& line) { return line.refused; });
    if (payout.state == PayoutState::failed && !(refused && !lines.empty()))
      say("a payout failed, and no channel has said so", payout, payout.amount.minor, 0);
  }

  void look_at_calm(const Payout& payout) {
    const auto among = [&](const std::vector<PayoutId>& all) {
      return std::find(all.begin(), all.end(), payout.id) != all.end();
    };
    if (among(out_.claimed) && payout.state != PayoutState::paid && payout.state != PayoutState::failed)
      say("who claimed a payout on a calm day has nothing", payout, payout.amount.minor, 0);
    if (!among(out_.claimed) && !among(out_.put_off) && payout.state != PayoutState::expired)
      say("what nobody claimed on a calm day is not over", payout, 0, payout.amount.minor);
  }

  void look_at_accounts() {
    std::map<PayAccountId, std::int64_t> left;
    for (const auto& [payout, lines] : out_.lines) {
      for (const Line& line : lines) left[line.account] += line.amount.minor * line.times;
    }
    std::map<PayAccountId, std::int64_t> used;
    for (const auto& [of, day] : in_.days) {
      used[of.first] += day.used;
      if (day.occupied != 0) say_of("a quota is still occupied", of.first, 0, day.occupied);
      const auto account = out_.accounts.find(of.first);
      if (account != out_.accounts.end() && day.used > account->second.highest_quota.minor)
        say_of("more is used of a quota than it ever was", of.first, account->second.highest_quota.minor,
               day.used);
    }
    for (const auto& [id, account] : out_.accounts) {
      if (used[id] != left[id])
        say_of("another amount is used than left through the account", id, left[id], used[id]);
    }
  }
  void say_of(std::string sentence, PayAccountId account, std::int64_t expected, std::int64_t found) {
    found_.push_back({std::move(sentence), {}, account, {expected, {}}, {found, {}}});
  }

  const Outside& out_;
  const Inside& in_;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> differences(const Outside& outside, const Inside& inside) {
  return Judge(outside, inside).all();
}

}  // namespace ordeal::payout::model
