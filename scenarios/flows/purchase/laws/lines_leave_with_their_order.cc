// I-28: a line leaves its cart once: with an order that stands and has just that line, or because its owner took it out. What was put in
// later, also of the same sku, is another line and stays (core/api/cart_line.h). And a line is bought by one order: whoever goes back to
// the page that still shows it does not buy it twice.
//
// Followed in facts; at rest the rows of the carts are what became of them.
#include <algorithm>
#include <map>
#include <memory>

#include "scenarios/flows/purchase/laws/cart_lines.h"
#include "scenarios/flows/purchase/laws/evidence.h"
#include "scenarios/flows/purchase/laws/laws.h"

namespace ordeal::purchase {
namespace {

using api::facts::LineEnd;

class Lines {
 public:
  explicit Lines(const play::Scenario& scenario) : scenario_(scenario) {}

  void on(const api::facts::LinePut& put, const sim::Fact&, Findings&) {
    pasts_[put.owner].try_emplace(put.line.version, PutLine{put.line, put.request_key, {}});
  }

  void on(const api::facts::CartLinesOrdered& ordered, const sim::Fact& fact, Findings& findings) {
    for (const api::CartLine& line : ordered.lines) {
      const auto [first, is_first] = bought_.try_emplace({ordered.owner, line.version}, ordered.order);
      if (!is_first)
        findings.add(unsafe(kLinesLeaveWithTheirOrder, fact.at_ns, "a line of a cart is bought twice",
                            about(ordered.owner, line) +
                                Evidence{{"order", ordered.order.text()}, {"first", first->second.text()}}));
    }
    orders_.insert_or_assign(ordered.order, ordered);
  }

  void on(const api::facts::LineLeft& left, const sim::Fact& fact, Findings& findings) {
    CartPast& past = pasts_[left.owner];
    const auto put = past.find(left.line.version);
    const auto breach = [&](std::string message) {
      findings.add(unsafe(
          kLinesLeaveWithTheirOrder, fact.at_ns, std::move(message),
          about(left.owner, left.line) + Evidence{{"order", left.order ? left.order.text() : "none"}}));
    };
    if (put == past.end() || put->second.line != left.line)
      return breach("a line left a cart that it was not in");
    if (put->second.left) return breach("a line left its cart twice");
    put->second.left = left;
    if (left.end == LineEnd::ordered && !has(left.order, left.owner, left.line))
      breach("a line left a cart with an order that does not have it");
  }

  void check(const RestCarts& rest, Findings& findings) const {
    for (const auto& [owner, past] : pasts_) check_cart(owner, past, rest, findings);
    for (const RestCartLine& row : rest.lines) {
      const auto past = pasts_.find(row.owner);
      if (past == pasts_.end() || !past->second.contains(row.line.version))
        findings.add(unsafe(kLinesLeaveWithTheirOrder, rest.world.now_ns,
                            "a line lies in a cart that nobody put in", about(row.owner, row.line)));
    }
    for (const RestOrderedLine& row : rest.ordered) {
      const auto ordered = orders_.find(row.order);
      if (ordered != orders_.end() && !has(row.order, row.user, row.line))
        findings.add(unsafe(kLinesLeaveWithTheirOrder, rest.world.now_ns,
                            "an order has another line of a cart than it was told of",
                            about(row.user, row.line) + Evidence{{"order", row.order.text()}}));
    }
  }

 private:
  Evidence about(UserId owner, const api::CartLine& line) const {
    return {{"owner", user_text(scenario_, owner)},
            {"line", std::to_string(line.qty) + " " + sku_text(scenario_, line.sku)}};
  }
  bool has(OrderId order, UserId owner, const api::CartLine& line) const {
    const auto found = orders_.find(order);
    if (found == orders_.end() || found->second.owner != owner) return false;
    const auto& lines = found->second.lines;
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  }
  void check_cart(UserId owner, const CartPast& past, const RestCarts& rest, Findings& findings) const {
    for (const auto& [version, put] : past) {
      const bool is_there = std::any_of(
          rest.lines.begin(), rest.lines.end(),
          [&, line = put.line](const RestCartLine& row) { return row.owner == owner && row.line == line; });
      if (!put.left && !is_there)
        findings.add(unsafe(kLinesLeaveWithTheirOrder, rest.world.now_ns,
                            "a line is not in its cart any more, and nobody took it out",
                            about(owner, put.line)));
      if (put.left && is_there)
        findings.add(unsafe(kLinesLeaveWithTheirOrder, rest.world.now_ns,
                            "a line is still in a cart that it left", about(owner, put.line)));
    }
  }

  const play::Scenario& scenario_;
  std::map<UserId, CartPast> pasts_;
  std::map<OrderId, api::facts::CartLinesOrdered> orders_;
  std::map<std::pair<UserId, std::int64_t>, OrderId> bought_;
};

}  // namespace

void watch_lines_leave_with_their_order(const play::Watching& parts) {
  const auto lines = std::make_shared<Lines>(parts.scenario);
  parts.monitors.add<api::facts::LinePut, api::facts::CartLinesOrdered, api::facts::LineLeft>(lines);
  parts.audit.add<RestCarts>(
      kLinesLeaveWithTheirOrder, {"order", "cart"},
      [lines](const RestCarts& rest, Findings& findings) { lines->check(rest, findings); });
}

}  // namespace ordeal::purchase
