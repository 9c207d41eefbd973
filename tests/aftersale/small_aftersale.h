// SmallAftersale: a history of refunds written by hand, for tests of laws: the scenario pieces_back with an old payment in it, its tables as
// they are before the first boot, and one law. Rows are written by the steps of the core, and the facts that come of them are told at the
// second that is said; a breach tells or changes something else.
//
// The good day: Ann gets 30.00 of her 90.00 back; 30.00 more the channel cannot give her. Bob's 20.00 are overdue, and paid out. Cem's 20.00
// are all that his merchant has: of two more wishes for 10.00 one is paid for later, one lapses. Dee's bank takes 45.00 and gives them back
// to the merchant; Bob's bank wants all 60.00, of which 20.00 are gone, and is told so.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/aftersale/backs.h"
#include "core/aftersale/wishes.h"
#include "scenarios/flows/aftersale/flow.h"
#include "scenarios/flows/aftersale/laws/laws.h"
#include "scenarios/flows/aftersale/parties/books.h"
#include "scenarios/flows/aftersale/parts.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/laws/watch.h"
#include "sim/disk/vfs.h"
#include "tests/support/plain_database.h"
#include "tests/support/shipped.h"

namespace ordeal::test {

inline constexpr std::int64_t kSecond = 1'000'000'000;
inline constexpr UserId kAnn{1};  // 90.00 by WeChat, of north
inline constexpr UserId kBob{2};  // 60.00 by a bank, 200 days ago, of north
inline constexpr UserId kCem{3};  // 40.00 by WeChat, of south
inline constexpr UserId kDee{4};  // as Ann
inline constexpr RefundId kAnns{101};
inline constexpr RefundId kAnnsSecond{102};
inline constexpr RefundId kBobs{103};
inline constexpr RefundId kCems{104};
inline constexpr RefundId kCemsLapsed{105};
inline constexpr RefundId kCemsLate{106};
inline constexpr MerchantId kNorth{1};
inline constexpr MerchantId kSouth{2};

class SmallAftersale {
 public:
  explicit SmallAftersale(std::string_view law)
      : scenario(edited(library().load("pieces_back"),
                        [](play::Json& json) { json["aftersale"]["trades"][1]["age"] = "200d"; })) {
    sim::prepare_sqlite();
    if (!law.empty()) scenario.invariants = {std::string(law)};
    watch_ = std::make_unique<play::Watch>(flows_, scenario);
    const play::ServiceRow& row = aftersale::flow().services.front();
    database_ = std::make_unique<support::PlainDatabase>(aftersale::kSchema);
    database_->transact("seed", [&](env::Tx& tx) { row.seed(tx, scenario); });
  }

  Instant at(std::int64_t second) const { return scenario.start + Duration{second * kSecond}; }

  void good_day() {
    using api::BackState;
    ask(10, kAnns, kAnn, 3'000);
    line(11, kAnns, api::BackRoute::refund, api::GivenBack::done);
    end(12, kAnns, BackState::done);
    ask(100, kAnnsSecond, kAnn, 3'000);
    line(101, kAnnsSecond, api::BackRoute::refund, api::GivenBack::refused, api::BackFault::of_buyer);
    end(102, kAnnsSecond, BackState::failed);
    ask(20, kBobs, kBob, 2'000);
    line(21, kBobs, api::BackRoute::refund, api::GivenBack::refused, api::BackFault::overdue);
    step(22, [&](env::Tx& tx) { aftersale::reroute(tx, *aftersale::find_back(tx, kBobs), at(22)); });
    line(23, kBobs, api::BackRoute::payout, api::GivenBack::done);
    end(24, kBobs, BackState::done);
    ask(30, kCems, kCem, 2'000);
    line(31, kCems, api::BackRoute::refund, api::GivenBack::done);
    end(32, kCems, BackState::done);
    ask(33, kCemsLapsed, kCem, 1'000);
    ask(34, kCemsLate, kCem, 1'000);
    pay_in(300, kSouth, 1'000, "cashier");
    step(301, [&](env::Tx& tx) { aftersale::fund(tx, *aftersale::find_back(tx, kCemsLate), at(301)); });
    line(302, kCemsLate, api::BackRoute::refund, api::GivenBack::done);
    end(303, kCemsLate, BackState::done);
    dispute(500, kDee, 4'500, api::DisputeState::held);
    dispute(510, kBob, 6'000, api::DisputeState::contested);
    reverse(800, kDee);
    lapse(33 + 1'200, kCemsLapsed);
    look(kAnns, kAnn, BackState::done, 20);
    look(kCemsLapsed, kCem, BackState::waiting, 100);
  }

  // --- steps: rows, their facts, and what people wrote down of it ---
  void ask(std::int64_t second, RefundId id, UserId buyer, std::int64_t amount,
           api::BackRoute route = api::BackRoute::refund) {
    const aftersale::Trade trade = *aftersale::trade_of(scenario, aftersale::payment_of(buyer));
    aftersale::Back b;
    b.id = id;
    b.payment = aftersale::payment_of(buyer);
    b.merchant = trade.merchant;
    b.request_key = "piece-" + id.text();
    b.amount = {amount, {}};
    b.route = route;
    b.asked_at = at(second);
    b.expires = at(second + 1'200);
    step(second, [&](env::Tx& tx) {
      aftersale::reserve_unseen(tx, b.payment, b.amount, 1);
      aftersale::write_back(tx, b, buyer);
    });
    told(wish(buyer, amount, b.request_key), {api::AskStatus::accepted, api::AskProblem::none, id, b.state},
         second);
  }
  static api::AskRefund wish(UserId buyer, std::int64_t amount, std::string key) {
    return {buyer, aftersale::payment_of(buyer), {amount, {}}, std::move(key)};
  }
  void end(std::int64_t second, RefundId of, api::BackState as) {
    step(second, [&](env::Tx& tx) { aftersale::finish(tx, *aftersale::find_back(tx, of), as, at(second)); });
  }
  void lapse(std::int64_t second, RefundId of) {
    step(second, [&](env::Tx& tx) { aftersale::lapse(tx, *aftersale::find_back(tx, of)); });
  }
  void pay_in(std::int64_t second, MerchantId merchant, std::int64_t amount, const std::string& key) {
    const api::Deposit deposit{merchant, {amount, {}}, key};
    step(second, [&](env::Tx& tx) { aftersale::pay_in(tx, deposit, at(second)); });
    diary.paid_in.push_back({deposit, second * kSecond, (second + 1) * kSecond, {api::DepositStatus::done}});
  }
  void dispute(std::int64_t second, UserId buyer, std::int64_t amount, api::DisputeState as) {
    const aftersale::Trade trade = *aftersale::trade_of(scenario, aftersale::payment_of(buyer));
    const aftersale::DisputeRow row{
        case_of(buyer), aftersale::payment_of(buyer), trade.merchant, {amount, {}}, as};
    step(second, [&](env::Tx& tx) {
      if (as == api::DisputeState::held) {
        aftersale::reserve_unseen(tx, row.payment, row.amount, 0);
        aftersale::take_from(tx, row.merchant, row.amount);
      }
      aftersale::write_dispute(tx, row);
    });
    channels.cases[row.case_number] = {
        {row.case_number, row.payment, row.amount}, second * kSecond, (second + 1) * kSecond, as, {}, false};
  }
  static std::string case_of(UserId buyer) { return "case-" + std::to_string(buyer.value); }
  void reverse(std::int64_t second, UserId buyer) {
    aftersale::BankCase& one = channels.cases[case_of(buyer)];
    one.reversed_ns = (second - 1) * kSecond;
    one.reversal_told = true;
    step(second, [&](env::Tx& tx) {
      aftersale::reverse(tx, *aftersale::find_dispute(tx, case_of(buyer)), at(second));
    });
  }
  static std::string number_of(RefundId of, api::BackRoute route) {
    return of.text() + (route == api::BackRoute::payout ? "-p" : "");
  }
  aftersale::BackLine& line_of(RefundId of, api::BackRoute route = api::BackRoute::refund) {
    return channels.lines[number_of(of, route)];
  }
  void line(std::int64_t second, RefundId of, api::BackRoute route, api::GivenBack state,
            api::BackFault fault = api::BackFault::none) {
    aftersale::BackLine line;
    database_->read("look", [&](env::Connection& from) {
      const auto back = aftersale::find_back(from, of);
      line.asked = {back->payment, number_of(of, route), back->amount};
    });
    line.route = route;
    line.first_ns = line.ended_ns = second * kSecond;
    line.state = state;
    line.fault = fault;
    line.times = state == api::GivenBack::done ? 1 : 0;
    channels.lines[line.asked.number] = line;
  }
  template <class... Args>
  void change(const env::Sql& sql, const Args&... args) {
    database_->transact("by hand", [&](env::Tx& tx) { tx.exec(sql, args...); });
  }
  template <class Fact>
  void say(std::int64_t second, Fact fact) {
    tell(second, env::Message::of(std::move(fact)));
  }
  void told(api::AskRefund request, api::RefundReply reply, std::int64_t second) {
    diary.asked.push_back({std::move(request), second * kSecond, (second + 1) * kSecond, reply});
  }
  void look(RefundId refund, UserId buyer, api::BackState state, std::int64_t second) {
    diary.looked.push_back({{buyer, refund}, second * kSecond, (second + 1) * kSecond, {true, state}});
  }

  std::vector<sim::Finding> verdict() {
    play::Rest::Facts facts{100'000 * kSecond, 600 * kSecond, settled, {}};
    facts.machine_struck = !calm;
    facts.gone = gone;
    play::Rest rest(scenario, designer_, flows_, std::move(facts));
    rest.add(typeid(aftersale::Diary), diary);
    rest.add(typeid(aftersale::ChannelBook), channels);
    database_->read("audit", [&](env::Connection& connection) {
      rest.add("aftersale", connection);
      watch_->at_rest(rest, findings_);
    });
    return findings_.take();
  }

  play::Scenario scenario;
  aftersale::Diary diary;
  aftersale::ChannelBook channels;
  bool calm = true;
  bool settled = true;
  std::vector<std::string> gone;  // hosts that never return

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

  const play::Flows flows_{{&aftersale::flow()}};
  const play::Designer designer_{flows_, {}, {}, {}};
  std::unique_ptr<support::PlainDatabase> database_;
  std::unique_ptr<play::Watch> watch_;
  play::Findings findings_;
};

}  // namespace ordeal::test
