// Designer: turns names into the objects of the design seams. A flaw takes the place of one seam's
// implementation; everything else stays as it is, so what a trial then finds is due to that one decision.
//
// Unknown names, two flaws at one seam, and a flaw of what is not deployed are BadInput.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/inventory/gate.h"
#include "core/order/closer.h"
#include "core/order/late_payment.h"
#include "core/order/status_writer.h"
#include "core/order/submit_guard.h"
#include "core/outbox/outbox.h"
#include "core/payment/attempt_policy.h"
#include "core/payment/callback_handler.h"
#include "core/payment/statement_check.h"

namespace ordeal::scenarios {

class Designer {
 public:
  // `designs`: seam → implementation, later entries of `overrides` win. `flaws`: ids such as "F-01".
  Designer(std::map<std::string, std::string> designs, const std::map<std::string, std::string>& overrides,
           const std::vector<std::string>& flaws);

  // What each seam stands at: every row of the table, defaults included.
  const std::map<std::string, std::string>& designs() const { return designs_; }

  std::unique_ptr<inventory::Gate> gate() const;
  std::unique_ptr<order::SubmitGuard> submit_guard() const;
  std::unique_ptr<order::StatusWriter> status_writer() const;
  std::unique_ptr<order::LatePayment> late_payment() const;
  std::unique_ptr<order::Closer> closer() const;
  std::unique_ptr<outbox::Publisher> publisher() const;
  std::unique_ptr<payment::AttemptPolicy> attempt_policy() const;
  std::unique_ptr<payment::CallbackHandler> callback_handler() const;
  // Null where reads_statements() is false.
  std::unique_ptr<payment::StatementCheck> statement_check() const;
  bool reads_statements() const;

 private:
  bool flawed(std::string_view id) const;

  std::map<std::string, std::string> designs_;
  std::vector<std::string> flaws_;
};

}  // namespace ordeal::scenarios
