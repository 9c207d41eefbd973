#include "core/payout/doubt.h"

namespace ordeal::payout {
namespace {

using api::TransferState;

// A transfer that was not found is sent again, under its number, when it had time to land.
constexpr Duration kTimeToLand{300'000'000'000};

class Asks final : public Doubt {
 public:
  explicit Asks(bool reads) : reads_(reads) {}
  Verdict verdict(const Heard& heard) const override { return as_the_channel_says(heard); }
  bool reads_statements() const override { return reads_; }

 private:
  const bool reads_;
};

}  // namespace

Verdict as_the_channel_says(const Heard& heard) {
  if (!heard.answer) return {};
  switch (heard.answer->state) {
    case TransferState::paid:
      return {Verdict::What::paid};
    case TransferState::failed:
      return {Verdict::What::failed, heard.answer->fault};
    case TransferState::not_found:
      return {heard.since_sent < kTimeToLand ? Verdict::What::ask_again : Verdict::What::send_again};
    case TransferState::accepted:
      break;
  }
  return {};
}

std::unique_ptr<Doubt> make_doubt(std::string_view name) {
  if (name == "query") return std::make_unique<Asks>(false);
  if (name == "query_and_statement") return std::make_unique<Asks>(true);
  return nullptr;
}

}  // namespace ordeal::payout
