// SmallNetting: a history of one cycle written by hand, for tests of laws: the scenario one_cycle, its tables as they are before the first
// boot, and one law. Rows are written by the steps of the core, and the facts that come of them are told at the second that is said; a
// breach tells or changes something else.
//
// The good day: north owes south 120.00, south owes west 50.00, north owes west 80.00, which are given back. West takes 100.00 out. At the
// cut-off north pays 120.00 to the house, which pays 70.00 to south and 50.00 to west; all three are told.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/api/jobs.h"
#include "core/jobs/once.h"
#include "core/netting/cycles.h"
#include "core/netting/runner.h"
#include "scenarios/flows/netting/flow.h"
#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/parties/books.h"
#include "scenarios/flows/netting/parts.h"
#include "scenarios/play/designer.h"
#include "scenarios/play/laws/watch.h"
#include "sim/disk/vfs.h"
#include "tests/support/plain_database.h"
#include "tests/support/shipped.h"

namespace ordeal::test {

inline constexpr std::int64_t kSecond = 1'000'000'000;
inline constexpr BankId kNorth{1};
inline constexpr BankId kSouth{2};
inline constexpr BankId kWest{3};
inline constexpr ObligationId kFirst{101};      // north → south 120.00
inline constexpr ObligationId kSecondOne{102};  // south → west 50.00
inline constexpr ObligationId kThird{103};      // north → west 80.00
inline constexpr ObligationId kBack{104};       // north → west -80.00

class SmallNetting {
 public:
  explicit SmallNetting(std::string_view law) : scenario(library().load("one_cycle")) {
    sim::prepare_sqlite();
    if (!law.empty()) scenario.invariants = {std::string(law)};
    watch_ = std::make_unique<play::Watch>(flows_, scenario);
    const play::ServiceRow& row = netting::flow().services.front();
    schema_ = std::string(netting::kTables) + jobs::kTables;
    database_ = std::make_unique<support::PlainDatabase>(schema_.c_str());
    database_->transact("seed", [&](env::Tx& tx) { row.seed(tx, scenario); });
    cycle = api::cycle_id(api::cycle_at(scenario.start, session(), {}));
  }

  static Duration session() { return {3'600 * kSecond}; }
  Instant at(std::int64_t second) const { return scenario.start + Duration{second * kSecond}; }

  // 16:50 in Beijing and some; the cut-off is second 600.
  void good_day() {
    take(10, kFirst, kNorth, kSouth, 12'000, "clerk-1");
    take(20, kSecondOne, kSouth, kWest, 5'000, "clerk-2");
    take(30, kThird, kNorth, kWest, 8'000, "clerk-3");
    take(90, kBack, kNorth, kWest, -8'000, "clerk-3-back");
    cover(100, kWest, true, 10'000, "treasurer-1");
    begin(600);
    close(600);
    net(601);
    pay_all(602);
    settle(604);
    confirm(605);
    end(606);
    diaries();
  }

  // --- steps: rows, and their facts ---
  void take(std::int64_t second, ObligationId id, BankId debtor, BankId creditor, std::int64_t amount,
            std::string reference) {
    step(second, [&](env::Tx& tx) {
      netting::Obligation o{id, debtor, creditor, {amount, {}}, std::move(reference)};
      o.cycle = netting::open_cycle(tx, at(second), session(), {});
      netting::take(tx, o);
      jobs::schedule(tx, netting::job_of(o.cycle), api::cutoff_of(o.cycle, session()));
    });
  }
  void cover(std::int64_t second, BankId bank, bool out, std::int64_t amount, std::string key) {
    step(second, [&](env::Tx& tx) {
      const api::MoveCover asked{bank, out, {amount, {}}, std::move(key)};
      using enum api::NetEntryKind;
      netting::post(tx, {out ? taken_out : put_in,
                         out ? bank.value : api::kOutside,
                         out ? api::kOutside : bank.value,
                         asked.amount,
                         {},
                         {},
                         asked.request_key});
      netting::write_cover_request(tx, {asked, api::CoverStatus::moved});
    });
  }
  void begin(std::int64_t second) {
    step(second, [&](env::Tx& tx) {
      run = *jobs::claim(tx, netting::job_of(cycle), at(second), at(second) + jobs::kLease);
    });
  }
  void close(std::int64_t second) {
    step(second, [&](env::Tx& tx) {
      netting::close(tx, cycle);
      once_->did(tx, run, "close", at(second));
    });
  }
  void net(std::int64_t second) {
    step(second, [&](env::Tx& tx) {
      std::vector<netting::Owed> all;
      Money gross{0, {}};
      for (const auto& o : netting::taken_in(tx, cycle)) {
        all.push_back({o.id, o.debtor, o.creditor, o.amount});
        gross.minor += o.amount.minor < 0 ? -o.amount.minor : o.amount.minor;
      }
      const auto now = netting::find_cycle(tx, cycle);
      netting::net(tx, *now, netting::make_scheme("multilateral")->net(all, {}), gross);
      once_->did(tx, run, "net-" + std::to_string(now->round), at(second));
    });
  }
  std::vector<netting::Transfer> transfers() {
    std::vector<netting::Transfer> all;
    database_->read("look", [&](env::Connection& from) {
      all = netting::transfers_of(from, *netting::find_cycle(from, cycle));
    });
    return all;
  }
  void pay(std::int64_t second, const netting::Transfer& transfer) {
    step(second, [&](env::Tx& tx) {
      netting::post(tx, transfer.move());
      netting::mark(tx, transfer, netting::TransferState::done);
      once_->did(tx, run, "pay-" + std::to_string(transfer.id.value), at(second));
    });
  }
  void pay_all(std::int64_t second) {
    for (const auto& one : transfers()) pay(second, one);
  }
  void settle(std::int64_t second) {
    step(second, [&](env::Tx& tx) {
      const auto now = netting::find_cycle(tx, cycle);
      netting::settle(tx, *now);
      once_->did(tx, run, "settle-" + std::to_string(now->round), at(second));
    });
  }
  void confirm(std::int64_t second) {
    step(second, [&](env::Tx& tx) {
      const auto now = netting::find_cycle(tx, cycle);
      for (const auto& one : netting::positions_of(tx, *now)) {
        desks.settled[{cycle, one.what.bank}] = {{cycle, now->round, one.what.bank, one.what.net, true},
                                                 second * kSecond};
        netting::note_told(tx, *now, one.what.bank);
      }
    });
  }
  void end(std::int64_t second) {
    step(second, [&](env::Tx& tx) { jobs::end(tx, run); });
  }
  template <class... Args>
  void change(const env::Sql& sql, const Args&... args) {
    database_->transact("by hand", [&](env::Tx& tx) { tx.exec(sql, args...); });
  }
  template <class Fact>
  void say(std::int64_t second, Fact fact) {
    tell(second, env::Message::of(std::move(fact)));
  }
  void told(api::SubmitObligation request, api::SubmitReply reply, std::int64_t second) {
    diary.submitted.push_back({std::move(request), second * kSecond, (second + 1) * kSecond, reply});
  }
  void told(api::MoveCover request, api::CoverReply reply, std::int64_t second) {
    diary.moved.push_back({std::move(request), second * kSecond, (second + 1) * kSecond, reply});
  }
  void told(api::LookAtObligation request, api::ObligationReply reply, std::int64_t second) {
    diary.looked.push_back({std::move(request), second * kSecond, (second + 1) * kSecond, reply});
  }

  std::vector<sim::Finding> verdict() {
    play::Rest::Facts facts{100'000 * kSecond, 1'200 * kSecond, settled, {}};
    facts.machine_struck = !calm;
    play::Rest rest(scenario, designer_, flows_, std::move(facts));
    rest.add(typeid(netting::Diary), diary);
    rest.add(typeid(netting::DeskBook), desks);
    database_->read("audit", [&](env::Connection& connection) {
      rest.add("netting", connection);
      watch_->at_rest(rest, findings_);
    });
    return findings_.take();
  }

  play::Scenario scenario;
  netting::Diary diary;
  netting::DeskBook desks;
  CycleId cycle{};
  jobs::Run run{};
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
    const auto taken = [&](ObligationId id, BankId debtor, BankId creditor, std::int64_t amount,
                           std::string reference, std::int64_t second) {
      told(api::SubmitObligation{debtor, creditor, {amount, {}}, std::move(reference)},
           api::SubmitReply{api::SubmitStatus::taken, api::NettingProblem::none, id, cycle}, second);
    };
    taken(kFirst, kNorth, kSouth, 12'000, "clerk-1", 9);
    taken(kSecondOne, kSouth, kWest, 5'000, "clerk-2", 19);
    taken(kThird, kNorth, kWest, 8'000, "clerk-3", 29);
    taken(kBack, kNorth, kWest, -8'000, "clerk-3-back", 89);
    told(api::MoveCover{kWest, true, {10'000, {}}, "treasurer-1"}, {api::CoverStatus::moved}, 99);
    told(api::LookAtObligation{kNorth, "clerk-1"}, {true, api::ObligationState::taken, cycle}, 15);
    told(api::LookAtObligation{kNorth, "clerk-1"}, {true, api::ObligationState::settled, cycle}, 700);
  }

  const play::Flows flows_{{&netting::flow()}};
  const play::Designer designer_{flows_, {}, {}, {}};
  const std::unique_ptr<jobs::Once> once_ = jobs::make_once("run_key");
  std::string schema_;
  std::unique_ptr<support::PlainDatabase> database_;
  std::unique_ptr<play::Watch> watch_;
  play::Findings findings_;
};

}  // namespace ordeal::test
