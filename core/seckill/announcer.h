// Seam seckill::Announcer: how the classroom learns that a seat is paid (E12, E13, A18).
//
// Contract: it learns of every paid seat, at least once (I-50), and of no other, ever (I-54). `prepare` comes before the money moves,
// `write` inside the transaction that says paid, `settle` after it.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/env/env.h"
#include "core/seckill/seats.h"

namespace ordeal::seckill {

inline constexpr std::string_view kPaidTopic = "seckill-course-paid";
inline constexpr std::string_view kPaidProducers = "seckill-cashiers";

struct Prepared {
  std::optional<env::Receipt> half{};
};

class Announcer {
 public:
  virtual ~Announcer() = default;
  virtual void start(env::Env& env, env::Database& db) = 0;
  // Nothing: the news could not be kept for later, so nothing may happen that would be news.
  virtual std::optional<Prepared> prepare(const CoursePaid& news) = 0;
  virtual void write(env::Tx& tx, const CoursePaid& news) = 0;
  virtual void settle(const Prepared& prepared, env::HalfOutcome outcome) = 0;
};

// "half_message"  a half message before, committed after; whoever is asked about it looks into the table, and says "unknown" as long
//                 as the seat may still be paid. Checks end after 15 (core/env/broker.h), a broker may lose what it had not flushed:
//                 a scan tells the classroom itself of what is paid since kTellAfter (E30, F-49).
// "outbox"        a row of the same transaction, sent until it is acknowledged
// Null for an unknown name.
std::unique_ptr<Announcer> make_announcer(std::string_view name);

inline constexpr Duration kTellAfter{600'000'000'000};  // longer than 15 checks, 30 s apart, take

// The two ends of a half message, for all who use one.
std::optional<Prepared> prepare_half(env::Env& env, const CoursePaid& news);
void settle_half(env::Env& env, const Prepared& prepared, env::HalfOutcome outcome);

}  // namespace ordeal::seckill
