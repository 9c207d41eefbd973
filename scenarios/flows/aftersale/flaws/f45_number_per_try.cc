// F-45: makes a new refund number for each try, "so that the channel does not refuse a duplicate". The first try was on its way all the time,
// and the channel has no way to see that the second is the same refund.
#include "scenarios/flows/aftersale/flaws/flaws.h"

namespace ordeal::aftersale::planted {
namespace {

class NumberPerTry final : public Numbering {
 public:
  std::string number(const Back& back) const override {
    return back.id.text() + "-" + std::to_string(back.sends);
  }
};

}  // namespace

std::unique_ptr<Numbering> make_number_per_try() { return std::make_unique<NumberPerTry>(); }

}  // namespace ordeal::aftersale::planted
