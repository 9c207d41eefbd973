#include "core/classroom/classroom.h"

#include "core/api/ack.h"
#include "core/outbox/ddl.h"

namespace ordeal::classroom {
namespace {

using seckill::CoursePaid;

constexpr std::string_view kOneRight = "create unique index one_right on course_right(grab);\n";
constexpr const char* kWithIndex = outbox::Joined<kRights, kOneRight>::kText;

constexpr env::Sql kHas{"select 1 from course_right where grab = ?"};
constexpr env::Sql kInsert{"insert into course_right(grab, user_id, course) values(?, ?, ?)"};
constexpr env::Sql kInsertOnce{
    "insert into course_right(grab, user_id, course) values(?, ?, ?) on conflict do nothing"};

void tell(env::Tx& tx, const CoursePaid& paid) {
  tx.fact(env::Message::of(seckill::facts::CourseGiven{paid.grab, paid.user, paid.course}));
}

class UniqueIndex final : public Roll {
 public:
  std::string_view schema() const override { return kWithIndex; }
  bool enter(env::Database& db, const CoursePaid& paid) override {
    return env::in_transaction(db, "classroom.enter", [&](env::Tx& tx) {
      if (tx.exec(kInsertOnce, paid.grab, paid.user, paid.course) == 0) return false;
      tell(tx, paid);
      return true;
    });
  }
};

class InTransaction final : public Roll {
 public:
  std::string_view schema() const override { return kRights; }
  bool enter(env::Database& db, const CoursePaid& paid) override {
    return env::in_transaction(db, "classroom.enter", [&](env::Tx& tx) {
      if (has_right(tx, paid.grab)) return false;
      insert_right(tx, paid);
      return true;
    });
  }
};

}  // namespace

std::unique_ptr<Roll> make_roll(std::string_view name) {
  if (name == "unique_index") return std::make_unique<UniqueIndex>();
  if (name == "in_transaction") return std::make_unique<InTransaction>();
  return nullptr;
}

bool has_right(env::Connection& from, seckill::GrabId grab) { return from.query(kHas, grab).next(); }

void insert_right(env::Tx& tx, const CoursePaid& paid) {
  tx.exec(kInsert, paid.grab, paid.user, paid.course);
  tell(tx, paid);
}

void Service::start(std::string_view topic) {
  env_.rpc.on<CoursePaid>("on_course_paid", [this](const CoursePaid& paid) -> api::Ack {
    enter(paid);
    return {true};
  });
  if (env_.broker_if_any == nullptr) return;
  env_.broker().subscribe({.group = "classroom", .topic = std::string(topic)},
                          [this](const env::Incoming& message) {
                            enter(message.body.as<CoursePaid>());
                            return env::Consumed::done;
                          });
}

void Service::enter(const CoursePaid& paid) {
  if (!roll_.enter(db_, paid)) env_.log.sometimes("a course was given already");
}

}  // namespace ordeal::classroom
