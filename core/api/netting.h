// Netting: banks owe each other for the payments of a day. A clearing house collects what is owed, closes a cycle at its cut-off, nets it,
// tells each bank its position, moves the money over settlement accounts in its books, and confirms (C37). RPC methods of service "netting":
//
//   submit   SubmitObligation → SubmitReply   a bank says what it owes; again under the same reference: the same obligation
//   look     LookAtObligation → ObligationReply
//   cover    MoveCover → CoverReply           a bank puts money into its account, or takes some out
//
// What a bank is asked over Http, in JSON: /position PositionAdvice, to which it answers 200.
//
// Signs. What A owes B is positive; what an earlier payment gives back is negative, and is what A owes B all the same (C38). A bank's net is
// what it is owed less what it owes: positive, it gets money. A cycle is of one currency: nothing is ever summed over two.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/business_day.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/wire/fields.h"

namespace ordeal {

struct BankTag {
  static constexpr std::string_view prefix = "bnk";
};
struct ObligationTag {
  static constexpr std::string_view prefix = "obl";
};
struct CycleTag {
  static constexpr std::string_view prefix = "cyc";
};
struct NetTransferTag {
  static constexpr std::string_view prefix = "ntr";
};
using BankId = Id<BankTag>;
using ObligationId = Id<ObligationTag>;
using CycleId = Id<CycleTag>;
using NetTransferId = Id<NetTransferTag>;

namespace api {

// A business day is divided in sessions of one length, from midnight in Beijing. A cycle is a session in a currency.
inline constexpr std::array<Currency, 7> kNettedCurrencies{{{{'C', 'N', 'Y'}},
                                                            {{'U', 'S', 'D'}},
                                                            {{'E', 'U', 'R'}},
                                                            {{'G', 'B', 'P'}},
                                                            {{'H', 'K', 'D'}},
                                                            {{'J', 'P', 'Y'}},
                                                            {{'K', 'W', 'D'}}}};
inline constexpr std::int64_t kMostSessions = 1'000;  // of a day

struct CycleKey {
  std::int64_t day = 0;
  std::int64_t session = 0;
  Currency currency{};
  bool operator==(const CycleKey&) const = default;
};
constexpr CycleId cycle_id(const CycleKey& key) {
  std::int64_t currency = 0;
  while (kNettedCurrencies[static_cast<std::size_t>(currency)] != key.currency) ++currency;
  return {(key.day * kMostSessions + key.session) * 10 + currency};
}
constexpr CycleKey key_of(CycleId cycle) {
  return {cycle.value / 10 / kMostSessions, cycle.value / 10 % kMostSessions,
          kNettedCurrencies[static_cast<std::size_t>(cycle.value % 10)]};
}
constexpr Instant cutoff_of(CycleId cycle, Duration session) {
  const CycleKey key = key_of(cycle);
  return begin_of(key.day) + session * (key.session + 1);
}
// In which `at` falls.
constexpr CycleKey cycle_at(Instant at, Duration session, Currency currency) {
  const std::int64_t day = business_day(at);
  return {day, (at - begin_of(day)).ns / session.ns, currency};
}

// OPEN takes obligations. CLOSED takes none any more. NETTED: positions and transfers are there. SETTLED: the money is moved. From NETTED
// it goes back to CLOSED when a bank cannot pay and the cycle is unwound: it is netted once more without what that bank owes and is owed.
enum class CycleState : std::uint8_t { open, closed, netted, settled };
constexpr auto names_of(CycleState) {
  return std::to_array<std::string_view>({"OPEN", "CLOSED", "NETTED", "SETTLED"});
}

// UNPAID: it was taken out of its cycle because one of the two could not pay; the banks settle it between themselves.
enum class ObligationState : std::uint8_t { taken, settled, unpaid };
constexpr auto names_of(ObligationState) {
  return std::to_array<std::string_view>({"TAKEN", "SETTLED", "UNPAID"});
}

// unknown: ask again with the same reference. refused: no obligation can be made of this. conflict: the reference stands for another one.
enum class SubmitStatus : std::uint8_t { unknown, refused, conflict, taken };
constexpr auto names_of(SubmitStatus) {
  return std::to_array<std::string_view>({"unknown", "refused", "conflict", "taken"});
}

enum class NettingProblem : std::uint8_t {
  none,
  bad_reference,  // 1 to 64 bytes
  no_bank,        // a bank that has no account in this currency
  to_itself,
  bad_amount  // not 0, at most kMaxMinor either way; of cover above 0
};
constexpr auto names_of(NettingProblem) {
  return std::to_array<std::string_view>({"none", "bad_reference", "no_bank", "to_itself", "bad_amount"});
}

struct SubmitObligation {
  BankId debtor{};  // who says so
  BankId creditor{};
  Money amount{};           // negative: an earlier payment is given back
  std::string reference{};  // the debtor's
  ORDEAL_MESSAGE(SubmitObligation, "netting.SubmitObligation", debtor, creditor, amount, reference);
};

struct SubmitReply {
  SubmitStatus status = SubmitStatus::unknown;
  NettingProblem problem = NettingProblem::none;
  ObligationId obligation{};
  CycleId cycle{};
  ORDEAL_MESSAGE(SubmitReply, "netting.SubmitReply", status, problem, obligation, cycle);
};

struct LookAtObligation {
  BankId debtor{};
  std::string reference{};
  ORDEAL_MESSAGE(LookAtObligation, "netting.LookAtObligation", debtor, reference);
};

struct ObligationReply {
  bool found = false;
  ObligationState state = ObligationState::taken;
  CycleId cycle{};
  ORDEAL_MESSAGE(ObligationReply, "netting.ObligationReply", found, state, cycle);
};

// lacks_cover: the account has less. busy: nothing was written, ask again with the same key. conflict: the key stands for something else.
enum class CoverStatus : std::uint8_t { unknown, busy, refused, conflict, lacks_cover, moved };
constexpr auto names_of(CoverStatus) {
  return std::to_array<std::string_view>({"unknown", "busy", "refused", "conflict", "lacks_cover", "moved"});
}

struct MoveCover {
  BankId bank{};
  bool out = false;  // taken out; otherwise put in
  Money amount{};
  std::string request_key{};
  ORDEAL_MESSAGE(MoveCover, "netting.MoveCover", bank, out, amount, request_key);
};

struct CoverReply {
  CoverStatus status = CoverStatus::unknown;
  NettingProblem problem = NettingProblem::none;
  ORDEAL_MESSAGE(CoverReply, "netting.CoverReply", status, problem);
};

// Told before a bank is to pay, and once more, `settled`, when its cycle is.
struct PositionAdvice {
  CycleId cycle{};
  std::int64_t round = 0;  // how often it was netted
  BankId bank{};
  Money net{};
  bool settled = false;
  ORDEAL_MESSAGE(PositionAdvice, "netting.PositionAdvice", cycle, round, bank, net, settled);
};

// Accounts in the house's books: of a bank under its own number, and three of the house.
inline constexpr std::int64_t kHouse =
    100'001;  // what is between paying in and paying out; empty when nothing is on its way
inline constexpr std::int64_t kFund = 100'002;  // the guarantee fund of a central counterparty
inline constexpr std::int64_t kOutside =
    100'003;  // where cover comes from and goes to; what it lacks is what all others have

// direct: from bank to bank. returned: paid in, and given back when a cycle was unwound. borne: by the fund, for a bank that cannot.
enum class NetEntryKind : std::uint8_t { put_in, taken_out, direct, paid_in, paid_out, returned, borne };
constexpr auto names_of(NetEntryKind) {
  return std::to_array<std::string_view>(
      {"put in", "taken out", "direct", "paid in", "paid out", "returned", "borne"});
}

struct NetPosition {
  BankId bank{};
  Money net{};
  bool operator==(const NetPosition&) const = default;
  ORDEAL_FIELDS(bank, net);
};

namespace facts {

struct ObligationTaken {
  ObligationId obligation{};
  BankId debtor{};
  BankId creditor{};
  Money amount{};
  CycleId cycle{};
  std::string reference{};
  ORDEAL_MESSAGE(ObligationTaken, "netting.ObligationTaken", obligation, debtor, creditor, amount, cycle,
                 reference);
};

struct ObligationEnded {
  ObligationId obligation{};
  ObligationState state = ObligationState::taken;
  ORDEAL_MESSAGE(ObligationEnded, "netting.ObligationEnded", obligation, state);
};

struct CycleClosed {
  CycleId cycle{};
  ORDEAL_MESSAGE(CycleClosed, "netting.CycleClosed", cycle);
};

// `gross`: the sum of the amounts that it was made of, signs left out. `moves`: of what is to be moved, each amount once.
struct CycleNetted {
  CycleId cycle{};
  std::int64_t round = 0;
  std::vector<NetPosition> positions{};
  Money gross{};
  Money moves{};
  ORDEAL_MESSAGE(CycleNetted, "netting.CycleNetted", cycle, round, positions, gross, moves);
};

// `bank` could not pay `missing`.
struct CycleUnwound {
  CycleId cycle{};
  std::int64_t round = 0;
  BankId bank{};
  Money missing{};
  ORDEAL_MESSAGE(CycleUnwound, "netting.CycleUnwound", cycle, round, bank, missing);
};

struct CycleSettled {
  CycleId cycle{};
  std::int64_t round = 0;
  ORDEAL_MESSAGE(CycleSettled, "netting.CycleSettled", cycle, round);
};

// One journal entry: its two legs are the amount, taken of one account and given to the other. Of cover there is no
// cycle and no transfer, but the key under which it was asked for.
struct NetEntryPosted {
  std::int64_t entry = 0;
  NetEntryKind kind = NetEntryKind::put_in;
  std::int64_t from = 0;
  std::int64_t to = 0;
  Money amount{};
  CycleId cycle{};
  NetTransferId transfer{};
  std::string request_key{};
  ORDEAL_MESSAGE(NetEntryPosted, "netting.NetEntryPosted", entry, kind, from, to, amount, cycle, transfer,
                 request_key);
};

}  // namespace facts
}  // namespace api
}  // namespace ordeal
