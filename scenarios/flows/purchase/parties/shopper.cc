#include "scenarios/flows/purchase/parties/shopper.h"

#include <algorithm>
#include <array>

#include "core/channel/form.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::scenarios {
namespace {

using namespace ordeal::literals;
using sim::lane;

constexpr Duration kPatience = 10_s;  // with one request
// A person who gets no answer tries again: at once, then less and less eagerly, then gives up.
constexpr std::array<Duration, 6> kRetryGaps{2_s, 5_s, 15_s, 60_s, 2_min, 5_min};
// Who cannot wait presses the button as long as that takes to be boring.
constexpr Duration kImpatientGap = 100_ms;
constexpr std::size_t kImpatientTries = 40;
constexpr Duration kRush = 2_s;

}  // namespace

ShopperParty::ShopperParty(sim::Process& process, const Scenario& scenario, std::uint32_t number,
                           std::span<const Omission> omitted)
    : process_(process),
      sim_(process.simulation()),
      scenario_(scenario),
      number_(number),
      omitted_(omitted) {}

bool ShopperParty::does(VisitPart part) const {
  return std::find(omitted_.begin(), omitted_.end(), Omission{number_, part}) == omitted_.end();
}

sim::Key ShopperParty::key(std::string_view what) {
  return sim_.choices().next(sim::site_of(sim_.cause(), what));
}

void ShopperParty::arrive(sim::Key habit) {
  const WorkloadSpec& work = scenario_.workload;
  const sim::Choices& choices = sim_.choices();
  Duration at = choices.between(habit, lane("arrive"), work.arrive_from, work.arrive_until - 1_ns);
  if (sim_.fork(process_.host(), kArrivalFork, kArrivalWays) == 1) {
    // One moment for all: an announcement, a clock that strikes ten.
    const sim::Key rush{sim::site_of_path("the rush"), 0};
    const Duration last = std::max(work.arrive_from, work.arrive_until - kRush);
    at = choices.between(rush, lane("when"), work.arrive_from, last) +
         choices.between(habit, lane("in the rush"), {}, kRush);
  }
  process_.env().tasks.sleep(at);
}

std::optional<Duration> ShopperParty::again_after(std::size_t nth) const {
  if (impatient_) return nth < kImpatientTries ? std::optional(kImpatientGap) : std::nullopt;
  return nth < kRetryGaps.size() ? std::optional(kRetryGaps[nth]) : std::nullopt;
}

void ShopperParty::visit() {
  const WorkloadSpec& work = scenario_.workload;
  const sim::Choices& choices = sim_.choices();
  env::Tasks& tasks = process_.env().tasks;
  const sim::Key habit = key("habits");
  arrive(habit);
  impatient_ = sim_.fork(process_.host(), kPatienceFork, kPatienceWays) == 1;

  const api::PlaceOrder request = fill_basket();
  if (choices.chance(habit, lane("double click"), work.habits.double_click) &&
      does(VisitPart::second_click)) {
    tasks.spawn("second click", [this, request] { told(request, place(request)); });
  }
  const api::PlaceReply reply = place(request);
  told(request, reply);
  if (reply.status != api::PlaceStatus::placed || reply.state != api::OrderState::unpaid) return;

  Payment when = Payment::soon;
  if (choices.chance(habit, lane("late"), work.habits.pays_late)) when = Payment::late;
  if (choices.chance(habit, lane("never"), work.habits.never_pays)) when = Payment::never;
  if (!does(VisitPart::lateness) && when == Payment::late) when = Payment::soon;
  if (!does(VisitPart::payment)) when = Payment::never;
  if (when == Payment::never) {
    sim_.mark("order abandoned");
    process_.env().log.line([&] { return name() + " leaves without paying"; });
    return;
  }
  tasks.sleep(choices.between(habit, lane("think"), work.habits.think_min, work.habits.think_max));
  // A late payer takes the code along and comes to the cashier when it suits him: the order may be closed by then.
  const Duration dawdle = choices.between(habit, lane("dawdle"), work.habits.late_min, work.habits.late_max);
  pay(reply.order, when == Payment::late ? std::optional(dawdle) : std::nullopt);
}

api::PlaceOrder ShopperParty::fill_basket() {
  const sim::Choices& choices = sim_.choices();
  const sim::Key basket = key("basket");
  const auto& catalogue = scenario_.catalogue;
  const auto drawn = 1 + choices.below(basket, lane("lines"),
                                       static_cast<std::uint64_t>(scenario_.workload.habits.lines_max));
  const auto lines = does(VisitPart::further_lines) ? drawn : 1;
  std::int64_t weights = 0;
  for (const SkuSpec& sku : catalogue) weights += sku.weight;

  api::PlaceOrder request;
  request.user = UserId{static_cast<std::int64_t>(number_) + 1};
  request.request_key = root();
  request.expected_total = Money{0, catalogue.front().price.currency};
  for (std::uint64_t i = 0; i < lines; ++i) {
    const sim::Key line = key("basket line");
    auto at =
        static_cast<std::int64_t>(choices.below(line, lane("sku"), static_cast<std::uint64_t>(weights)));
    std::size_t sku = 0;
    while (at >= catalogue[sku].weight) at -= catalogue[sku++].weight;
    const auto wanted = static_cast<std::int64_t>(
        1 + choices.below(line, lane("quantity"),
                          static_cast<std::uint64_t>(scenario_.workload.habits.quantity_max)));
    const std::int64_t qty = does(VisitPart::further_units) ? wanted : 1;
    request.lines.push_back({SkuId{static_cast<std::int64_t>(sku) + 1}, qty});
    request.expected_total += catalogue[sku].price * qty;
  }
  process_.env().log.line([&] { return name() + " orders for " + request.expected_total.text(); });
  return request;
}

api::PlaceReply ShopperParty::place(const api::PlaceOrder& request) {
  env::Env& env = process_.env();
  api::PlaceReply last;
  for (std::size_t i = 0;; ++i) {
    const auto reply = env.rpc.call<api::PlaceReply>("gateway", "place_order", request, kPatience);
    if (reply) {
      last = *reply;
      const bool again = last.status == api::PlaceStatus::pending ||
                         last.status == api::PlaceStatus::unavailable ||
                         last.status == api::PlaceStatus::unknown;
      if (!again) return last;
    }
    const auto gap = again_after(i);
    if (!gap || !does(VisitPart::asking_again)) return last;
    sim_.mark("shopper asked again");
    env.tasks.sleep(*gap);
  }
}

void ShopperParty::told(const api::PlaceOrder& request, const api::PlaceReply& reply) {
  if (!reply.order) return;
  sim_.emit(env::Message::of(facts::ShopperTold{request.user, request.request_key, reply.order, reply.total}),
            process_.host().id(), sim_.cause());
}

void ShopperParty::pay(OrderId order, std::optional<Duration> dawdle) {
  env::Env& env = process_.env();
  const bool direct = !dawdle && sim_.choices().chance(key("way to pay"), lane("direct debit"),
                                                       scenario_.workload.habits.direct_debit);
  const api::PayOrder request{order, scenario_.channel,
                              direct ? api::PayMode::direct_debit : api::PayMode::page};
  for (std::size_t i = 0;; ++i) {
    const auto reply = env.rpc.call<api::PayReply>("gateway", "pay", request, kPatience);
    if (reply) {
      if (reply->status == api::PayStatus::pay_at_channel) {
        if (dawdle) env.tasks.sleep(*dawdle);
        return pay_at_cashier(reply->pay_code);
      }
      if (reply->status == api::PayStatus::captured || reply->status == api::PayStatus::not_payable ||
          reply->status == api::PayStatus::declined) {
        return;
      }
    }
    const auto gap = again_after(i);
    if (!gap || !does(VisitPart::asking_again)) return;
    env.tasks.sleep(*gap);
  }
}

void ShopperParty::pay_at_cashier(const std::string& pay_code) {
  env::Env& env = process_.env();
  for (std::size_t i = 0;; ++i) {
    const auto answer = env.http.post("https://" + scenario_.channel + "/cashier",
                                      "pay_code=" + pay_code + "&shopper=" + name(), kPatience);
    if (answer) {
      process_.env().log.line([&] { return name() + " at the cashier: " + answer->body; });
      return;
    }
    const auto gap = again_after(i);
    if (!gap || !does(VisitPart::asking_again)) return;
    env.tasks.sleep(*gap);
  }
}

}  // namespace ordeal::scenarios
