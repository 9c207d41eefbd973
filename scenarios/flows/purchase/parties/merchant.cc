#include "scenarios/flows/purchase/parties/merchant.h"

#include "core/api/notification.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

using namespace ordeal::literals;

constexpr Duration kSlow = 30_s;

}  // namespace

MerchantParty::MerchantParty(sim::Process& process, const MerchantSpec& habits, Books& books)
    : process_(process), habits_(habits), books_(books) {}

void MerchantParty::start() {
  process_.env().http.serve("/orders", [this](const std::string& body) { return on_notice(body); });
}

env::HttpResponse MerchantParty::on_notice(const std::string& body) {
  sim::Simulation& sim = process_.simulation();
  const sim::Key key = sim.choices().next(sim::site_of(sim.cause(), "merchant's mood"));
  std::size_t way = sim.fork(process_.host(), kMerchantFork, kMerchantWays);
  if (sim.choices().chance(key, sim::lane("slow"), habits_.slow)) way = 1;
  if (sim.choices().chance(key, sim::lane("broken"), habits_.broken)) way = 2;
  const auto notice = env::Message::from_json(api::MerchantNotice::type(), body);
  if (!notice) return {400, notice.error()};
  const auto& heard = notice->as<api::MerchantNotice>();
  books_.diary.notices.push_back({process_.host().name(), heard, sim.now_ns()});
  if (way == 2) return {500, "internal error"};
  std::int64_t& version = books_.notices[{process_.host().name(), heard.order}];
  if (heard.version > version) version = heard.version;
  const auto state = api::names_of(heard.state)[static_cast<std::size_t>(heard.state)];
  sim.emit(env::Message::of(facts::MerchantHeard{heard.order, std::string(state), heard.version}),
           process_.host().id(), sim.cause());
  process_.env().log.line([&] { return "hears that " + heard.order.text() + " is " + std::string(state); });
  if (way == 1) process_.env().tasks.sleep(kSlow);
  return {200, "SUCCESS"};
}

}  // namespace ordeal::purchase
