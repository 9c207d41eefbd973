#include "scenarios/play/designer.h"

#include <algorithm>
#include <set>

#include "scenarios/flows/purchase/flaws/flaws.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/tables.h"

namespace ordeal::scenarios {
namespace {

template <class Rows, class Name>
std::string known(const Rows& rows, Name name) {
  std::string text;
  for (const auto& row : rows) text += (text.empty() ? "" : ", ") + std::string(name(row));
  return text;
}

void check_design(const std::string& seam, const std::string& design) {
  const SeamRow* row = find_seam(seam);
  if (row == nullptr) {
    throw BadInput(ExitCode::data, "no design seam \"" + seam + "\"; there are " +
                                       known(seams(), [](const SeamRow& r) { return r.seam; }));
  }
  if (std::find(row->designs.begin(), row->designs.end(), design) == row->designs.end()) {
    throw BadInput(ExitCode::data, "seam \"" + seam + "\" has no design \"" + design + "\"; there are " +
                                       known(row->designs, [](std::string_view d) { return d; }));
  }
}

}  // namespace

Designer::Designer(std::map<std::string, std::string> designs,
                   const std::map<std::string, std::string>& overrides, const std::vector<std::string>& flaws)
    : designs_(std::move(designs)), flaws_(flaws) {
  for (const auto& [seam, design] : overrides) designs_.insert_or_assign(seam, design);
  for (const auto& [seam, design] : designs_) check_design(seam, design);
  for (const SeamRow& row : seams())
    designs_.try_emplace(std::string(row.seam), std::string(row.designs.front()));
  std::set<std::string_view> taken;
  for (const std::string& id : flaws_) {
    const FlawRow* row = find_flaw(id);
    if (row == nullptr) {
      throw BadInput(ExitCode::data, "no flaw \"" + id + "\"; there are " +
                                         known(scenarios::flaws(), [](const FlawRow& r) { return r.id; }));
    }
    if (!taken.insert(row->seam).second) {
      throw BadInput(ExitCode::data, "two flaws want the seam \"" + std::string(row->seam) + "\"");
    }
  }
  if (flawed("F-81") && !reads_statements()) {
    throw BadInput(
        ExitCode::data,
        "flaw F-81 is in the reading of statements: it needs payment.statements=daily, as day_end has it");
  }
}

bool Designer::flawed(std::string_view id) const {
  return std::find(flaws_.begin(), flaws_.end(), id) != flaws_.end();
}

std::unique_ptr<inventory::Gate> Designer::gate() const {
  return flawed("F-01") ? planted::make_check_then_act_gate()
                        : inventory::make_gate(designs_.at("stock.gate"));
}

std::unique_ptr<order::SubmitGuard> Designer::submit_guard() const {
  return order::make_submit_guard("request_key");
}

std::unique_ptr<order::StatusWriter> Designer::status_writer() const {
  return flawed("F-17") ? planted::make_blind_status_writer()
                        : order::make_status_writer(designs_.at("order.status_write"));
}

std::unique_ptr<order::LatePayment> Designer::late_payment() const {
  return flawed("F-18") ? planted::make_ignoring_late_payment() : order::make_late_payment("refund");
}

std::unique_ptr<order::Closer> Designer::closer() const {
  return order::make_closer(designs_.at("order.close_by"));
}

std::unique_ptr<outbox::Publisher> Designer::publisher() const {
  return flawed("F-21") ? planted::make_after_commit_publisher() : outbox::make_publisher("transactional");
}

std::unique_ptr<payment::AttemptPolicy> Designer::attempt_policy() const {
  return flawed("F-16") ? planted::make_new_number_policy() : payment::make_attempt_policy("same_number");
}

std::unique_ptr<payment::CallbackHandler> Designer::callback_handler() const {
  return flawed("F-11") ? planted::make_check_then_grant_handler()
                        : payment::make_callback_handler("compare_and_set");
}

bool Designer::reads_statements() const { return designs_.at("payment.statements") == "daily"; }

std::unique_ptr<payment::StatementCheck> Designer::statement_check() const {
  if (!reads_statements()) return nullptr;
  return flawed("F-81") ? planted::make_believing_statement_check() : payment::make_statement_check("totals");
}

}  // namespace ordeal::scenarios
