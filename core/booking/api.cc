#include "core/api/booking.h"
#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(api::BookVenue, api::BookReply, api::PayBooking, api::PayBookingReply, api::facts::VenueBooked,
              api::facts::BookingPaid, api::facts::BookingCancelled);

}  // namespace ordeal
