#include "core/api/seckill.h"

#include "core/wire/codec.h"

namespace ordeal {

ORDEAL_CODECS(seckill::Publish, seckill::PublishReply, seckill::Grab, seckill::GrabReply, seckill::PageQuery,
              seckill::PageReply, seckill::Confirm, seckill::ConfirmReply, seckill::PayForSeat,
              seckill::PayForSeatReply, seckill::CoursePaid, seckill::SeatDue, seckill::UnitsAreBack,
              seckill::TillRequest);

ORDEAL_CODECS(seckill::facts::ActivityPublished, seckill::facts::ActivityWarmed, seckill::facts::SeatWon,
              seckill::facts::SeatConfirmed, seckill::facts::SeatPaid, seckill::facts::SeatGivenBack,
              seckill::facts::CourseGiven);

}  // namespace ordeal
