#include "scenarios/flows/booking/telling/telling.h"

namespace ordeal::booking {

std::vector<play::WordRow> word_rows() {
  return {
      {"booking.book", "booking"},
      {"booking.look", "looking at the venue"},
      {"booking.check", "looking whether it is free"},
      {"booking.pay", "paying for the booking"},
      {"booking.cancel", "cancelling what is unpaid"},
      {"cache.FCALL", "asking the lock"},
      {"lock keeper", "keeping the lock"},
      {"coming: rush", "all come the moment the day is opened"},
      {"booking: nonsense", "asks first for what cannot be booked"},
      {"booking: key_again", "asks for something else under the same key"},
      {"booking: two_devices", "asks on two devices"},
      {"settling: twice", "pays on two devices at once"},
      {"settling: another", "pays once more under another key"},
      {"settling: not_his", "asks first to pay for what is not his"},
      {"settling: last_moment", "pays at the last moment"},
      {"booking: the work under the lock takes long", "takes forty seconds over the booking"},
  };
}

std::vector<play::BreachRow> breach_rows() {
  return {
      {"a booking was written under a lock that was somebody else's by then",
       "{guest}'s booking is written with token {token}, after one with {seen before}: the lock was "
       "another's"},
      {"the store knows another token than the highest that wrote",
       "{resource}: token {kept} is kept, and {highest} has written"},
      {"two bookings of a venue overlap",
       "{guest} has {venue} {stretch}, and {other guest} has it {other stretch}"},
      {"two bookings of a venue overlap at rest",
       "{guest} has {venue} {stretch}, and {other guest} has it {other stretch}"},
      {"one request was answered with another booking than its own",
       "{guest}'s request for {venue} {stretch} is answered with another booking"},
      {"a key that stands for one request was taken for another",
       "{guest} asked for {venue} {stretch} under a used key, and is told \"yours\""},
      {"a booking that had ended ended once more", "{booking} was {ended as} and becomes {then as}"},
      {"a booking stands otherwise than it ended", "{booking} is {state}, and ended otherwise"},
      {"a booking does not say what its end came of", "{booking} is {state} and does not say why"},
      {"a booking has not all of its slots", "{guest} has {venue} {stretch}, and not all of its slots"},
      {"a slot is kept for nobody", "a slot of {venue} is kept for {booking}, which is over"},
      {"an unpaid booking was cancelled before its time",
       "{booking} was cancelled {early by} before its time"},
      {"an unpaid booking was cancelled too late", "{booking} was due {due} and cancelled {cancelled}"},
      {"an unpaid booking is never cancelled", "{guest} keeps {venue} {stretch} for ever, and never pays"},
      {"a guest was told \"taken\" of what was free",
       "{guest} is told \"taken\", and {venue} {stretch} was free"},
      {"a guest was refused for what is not so",
       "{guest} is refused {venue} {stretch}: {because}, which is not so"},
      {"a guest was told of a conflict that is none",
       "{guest} is told of a conflict, and asked for one thing only"},
      {"a guest was told \"yours\" of nothing",
       "{guest} is told \"yours\", and {venue} {stretch} is not written down"},
      {"a guest was told to pay for what is paid or cancelled",
       "{guest} is told to pay for what is paid or cancelled: {venue} {stretch}"},
      {"a guest was told another time to pay by", "{guest} is told another time to pay by than is kept"},
      {"a good payment was called a bad one", "{guest}'s payment of {booking} is called a bad one"},
      {"a guest was told that his booking is none", "{guest} is told that {booking} is none of his"},
      {"a guest was told that he is too late",
       "{guest} is told that he is too late for {booking}, and is not"},
      {"a guest was told that another paid", "{guest} is told that {booking} was paid by another payment"},
      {"a guest was told \"paid\" of what is not", "{guest} is told \"paid\", and {booking} is not"},
      {"what no booking can be made of was booked", "{guest} has {venue} {stretch}, which cannot be booked"},
      {"a guest waited longer than for any lock", "{guest} waited {waited} for an answer about {venue}"},
      {"a guest was put off by a lock under which nobody worked",
       "{guest} is told to come back later for {venue}, though nobody was at work on it"},
      {"a guest was put off until he gave up", "{guest} asked again and again for {venue} and got no answer"},
  };
}

std::vector<play::MarkRow> mark_rows() {
  using enum play::MarkGrade;
  return {
      {"guest asked again", "A guest got no answer, or none that ended it."},
      {"somebody else had it", "A guest was told that a part of a stretch is taken.", must},
      {"booking left unpaid", "A guest left without paying.", must},
      {"asked under two keys at once", "A guest asked for one stretch under two keys at once."},
      {"nonsense asked for", "A guest asked for what no booking can be made of."},
      {"key used for another stretch", "A guest used one request key for two requests."},
      {"paid for what is not his", "A guest asked to pay for a booking that he has not."},
      {"a payment came for a cancelled booking", "Somebody paid when the time was over."},
      {"an overdue booking had moved", "A due booking had moved before it could be cancelled."},
      {"somebody waited for a lock", "A lock was somebody else's, for a while."},
      {"a lock was busy for too long", "A lock was somebody else's for five seconds."},
      {"the lock service was silent", "The cache did not answer; the database decided without a lock."},
      {"a late holder was refused by its token",
       "A write came with a token that the store had seen exceeded."},
      {"a lock was gone before it was let go", "Its lease had ended, or the cache had forgotten it."},
      {"a watchdog renewed a lock", "Work under a lock took longer than ten seconds."},
      {"a watchdog found no lock", "It had been forgotten, or nobody answered."},
  };
}

}  // namespace ordeal::booking
