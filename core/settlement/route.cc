#include "core/settlement/route.h"

#include <string>

namespace ordeal::settlement {
namespace {

using api::FundAccount;
using api::FundAccountKind;
using api::FundOrder;

Money cny(std::int64_t minor) { return {minor, {}}; }

class Supervised final : public Route {
 public:
  std::vector<FundOrder> orders(const ToPay& what) const override {
    const FundAccount sub{FundAccountKind::sub_ledger, what.party};
    const FundAccount own{FundAccountKind::own, what.party};
    return {{{}, {}, sub, {}, cny(what.pays)}, {{}, sub, own, {}, cny(what.pays)}};
  }
};

class Provider final : public Route {
 public:
  std::vector<FundOrder> orders(const ToPay& what) const override {
    return {{{}, {}, {FundAccountKind::own, what.party}, {}, cny(what.pays)}};
  }
};

class ChannelSplit final : public Route {
 public:
  std::vector<FundOrder> orders(const ToPay& what) const override {
    const FundAccount own{FundAccountKind::own, what.party};
    std::vector<FundOrder> all;
    // Whoever is to give something back has it from before: it goes first, so that nobody gets more than is his in between.
    for (const Part& part : what.parts) {
      if (part.minor < 0) all.push_back({{}, own, {}, part.trade, cny(-part.minor)});
    }
    for (const Part& part : what.parts) {
      if (part.minor > 0) all.push_back({{}, {}, own, part.trade, cny(part.minor)});
    }
    return all;
  }
};

}  // namespace

std::string number_of(SlipId slip, std::int64_t nth) { return slip.text() + "-" + std::to_string(nth); }

std::unique_ptr<Route> make_route(std::string_view name) {
  if (name == "supervised") return std::make_unique<Supervised>();
  if (name == "provider") return std::make_unique<Provider>();
  if (name == "channel_split") return std::make_unique<ChannelSplit>();
  return nullptr;
}

}  // namespace ordeal::settlement
