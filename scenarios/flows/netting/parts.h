// What a scenario may say about netting: the banks and their cover, the sessions, the payments between banks, and the treasurers who move
// cover.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/api/netting.h"
#include "core/base/ratio.h"
#include "scenarios/play/scenario.h"
#include "scenarios/play/shape.h"
#include "scenarios/play/span.h"

namespace ordeal::netting {

struct BankSpec {
  std::string name;
  std::vector<std::string> cover;  // "500.00 CNY", each currency once
};

struct Rules {
  Duration session{3'600'000'000'000};
  Duration grace{1'800'000'000'000};
  std::vector<BankSpec> banks;
  std::vector<std::string> fund;
};

// The setting "netting".
struct NettingSetting {
  Rules netting;
};

// What a bank's desk does when it is told its position, beside answering at once.
struct DeskSpec {
  Ratio slow = Ratio::zero();    // answers when nobody waits any more
  Ratio silent = Ratio::zero();  // takes note, and does not answer
};

struct PaymentSpec {
  std::uint32_t payments = 0;
  play::Span arrive;
  std::vector<std::string> amounts;
  Ratio gives_back = Ratio::zero();   // the payment is given back some minutes later
  Ratio sends_twice = Ratio::zero();  // the bank's line is bad: the same is sent twice at once
};

struct TreasurerSpec {
  std::uint32_t treasurers = 0;
  play::Span at;
  std::vector<std::string> amounts;
  Ratio puts_in = Ratio::zero();      // the others take out
  Ratio moves_twice = Ratio::zero();  // two of them at one bank move the same amount at once
};

// Texts that were checked when the scenario was read.
std::vector<Money> amounts_of(const std::vector<std::string>& texts);

BankId bank_id(std::size_t index);
// "north"; the id of what is none of the scenario; "the house", "the fund".
std::string bank_text(const play::Scenario& scenario, BankId bank);
std::string account_text(const play::Scenario& scenario, std::int64_t account);
// Whose it is, "clerk-3" of "clerk-3-back"; empty: nobody's.
std::string person_of(const play::Scenario& scenario, const std::string& reference);
// "the CNY cycle of 17:00", by the clock of Beijing at which it closes.
std::string cycle_text(const play::Scenario& scenario, CycleId cycle);
// What the bank had in its accounts when the world began.
std::vector<Money> cover_of(const play::Scenario& scenario, BankId bank);
bool has_account(const play::Scenario& scenario, BankId bank, Currency currency);
// Banks with an account in this currency.
std::vector<BankId> banks_in(const play::Scenario& scenario, Currency currency);

const play::Shape<NettingSetting>& netting_shape();
const play::Shape<DeskSpec>& desk_shape();
const play::Shape<PaymentSpec>& payment_shape();
const play::Shape<TreasurerSpec>& treasurer_shape();

// What only the whole scenario shows.
void check_desk(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_payments(const play::Part& part, const play::Scenario& scenario, const play::Place& place);
void check_treasurers(const play::Part& part, const play::Scenario& scenario, const play::Place& place);

}  // namespace ordeal::netting
