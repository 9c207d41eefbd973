#include "scenarios/flows/course_sale/laws/laws.h"

namespace ordeal::course_sale {

std::vector<play::LawRow> law_rows() {
  const std::vector<std::string_view> sale{"seckill"};
  const std::vector<std::string_view> both{"seckill", "classroom"};
  return {
      {kOneSeatPerUser, "A user has one seat of an activity, on however many devices he asks.", true, true,
       1000, sale, &watch_one_seat_per_user},
      {kSeatsWithinStock, "Of no course are more seats held and sold than there are.", true, true, 1010, sale,
       &watch_seats_within_stock},
      {kSoldInHours, "A seat is won in the hours of its sale, by the server's clock.", true, true, 1020, sale,
       &watch_sold_in_hours},
      {kUnitBackOnce, "The unit of a seat that was not paid comes back once.", true, true, 1030, sale,
       &watch_unit_back_once},
      {kOneRight, "A paid seat becomes one right to the course, however often it is told.", true, true, 1040,
       both, &watch_one_right},
      {kOnlyPaidIsTold, "No course is given for a seat that is not paid.", true, true, 1050, both,
       &watch_only_paid_is_told},
      {kSeatsAddUp, "The counters of a course and its seats add up.", true, false, 1060, sale,
       &watch_seats_add_up},
      {kTillAgrees, "The till has the money of just those seats that are paid, and their price.", true, false,
       1070, sale, &watch_till_agrees},
      {kAsTold, "What learners were told of their seats is so.", true, false, 1080, sale, &watch_as_told},
      {kNonsenseRefused, "What is no request is refused, and changes nothing.", true, false, 1090, sale,
       &watch_nonsense_refused},
      {kPublishedIsWarm, "The counts of a published activity get into the cache, whatever dies in between.",
       false, false, 1100, sale, &watch_published_is_warm},
      {kNoSeatWithoutDeadline, "No seat is held for ever: who does not confirm or pay in time loses it.",
       false, false, 1110, sale, &watch_deadlines},
      {kPaidIsTold, "Every paid seat becomes a right to its course.", false, false, 1120, both,
       &watch_paid_is_told},
      {kSoldOutIsTrue, "Who is told that all is gone is told so while it is, or a flag's life later at most.",
       false, false, 1130, sale, &watch_sold_out_is_true},
      {kPermitsComeBack, "Permits come back, also those of holders that died.", false, false, 1140, sale,
       &watch_permits_come_back},
      {kCalmLearnersServed, "When nothing is wrong everybody gets an answer that is final.", false, false,
       1150, sale, &watch_answered},
  };
}

std::vector<play::ColumnRow> column_rows() {
  return {
      {"seckill", "sale_activity.id", "I-26"},
      {"seckill", "sale_activity.epoch", "I-26"},
      {"seckill", "sale_activity.published", "I-26"},
      {"seckill", "sale_activity.opens_at", "I-29"},
      {"seckill", "sale_activity.ends_at", "I-29"},
      {"seckill", "sale_activity.warm_epoch", "I-26"},
      {"seckill", "sale_course.activity", "I-11"},
      {"seckill", "sale_course.course", "I-11"},
      {"seckill", "sale_course.price", "I-42"},
      {"seckill", "sale_course.currency", "I-42"},
      {"seckill", "sale_course.available", "I-11"},
      {"seckill", "sale_course.held", "I-11"},
      {"seckill", "sale_course.sold", "I-11"},
      {"seckill", "sale_course.initial", "I-11"},
      {"seckill", "sale_course.version", "I-19"},
      {"seckill", "seat.grab", "I-92"},
      {"seckill", "seat.activity", "I-27"},
      {"seckill", "seat.course", "I-11, I-92"},
      {"seckill", "seat.user_id", "I-27, I-92"},
      {"seckill", "seat.state", "I-11, I-15, I-92"},
      {"seckill", "seat.due_at", "I-15"},
      {"seckill", "seat.tell_at", "I-50"},
      {"seckill", "seat.cause", "", "for people who read traces; nothing is decided by it"},
      {"seckill", "outbox.id", "", "a number that nobody else knows"},
      {"seckill", "outbox.topic", "I-50"},
      {"seckill", "outbox.body", "I-50, I-54"},
      {"seckill", "outbox.pending", "I-50"},
      {"seckill", "outbox.trace", "", "for people who read traces; nothing is decided by it"},
      {"seckill", "outbox.attempts", "", "how patient the relay is; a row that waits for ever is I-50"},
      {"seckill", "outbox.next_at", "I-50"},
      {"classroom", "course_right.id", "", "a number that nobody else knows"},
      {"classroom", "course_right.grab", "I-43, I-50"},
      {"classroom", "course_right.user_id", "I-54"},
      {"classroom", "course_right.course", "I-54"},
  };
}

}  // namespace ordeal::course_sale
