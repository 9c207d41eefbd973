// F-98: takes a second refund of the same amount within a day for the first one, "people click twice". A buyer who sends two equal things
// back gets the money for one.
#include "scenarios/flows/aftersale/flaws/flaws.h"

namespace ordeal::aftersale::planted {
namespace {

constexpr Duration kDay{86'400'000'000'000};
constexpr env::Sql kAlike{
    "select id from back where payment = ? and amount = ? and asked_at > ? order by asked_at limit 1"};

class KnownByAmount final : public Recognition {
 public:
  std::optional<Back> known(env::Connection& from, const Back& wanted) const override {
    if (auto same = find_request(from, wanted.payment, wanted.request_key)) return same;
    std::optional<RefundId> alike;
    {
      auto rows = from.query(kAlike, wanted.payment, wanted.amount.minor, wanted.asked_at - kDay);
      if (rows.next()) alike = rows.get<RefundId>(0);
    }
    return alike ? find_back(from, *alike) : std::nullopt;
  }
};

}  // namespace

std::unique_ptr<Recognition> make_known_by_amount() { return std::make_unique<KnownByAmount>(); }

}  // namespace ordeal::aftersale::planted
