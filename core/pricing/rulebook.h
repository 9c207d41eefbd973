// A rulebook: the rules in force, the freight templates, and the order in which they stack. It is checked when it is
// made, once, so that pricing meets no rule that makes no sense, and a promotion that gives more than it asks is refused
// before the first buyer sees it (F-91).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/pricing/freight.h"
#include "core/pricing/rules.h"

namespace ordeal::pricing {

// best  exclusive: a line gets at most one discount of the group. The bundle with the largest discount is served first,
//       then those of the lines that are left; ties go to the smaller rule id, then coupon id, then the earlier line.
// all   stackable: every rule in the order of ids, each on what the one before has left.
enum class Pick { best, all };

struct Step {
  Group group{};
  Pick pick = Pick::best;
  // Lines that counted for a discount of one of these groups are left out here (不同享). They stand earlier in the order.
  std::vector<Group> not_with{};
};

struct Stacking {
  std::vector<Step> steps{};
};

// Prices of units, then levels, offers, coupons from the narrow to the wide, freight, and points as a way to pay; one
// discount a group. This is the order that A37 leaves open and shops state in their terms.
Stacking usual_stacking();

enum class RuleFault {
  id,              // none, or used twice
  group,           // not in the stacking, or freight
  span,            // a price of a unit over more than a line
  currency,        // not that of the rulebook
  rate,            // not a share (is_share)
  amount,          // negative, nothing, or more than a document may carry
  gives_too_much,  // an offer to everybody, or a repeated one, that takes more off than it asks to be spent
  bound,           // a level, a stock, a number of times or of points that is not positive
  shop_twice,      // two freight templates
  rows,            // a freight template without rows, a row without regions, or a region twice
  freight_step,    // first below 0, or next below 1
  stacking,        // a group twice, no place for freight, or a not_with that comes later
};

struct RuleProblem {
  RuleFault fault{};
  RuleId rule{};  // none where the stacking is meant

  bool operator==(const RuleProblem&) const = default;
  std::string text() const;
};

class Rulebook {
 public:
  // Rules of one group, in the order of their ids.
  struct Turn {
    Step step;
    std::vector<Rule> rules;
  };

  // `version` is the caller's and is kept in every quote (I-20). Lists of scopes come back sorted.
  static Result<Rulebook, RuleProblem> make(std::int64_t version, Currency currency, std::vector<Rule> rules,
                                            std::vector<FreightTemplate> freight = {},
                                            Stacking stacking = usual_stacking());

  std::int64_t version() const { return version_; }
  Currency currency() const { return currency_; }
  std::span<const Turn> turns() const { return turns_; }
  const FreightTemplate* freight_of(MerchantId shop) const;
  bool takes_coupons(RuleId rule) const;

 private:
  Rulebook() = default;

  std::int64_t version_ = 0;
  Currency currency_{};
  std::vector<Turn> turns_{};
  std::vector<FreightTemplate> freight_{};
};

}  // namespace ordeal::pricing
