#include "scenarios/flows/booking/seams.h"

namespace ordeal::booking {

const play::Seam<SlotKeeper>& slot_keeper() {
  using play::Device;
  static const play::Seam<SlotKeeper> seam{
      "booking.lock",
      "What is locked while a stretch of a venue is booked, so that nobody works for nothing?",
      {{"none", [] { return make_keeper("none"); }},
       {"venue_day", [] { return make_keeper("venue_day"); }, Device::cache},
       {"slot", [] { return make_keeper("slot"); }, Device::cache},
       {"venue", [] { return make_keeper("venue"); }, Device::cache},
       {"venue_day_lease", [] { return make_keeper("venue_day_lease"); }, Device::cache}}};
  return seam;
}

}  // namespace ordeal::booking
