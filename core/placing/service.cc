#include "core/placing/service.h"

#include "core/wire/names.h"

namespace ordeal::placing {

using api::PlacingProblem;
using api::PlacingReply;
using api::PlacingStatus;

namespace {

// Of the numbers alone; none when an order can be made of them.
PlacingProblem problem_of(const Order& wanted) {
  if (wanted.request_key.empty() || wanted.request_key.size() > kKeyMost) return PlacingProblem::bad_key;
  if (wanted.qty < 1 || wanted.qty > kQtyMost) return PlacingProblem::bad_quantity;
  if (wanted.points < 0 || wanted.points > kPointsMost) return PlacingProblem::bad_points;
  return PlacingProblem::none;
}

}  // namespace

Service::Service(env::Env& env, env::Database& db, Consistency& consistency)
    : env_(env), db_(db), consistency_(consistency) {}

void Service::start() {
  consistency_.start(env_, db_);
  env_.rpc.on<api::Place>("place", [this](const api::Place& request) { return place(request); });
  env_.rpc.on<api::Answered>(
      "on_answered", [this](const api::Answered& answered) { return consistency_.on_answered(answered); });
}

PlacingReply Service::place(const api::Place& request) {
  Order wanted;
  wanted.id = OrderId::from_random(env_.random.bits("order id"));
  wanted.user = request.user;
  wanted.request_key = request.request_key;
  wanted.fingerprint = api::Place::type().digest(&request);
  wanted.sku = request.sku;
  wanted.qty = request.qty;
  wanted.points = request.points;
  wanted.cause = env_.tasks.current();
  const auto looked =
      env::in_read(db_, "placing.look", [&](env::Connection& from) { return look(from, wanted); });
  const PlacingReply reply = looked ? *looked : consistency_.place(wanted);
  env_.log.line([&] {
    return "an order of " + request.user.text() + ": " + std::string(wire::name_of(reply.status)) +
           (reply.status == PlacingStatus::order ? ", " + std::string(wire::name_of(reply.state)) : "");
  });
  return reply;
}

std::optional<PlacingReply> Service::look(env::Connection& from, const Order& wanted) const {
  PlacingProblem problem = problem_of(wanted);
  if (problem == PlacingProblem::none && !is_member(from, wanted.user))
    problem = PlacingProblem::no_such_user;
  if (problem == PlacingProblem::none && !is_thing(from, wanted.sku)) problem = PlacingProblem::no_such_thing;
  if (problem != PlacingProblem::none) return PlacingReply{PlacingStatus::refused, problem};
  return known_answer(from, wanted);
}

}  // namespace ordeal::placing
