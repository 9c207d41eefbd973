// SmallPayout: a history of payouts written by hand, for tests of laws: the scenario one_quota, its tables as they are before the first
// boot, and one law. Rows are written by the steps of the core, and the facts that come of them are told at the second that is said; a
// breach tells or changes something else.
//
// The good day: Ann gets 50.00 by Alipay from ali-north. Bob's 60.00 by WeChat are declined for wx-north and paid from wx-south. Cem's code
// of 40.00 is never scanned. Dee's 30.00 have no room at ali-north, and ali-south is refused by the channel: FAILED.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/payout/payouts.h"
#include "core/payout/quota.h"
#include "scenarios/flows/payout/flow.h"
#include "scenarios/flows/payout/laws/laws.h"
#include "scenarios/flows/payout/parties/books.h"
#include "scenarios/flows/payout/parts.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/laws/watch.h"
#include "sim/disk/vfs.h"
#include "tests/support/plain_database.h"
#include "tests/support/shipped.h"

namespace ordeal::test {

inline constexpr std::int64_t kSecond = 1'000'000'000;
inline constexpr UserId kAnn{1};
inline constexpr UserId kBob{2};
inline constexpr UserId kCem{3};
inline constexpr UserId kDee{4};
inline constexpr PayoutId kAnns{101};
inline constexpr PayoutId kBobs{102};
inline constexpr PayoutId kCems{103};
inline constexpr PayoutId kDees{104};
inline constexpr PayAccountId kAliNorth{1};
inline constexpr PayAccountId kAliSouth{2};
inline constexpr PayAccountId kWxNorth{3};
inline constexpr PayAccountId kWxSouth{4};

class SmallPayout {
 public:
  explicit SmallPayout(std::string_view law) : scenario(library().load("one_quota")) {
    sim::prepare_sqlite();
    if (!law.empty()) scenario.invariants = {std::string(law)};
    watch_ = std::make_unique<play::Watch>(flows_, scenario);
    const play::ServiceRow& row = payout::flow().services.front();
    database_ = std::make_unique<support::PlainDatabase>(payout::kSchema);
    database_->transact("seed", [&](env::Tx& tx) { row.seed(tx, scenario); });
  }

  std::int64_t today() const { return api::business_day(scenario.start); }
  Instant at(std::int64_t second) const { return scenario.start + Duration{second * kSecond}; }

  void good_day() {
    make(10, kAnns, kAnn, api::PayWay::alipay, "north", 5'000);
    occupy(10, 201, kAnns, kAliNorth, 5'000);
    claim(20, kAnns);
    transfer(21, kAnns, 1, kAliNorth, "north", api::TransferState::paid);
    end(22, kAnns, api::PayoutState::paid);

    make(30, kBobs, kBob, api::PayWay::wechat, "shop", 6'000);
    occupy(40, 202, kBobs, kWxNorth, 6'000, 1);
    claim(40, kBobs);
    transfer(41, kBobs, 1, kWxNorth, "shop", api::TransferState::failed);
    release(42, kBobs);
    reroute(42, kBobs);
    occupy(42, 203, kBobs, kWxSouth, 6'000, 2);
    transfer(43, kBobs, 2, kWxSouth, "shop", api::TransferState::paid);
    end(44, kBobs, api::PayoutState::paid);

    make(50, kCems, kCem, api::PayWay::alipay, "north", 4'000);
    occupy(50, 204, kCems, kAliNorth, 4'000);
    make(60, kDees, kDee, api::PayWay::alipay, "south", 3'000);
    occupy(60, 205, kDees, kAliSouth, 3'000);
    claim(70, kDees);
    transfer(71, kDees, 1, kAliSouth, "south", api::TransferState::failed);
    end(72, kDees, api::PayoutState::failed);
    release(72, kDees);
    expire(50 + 1'200, kCems);
    diaries();
  }

  // --- steps: rows, and their facts ---
  void make(std::int64_t second, PayoutId id, UserId user, api::PayWay way, std::string app,
            std::int64_t amount) {
    payout::Payout p;
    p.id = id;
    p.user = user;
    p.request_key = "wish-1";
    p.way = way;
    p.app = std::move(app);
    p.amount = {amount, {}};
    p.expires = at(second + 1'200);
    step(second, [&](env::Tx& tx) { payout::write_payout(tx, p); });
  }
  void occupy(std::int64_t second, std::int64_t id, PayoutId of, PayAccountId account, std::int64_t amount,
              std::int64_t attempt = 0, std::int64_t day = 0, std::int64_t version = 1) {
    payout::Occupation o;
    o.id = {id};
    o.payout = of;
    o.attempt = attempt;
    o.account = account;
    o.account_version = version;
    o.amount = {amount, {}};
    o.day = day == 0 ? today() : day;
    step(second, [&](env::Tx& tx) {
      o.app = payout::find_payout(tx, of)->app;
      const auto terms = payout::find_account(tx, account)->terms;
      o.bucket = payout::take(tx, {account, o.day}, terms.quota.minor, amount, {}).value_or(0);
      payout::write_occupation(tx, o);
    });
  }
  void claim(std::int64_t second, PayoutId of) {
    step(second, [&](env::Tx& tx) { payout::claim(tx, *payout::find_payout(tx, of), at(second)); });
  }
  void reroute(std::int64_t second, PayoutId of) {
    step(second, [&](env::Tx& tx) { payout::reroute(tx, *payout::find_payout(tx, of), at(second)); });
  }
  // PAID with what is used, or FAILED.
  void end(std::int64_t second, PayoutId of, api::PayoutState as) {
    step(second, [&](env::Tx& tx) {
      payout::end(tx, *payout::find_payout(tx, of), as);
      if (as == api::PayoutState::paid) payout::use(tx, *payout::occupation_of(tx, of));
    });
  }
  // And nothing is said of the payout.
  void use_alone(std::int64_t second, PayoutId of) {
    step(second, [&](env::Tx& tx) { payout::use(tx, *payout::occupation_of(tx, of)); });
  }
  void release(std::int64_t second, PayoutId of) {
    step(second, [&](env::Tx& tx) { payout::release(tx, *payout::occupation_of(tx, of)); });
  }
  void expire(std::int64_t second, PayoutId of) {
    step(second, [&](env::Tx& tx) {
      payout::expire(tx, *payout::find_payout(tx, of));
      if (const auto occupation = payout::occupation_of(tx, of)) payout::release(tx, *occupation);
    });
  }
  void configure(std::int64_t second, PayAccountId account, api::AccountTerms terms) {
    step(second,
         [&](env::Tx& tx) { payout::change_terms(tx, *payout::find_account(tx, account), terms, today()); });
  }
  void transfer(std::int64_t second, PayoutId of, std::int64_t attempt, PayAccountId account, std::string app,
                api::TransferState state) {
    payout::TransferLine line;
    database_->read("look", [&](env::Connection& from) {
      const auto p = payout::find_payout(from, of);
      line.asked = {account, std::move(app), payout::number_of(of, attempt), p->user, p->amount};
    });
    line.first_ns = line.ended_ns = second * kSecond;
    line.state = state;
    line.times = state == api::TransferState::paid ? 1 : 0;
    channels.transfers[{account, line.asked.number}] = line;
    step(second, [&](env::Tx& tx) {
      payout::begin_look(tx, *payout::find_payout(tx, of), true, at(second), at(second + 45));
    });
  }
  template <class... Args>
  void change(const env::Sql& sql, const Args&... args) {
    database_->transact("by hand", [&](env::Tx& tx) { tx.exec(sql, args...); });
  }
  template <class Fact>
  void say(std::int64_t second, Fact fact) {
    tell(second, env::Message::of(std::move(fact)));
  }
  void told(api::MakePayout request, api::MakeReply reply, std::int64_t second = 5) {
    diary.made.push_back({std::move(request), second * kSecond, (second + 1) * kSecond, std::move(reply)});
  }
  void told(api::ClaimPayout request, api::ClaimReply reply, std::int64_t second) {
    diary.claimed.push_back({std::move(request), second * kSecond, (second + 1) * kSecond, reply});
  }
  void told(PayoutId payout, UserId user, api::PayoutState state, std::int64_t second) {
    diary.looked.push_back({{user, payout}, second * kSecond, (second + 1) * kSecond, {true, state}});
  }
  void told(api::ConfigureAccount request, api::ConfigureReply reply, std::int64_t second) {
    diary.configured.push_back({request, second * kSecond, (second + 1) * kSecond, reply});
  }

  std::vector<sim::Finding> verdict() {
    play::Rest::Facts facts{100'000 * kSecond, 600 * kSecond, settled, {}};
    facts.machine_struck = !calm;
    play::Rest rest(scenario, designer_, flows_, std::move(facts));
    rest.add(typeid(payout::Diary), diary);
    rest.add(typeid(payout::ChannelBook), channels);
    database_->read("audit", [&](env::Connection& connection) {
      rest.add("payout", connection);
      watch_->at_rest(rest, findings_);
    });
    return findings_.take();
  }

  play::Scenario scenario;
  payout::Diary diary;
  payout::ChannelBook channels;
  bool calm = true;
  bool settled = true;

 private:
  template <class Work>
  void step(std::int64_t second, Work work) {
    const std::size_t before = database_->facts.size();
    database_->transact("by hand", work);
    for (std::size_t i = before; i < database_->facts.size(); ++i) tell(second, database_->facts[i]);
  }
  void tell(std::int64_t second, const env::Message& body) {
    watch_->on_fact(sim::Fact{body, second * kSecond, 0, {}}, findings_);
  }
  void diaries() {
    const auto shown = [&](UserId user, PayoutId payout, api::PayWay way, std::string app,
                           std::int64_t amount, std::int64_t second) {
      const std::string asked = way == api::PayWay::wechat ? app : std::string();
      told(api::MakePayout{user, way, asked, {amount, {}}, "wish-1"},
           api::MakeReply{api::MakeStatus::made, api::PayoutProblem::none, payout, std::move(app),
                          at(second + 1'200), api::PayoutState::made},
           second);
    };
    using api::ClaimStatus;
    using api::PayoutState;
    shown(kAnn, kAnns, api::PayWay::alipay, "north", 5'000, 10);
    shown(kBob, kBobs, api::PayWay::wechat, "shop", 6'000, 30);
    shown(kCem, kCems, api::PayWay::alipay, "north", 4'000, 50);
    shown(kDee, kDees, api::PayWay::alipay, "south", 3'000, 60);
    told({kAnn, kAnns, "north"}, {ClaimStatus::paying, PayoutState::paying}, 20);
    told({kBob, kBobs, "shop"}, {ClaimStatus::paying, PayoutState::paying}, 40);
    told({kDee, kDees, "south"}, {ClaimStatus::paying, PayoutState::paying}, 70);
    told(kAnns, kAnn, PayoutState::paid, 25);
    told(kDees, kDee, PayoutState::failed, 80);
  }

  const play::Flows flows_{{&payout::flow()}};
  const play::Designer designer_{flows_, {}, {}, {}};
  std::unique_ptr<support::PlainDatabase> database_;
  std::unique_ptr<play::Watch> watch_;
  play::Findings findings_;
};

}  // namespace ordeal::test
