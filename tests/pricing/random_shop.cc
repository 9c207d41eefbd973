#include "tests/pricing/random_shop.h"

#include <algorithm>

#include <rapidcheck.h>

#include "tests/pricing/shop.h"

namespace ordeal::pricing {
namespace {

// At the nominal size, so that the first baskets are no smaller than the last.
std::int64_t pick(std::int64_t least, std::int64_t most) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1));
}
bool flip() { return pick(0, 1) == 1; }

template <class T>
T one_of(std::initializer_list<T> list) {
  return *(list.begin() + pick(0, static_cast<std::int64_t>(list.size()) - 1));
}

Ratio share() {
  return one_of<Ratio>({{8, 10}, {9, 10}, {1, 3}, {2, 3}, {999, 1000}, {1, 1}, {0, 1}, {85, 100}});
}
Rounding rounding() { return one_of({Rounding::half_up, Rounding::down, Rounding::up}); }

Terms unit_terms() {
  switch (pick(0, 2)) {
    case 0:
      return UnitRate{share(), rounding()};
    case 1:
      return UnitPrice{fen(pick(0, 1200))};
    default:
      return StockPrice{fen(pick(0, 1200)), pick(1, 8)};
  }
}

Terms amount_terms(bool by_coupon) {
  switch (pick(0, 3)) {
    case 0:
      return MemberRate{pick(1, 3), share(), rounding()};
    case 1: {
      const std::int64_t spend = pick(by_coupon ? 0 : 1, 3000);
      const bool once = by_coupon && flip();
      const std::int64_t off = pick(1, once ? 1500 : std::max<std::int64_t>(1, spend));
      return SpendOff{fen(spend), fen(off),
                      once || spend == 0 ? 1 : one_of<std::int64_t>({1, 2, SpendOff::kEvery})};
    }
    case 2: {
      SpendRate rate{.spend = fen(pick(0, 3000)), .pays = share(), .rounding = rounding()};
      if (flip()) rate.off_at_most = fen(pick(0, 300));
      return rate;
    }
    default:
      return PointsAsCash{pick(1, 30), fen(pick(1, 50)), share()};
  }
}

template <class Tag>
std::vector<Id<Tag>> some(std::int64_t most) {
  std::vector<Id<Tag>> list;
  if (pick(0, 2) != 0) return list;
  for (std::int64_t i = 1; i <= most; ++i) {
    if (flip()) list.push_back({i});
  }
  return list;
}

Rule draw_rule(std::int64_t id, Group group) {
  Rule made{.id = RuleId{id}, .group = group, .by_coupon = pick(0, 2) == 0};
  made.scope = {some<MerchantTag>(3), some<SpuTag>(3), some<SkuTag>(6)};
  if (pick(0, 2) == 0) {
    made.terms = unit_terms();
  } else {
    made.span = one_of({Span::line, Span::shop, Span::order});
    made.terms = amount_terms(made.by_coupon);
  }
  return made;
}

// Some groups in any order, freight anywhere among them.
Stacking draw_stacking() {
  Stacking stacking;
  std::vector<Group> groups;
  for (std::size_t i = 0; i < kGroups; ++i) groups.push_back(static_cast<Group>(i));
  while (!groups.empty()) {
    const auto at = groups.begin() + pick(0, static_cast<std::int64_t>(groups.size()) - 1);
    Step step{*at, flip() ? Pick::best : Pick::all};
    groups.erase(at);
    for (const Step& before : stacking.steps) {
      if (before.group != Group::freight && pick(0, 7) == 0) step.not_with.push_back(before.group);
    }
    stacking.steps.push_back(std::move(step));
  }
  return stacking;
}

FreightTemplate draw_freight(std::int64_t shop) {
  FreightTemplate form{.id = RuleId{1000 + shop}, .shop = MerchantId{shop}};
  const std::vector<std::vector<std::string>> regions = {{""}, {"3", "44"}, {"31", "4403"}};
  for (const auto& region : regions) {
    if (region.front().empty() || flip()) {
      FreightRow row{.regions = region,
                     .measure = one_of({Measure::grams, Measure::pieces, Measure::cm3}),
                     .first = pick(0, 5),
                     .first_fee = fen(pick(0, 900)),
                     .next = pick(1, 4),
                     .next_fee = fen(pick(0, 90))};
      if (flip()) row.free_from = fen(pick(0, 5000));
      form.rows.push_back(std::move(row));
    }
  }
  return form;
}

Line draw_line(std::int64_t sku) {
  Line made = line(sku, fen(pick(0, 1500)), pick(1, 5), sku % 3 + 1);
  made.spu = SpuId{sku / 2 + 1};
  made.grams = pick(0, 4);
  made.cm3 = pick(0, 4);
  made.stock = pick(0, 12);
  return made;
}

}  // namespace

Rulebook Drawn::book() const { return pricing::book(shops.rules, shops.freight, shops.stacking); }

Drawn draw() {
  Drawn drawn;
  drawn.shops.stacking = flip() ? usual_stacking() : draw_stacking();
  const std::int64_t rules = pick(0, 9);
  for (std::int64_t id = 1; id <= rules; ++id) {
    auto group = static_cast<Group>(pick(0, static_cast<std::int64_t>(kGroups) - 1));
    if (group == Group::freight) group = Group::points;
    drawn.shops.rules.push_back(draw_rule(id, group));
    if (drawn.shops.rules.back().by_coupon) {
      for (std::int64_t held = pick(0, 2); held > 0; --held)
        drawn.basket.coupons.push_back({CouponId{id * 7 % 10 * 10 + held}, RuleId{id}});
    }
  }
  for (std::int64_t shop = 1; shop <= 3; ++shop) drawn.shops.freight.push_back(draw_freight(shop));
  for (std::int64_t sku = 1; sku <= 6; ++sku) {
    if (flip() || (sku == 6 && drawn.basket.lines.empty())) drawn.basket.lines.push_back(draw_line(sku));
  }
  drawn.basket.level = pick(0, 3);
  drawn.basket.points = flip() ? pick(0, 2000) : 0;
  if (flip()) drawn.basket.destination = one_of<const char*>({"310104", "330000", "440305", "110101", ""});
  return drawn;
}

}  // namespace ordeal::pricing
