// RestAudit: the audit of a trial. It reads every row of every service once and puts it, beside the parties'
// own books, before each check. A check whose service could not be read is reported as inconclusive; a check
// is never silently left out.
#pragma once

#include <functional>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "scenarios/flows/purchase/laws/monitor.h"
#include "scenarios/flows/purchase/laws/rest_rows.h"

namespace ordeal::scenarios {

class RestAudit final : public Audit {
 public:
  using Check = std::function<void(const RestRows& rest, Findings& findings)>;

  // `invariant` has static lifetime. The check runs only when all of `needs` could be read.
  void add(std::string_view invariant, std::initializer_list<Store> needs, Check check);

  void check(const AtRest& world, Findings& findings) override;

 private:
  struct Entry {
    std::string_view invariant;
    std::vector<Store> needs;
    Check check;
  };
  std::vector<Entry> entries_;
};

}  // namespace ordeal::scenarios
