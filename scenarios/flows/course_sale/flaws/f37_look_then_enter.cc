// F-37: `select by order; if none insert`, in two steps and with no unique key behind them. The same news twice at once, of two
// instances or of a broker that delivers again, both find nothing: one seat, two rights (I-43).
#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale::planted {
namespace {

class LookThenEnter final : public classroom::Roll {
 public:
  std::string_view schema() const override { return classroom::kRights; }
  bool enter(env::Database& db, const seckill::CoursePaid& paid) override {
    const bool known = env::in_read(
        db, "classroom.look", [&](env::Connection& from) { return classroom::has_right(from, paid.grab); });
    if (known) return false;
    env::in_transaction(db, "classroom.enter", [&](env::Tx& tx) { classroom::insert_right(tx, paid); });
    return true;
  }
};

}  // namespace

std::unique_ptr<classroom::Roll> make_look_then_enter() { return std::make_unique<LookThenEnter>(); }

}  // namespace ordeal::course_sale::planted
