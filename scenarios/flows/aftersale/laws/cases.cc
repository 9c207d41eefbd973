// I-37, of cases: a case of the bank is judged once, held when as much is left of the payment and contested when not; every answer to it is
// the same; and its reversal frees what it held, once. The bank's own book says what it was told.
#include <memory>

#include "core/wire/names.h"
#include "scenarios/flows/aftersale/laws/laws.h"
#include "scenarios/flows/aftersale/laws/rest_rows.h"
#include "scenarios/flows/aftersale/laws/watched.h"
#include "scenarios/flows/aftersale/parts.h"

namespace ordeal::aftersale {
namespace {

using api::DisputeState;
using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

class Cases {
 public:
  explicit Cases(const play::Scenario& scenario) : scenario_(scenario), watched_(scenario) {}

  void on(const told::BackAsked& asked, const Fact& fact, Findings&) { watched_.on(asked, fact); }
  void on(const told::BackEnded& ended, const Fact& fact, Findings&) { watched_.on(ended, fact); }
  void on(const told::DisputeJudged& judged, const Fact& fact, Findings& findings) {
    if (watched_.cases().contains(judged.case_number))
      wrong("a case was judged twice", judged, fact.at_ns, findings);
    const Watched::OfPayment& was = watched_.payment(judged.payment);
    if (judged.state == DisputeState::contested && judged.amount.minor <= was.captured - was.reserved())
      wrong("a case was contested, and as much was left", judged, fact.at_ns, findings);
    watched_.on(judged, fact);
  }
  void on(const told::DisputeReversed& reversed, const Fact& fact, Findings& findings) {
    const auto found = watched_.cases().find(reversed.case_number);
    if (found == watched_.cases().end() || found->second.state != DisputeState::held) {
      told::DisputeJudged judged;
      if (found != watched_.cases().end()) judged = found->second.what;
      judged.case_number = reversed.case_number;
      wrong("a case was reversed that was not held", judged, fact.at_ns, findings);
    }
    watched_.on(reversed, fact);
  }

  void at_rest(const RestRows& rest, Findings& findings) const {
    const std::int64_t now_ns = rest.world.now_ns;
    for (const auto& [number, row] : rest.disputes) {
      const auto found = watched_.cases().find(number);
      const bool agrees = found != watched_.cases().end() && found->second.state == row.state &&
                          found->second.what.payment == row.payment &&
                          found->second.what.amount == row.amount &&
                          found->second.what.merchant == row.merchant;
      if (!agrees)
        wrong("a case stands otherwise than it was judged",
              {number, row.payment, row.merchant, row.amount, row.state}, now_ns, findings);
    }
    const ChannelBook* book = rest.channels();
    if (book == nullptr) return;
    for (const auto& [number, one] : book->cases) compare(number, one, rest, findings);
  }

 private:
  void compare(const std::string& number, const BankCase& one, const RestRows& rest,
               Findings& findings) const {
    const std::int64_t now_ns = rest.world.now_ns;
    const told::DisputeJudged asked{number, one.asked.payment, {}, one.asked.amount, one.answer};
    const auto row = rest.disputes.find(number);
    if (!one.answered_ns) {
      if (rest.world.settled && !rest.world.is_gone(bank_of(one.asked.payment)))
        late("a case is never answered", asked, now_ns, findings);
      return;
    }
    if (row == rest.disputes.end())
      return wrong("a bank was answered about a case that is none", asked, now_ns, findings);
    const DisputeState state = row->second.state;
    if ((state == DisputeState::contested) != (one.answer == DisputeState::contested))
      wrong("a bank was told otherwise than a case stands", asked, now_ns, findings);
    if (row->second.payment != one.asked.payment || row->second.amount != one.asked.amount)
      wrong("a case is about something else than its bank says", asked, now_ns, findings);
    if (state == DisputeState::reversed && !one.reversed_ns)
      wrong("a case was reversed, and no bank has said so", asked, now_ns, findings);
    if (rest.world.settled && one.reversal_told && state == DisputeState::held)
      late("a case was reversed, and is held for ever", asked, now_ns, findings);
  }
  std::string bank_of(PaymentId payment) const {
    const auto trade = trade_of(scenario_, payment);
    return trade ? channel_name(scenario_, trade->spec->by) : std::string();
  }
  Evidence about(const told::DisputeJudged& one) const {
    return {{"case", one.case_number},
            {"buyer", buyer_text(scenario_, one.payment)},
            {"amount", one.amount.text()},
            {"state", std::string(wire::name_of(one.state))}};
  }
  void wrong(const char* message, const told::DisputeJudged& one, std::int64_t at_ns,
             Findings& findings) const {
    findings.add(play::unsafe(kCasesAreJudgedOnce, at_ns, message, about(one)));
  }
  void late(const char* message, const told::DisputeJudged& one, std::int64_t at_ns,
            Findings& findings) const {
    findings.add(play::not_live(kCasesAreJudgedOnce, at_ns, message, about(one)));
  }

  const play::Scenario& scenario_;
  Watched watched_;
};

}  // namespace

void watch_cases_are_judged_once(const play::Watching& parts) {
  const auto monitor = std::make_shared<Cases>(parts.scenario);
  parts.monitors.add<told::BackAsked, told::BackEnded, told::DisputeJudged, told::DisputeReversed>(monitor);
  parts.audit.add<RestRows>(
      kCasesAreJudgedOnce, {"aftersale"},
      [monitor](const RestRows& rest, Findings& findings) { monitor->at_rest(rest, findings); });
}

}  // namespace ordeal::aftersale
