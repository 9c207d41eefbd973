// I-28, as its owner sees a cart: what lies in it is what he put in, each request once, and not what he took out; at the login a guest's
// goods are all there, and what comes late for him is put there too; what he is told of it is so.
//
// C13, a cart that is read from a cache: a cache that forgot, or is silent, is no empty cart, on any day; and where the machines ran it is
// behind the database by less than a second, nobody sees an older cart than before, and everybody who looks is answered.
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

// From a commit until the cache has it: a message to it, on a bad day of the network.
constexpr Duration kBehind{1'000'000'000};
// How long somebody waits for an answer (parties/shopper.h).
constexpr Duration kPatience{10'000'000'000};

class Owners {
 public:
  void on(const api::facts::LinePut& put, const sim::Fact& fact, Findings&) {
    pasts_[put.owner].try_emplace(put.line.version, PutLine{put.line, put.request_key, {}});
    versions_[put.owner].emplace_back(fact.at_ns, put.line.version);
    puts_[put.request_key].push_back({put, fact.at_ns});
  }
  void on(const api::facts::LineLeft& left, const sim::Fact& fact, Findings&) {
    const auto past = pasts_.find(left.owner);
    versions_[left.owner].emplace_back(fact.at_ns, left.at_version);
    if (past == pasts_.end()) return;
    const auto put = past->second.find(left.line.version);
    if (put != past->second.end() && !put->second.left) put->second.left = left;
    if (left.end != LineEnd::ordered) lefts_[left.request_key].push_back({left, fact.at_ns});
  }

  void on(const api::facts::OrderMoved& moved, const sim::Fact& fact, Findings&) {
    if (moved.to == api::OrderState::rejected) refused_.try_emplace(moved.order, fact.at_ns);
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
    read_orders();
    for (const auto& [key, puts] : puts_) check_put(key, puts);
    for (const auto& [key, lefts] : lefts_) check_taken_out(key, lefts);
    for (const auto& [key, asked] : requests_) {
      check_login(key, *asked);
      check_made_way(key, *asked);
    }
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

  static std::vector<api::CartLine> of_sku(std::vector<api::CartLine> lines, SkuId sku) {
    std::erase_if(lines, [&](const api::CartLine& line) { return line.sku != sku; });
    return lines;
  }

  // Who says how many there are to be, or none, has just these of that sku in the moment in which it is done.
  void check_made_way(const std::string& key, const Asked& asked) {
    if (!asked.change || asked.change->act == CartAct::add) return;
    UserId owner;
    std::int64_t done_at = 0;
    std::vector<api::CartLine> wanted;
    if (const auto put = puts_.find(key); put != puts_.end()) {
      owner = put->second.front().what.owner;
      wanted.push_back(put->second.front().what.line);
      done_at = wanted.front().version;
    }
    if (const auto left = lefts_.find(key); left != lefts_.end()) {
      owner = left->second.front().what.owner;
      done_at = std::max(done_at, left->second.front().what.at_version);
    }
    if (!owner) return;
    const auto there = of_sku(lines_at(pasts_[owner], done_at), asked.change->sku);
    if (there != wanted)
      wrong(owner, asked.at_ns, "lines stayed that their owner had taken out or replaced", text_of(wanted),
            text_of(there));
  }

  void check_answers() {
    std::map<UserId, std::vector<const Asked*>> shown;
    for (const Asked& asked : rest_->books().diary.carts) {
      if (rest_->world.machines_ran()) check_is_answered(asked);
      if (!asked.answered() || asked.reply.status != CartStatus::done) continue;
      check_done(asked);
      check_done_away(asked);
      check_shown(asked);
      // What a change shows is the cart that it changed, of a guest who has logged in the person's.
      if (is_look(asked)) check_is_there(asked, shown[asked.owner]);
      if (is_look(asked) && rest_->world.machines_ran()) check_is_of_now(asked, shown[asked.owner]);
      shown[asked.owner].push_back(&asked);
    }
  }

  static bool is_look(const Asked& asked) { return !asked.change && !asked.merge; }

  void check_is_answered(const Asked& asked) {
    const bool is_told = asked.answered() && asked.reply.status != CartStatus::unavailable &&
                         asked.reply.status != CartStatus::unknown;
    if (!is_told && asked.at_ns + kPatience.ns <= rest_->world.now_ns)
      wrong(asked.owner, asked.at_ns, "nobody could say what is in a cart, and nothing was in the way",
            "nothing", "not told");
  }

  void check_done(const Asked& asked) {
    if (!asked.change || asked.change->act == CartAct::take_out) return;
    if (!puts_.contains(asked.change->request_key))
      wrong(asked.owner, asked.answered_ns, "an owner was told that a line is in, and it never was",
            asked.change->request_key, "nothing");
  }

  // What the answer shows of a sku that was taken out, or was to be so many, was put in since it was first asked.
  void check_done_away(const Asked& asked) {
    if (!asked.change || asked.change->act == CartAct::add) return;
    const std::string& key = asked.change->request_key;
    const std::int64_t first_asked_ns = request(key)->at_ns;
    for (const api::CartLine& line : of_sku(asked.reply.lines, asked.change->sku)) {
      const bool is_later = std::any_of(puts_.begin(), puts_.end(), [&](const auto& one) {
        return std::any_of(one.second.begin(), one.second.end(), [&](const auto& put) {
          return put.what.line == line && (one.first == key || put.at_ns >= first_asked_ns);
        });
      });
      if (!is_later)
        return wrong(asked.owner, asked.answered_ns,
                     "an owner was told that it is done, and the cart shows what he did away with",
                     std::to_string(asked.change->qty) + " of " + asked.change->sku.text(),
                     text_of(asked.reply.lines));
    }
  }

  // A cart has a version as soon as something was put in. Who was the first to look had it kept as it was before.
  void check_is_there(const Asked& asked, const std::vector<const Asked*>& before) {
    if (asked.reply.version != 0) return;
    const auto& carts = rest_->books().diary.carts;
    const bool was_looked_into = std::any_of(carts.begin(), carts.end(), [&](const Asked& earlier) {
      return is_look(earlier) && earlier.owner == asked.owner && earlier.at_ns < asked.at_ns &&
             (!earlier.answered() || earlier.reply.status != CartStatus::done || earlier.reply.version == 0);
    });
    for (const Asked* earlier : before) {
      if (!was_looked_into && earlier->answered_ns <= asked.at_ns && earlier->reply.version > 0)
        return wrong(asked.owner, asked.answered_ns, "an owner was shown an empty cart, and it never was",
                     "nothing", text_of(earlier->reply.lines));
    }
  }

  void check_is_of_now(const Asked& asked, const std::vector<const Asked*>& before) {
    for (const Asked* earlier : before) {
      if (earlier->answered_ns <= asked.at_ns && earlier->reply.version > asked.reply.version)
        return wrong(asked.owner, asked.answered_ns, "an owner saw an older cart than before, on a calm day",
                     text_of(asked.reply.lines), text_of(earlier->reply.lines));
    }
    std::int64_t version = 0;
    for (const auto& [at_ns, reached] : versions_[asked.owner]) {
      if (at_ns + kBehind.ns <= asked.at_ns) version = std::max(version, reached);
    }
    if (asked.reply.version < version)
      wrong(asked.owner, asked.answered_ns, "an owner was shown a cart as it had been long before",
            text_of(asked.reply.lines), text_of(lines_at(pasts_[asked.owner], version)));
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

  // From a login that is noted on a guest's cart is empty and somebody's.
  void check_guest(const RestCart& cart, const RestCarts& carts) {
    for (const auto& [key, asked] : requests_) {
      if (!asked->merge || asked->merge->guest != cart.owner) continue;
      const UserId user = asked->merge->user;
      if (!carts.requests.contains({user, key})) continue;
      if (!cart.heir)
        wrong(user, rest_->world.now_ns, "a guest logged in, and his cart is nobody's", key, "nobody's");
      const auto left = std::find_if(carts.lines.begin(), carts.lines.end(),
                                     [&](const RestCartLine& row) { return row.owner == cart.owner; });
      if (left != carts.lines.end())
        wrong(user, rest_->world.now_ns, "what came for a guest after his login lies in the guest's cart",
              key, text_of({left->line}));
    }
  }

  void check_rows() {
    const RestCarts& carts = rest_->world.rows<RestCarts>();
    for (const RestCart& cart : carts.carts) {
      check_guest(cart, carts);
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

  void read_orders() {
    ordered_.clear();
    for (const RestOrderedLine& row : rest_->world.rows<RestCarts>().ordered)
      ordered_[row.order].push_back(row.line);
  }

  void check_orders() {
    for (const auto& [buyer, visit] : rest_->books().diary.visits) {
      if (const RestRequest* request = rest_->request(visit.user, visit.key))
        check_kept(visit, request->order);
      for (const model::PlaceAsked& asked : visit.placing) {
        if (asked.answered() && asked.reply.status == api::PlaceStatus::already_ordered)
          check_ordered_before(visit.user, visit.baskets.at(asked.basket).cart.lines, asked);
      }
    }
  }

  // An order keeps the lines of a basket that was asked for under its key.
  void check_kept(const model::Visit& visit, OrderId order) {
    const auto found = ordered_.find(order);
    const auto kept = found == ordered_.end() ? std::vector<api::CartLine>{} : found->second;
    const bool is_so = std::any_of(visit.baskets.begin(), visit.baskets.end(), [&](const model::Basket& one) {
      return one.cart.lines.size() == kept.size() &&
             std::is_permutation(kept.begin(), kept.end(), one.cart.lines.begin());
    });
    if (!is_so)
      wrong(visit.user, rest_->world.now_ns, "an order does not have the lines that its buyer ordered",
            text_of(visit.baskets.front().cart.lines), text_of(kept));
  }

  // Who is told so has one of them in an order that had not been refused when he asked.
  void check_ordered_before(UserId user, const std::vector<api::CartLine>& lines,
                            const model::PlaceAsked& asked) {
    const auto& carts = rest_->world.rows<RestCarts>();
    const bool is_so =
        std::any_of(carts.ordered.begin(), carts.ordered.end(), [&](const RestOrderedLine& row) {
          const auto refused = refused_.find(row.order);
          return row.user == user && std::find(lines.begin(), lines.end(), row.line) != lines.end() &&
                 (refused == refused_.end() || refused->second >= asked.at_ns);
        });
    if (!is_so)
      wrong(user, asked.answered_ns, "a buyer was told that lines are ordered, and they never were",
            text_of(lines), "not ordered");
  }

  std::map<UserId, CartPast> pasts_;
  std::map<std::string, std::vector<Seen<api::facts::LinePut>>> puts_;    // by request key
  std::map<std::string, std::vector<Seen<api::facts::LineLeft>>> lefts_;  // of an owner's request, by its key
  std::map<std::string, const Asked*> requests_;
  std::map<UserId, std::vector<std::pair<std::int64_t, std::int64_t>>> versions_;  // when each was reached
  std::map<OrderId, std::int64_t> refused_;                                        // when
  std::map<OrderId, std::vector<api::CartLine>> ordered_;
  const RestRows* rest_ = nullptr;
  Findings* findings_ = nullptr;
};

}  // namespace

void watch_carts_are_their_owners(const play::Watching& parts) {
  const auto owners = std::make_shared<Owners>();
  parts.monitors.add<api::facts::LinePut, api::facts::LineLeft, api::facts::OrderMoved>(owners);
  parts.audit.add<RestRows>(
      kCartsAreTheirOwners, {"order", "cart"},
      [owners](const RestRows& rest, Findings& findings) { owners->check(rest, findings); });
}

}  // namespace ordeal::purchase
