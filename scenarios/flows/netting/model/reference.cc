#include "scenarios/flows/netting/model/reference.h"

#include <algorithm>

namespace ordeal::netting::model {
namespace {

bool same(const api::SubmitObligation& a, const api::SubmitObligation& b) {
  return a.debtor == b.debtor && a.creditor == b.creditor && a.amount == b.amount &&
         a.reference == b.reference;
}
bool same(const api::MoveCover& a, const api::MoveCover& b) {
  return a.bank == b.bank && a.out == b.out && a.amount == b.amount && a.request_key == b.request_key;
}
template <class T>
bool among(const std::vector<T>& all, const T& one) {
  return std::any_of(all.begin(), all.end(), [&](const T& other) { return same(other, one); });
}

class Judge {
 public:
  Judge(const Outside& outside, const Inside& inside) : out_(outside), in_(inside) {}

  std::vector<Difference> all() {
    look_at_obligations();
    look_at_cover();
    look_at_accounts();
    return std::move(found_);
  }

 private:
  void say(std::string sentence, std::int64_t account, Money expected, Money found) {
    found_.push_back({std::move(sentence), account, expected, found});
  }
  static Money none(Money like) { return {0, like.currency}; }

  void look_at_obligations() {
    for (const Obligation& one : in_.obligations) {
      const Money amount = one.what.amount;
      if (!among(out_.wishes, one.what))
        say("an obligation is what no bank has said", one.what.debtor.value, none(amount), amount);
      if (one.state == api::ObligationState::taken)
        say("an obligation was neither settled nor left to the banks", one.what.debtor.value, none(amount),
            amount);
    }
    for (const api::SubmitObligation& one : out_.taken) {
      const bool there = std::any_of(in_.obligations.begin(), in_.obligations.end(),
                                     [&](const Obligation& other) { return same(other.what, one); });
      if (!there)
        say("what a bank was told is taken is not there", one.debtor.value, one.amount, none(one.amount));
    }
  }

  void look_at_cover() {
    for (const api::MoveCover& one : in_.cover) {
      if (!among(out_.cover_wishes, one))
        say("cover was moved that no bank asked to move", one.bank.value, none(one.amount), one.amount);
    }
    for (const api::MoveCover& one : out_.moved) {
      if (!among(in_.cover, one))
        say("what a bank was told is moved is not", one.bank.value, one.amount, none(one.amount));
    }
  }

  // What a bank has too much is what the fund has paid for it.
  void look_at_accounts() {
    std::map<Account, std::int64_t> due = out_.cover;
    for (const api::MoveCover& one : in_.cover)
      due[{one.bank.value, one.amount.currency}] += one.out ? -one.amount.minor : one.amount.minor;
    for (const Obligation& one : in_.obligations) {
      if (one.state != api::ObligationState::settled) continue;
      due[{one.what.creditor.value, one.what.amount.currency}] += one.what.amount.minor;
      due[{one.what.debtor.value, one.what.amount.currency}] -= one.what.amount.minor;
    }
    std::map<Currency, std::int64_t> borne;
    for (const auto& [account, balance] : in_.balances) {
      if (account.first == api::kOutside) continue;
      if (account.first == api::kFund) {
        borne[account.second] += due[account] - balance;
        continue;
      }
      const std::int64_t more = balance - due[account];
      borne[account.second] -= more;
      if (more < 0 || (account.first == api::kHouse && more != 0))
        say("an account has another amount than it must", account.first, {due[account], account.second},
            {balance, account.second});
    }
    for (const auto& [currency, left] : borne) {
      if (left != 0)
        say("banks have more than they must, and no fund has paid it", api::kFund, {0, currency},
            {left, currency});
    }
  }

  const Outside& out_;
  const Inside& in_;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> differences(const Outside& outside, const Inside& inside) {
  return Judge(outside, inside).all();
}

}  // namespace ordeal::netting::model
