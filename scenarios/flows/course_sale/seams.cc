#include "scenarios/flows/course_sale/seams.h"

namespace ordeal::course_sale {

using play::Device;
using play::Seam;

const Seam<seckill::SeatLimit>& seat_limit() {
  static const Seam<seckill::SeatLimit> seam{
      "seckill.seat_limit",
      "How does a user get one seat and no second?",
      {{"unique_index", [] { return seckill::make_seat_limit("unique_index"); }},
       {"in_transaction", [] { return seckill::make_seat_limit("in_transaction"); }}}};
  return seam;
}

const Seam<seckill::WinnerTerms>& winner_terms() {
  static const Seam<seckill::WinnerTerms> seam{
      "seckill.winner_terms",
      "Until when does a winner keep a seat that he has not confirmed?",
      {{"from_winning", [] { return seckill::make_winner_terms("from_winning"); }},
       {"while_open", [] { return seckill::make_winner_terms("while_open"); }}}};
  return seam;
}

const Seam<seckill::Publishing>& publishing() {
  static const Seam<seckill::Publishing> seam{
      "seckill.publishing",
      "How do the row of an activity and its counts in the cache come to agree?",
      {{"worker", [] { return seckill::make_publishing("worker"); }}}};
  return seam;
}

const Seam<seckill::SoldOut>& sold_out() {
  static const Seam<seckill::SoldOut> seam{"seckill.sold_out",
                                           "What does a node remember of courses that are sold out?",
                                           {{"expiring", [] { return seckill::make_sold_out("expiring"); }},
                                            {"none", [] { return seckill::make_sold_out("none"); }}}};
  return seam;
}

const Seam<limits::Permits>& permits() {
  static const Seam<limits::Permits> seam{"limits.permits",
                                          "How does a permit come back whose holder died?",
                                          {{"leases", [] { return limits::make_permits("leases"); }}}};
  return seam;
}

const Seam<seckill::Closer>& closer() {
  static const Seam<seckill::Closer> seam{
      "seckill.close_by",
      "Who notices that the time of a seat is over?",
      {{"scan", [] { return seckill::make_closer("scan"); }},
       {"delayed_message", [] { return seckill::make_closer("delayed_message"); }, Device::broker}}};
  return seam;
}

const Seam<seckill::Announcer>& announcer() {
  static const Seam<seckill::Announcer> seam{
      "seckill.events",
      "How does the classroom learn that a seat is paid?",
      {{"outbox", [] { return seckill::make_announcer("outbox"); }},
       {"half_message", [] { return seckill::make_announcer("half_message"); }, Device::broker}}};
  return seam;
}

const Seam<classroom::Roll>& roll() {
  static const Seam<classroom::Roll> seam{
      "classroom.roll",
      "How does a paid seat become one right, however often it is told?",
      {{"unique_index", [] { return classroom::make_roll("unique_index"); }},
       {"in_transaction", [] { return classroom::make_roll("in_transaction"); }}}};
  return seam;
}

std::vector<const play::SeamRow*> seam_rows() {
  return {&seat_limit(), &winner_terms(), &publishing(), &sold_out(),
          &permits(),    &closer(),       &announcer(),  &roll()};
}

}  // namespace ordeal::course_sale
