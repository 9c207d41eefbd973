// What the people of a flash sale remember: what they were told, and what the till holds.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "core/api/seckill.h"
#include "scenarios/play/books.h"

namespace ordeal::course_sale {

// An answer to a grab, in true time.
struct Heard {
  seckill::GrabId grab{};
  UserId user{};
  seckill::CourseId course{};
  seckill::GrabStatus status{};
  std::int64_t sent_ns = 0;
  std::int64_t heard_ns = 0;
};

class Diary final : public play::Books {
 public:
  std::vector<Heard> heard;                     // in the order of hearing
  std::map<seckill::GrabId, UserId> confirmed;  // who was told so
  std::map<seckill::GrabId, UserId> paid;
  std::vector<UserId> gave_up;          // without an answer that is final
  std::vector<std::string> swallowed;   // nonsense that was not refused
  std::int64_t probes_turned_away = 0;  // that had all permits to themselves

  void add_to(Digest& digest) const override;
};

// What the till knows, never lost.
class TillBook final : public play::Books {
 public:
  struct Charge {
    Money amount{};
    std::int64_t times = 0;  // that money moved
  };
  std::map<seckill::GrabId, Charge> charged;
  std::set<seckill::GrabId> closed;

  void add_to(Digest& digest) const override;
};

}  // namespace ordeal::course_sale
