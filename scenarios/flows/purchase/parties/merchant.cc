#include "scenarios/flows/purchase/parties/merchant.h"

#include <array>

#include "core/api/notification.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

using namespace ordeal::literals;

constexpr Duration kSlow = 30_s;
// Each leaves some tries of the schedule, the last of which comes after eleven hours.
constexpr std::array<Duration, 3> kClosed{10_min, 1_h, 4_h};

}  // namespace

MerchantParty::MerchantParty(sim::Process& process, const MerchantSpec& habits, Books& books)
    : process_(process), habits_(habits), books_(books) {}

void MerchantParty::start() {
  process_.env().http.serve("/orders", [this](const std::string& body) { return on_notice(body); });
}

void MerchantParty::close_for_hours(sim::Key key) {
  sim::Simulation& sim = process_.simulation();
  const Duration closed = kClosed[sim.choices().below(key, sim::lane("closed"), kClosed.size())];
  opens_at_ns_ = sim.now_ns() + closed.ns;
  sim.mark("merchant closed for hours");
}

env::HttpResponse MerchantParty::on_notice(const std::string& body) {
  sim::Simulation& sim = process_.simulation();
  const sim::Key key = sim.choices().next(sim::site_of(sim.cause(), "merchant's mood"));
  std::size_t way = sim.fork(process_.host(), kMerchantFork, kMerchantWays);
  if (sim.choices().chance(key, sim::lane("slow"), habits_.slow)) way = 1;
  if (sim.choices().chance(key, sim::lane("broken"), habits_.broken)) way = 2;
  if (way == 3 && sim.now_ns() >= opens_at_ns_) close_for_hours(key);
  const bool is_closed = sim.now_ns() < opens_at_ns_;
  const auto notice = env::Message::from_json(api::MerchantNotice::type(), body);
  if (!notice) return {400, notice.error()};
  const auto& heard = notice->as<api::MerchantNotice>();
  books_.diary.notices.push_back({process_.host().name(), heard, sim.now_ns()});
  if (is_closed) process_.env().tasks.sleep(kSlow);
  if (is_closed || way == 2) return {500, "internal error"};
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
