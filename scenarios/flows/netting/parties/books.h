// What stands outside of the system: what banks said and were told. It is never lost and never wrong.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/api/netting.h"
#include "scenarios/play/books.h"

namespace ordeal::netting {

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
  std::vector<Said<api::SubmitObligation, api::SubmitReply>> submitted;
  std::vector<Said<api::LookAtObligation, api::ObligationReply>> looked;
  std::vector<Said<api::MoveCover, api::CoverReply>> moved;

  void add_to(Digest& digest) const override;
};

// What the desks of all banks took note of.
class DeskBook final : public play::Books {
 public:
  struct Note {
    api::PositionAdvice advice{};
    std::int64_t at_ns = 0;
  };
  std::map<std::pair<CycleId, BankId>, Note> settled;  // the last one
  std::vector<Note> all;

  void add_to(Digest& digest) const override;
};

}  // namespace ordeal::netting
