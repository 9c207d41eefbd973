// I-28, as its owner sees a cart: what lies in it is what he put in, each request once; at the login a guest's goods are all there; what he
// is told of it is so; and on a calm day he never sees an older cart than before (C13).
//
// Facts are held against the diary of those who asked (model/diary.h).
#include <algorithm>
#include <map>
#include <memory>

#include "scenarios/flows/purchase/laws/cart_lines.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"

namespace ordeal::purchase {
namespace {

using api::CartAct;
using api::CartStatus;
using api::facts::LineEnd;
using Asked = model::CartAsked;

class Owners {
 public:
  void on(const api::facts::LinePut& put, const sim::Fact& fact, Findings&) {
    pasts_[put.owner].try_emplace(put.line.version, PutLine{put.line, put.request_key, {}});
    puts_[put.request_key].push_back({put, fact.at_ns});
  }
  void on(const api::facts::LineLeft& left, const sim::Fact& fact, Findings&) {
    const auto past = pasts_.find(left.owner);
    if (past == pasts_.end()) return;
    const auto put = past->second.find(left.line.version);
    if (put != past->second.end() && !put->second.left) put->second.left = left;
    if (left.end != LineEnd::ordered) lefts_[left.request_key].push_back({left, fact.at_ns});
  }

  void check(const RestRows& rest, Findings& findings) {
    if (rest.world.books_if_any<Books>() == nullptr) return;
    findings_ = &findings;
    rest_ = &rest;
    requests_.clear();
    for (const Asked& asked : rest.books().diary.carts) {
      if (asked.change) requests_.try_emplace(asked.change->request_key, &asked);
      if (asked.merge) requests_.try_emplace(asked.merge->request_key, &asked);
    }
    for (const auto& [key, puts] : puts_) check_put(key, puts);
    for (const auto& [key, lefts] : lefts_) check_taken_out(key, lefts);
    for (const auto& [key, asked] : requests_) check_login(key, *asked);
    check_answers();
    check_rows();
    check_orders();
  }

 private:
  template <class Fact>
  struct Seen {
    Fact what;
    std::int64_t at_ns = 0;
  };

  void wrong(UserId owner, std::int64_t at_ns, std::string message, std::string told, std::string is) {
    findings_->add(unsafe(kCartsAreTheirOwners, at_ns, std::move(message),
                          {{"owner", user_text(rest_->world.scenario(), owner)},
                           {"told", std::move(told)},
                           {"is", std::move(is)}}));
  }

  const Asked* request(const std::string& key) const {
    const auto found = requests_.find(key);
    return found == requests_.end() ? nullptr : found->second;
  }

  void check_put(const std::string& key, const std::vector<Seen<api::facts::LinePut>>& puts) {
    const auto& [put, at_ns] = puts.front();
    const Asked* asked = request(key);
    const std::string there = text_of({put.line});
    if (asked == nullptr)
      return wrong(put.owner, at_ns, "a line was put in that nobody asked for", key, there);
    if (!asked->change) return;
    if (puts.size() > 1)
      return wrong(put.owner, at_ns, "one request put two lines into a cart", key,
                   text_of({puts[1].what.line}));
    const api::ChangeCart& change = *asked->change;
    if (change.act == CartAct::take_out || change.sku != put.line.sku || change.qty != put.line.qty)
      wrong(put.owner, at_ns, "a line was put in otherwise than its owner asked", key, there);
  }

  void check_taken_out(const std::string& key, const std::vector<Seen<api::facts::LineLeft>>& lefts) {
    const Asked* asked = request(key);
    for (const auto& [left, at_ns] : lefts) {
      if (left.end != LineEnd::taken_out) continue;
      const bool is_so = asked != nullptr && asked->change && asked->change->act != CartAct::add &&
                         asked->change->sku == left.line.sku;
      if (!is_so)
        wrong(left.owner, at_ns, "a line was taken out that its owner did not take out", key,
              text_of({left.line}));
    }
  }

  using Units = std::map<SkuId, std::int64_t>;
  template <class Fact>
  static Units units_of(const std::map<std::string, std::vector<Seen<Fact>>>& all, const std::string& key) {
    Units units;
    const auto found = all.find(key);
    if (found == all.end()) return units;
    for (const auto& [what, at_ns] : found->second) units[what.line.sku] += what.line.qty;
    return units;
  }

  void check_login(const std::string& key, const Asked& asked) {
    if (!asked.merge) return;
    if (units_of(lefts_, key) != units_of(puts_, key))
      wrong(asked.merge->user, asked.at_ns, "a guest's goods are not those that the person has of them", key,
            "other goods");
  }

  void check_answers() {
    std::map<UserId, std::vector<const Asked*>> shown;
    for (const Asked& asked : rest_->books().diary.carts) {
      if (!asked.answered() || asked.reply.status != CartStatus::done) continue;
      check_done(asked);
      check_shown(asked);
      auto& before = shown[asked.owner];
      for (const Asked* earlier : before) {
        if (rest_->world.calm && earlier->answered_ns <= asked.at_ns &&
            earlier->reply.version > asked.reply.version)
          wrong(asked.owner, asked.answered_ns, "an owner saw an older cart than before, on a calm day",
                text_of(asked.reply.lines), text_of(earlier->reply.lines));
      }
      before.push_back(&asked);
    }
  }

  void check_done(const Asked& asked) {
    if (!asked.change || asked.change->act == CartAct::take_out) return;
    if (!puts_.contains(asked.change->request_key))
      wrong(asked.owner, asked.answered_ns, "an owner was told that a line is in, and it never was",
            asked.change->request_key, "nothing");
  }

  // A guest who has logged in is shown the person's cart.
  void check_shown(const Asked& asked) {
    std::vector<UserId> whose{asked.owner};
    for (const RestCart& cart : rest_->world.rows<RestCarts>().carts) {
      if (cart.owner == asked.owner && cart.heir) whose.push_back(cart.heir);
    }
    const bool is_so = std::any_of(whose.begin(), whose.end(), [&](UserId owner) {
      return lines_at(pasts_[owner], asked.reply.version) == asked.reply.lines;
    });
    if (!is_so)
      wrong(asked.owner, asked.answered_ns, "an owner was shown a cart that never was",
            text_of(asked.reply.lines), text_of(lines_at(pasts_[asked.owner], asked.reply.version)));
  }

  void check_rows() {
    const RestCarts& carts = rest_->world.rows<RestCarts>();
    for (const RestCart& cart : carts.carts) {
      std::int64_t last = 0;
      for (const auto& [version, put] : pasts_[cart.owner]) {
        last = std::max(last, version);
        if (put.left) last = std::max(last, put.left->at_version);
      }
      if (cart.version < last)
        wrong(cart.owner, rest_->world.now_ns, "a cart has had a later version than it has",
              std::to_string(last), std::to_string(cart.version));
      const bool logged_in = std::any_of(requests_.begin(), requests_.end(), [&](const auto& one) {
        return one.second->merge && one.second->merge->guest == cart.owner &&
               one.second->merge->user == cart.heir;
      });
      if (cart.heir && !logged_in)
        wrong(cart.owner, rest_->world.now_ns, "a cart is somebody's who did not log in", "nobody",
              user_text(rest_->world.scenario(), cart.heir));
    }
    for (const auto& [owner, key] : carts.requests) {
      if (request(key) == nullptr)
        wrong(owner, rest_->world.now_ns, "a request of a cart is noted that nobody made", key, "nobody's");
    }
    for (const auto& [key, puts] : puts_) {
      const Asked* asked = request(key);
      if (asked == nullptr) continue;
      const UserId by = asked->change ? asked->change->owner : asked->merge->user;
      if (!carts.requests.contains({by, key}))
        wrong(by, rest_->world.now_ns, "what a request put in is there, and the request is not noted", key,
              "not noted");
    }
  }

  // Who was told that a line had been ordered before; an order that was refused since may have had it.
  void check_orders() {
    const RestCarts& carts = rest_->world.rows<RestCarts>();
    for (const auto& [buyer, visit] : rest_->books().diary.visits) {
      for (const model::PlaceAsked& asked : visit.placing) {
        if (!asked.answered() || asked.reply.status != api::PlaceStatus::already_ordered) continue;
        const auto& lines = visit.baskets.at(asked.basket).cart.lines;
        const bool is_so =
            std::any_of(carts.ordered.begin(), carts.ordered.end(), [&, user = visit.user](const auto& row) {
              return row.user == user && std::find(lines.begin(), lines.end(), row.line) != lines.end();
            });
        if (!is_so)
          wrong(visit.user, asked.answered_ns, "a buyer was told that lines are ordered, and they never were",
                text_of(lines), "not ordered");
      }
    }
  }

  std::map<UserId, CartPast> pasts_;
  std::map<std::string, std::vector<Seen<api::facts::LinePut>>> puts_;    // by request key
  std::map<std::string, std::vector<Seen<api::facts::LineLeft>>> lefts_;  // of an owner's request, by its key
  std::map<std::string, const Asked*> requests_;
  const RestRows* rest_ = nullptr;
  Findings* findings_ = nullptr;
};

}  // namespace

void watch_carts_are_their_owners(const play::Watching& parts) {
  const auto owners = std::make_shared<Owners>();
  parts.monitors.add<api::facts::LinePut, api::facts::LineLeft>(owners);
  parts.audit.add<RestRows>(
      kCartsAreTheirOwners, {"order", "cart"},
      [owners](const RestRows& rest, Findings& findings) { owners->check(rest, findings); });
}

}  // namespace ordeal::purchase
