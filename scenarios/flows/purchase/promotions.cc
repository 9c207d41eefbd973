#include "scenarios/flows/purchase/promotions.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/pricing/rulebook.h"
#include "faults/text.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/play/actor.h"

namespace ordeal::purchase {
namespace {

using play::ObjectReader;
using play::Place;
using play::Shape;

constexpr std::array<std::string_view, 6> kKinds{"price",      "rate",   "spend_off",
                                                 "spend_rate", "coupon", "points"};
// Coupons are numbered by user, rule and number: so many fit.
constexpr std::int64_t kMaxRules = 60;
constexpr std::int64_t kMaxEach = 8;

// What a kind cannot do without, and what says nothing to it.
void keys_of_its_kind(const PromotionSpec& rule, const ObjectReader& in) {
  using enum PromotionKind;
  struct Key {
    std::string_view name;
    bool needed;
    bool known;
  };
  const PromotionKind kind = rule.kind;
  const bool of_unit = kind == price || kind == rate;
  const bool of_share = kind == rate || kind == spend_rate;
  const bool of_spend = kind == spend_off || kind == spend_rate || kind == coupon;
  const bool of_off = kind == spend_off || kind == coupon;
  const std::array keys{Key{"sku", of_unit, of_unit},
                        Key{"price", kind == price, kind == price},
                        Key{"stock_at_least", false, kind == price},
                        Key{"pays", of_share, of_share},
                        Key{"spend", of_spend, of_spend},
                        Key{"off", of_off, of_off},
                        Key{"each", kind == points, kind == coupon || kind == points},
                        Key{"points", kind == points, kind == points},
                        Key{"worth", kind == points, kind == points},
                        Key{"covers", false, kind == points}};
  const std::string kind_text(kKinds[static_cast<std::size_t>(kind)]);
  for (const Key& key : keys) {
    if (key.needed && !in.has(key.name))
      in.place().fail("the key \"" + std::string(key.name) + "\" of a rule of kind " + kind_text,
                      "a rule without it");
    if (!key.known && in.has(key.name))
      in.place().key(key.name).fail("no such key: it says nothing of a rule of kind " + kind_text, "one");
  }
  if (kind == coupon && rule.each > kMaxEach)
    in.place().key("each").fail("at most " + std::to_string(kMaxEach) + " coupons of a kind",
                                std::to_string(rule.each));
  if (rule.until.ns != 0 && rule.until <= rule.from)
    in.place().key("until").fail("later than from, " + faults::text(rule.from),
                                 "\"" + faults::text(rule.until) + "\"");
}

const Shape<PromotionSpec>& rule_shape() {
  using P = PromotionSpec;
  static const Shape<P> shape = [] {
    Shape<P> s;
    s.text("rule", &P::name, "what people call it");
    s.choice("kind", &P::kind, {kKinds.begin(), kKinds.end()}, "a kind of rule",
             "what it takes off (scenarios/flows/purchase/promotions.h)");
    s.text("sku", &P::sku, "of price and rate: of what").optional();
    s.price("price", &P::price, "of one unit").optional();
    s.integer("stock_at_least", &P::stock_at_least, 1, 1'000'000'000,
              "of price: only while so many units are left")
        .optional();
    s.chance("pays", &P::pays, "the share that is still to pay").optional();
    s.price("spend", &P::spend, "from so much on").optional();
    s.price("off", &P::off, "what it takes off").optional();
    s.integer("each", &P::each, 1, 1'000'000, "coupons or points that every shopper is given").optional();
    s.integer("points", &P::points, 1, 1'000'000, "so many points at a time").optional();
    s.money("worth", &P::worth, "what they are worth").optional();
    s.chance("covers", &P::covers, "the largest share of an order that points can pay").optional();
    s.duration("from", &P::from, "in force from then on; from ever when absent").optional();
    s.duration("until", &P::until, "and before this; for ever when absent").optional();
    s.check(keys_of_its_kind);
    return s;
  }();
  return shape;
}

std::optional<SkuId> sku_named(std::string_view name, const play::Scenario& scenario) {
  const auto& skus = scenario.setting<Catalogue>().skus;
  for (std::size_t i = 0; i < skus.size(); ++i) {
    if (skus[i].name == name) return sku_id(i);
  }
  return std::nullopt;
}

pricing::Terms terms_of(const PromotionSpec& rule) {
  switch (rule.kind) {
    case PromotionKind::price:
      if (counts_units(rule)) return pricing::StockPrice{rule.price, rule.stock_at_least};
      return pricing::UnitPrice{rule.price};
    case PromotionKind::rate:
      return pricing::UnitRate{rule.pays};
    case PromotionKind::spend_off:
    case PromotionKind::coupon:
      return pricing::SpendOff{rule.spend, rule.off};
    case PromotionKind::spend_rate:
      return pricing::SpendRate{rule.spend, rule.pays, std::nullopt};
    case PromotionKind::points:
      return pricing::PointsAsCash{rule.points, rule.worth, rule.covers};
  }
  return pricing::UnitPrice{};
}

pricing::Group group_of(PromotionKind kind) {
  switch (kind) {
    case PromotionKind::price:
    case PromotionKind::rate:
      return pricing::Group::item_price;
    case PromotionKind::spend_off:
    case PromotionKind::spend_rate:
      return pricing::Group::shop_offer;
    case PromotionKind::coupon:
      return pricing::Group::shop_coupon;
    case PromotionKind::points:
      return pricing::Group::points;
  }
  return pricing::Group::item_price;
}

pricing::Rule rule_of(std::size_t index, const PromotionSpec& spec, const play::Scenario& scenario) {
  pricing::Rule rule;
  rule.id = rule_id(index);
  rule.group = group_of(spec.kind);
  rule.span = rule.group == pricing::Group::item_price ? pricing::Span::line
              : rule.group == pricing::Group::points   ? pricing::Span::order
                                                       : pricing::Span::shop;
  if (const auto sku = sku_named(spec.sku, scenario)) rule.scope.skus.push_back(*sku);
  rule.by_coupon = spec.kind == PromotionKind::coupon;
  rule.terms = terms_of(spec);
  return rule;
}

bool is_in_force(const PromotionSpec& rule, Duration at) {
  return rule.from <= at && (rule.until.ns == 0 || at < rule.until);
}

Result<pricing::Rulebook, pricing::RuleProblem> book_at(Duration at, std::int64_t version,
                                                        const play::Scenario& scenario) {
  const auto& specs = scenario.setting<PromotionsSpec>().rules;
  std::vector<pricing::Rule> rules;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (is_in_force(specs[i], at)) rules.push_back(rule_of(i, specs[i], scenario));
  }
  return pricing::Rulebook::make(version, scenario.setting<Catalogue>().currency(), std::move(rules));
}

std::set<Duration> turning_points(const PromotionsSpec& promotions) {
  std::set<Duration> times{Duration{}};
  for (const PromotionSpec& rule : promotions.rules) {
    times.insert(rule.from);
    if (rule.until.ns != 0) times.insert(rule.until);
  }
  return times;
}

}  // namespace

const Shape<PromotionsSpec>& promotions_shape() {
  static const Shape<PromotionsSpec> shape = [] {
    Shape<PromotionsSpec> s;
    s.list("promotions", &PromotionsSpec::rules, rule_shape(), 1,
           "what takes something off, for whom and when")
        .may_get_smaller();
    return s;
  }();
  return shape;
}

bool counts_units(const PromotionSpec& rule) { return rule.stock_at_least > 0; }

std::int64_t quota_of(const PromotionSpec& rule, const play::Scenario& scenario) {
  const auto sku = sku_named(rule.sku, scenario);
  if (!sku || !counts_units(rule)) return 0;
  const SkuSpec& good = scenario.setting<Catalogue>().skus[static_cast<std::size_t>(sku->value - 1)];
  return std::max<std::int64_t>(0, good.stock - rule.stock_at_least + 1);
}

const PromotionSpec* promotion_of(RuleId rule, const PromotionsSpec& promotions) {
  const auto index = static_cast<std::size_t>(rule.value - 1);
  return index < promotions.rules.size() ? &promotions.rules[index] : nullptr;
}

std::string name_of(const Issued& issued, const PromotionsSpec& promotions) {
  const PromotionSpec* rule = promotion_of(issued.rule, promotions);
  if (rule == nullptr) return issued.coupon.text();
  return '"' + rule->name + '"' + (rule->each > 1 ? " no. " + std::to_string(issued.number) : "");
}

std::int64_t points_each(const PromotionsSpec& promotions) {
  std::int64_t points = 0;
  for (const PromotionSpec& rule : promotions.rules)
    points += rule.kind == PromotionKind::points ? rule.each : 0;
  return points;
}

std::vector<Issued> coupons_of(UserId user, const PromotionsSpec& promotions) {
  std::vector<Issued> coupons;
  for (std::size_t i = 0; i < promotions.rules.size(); ++i) {
    const PromotionSpec& rule = promotions.rules[i];
    if (rule.kind != PromotionKind::coupon) continue;
    for (std::int64_t n = 0; n < rule.each; ++n)
      coupons.push_back({CouponId{(user.value * kMaxRules + static_cast<std::int64_t>(i)) * kMaxEach + n},
                         user, rule_id(i), n + 1});
  }
  return coupons;
}

std::vector<UserId> all_users(const play::Scenario& scenario) {
  std::vector<UserId> users;
  for (const play::Actor& actor : play::all_actors(scenario))
    users.push_back(UserId{play::Crowd(scenario, actor.workload, {}, {}).id_of(actor)});
  return users;
}

std::vector<Issued> all_coupons(const play::Scenario& scenario) {
  std::vector<Issued> coupons;
  for (const UserId user : all_users(scenario)) {
    for (const Issued& issued : coupons_of(user, scenario.setting<PromotionsSpec>()))
      coupons.push_back(issued);
  }
  return coupons;
}

std::vector<order::Campaign> campaigns(const play::Scenario& scenario) {
  std::vector<order::Campaign> all;
  for (const Duration at : turning_points(scenario.setting<PromotionsSpec>())) {
    auto book = book_at(at, static_cast<std::int64_t>(all.size()) + 1, scenario);
    ORDEAL_CHECK(book.ok());
    all.push_back({scenario.start + at, std::move(*book)});
  }
  return all;
}

void check_promotions(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  const auto& promotions = part.as<PromotionsSpec>();
  const Catalogue& catalogue = scenario.setting<Catalogue>();
  if (!scenario.has_service("promotion"))
    place.fail(
        "somebody who counts what is used, such as the host {\"name\": \"promotion-1\", \"services\": "
        "[\"promotion\"]}",
        "no host that runs the service promotion");
  std::vector<std::string_view> skus;
  for (const SkuSpec& sku : catalogue.skus) skus.push_back(sku.name);
  if (static_cast<std::int64_t>(promotions.rules.size()) > kMaxRules)
    place.fail("at most " + std::to_string(kMaxRules) + " rules", std::to_string(promotions.rules.size()));
  std::set<std::string_view> counted;
  for (std::size_t i = 0; i < promotions.rules.size(); ++i) {
    const PromotionSpec& rule = promotions.rules[i];
    if (!rule.sku.empty())
      play::expect_known(place.item(i).key("sku"), rule.sku, skus, "a sku of the catalogue");
    if (counts_units(rule) && !counted.insert(rule.sku).second)
      place.item(i).key("sku").fail("one rule that counts units for each sku",
                                    "a second one for \"" + rule.sku + "\"");
  }
  for (const Duration at : turning_points(promotions)) {
    const auto book = book_at(at, 1, scenario);
    if (book) continue;
    const auto index = static_cast<std::size_t>(book.error().rule.value - 1);
    (index < promotions.rules.size() ? place.item(index) : place)
        .fail("a rule that makes sense", book.error().text());
  }
}

void check_bargains(const play::Part& part, const play::Scenario& scenario, const Place& place) {
  if (!scenario.setting<PromotionsSpec>().any())
    place.fail("something to look for: the key \"promotions\" of the scenario", "none");
  check_shopping(part, scenario, place);
}

}  // namespace ordeal::purchase
