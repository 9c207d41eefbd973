#include "core/seckill/winner_terms.h"

#include <algorithm>

namespace ordeal::seckill {
namespace {

constexpr Duration kLeast{60'000'000'000};

class FromWinning final : public WinnerTerms {
 public:
  std::optional<Instant> confirm_by(Instant won_at, Duration within, Instant) override {
    return won_at + within;
  }
};

class WhileOpen final : public WinnerTerms {
 public:
  std::optional<Instant> confirm_by(Instant won_at, Duration within, Instant ends_at) override {
    return std::max(won_at + std::min(kLeast, within), std::min(won_at + within, ends_at));
  }
};

}  // namespace

std::unique_ptr<WinnerTerms> make_winner_terms(std::string_view name) {
  if (name == "from_winning") return std::make_unique<FromWinning>();
  if (name == "while_open") return std::make_unique<WhileOpen>();
  return nullptr;
}

}  // namespace ordeal::seckill
