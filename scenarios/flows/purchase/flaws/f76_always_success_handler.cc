// F-76: `catch (Exception e) { log(e); } return SUCCESS;` A callback whose transaction failed is acknowledged like any other, so
// the channel does not come again (I-53). Seen in jeepay, whose message receivers catch everything and return normally.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class AlwaysSuccessHandler final : public payment::CallbackHandler {
 public:
  payment::Noticed handle(env::Database& db, payment::Attempts& attempts, const channel::Account& account,
                          std::string_view body) override {
    try {
      return handler_->handle(db, attempts, account, body);
    } catch (const env::DatabaseError&) {
      return payment::Noticed::irrelevant;
    }
  }

 private:
  std::unique_ptr<payment::CallbackHandler> handler_ = payment::make_callback_handler("compare_and_set");
};

}  // namespace

std::unique_ptr<payment::CallbackHandler> make_always_success_handler() {
  return std::make_unique<AlwaysSuccessHandler>();
}

}  // namespace ordeal::purchase::planted
