// The classroom: who has which course. It hears of paid seats over the broker and over RPC, at least once, and gives each its right
// exactly once (E28, E31, I-43).
//
// Seam classroom::Roll. Contract: however often and however many at once enter the same grab, there is one right, and each caller
// may rely on it being there. F-37 looks first and has no key behind the look.
#pragma once

#include <memory>
#include <string_view>

#include "core/api/seckill.h"
#include "core/env/env.h"

namespace ordeal::classroom {

inline constexpr std::string_view kRights = R"sql(
create table course_right(
  id integer primary key,
  grab integer not null,
  user_id integer not null,
  course integer not null);
)sql";

class Roll {
 public:
  virtual ~Roll() = default;
  virtual std::string_view schema() const = 0;  // a constant
  // False when the right was there.
  virtual bool enter(env::Database& db, const seckill::CoursePaid& paid) = 0;
};

// "unique_index"    an insert that an index of the grab turns away
// "in_transaction"  looks and writes in one transaction
// Null for an unknown name.
std::unique_ptr<Roll> make_roll(std::string_view name);

bool has_right(env::Connection& from, seckill::GrabId grab);
// The row and its fact; nothing keeps it from being the second.
void insert_right(env::Tx& tx, const seckill::CoursePaid& paid);

class Service {
 public:
  Service(env::Env& env, env::Database& db, Roll& roll) : env_(env), db_(db), roll_(roll) {}

  // `topic`: on which the broker tells of paid seats; nobody subscribes where there is no broker.
  void start(std::string_view topic);

 private:
  void enter(const seckill::CoursePaid& paid);

  env::Env& env_;
  env::Database& db_;
  Roll& roll_;
};

}  // namespace ordeal::classroom
