#include "core/placing/consistency.h"

#include "core/placing/comparing.h"
#include "core/placing/half_message.h"
#include "core/placing/saga.h"
#include "core/placing/tcc.h"

namespace ordeal::placing {

std::unique_ptr<Consistency> make_consistency(std::string_view name) {
  if (name == "tcc") return make_tcc();
  if (name == "outbox") return make_outbox_saga();
  if (name == "half_message") return make_half_message();
  if (name == "reconcile") return make_reconcile();
  return nullptr;
}

}  // namespace ordeal::placing
