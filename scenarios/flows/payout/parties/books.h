// What stands outside of the system: what payees and operators asked for and were told, and what the channels did. It is never lost and
// never wrong.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/api/payout.h"
#include "scenarios/play/books.h"

namespace ordeal::payout {

// A question and its answer, in true time.
template <class Request, class Reply>
struct Said {
  Request request{};
  std::int64_t asked_ns = 0;
  std::optional<std::int64_t> answered_ns{};  // none: no answer came
  Reply reply{};
};

class Diary final : public play::Books {
 public:
  std::vector<Said<api::MakePayout, api::MakeReply>> made;
  std::vector<Said<api::ClaimPayout, api::ClaimReply>> claimed;
  std::vector<Said<api::LookAtPayout, api::LookReply>> looked;
  std::vector<Said<api::ConfigureAccount, api::ConfigureReply>> configured;
  std::vector<std::string> gave_up;  // who asked again and again

  void add_to(Digest& digest) const override;
};

// A number at a channel.
struct TransferLine {
  api::Transfer asked{};
  std::int64_t first_ns = 0;  // when it was asked for first
  api::TransferState state = api::TransferState::not_found;
  api::TransferFault fault = api::TransferFault::none;
  std::int64_t times = 0;     // that money moved
  std::int64_t ended_ns = 0;  // true time; of one that is paid: when money moved first
  bool hidden = false;        // not landed: nobody finds it
  std::int64_t blind_until_ns = 0;
};

class ChannelBook final : public play::Books {
 public:
  using Number = std::pair<PayAccountId, std::string>;
  std::map<Number, TransferLine> transfers;
  std::vector<Number> not_the_same;  // numbers under which something else was asked for
  std::set<std::pair<PayAccountId, std::int64_t>> given_whole;  // statements, by account and business day

  void add_to(Digest& digest) const override;
};

}  // namespace ordeal::payout
