#include "scenarios/flows/course_sale/flaws/flaws.h"

namespace ordeal::course_sale {

using play::Flaw;

std::vector<const play::FlawRow*> flaw_rows() {
  static const Flaw<seckill::WinnerTerms> f27{
      {"F-27", "a winner without a deadline", "I-15 no-seat-without-a-deadline", "course_seckill",
       "Registers a deadline with the formal order only: who wins and never confirms holds the unit for "
       "ever."},
      winner_terms(),
      planted::make_no_terms};
  static const Flaw<seckill::SoldOut> f29{
      {"F-29", "sold-out flag stuck", "I-19 sold-out-is-true", "course_seckill",
       "Says \"sold out\" until it hears that a unit came back, which is told once: a node that missed it "
       "sends "
       "everybody away."},
      sold_out(),
      planted::make_until_told};
  static const Flaw<limits::Permits> f32{{"F-32", "permits leak", "I-68 permits-come-back", "course_seckill",
                                          "Counts permits and gives them back in `finally`: a process that "
                                          "dies has none, and its permit is gone."},
                                         permits(),
                                         planted::make_counted_permits};
  static const Flaw<seckill::SeatLimit> f34{
      {"F-34", "limit per user bypassed", "I-27 one-seat-per-user", "course_seckill",
       "Counts a user's seats, then writes one: two devices are both counted before either has written."},
      seat_limit(),
      planted::make_count_then_write};
  static const Flaw<classroom::Roll> f37{
      {"F-37", "no unique key behind a look-up", "I-43 one-right-per-seat", "course_seckill",
       "Looks for the right, then inserts it: the same news twice at once both find nothing."},
      roll(),
      planted::make_look_then_enter};
  static const Flaw<seckill::Publishing> f38{
      {"F-38", "published, not warmed up", "I-26 published-is-warm", "course_seckill",
       "Commits PUBLISHED, then fills the cache: who dies in between leaves an activity that nobody can "
       "buy."},
      publishing(),
      planted::make_publish_then_warm};
  static const Flaw<seckill::Announcer> f49{
      {"F-49", "absent taken for rolled back", "I-50 paid-seats-get-their-course", "course_seckill",
       "Asked about a half message, takes \"not paid yet\" for \"never\": the till is still at it, and the "
       "news are "
       "gone."},
      announcer(),
      planted::make_absent_is_rollback,
      {&announcer(), "half_message"}};
  static const Flaw<seckill::Closer> f75{
      {"F-75", "broadcast consumption", "I-14 a-unit-comes-back-once", "course_seckill",
       "Consumes a seat's end in broadcast mode: every instance puts the unit back."},
      closer(),
      planted::make_everybody_closes,
      {&closer(), "delayed_message"}};
  return {&f27, &f29, &f32, &f34, &f37, &f38, &f49, &f75};
}

}  // namespace ordeal::course_sale
