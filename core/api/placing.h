// Placing an order that touches three services with a database each: the order's own, the storeroom (units of a thing) and loyalty (points
// of a user). RPC methods:
//
//   placing              place        Place → PlacingReply      again with the same user and key: the same order
//                        on_answered  Answered → Ack          what a participant said to a wish that came as an event
//   storeroom, loyalty   try          Branch → BranchReply    freezes
//   (the participants)   take         Branch → BranchReply    uses at once
//                        confirm      Branch → BranchReply    uses what is frozen
//                        cancel       Branch → BranchReply    gives back what is frozen or taken
//                        look         Branch → BranchLook     changes nothing
//                        on_wanted    Wanted → Ack            takes, and answers with an event
//                        on_called_off CalledOff → Ack        gives back
//
// What a participant does for one order is a branch of it. Both participants are one kind of service: each keeps pools, and of a pool parts are
// free, frozen and used.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/wire/fields.h"

namespace ordeal {

struct PoolTag {
  static constexpr std::string_view prefix = "pol";
};
// The units of a thing, or the points of a user.
using PoolId = Id<PoolTag>;

namespace api {

enum class PlacedState : std::uint8_t { pending, placed, rejected };
constexpr auto names_of(PlacedState) {
  return std::to_array<std::string_view>({"PENDING", "PLACED", "REJECTED"});
}

// Why an order was rejected. time: a participant did not answer in time.
enum class Lack : std::uint8_t { none, stock, points, time };
constexpr auto names_of(Lack) { return std::to_array<std::string_view>({"none", "stock", "points", "time"}); }

// order: there is one, `state` says how it stands now. refused: no order can be made of this. conflict: the key stands for another request
// (F-89). unknown: it may have happened, ask again with the same key.
enum class PlacingStatus : std::uint8_t { unknown, refused, conflict, order };
constexpr auto names_of(PlacingStatus) {
  return std::to_array<std::string_view>({"unknown", "refused", "conflict", "order"});
}

enum class PlacingProblem : std::uint8_t {
  none,
  bad_key,  // 1 to 64 bytes
  no_such_user,
  no_such_thing,
  bad_quantity,  // 1 to 99
  bad_points,    // 0 to 1,000,000
};
constexpr auto names_of(PlacingProblem) {
  return std::to_array<std::string_view>(
      {"none", "bad_key", "no_such_user", "no_such_thing", "bad_quantity", "bad_points"});
}

struct Place {
  UserId user{};
  SkuId sku{};
  std::int64_t qty = 0;
  std::int64_t points = 0;
  std::string request_key{};
  ORDEAL_MESSAGE(Place, "placing.Place", user, sku, qty, points, request_key);
};

struct PlacingReply {
  PlacingStatus status = PlacingStatus::unknown;
  PlacingProblem problem = PlacingProblem::none;
  OrderId order{};
  PlacedState state = PlacedState::pending;
  Lack lack = Lack::none;
  ORDEAL_MESSAGE(PlacingReply, "placing.PlacingReply", status, problem, order, state, lack);
};

// TRIED becomes CONFIRMED or CANCELLED. SUSPENDED: it was cancelled before it was tried, so that a late try finds it. TAKEN: used without a
// try; it may be RETURNED. DENIED: there was not as much to take. Of these all but TRIED and TAKEN are ends.
enum class BranchState : std::uint8_t { tried, confirmed, cancelled, suspended, taken, returned, denied };
constexpr auto names_of(BranchState) {
  return std::to_array<std::string_view>(
      {"TRIED", "CONFIRMED", "CANCELLED", "SUSPENDED", "TAKEN", "RETURNED", "DENIED"});
}

struct Branch {
  OrderId order{};
  PoolId pool{};
  std::int64_t amount = 0;
  ORDEAL_MESSAGE(Branch, "placing.Branch", order, pool, amount);
};

// done: it is so now, whoever made it so. lacking: the pool has not as much. refused: the branch is where this step cannot be taken.
enum class BranchStatus : std::uint8_t { unknown, lacking, refused, done };
constexpr auto names_of(BranchStatus) {
  return std::to_array<std::string_view>({"unknown", "lacking", "refused", "done"});
}

struct BranchReply {
  BranchStatus status = BranchStatus::unknown;
  ORDEAL_MESSAGE(BranchReply, "placing.BranchReply", status);
};

struct BranchLook {
  bool known = false;
  BranchState state = BranchState::tried;  // where it is known
  ORDEAL_MESSAGE(BranchLook, "placing.BranchLook", known, state);
};

// What an order wants of one participant.
struct Part {
  std::string service{};
  PoolId pool{};
  std::int64_t amount = 0;
  ORDEAL_FIELDS(service, pool, amount);
};

struct Wanted {
  OrderId order{};
  std::vector<Part> parts{};
  ORDEAL_MESSAGE(Wanted, "placing.Wanted", order, parts);
};

struct CalledOff {
  OrderId order{};
  std::vector<Part> parts{};
  ORDEAL_MESSAGE(CalledOff, "placing.CalledOff", order, parts);
};

struct Answered {
  OrderId order{};
  std::string service{};
  bool had = false;  // as much as was wanted
  ORDEAL_MESSAGE(Answered, "placing.Answered", order, service, had);
};

namespace facts {

// PENDING from here on.
struct PlacingBegun {
  OrderId order{};
  UserId user{};
  SkuId sku{};
  std::int64_t qty = 0;
  std::int64_t points = 0;
  ORDEAL_MESSAGE(PlacingBegun, "placing.PlacingBegun", order, user, sku, qty, points);
};

struct PlacingDecided {
  OrderId order{};
  PlacedState state = PlacedState::pending;
  Lack lack = Lack::none;
  ORDEAL_MESSAGE(PlacingDecided, "placing.PlacingDecided", order, state, lack);
};

// A participant has moved a branch and its pool, in one transaction.
struct BranchMoved {
  std::string service{};
  OrderId order{};
  PoolId pool{};
  std::int64_t amount = 0;
  BranchState to = BranchState::tried;
  ORDEAL_MESSAGE(BranchMoved, "placing.BranchMoved", service, order, pool, amount, to);
};

// Comparing found that a participant has, or has not, what the order says. One that is not repaired by several tries is in suspense: somebody
// has to look at it, and it is tried on.
enum class DifferenceState : std::uint8_t { open, repaired, suspense };
constexpr auto names_of(DifferenceState) {
  return std::to_array<std::string_view>({"OPEN", "REPAIRED", "SUSPENSE"});
}
struct DifferenceMoved {
  OrderId order{};
  std::string service{};
  bool too_much = false;  // held for an order that is rejected; else not held for one that is placed
  DifferenceState to = DifferenceState::open;
  ORDEAL_MESSAGE(DifferenceMoved, "placing.DifferenceMoved", order, service, too_much, to);
};

}  // namespace facts
}  // namespace api
}  // namespace ordeal
