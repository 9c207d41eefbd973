#include "core/cart/service.h"

#include <utility>

namespace ordeal::cart {
namespace {

using api::CartAct;
using api::CartReply;
using api::CartStatus;

bool is_key(const std::string& key) { return !key.empty() && key.size() <= kMaxKey; }

bool is_valid(const api::ChangeCart& request) {
  const bool fits =
      request.act == CartAct::take_out ? request.qty == 0 : request.qty > 0 && request.qty <= kMaxQty;
  return request.owner && request.sku && is_key(request.request_key) && fits;
}

bool is_valid(const api::MergeCarts& request) {
  return api::is_guest(request.guest) && request.user && !api::is_guest(request.user) &&
         is_key(request.request_key);
}

// What a transaction found, and what the cart is after it.
struct Changed {
  Seen seen = Seen::no;
  bool full = false;
  UserId owner{};
  View view{};
  View before{};
};

CartReply reply_for(Changed changed) {
  if (changed.seen == Seen::as_another) return {CartStatus::conflict, 0, {}};
  if (changed.full) return {CartStatus::full, 0, {}};
  return {CartStatus::done, changed.view.version, std::move(changed.view.lines)};
}

// A sku that is to have so many units: new ones are put in, then what was there makes way.
void set(env::Tx& tx, UserId owner, const api::ChangeCart& request) {
  put(tx, owner, request.sku, request.qty, request.request_key);
  take_out(tx, owner, request.sku, view_of(tx, owner).version, request.request_key);
}

void apply(env::Tx& tx, UserId owner, const api::ChangeCart& request) {
  switch (request.act) {
    case CartAct::add:
      return put(tx, owner, request.sku, request.qty, request.request_key);
    case CartAct::set:
      return set(tx, owner, request);
    case CartAct::take_out:
      return take_out(tx, owner, request.sku, view_of(tx, owner).version + 1, request.request_key);
  }
}

}  // namespace

Service::Service(env::Env& env, env::Database& db, Designs designs) : env_(env), db_(db), designs_(designs) {
  if (designs.holding != nullptr) stock_.emplace(env, *designs.holding);
}

void Service::start() {
  designs_.reader.start(env_);
  env_.rpc.on<api::AskCart>("look", [this](const api::AskCart& ask) { return look(ask); });
  env_.rpc.on<api::ChangeCart>("change", [this](const api::ChangeCart& request) { return change(request); });
  env_.rpc.on<api::MergeCarts>("merge", [this](const api::MergeCarts& request) { return merge(request); });
  env_.rpc.on<api::CartOrdered>("on_cart_ordered",
                                [this](const api::CartOrdered& event) { return on_cart_ordered(event); });
}

CartReply Service::look(const api::AskCart& ask) {
  if (!ask.owner) return {CartStatus::invalid, 0, {}};
  View view = designs_.reader.read(db_, ask.owner);
  return {CartStatus::done, view.version, std::move(view.lines)};
}

CartReply Service::change(const api::ChangeCart& request) {
  if (!is_valid(request)) return {CartStatus::invalid, 0, {}};
  const std::uint64_t fingerprint = api::ChangeCart::type().digest(&request);
  Changed changed = env::in_transaction(db_, "cart.change", [&](env::Tx& tx) {
    const UserId owner = heir_of(tx, request.owner);
    if (owner != request.owner) env_.log.sometimes("a guest's change came after the login");
    const Seen seen = seen_before(tx, request.owner, request.request_key, fingerprint);
    if (seen != Seen::no) return Changed{seen, false, owner, view_of(tx, owner)};
    View before = view_of(tx, owner);
    if (request.act != CartAct::take_out && before.lines.size() >= kMaxLines)
      return Changed{seen, true, owner, {}};
    note_request(tx, request.owner, request.request_key, fingerprint);
    apply(tx, owner, request);
    return Changed{seen, false, owner, view_of(tx, owner), std::move(before)};
  });
  if (changed.seen == Seen::yes) env_.log.sometimes("a cart's request came again");
  if (!changed.full) designs_.reader.changed(changed.owner, changed.view);
  if (stock_ && !changed.full && changed.seen != Seen::as_another)
    stock_->changed(changed.owner, request.sku, changed.before, changed.view);
  return reply_for(std::move(changed));
}

CartReply Service::merge(const api::MergeCarts& request) {
  if (!is_valid(request)) return {CartStatus::invalid, 0, {}};
  const std::uint64_t fingerprint = api::MergeCarts::type().digest(&request);
  View guests;
  View before;  // the guest's
  std::int64_t since = 0;
  Changed changed = env::in_transaction(db_, "cart.merge", [&](env::Tx& tx) {
    const Seen seen = seen_before(tx, request.user, request.request_key, fingerprint);
    if (seen == Seen::no) note_request(tx, request.user, request.request_key, fingerprint);
    // A guest is one person: whoever logs in after him on that device has a cart of his own already.
    const bool is_guests = heir_of(tx, request.guest) == request.guest;
    before = view_of(tx, request.guest);
    since = view_of(tx, request.user).version;
    if (seen == Seen::no && is_guests) cart::merge(tx, request.guest, request.user, request.request_key);
    guests = view_of(tx, request.guest);
    return Changed{seen, false, request.user, view_of(tx, request.user)};
  });
  if (changed.seen == Seen::no) env_.log.sometimes("a guest's cart was merged");
  designs_.reader.changed(request.guest, guests);
  designs_.reader.changed(changed.owner, changed.view);
  if (stock_ && changed.seen == Seen::no)
    stock_->merged(request.guest, before, request.user, since, changed.view);
  return reply_for(std::move(changed));
}

api::Ack Service::on_cart_ordered(const api::CartOrdered& event) {
  bool is_cleared = false;
  const View view = env::in_transaction(db_, "cart.clear", [&](env::Tx& tx) {
    const auto left = designs_.clearing.clear(tx, event);
    is_cleared = !left.empty();
    if (left.empty()) return view_of(tx, event.owner);
    const std::int64_t version = next_version(tx, event.owner);
    for (const api::CartLine& line : left)
      tx.fact(env::Message::of(
          api::facts::LineLeft{event.owner, line, api::facts::LineEnd::ordered, version, {}, event.order}));
    return view_of(tx, event.owner);
  });
  if (!is_cleared) env_.log.sometimes("bought lines had left the cart");
  if (is_cleared && !view.lines.empty()) env_.log.sometimes("later additions stayed in the cart");
  // Also when they were gone: a commit that was taken for failed (F-20) has not told the reader.
  designs_.reader.changed(event.owner, view);
  return {true};
}

}  // namespace ordeal::cart
