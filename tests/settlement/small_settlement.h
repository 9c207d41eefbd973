// SmallSettlement: a history of a pick-up shop, for tests of laws: the scenario pickup_day, the service without a simulator, driven by hand at the
// seconds that are said, and one law. A breach tells or changes something else.
//
// The good day (June 17 of 2026, a Wednesday, from 10:00 in Beijing): Ann pays 100.00 and 20.00 to the greens, picks up the first and has the
// second back. Bob pays 50.00 to the bakery and picks it up; it is settled on Thursday. At night 40.00 of Ann's 100.00 go back: on Thursday the
// greens are below zero.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/settlement/service.h"
#include "scenarios/flows/settlement/flow.h"
#include "scenarios/flows/settlement/laws/laws.h"
#include "scenarios/flows/settlement/parties/books.h"
#include "scenarios/flows/settlement/parts.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/laws/watch.h"
#include "sim/disk/vfs.h"
#include "tests/support/fake_env.h"
#include "tests/support/shipped.h"

namespace ordeal::test {

inline constexpr std::int64_t kSecond = 1'000'000'000;
inline constexpr TradeId kAnns{1};
inline constexpr TradeId kBobs{2};
inline constexpr FundPartyId kGreens{100};
inline constexpr FundPartyId kBakery{101};
inline constexpr FundPartyId kGate{200};
// At which the jobs of a day fire, in seconds since 10:00 of the first.
inline constexpr std::int64_t kDraft = 36'000;
inline constexpr std::int64_t kPay = 39'600;
inline constexpr std::int64_t kNextDay = 86'400;

class SmallSettlement {
 public:
  explicit SmallSettlement(std::string_view law) : scenario(library().load("pickup_day")) {
    sim::prepare_sqlite();
    if (!law.empty()) scenario.invariants = {std::string(law)};
    watch_ = std::make_unique<play::Watch>(flows_, scenario);
    const play::ServiceRow& row = settlement::flow().services.front();
    database_ = &world_.database(clearing::kSchema);
    database_->transact("seed", [&](env::Tx& tx) { row.seed(tx, scenario); });
    settlement::Config config;
    config.settlement.draft_at = Duration{20 * 3'600 * kSecond};
    config.settlement.pay_at = Duration{21 * 3'600 * kSecond};
    config.settlement.custodian = "https://bank";
    service_ = std::make_unique<settlement::Service>(
        world_.env("settlement"), *database_,
        settlement::Designs{*trigger_, *sharing_, *below_zero_, *route_}, std::move(config));
    world_.serve_http("bank", "/order", [this](const std::string& body) {
      const auto asked = env::Message::from_json(api::FundOrder::type(), body)->as<api::FundOrder>();
      auto& line = bank.orders[asked.number];
      line = {asked, now_ns_, api::FundOrderState::done, 1, now_ns_};
      return env::HttpResponse{200,
                               env::Message::of(api::FundOrderAnswer{asked.number, line.state}).to_json()};
    });
  }

  std::int64_t today() const { return clearing::business_day(scenario.start.ns); }

  void good_day() {
    record(10, {kAnns, kGreens, kGate, {{10'000, {}}, {2'000, {}}}});
    pick_up(100, kAnns, 0);
    refund(200, kAnns, 1, 2'000);
    record(300, {kBobs, kBakery, kGate, {{5'000, {}}}});
    pick_up(400, kBobs, 0);
    jobs(400 + 4 * 3'600);
    jobs(kDraft);
    jobs(kPay);
    refund(50'000, kAnns, 0, 4'000);
    jobs(kNextDay + kDraft);
    jobs(kNextDay + kPay);
  }

  // --- steps, with what the diary says of them ---
  void record(std::int64_t second, const api::RecordTrade& trade) {
    std::int64_t sum = 0;
    for (const Money& line : trade.lines) sum += line.minor;
    bank.paid_in.try_emplace(trade.trade, settlement::CustodianBook::Paid{trade.merchant, sum});
    step(second, [&] { note(diary.recorded, trade, service_->record(trade)); });
  }
  void pick_up(std::int64_t second, TradeId trade, std::int64_t no) {
    step(second, [&] { note(diary.picked, api::PickUp{trade, no}, service_->pick_up({trade, no})); });
  }
  void refund(std::int64_t second, TradeId trade, std::int64_t no, std::int64_t minor) {
    const api::RefundLine request{trade, no, "r", {minor, {}}};
    step(second, [&] { note(diary.refunded, request, service_->refund(request)); });
  }
  void set_rule(std::int64_t second, const api::SetRule& request) {
    step(second, [&] { note(diary.set, request, service_->set_rule(request)); });
  }
  void jobs(std::int64_t second) {
    step(second, [&] {
      service_->clearer().clear_due();
      world_.tasks.spawned.clear();
      service_->settler().settle_due();
      for (const auto& [name, work] : std::exchange(world_.tasks.spawned, {})) {
        if (name == "pay") work();
      }
    });
  }
  template <class Request, class Reply>
  void note(std::vector<settlement::Said<Request, Reply>>& page, const Request& request, const Reply& reply) {
    page.push_back({request, now_ns_, now_ns_ + 1, reply});
  }
  template <class... Args>
  void change(const env::Sql& sql, const Args&... args) {
    database_->transact("by hand", [&](env::Tx& tx) { tx.exec(sql, args...); });
  }
  template <class Fact>
  void say(std::int64_t second, Fact fact) {
    watch_->on_fact(sim::Fact{env::Message::of(std::move(fact)), second * kSecond, 0, {}}, findings_);
  }
  std::int64_t number(const std::string& sql) { return database_->number(sql); }
  SlipId slip_of(FundPartyId party, std::int64_t days = 0) {
    return {number("select id from slip where party = " + std::to_string(party.value) +
                   " and day = " + std::to_string(today() + days))};
  }
  VoucherId voucher_of(TradeId trade, std::int64_t nth = 0) {
    return {number("select id from voucher where trade = " + std::to_string(trade.value) +
                   " and nth = " + std::to_string(nth))};
  }

  std::vector<sim::Finding> verdict() {
    play::Rest::Facts facts{1'000'000 * kSecond, 600 * kSecond, settled, {}};
    facts.machine_struck = !calm;
    play::Rest rest(scenario, designer_, flows_, std::move(facts));
    rest.add(typeid(settlement::Diary), diary);
    rest.add(typeid(settlement::CustodianBook), bank);
    database_->read("audit", [&](env::Connection& connection) {
      rest.add("settlement", connection);
      watch_->at_rest(rest, findings_);
    });
    return findings_.take();
  }

  play::Scenario scenario;
  settlement::Diary diary;
  settlement::CustodianBook bank;
  bool calm = true;
  bool settled = true;

 private:
  template <class Work>
  void step(std::int64_t second, Work work) {
    now_ns_ = second * kSecond;
    world_.clock.wall = scenario.start + Duration{now_ns_};
    const std::size_t before = database_->facts.size();
    work();
    for (std::size_t i = before; i < database_->facts.size(); ++i)
      watch_->on_fact(sim::Fact{database_->facts[i], now_ns_, 0, {}}, findings_);
  }

  const play::Flows flows_{{&settlement::flow()}};
  const play::Designer designer_{flows_, {}, {}, {}};
  std::unique_ptr<clearing::Trigger> trigger_ = clearing::make_trigger("each_line");
  std::unique_ptr<clearing::Sharing> sharing_ = clearing::make_sharing("rounded_down");
  std::unique_ptr<settlement::BelowZero> below_zero_ = settlement::make_below_zero("carried");
  std::unique_ptr<settlement::Route> route_ = settlement::make_route("supervised");
  support::FakeWorld world_;
  support::PlainDatabase* database_ = nullptr;
  std::unique_ptr<settlement::Service> service_;
  std::unique_ptr<play::Watch> watch_;
  play::Findings findings_;
  std::int64_t now_ns_ = 0;
};

}  // namespace ordeal::test
