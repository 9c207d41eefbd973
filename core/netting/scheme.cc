#include "core/netting/scheme.h"

#include <map>
#include <utility>

#include "core/base/check.h"

namespace ordeal::netting {
namespace {

class Bilateral final : public Scheme {
 public:
  Netted net(const std::vector<Owed>& all, Currency currency) const override {
    // What the bank with the lower number owes the other.
    std::map<std::pair<BankId, BankId>, std::int64_t> pairs;
    for (const Owed& one : all) {
      const bool in_order = one.debtor < one.creditor;
      const auto pair = in_order ? std::pair(one.debtor, one.creditor) : std::pair(one.creditor, one.debtor);
      pairs[pair] += in_order ? one.amount.minor : -one.amount.minor;
    }
    Netted netted{positions_of(all, currency), {}};
    for (const auto& [pair, owed] : pairs) {
      if (owed > 0) netted.transfers.push_back({1, pair.first.value, pair.second.value, {owed, currency}});
      if (owed < 0) netted.transfers.push_back({1, pair.second.value, pair.first.value, {-owed, currency}});
    }
    return netted;
  }
  WhenUnpaid when_unpaid() const override { return WhenUnpaid::take_out_pair; }
};

class Multilateral final : public Scheme {
 public:
  explicit Multilateral(WhenUnpaid unpaid) : unpaid_(unpaid) {}
  Netted net(const std::vector<Owed>& all, Currency currency) const override {
    auto positions = positions_of(all, currency);
    auto transfers = through_the_house(positions);
    return {std::move(positions), std::move(transfers)};
  }
  WhenUnpaid when_unpaid() const override { return unpaid_; }

 private:
  const WhenUnpaid unpaid_;
};

}  // namespace

std::vector<api::NetPosition> positions_of(const std::vector<Owed>& all, Currency currency) {
  std::map<BankId, Money> nets;
  for (const Owed& one : all) {
    nets.try_emplace(one.creditor, Money{0, currency}).first->second += one.amount;
    nets.try_emplace(one.debtor, Money{0, currency}).first->second -= one.amount;
  }
  std::vector<api::NetPosition> positions;
  Money sum{0, currency};
  for (const auto& [bank, net] : nets) {
    positions.push_back({bank, net});
    sum += net;
  }
  ORDEAL_CHECK(sum.minor == 0, "net positions do not add up to zero");
  return positions;
}

std::vector<Planned> through_the_house(const std::vector<api::NetPosition>& positions) {
  std::vector<Planned> transfers;
  for (const auto& [bank, net] : positions) {
    if (net.minor < 0) transfers.push_back({1, bank.value, api::kHouse, -net});
    if (net.minor > 0) transfers.push_back({2, api::kHouse, bank.value, net});
  }
  return transfers;
}

std::unique_ptr<Scheme> make_scheme(std::string_view name) {
  if (name == "bilateral") return std::make_unique<Bilateral>();
  if (name == "multilateral") return std::make_unique<Multilateral>(WhenUnpaid::unwind);
  if (name == "ccp") return std::make_unique<Multilateral>(WhenUnpaid::fund_bears);
  return nullptr;
}

}  // namespace ordeal::netting
