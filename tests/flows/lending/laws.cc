// I-900: an umbrella is in the hands of at most one borrower; at rest the umbrellas and the loans say the same.
// I-901: every loan ends, and one that its borrower was thanked for ended by coming back.
#include "tests/flows/lending/laws.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "core/wire/names.h"
#include "scenarios/play/laws/watch.h"
#include "tests/flows/lending/library/stand.h"
#include "tests/flows/lending/parties.h"

namespace ordeal::lending {
namespace {

using play::Findings;

constexpr env::Sql kUmbrellas{"select id, coalesce(loan, 0) from umbrella order by id"};
constexpr env::Sql kLoans{"select id, umbrella, state, due_at from loan order by id"};

// What the library holds at rest.
struct RestRows {
  explicit RestRows(const play::Rest& rest) : world(rest) {
    rest.read("library", [this](env::Connection& from) {
      for (auto rows = from.query(kUmbrellas); rows.next();)
        umbrellas[rows.get<UmbrellaId>(0)] = rows.get<LoanId>(1);
      for (auto rows = from.query(kLoans); rows.next();) {
        const Loan loan{rows.get<LoanId>(0), rows.get<UmbrellaId>(1), rows.get<LoanState>(2),
                        rows.get<Instant>(3)};
        loans[loan.id] = loan;
      }
    });
  }

  const play::Rest& world;
  std::map<UmbrellaId, LoanId> umbrellas;  // no loan: it is in the stand
  std::map<LoanId, Loan> loans;
};

class OneBorrower {
 public:
  void on(const facts::UmbrellaLent& lent, const sim::Fact& fact, Findings& findings) {
    LoanId& holder = holders_[lent.umbrella];
    if (!holder) return void(holder = lent.loan);
    findings.add(play::unsafe(kOneBorrower, fact.at_ns, "an umbrella was lent that another borrower has",
                              {{"umbrella", lent.umbrella.text()},
                               {"has it", holder.text()},
                               {"was lent to", lent.loan.text()},
                               {"at", play::when(fact.at_ns)}}));
  }
  void on(const facts::UmbrellaBack& back, const sim::Fact&, Findings&) {
    LoanId& holder = holders_[back.umbrella];
    if (holder == back.loan) holder = {};
  }

 private:
  std::map<UmbrellaId, LoanId> holders_;
};

void check_stand(const RestRows& rest, Findings& findings) {
  for (const auto& [id, loan] : rest.loans) {
    const auto umbrella = rest.umbrellas.find(loan.umbrella);
    const bool has_it = umbrella != rest.umbrellas.end() && umbrella->second == id;
    if (has_it == (loan.state != LoanState::back)) continue;
    findings.add(play::unsafe(
        kOneBorrower, rest.world.now_ns, "a loan and its umbrella contradict each other",
        {{"loan", id.text()},
         {"state", std::string(wire::name_of(loan.state))},
         {"umbrella", loan.umbrella.text()},
         {"has it",
          umbrella == rest.umbrellas.end() || !umbrella->second ? "the stand" : umbrella->second.text()}}));
  }
}

void check_loans_end(const RestRows& rest, Findings& findings) {
  for (const auto& [id, loan] : rest.loans) {
    if (loan.state != LoanState::out) continue;
    findings.add(play::not_live(kEveryLoanEnds, rest.world.now_ns, "a loan is still out",
                                {{"loan", id.text()},
                                 {"umbrella", loan.umbrella.text()},
                                 {"due (wall clock, ns)", std::to_string(loan.due.ns)}}));
  }
  const auto* book = rest.world.books_if_any<Book>();
  if (book == nullptr) return;
  for (const LoanId id : book->thanked) {
    const auto loan = rest.loans.find(id);
    if (loan != rest.loans.end() && loan->second.state == LoanState::back) continue;
    findings.add(play::not_live(
        kEveryLoanEnds, rest.world.now_ns, "a loan did not end though its borrower was thanked",
        {{"loan", id.text()},
         {"state", loan == rest.loans.end() ? "none" : std::string(wire::name_of(loan->second.state))}}));
  }
}

void watch_one_borrower(const play::Watching& parts) {
  parts.monitors.add<facts::UmbrellaLent, facts::UmbrellaBack>(std::make_shared<OneBorrower>());
  parts.audit.add<RestRows>(kOneBorrower, {"library"}, &check_stand);
}

void watch_every_loan_ends(const play::Watching& parts) {
  parts.audit.add<RestRows>(kEveryLoanEnds, {"library"}, &check_loans_end);
}

}  // namespace

std::vector<play::LawRow> law_rows() {
  return {{kOneBorrower,
           "An umbrella is in the hands of at most one borrower.",
           true,
           true,
           900,
           {"library"},
           &watch_one_borrower},
          {kEveryLoanEnds,
           "Every loan ends, and one that its borrower was thanked for ended by coming back.",
           false,
           false,
           910,
           {"library"},
           &watch_every_loan_ends}};
}

}  // namespace ordeal::lending
