// F-49: asked about a half message, looks for the paid seat and answers "roll back" when there is none. The till is still at it: the
// seat is paid a moment later, the message is gone, and the course never comes (I-50). "Not there" is "unknown" as long as the
// transaction may still run.
#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

class AbsentIsRollback final : public seckill::Announcer {
 public:
  void start(env::Env& env, env::Database& db) override {
    env_ = &env;
    env.broker().on_check(seckill::kPaidProducers, [&db](const env::Incoming& message) {
      const auto seat = env::in_read(db, "seckill.check", [&](env::Connection& from) {
        return seckill::find_seat(from, message.body.as<seckill::CoursePaid>().grab);
      });
      const bool paid = seat && seat->state == seckill::SeatState::paid;
      return paid ? env::HalfOutcome::commit : env::HalfOutcome::rollback;
    });
  }
  std::optional<seckill::Prepared> prepare(const seckill::CoursePaid& news) override {
    return seckill::prepare_half(*env_, news);
  }
  void write(env::Tx&, const seckill::CoursePaid&) override {}
  void settle(const seckill::Prepared& prepared, env::HalfOutcome outcome) override {
    seckill::settle_half(*env_, prepared, outcome);
  }

 private:
  env::Env* env_ = nullptr;
};

}  // namespace

std::unique_ptr<seckill::Announcer> make_absent_is_rollback() { return std::make_unique<AbsentIsRollback>(); }

}  // namespace ordeal::course_sale::planted
