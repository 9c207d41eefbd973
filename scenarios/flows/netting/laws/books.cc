// I-70: an entry has two legs of one currency, which add up to zero; a balance is the sum of its account's legs; all accounts of a currency
// add up to zero; and the journal says what was told.
// I-93: no bank's account and no fund ever has less than nothing, at every entry.
#include <memory>
#include <utility>

#include "core/wire/names.h"
#include "scenarios/flows/netting/laws/laws.h"
#include "scenarios/flows/netting/laws/rest_rows.h"
#include "scenarios/flows/netting/laws/watched.h"

namespace ordeal::netting {
namespace {

using play::Evidence;
using play::Findings;
using sim::Fact;
namespace told = api::facts;

class BooksBalance {
 public:
  void on(const told::NetEntryPosted& entry, const Fact&, Findings&) { told_[entry.entry] = entry; }
  void at_rest(const RestRows& rest, Findings& findings) const {
    std::map<RestRows::AccountKey, std::int64_t> sums;
    std::size_t after_the_opening = 0;
    for (const auto& [id, entry] : rest.entries) {
      for (const RestRows::Leg& leg : entry.legs)
        sums[{leg.account, leg.amount.currency}] += leg.amount.minor;
      const auto& legs = entry.legs;
      const bool balanced = legs.size() == 2 && legs[0].amount.currency == legs[1].amount.currency &&
                            legs[0].amount.minor == -legs[1].amount.minor;
      if (!balanced) say("an entry of the house does not add up to zero", rest, findings, id);
      // What was there before the world began, nobody was told of.
      const auto found = told_.find(id);
      if (found == told_.end()) continue;
      ++after_the_opening;
      if (balanced && !says(entry, found->second))
        say("an entry of the house says otherwise than was told", rest, findings, id);
    }
    if (after_the_opening != told_.size()) say("an entry of the house is gone", rest, findings, 0);
    std::map<Currency, std::int64_t> total;
    for (const auto& [key, balance] : rest.balances) {
      total[key.second] += balance;
      const auto found = sums.find(key);
      if (balance != (found == sums.end() ? 0 : found->second))
        findings.add(play::unsafe(kBooksBalance, rest.world.now_ns, "a balance is not the sum of its entries",
                                  {{"account", account_text(rest.world.scenario(), key.first)},
                                   {"balance", Money{balance, key.second}.text()}}));
    }
    for (const auto& [currency, sum] : total) {
      if (sum != 0)
        findings.add(play::unsafe(kBooksBalance, rest.world.now_ns,
                                  "the accounts of the house do not add up to zero",
                                  {{"sum", Money{sum, currency}.text()}}));
    }
  }

 private:
  static bool says(const RestRows::Entry& row, const told::NetEntryPosted& entry) {
    const RestRows::Leg& less = row.legs[0].amount.minor < 0 ? row.legs[0] : row.legs[1];
    const RestRows::Leg& more = row.legs[0].amount.minor < 0 ? row.legs[1] : row.legs[0];
    return row.move.kind == entry.kind && row.move.cycle == entry.cycle &&
           row.move.transfer == entry.transfer && less.account == entry.from && more.account == entry.to &&
           more.amount == entry.amount;
  }
  static void say(std::string message, const RestRows& rest, Findings& findings, std::int64_t entry) {
    findings.add(play::unsafe(kBooksBalance, rest.world.now_ns, std::move(message),
                              {{"entry", std::to_string(entry)}}));
  }
  std::map<std::int64_t, told::NetEntryPosted> told_;
};

class NoneOverdrawn {
 public:
  explicit NoneOverdrawn(const play::Scenario& scenario) : scenario_(scenario), accounts_(scenario) {}
  void on(const told::NetEntryPosted& entry, const Fact& fact, Findings& findings) {
    const WatchedAccounts::Key key{entry.from, entry.amount.currency};
    const std::int64_t before = accounts_.balance(key);
    accounts_.on(entry, fact.at_ns);
    const std::int64_t after = accounts_.balance(key);
    const std::string last =
        std::exchange(last_[key], entry.cycle ? entry.cycle.text() : person_of(scenario_, entry.request_key));
    if (!needs_cover(entry.from) || after >= 0) return;
    findings.add(
        play::unsafe(kNoneOverdrawn, fact.at_ns, "an account was overdrawn",
                     {{"account", account_text(scenario_, entry.from)},
                      {"had", Money{before, key.second}.text()},
                      {"amount", entry.amount.text()},
                      {"how", std::string(wire::name_of(entry.kind))},
                      {"for", entry.cycle ? entry.cycle.text() : person_of(scenario_, entry.request_key)},
                      {"after", last},
                      {"has", Money{after, key.second}.text()}}),
        -after);
  }

 private:
  const play::Scenario& scenario_;
  WatchedAccounts accounts_;
  std::map<WatchedAccounts::Key, std::string> last_;  // for whom something was taken out of it last
};

}  // namespace

void watch_books_balance(const play::Watching& parts) {
  const auto law = std::make_shared<BooksBalance>();
  parts.monitors.add<told::NetEntryPosted>(law);
  parts.audit.add<RestRows>(kBooksBalance, {"netting"}, [law](const RestRows& rest, Findings& findings) {
    law->at_rest(rest, findings);
  });
}

void watch_none_overdrawn(const play::Watching& parts) {
  parts.monitors.add<told::NetEntryPosted>(std::make_shared<NoneOverdrawn>(parts.scenario));
}

}  // namespace ordeal::netting
