// A channel that payments came through. It gives money back once for each number, by its refund API or by a payout, sooner or later, and says
// so or not; it judges numbers as the real ones do (domain 2.1, 2.2): same number and amount, the window, a minute apart, not more than was
// paid, so many of one payment. Of payouts it knows no window. It is also the buyers' bank, which opens cases: what a case takes the refund API does not
// know of.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/flows/aftersale/parties/books.h"
#include "scenarios/flows/aftersale/parts.h"
#include "scenarios/play/world.h"
#include "sim/process.h"

namespace ordeal::aftersale {

// What becomes of a refund or a payout.
inline constexpr std::string_view kBackFork = "giving back";
inline constexpr std::array<std::string_view, 5> kBackWays{"as usual", "slow", "silent", "late", "fails"};
// How often its end is told.
inline constexpr std::string_view kNoticeFork = "notice of a refund";
inline constexpr std::array<std::string_view, 4> kNoticeWays{"once", "twice", "never", "an hour late"};
// How often the service is asked for a case although it has answered, and told of its reversal.
inline constexpr std::string_view kCaseFork = "a case";
inline constexpr std::array<std::string_view, 3> kCaseWays{"once", "twice", "reversed"};

class ChannelParty {
 public:
  ChannelParty(sim::Process& process, play::World& world, const ChannelSpec& spec);
  void start();

 private:
  env::HttpResponse give_back(api::BackRoute route, const std::string& body);
  env::HttpResponse query(const std::string& body);
  env::HttpResponse complain(const std::string& body);
  void tell_of_another_number(const api::GiveBack& asked, api::BackRoute route);
  // Why the refund API does not take it; none: it does.
  api::BackFault judge(const api::GiveBack& asked, const Trade& trade);
  void take(const api::GiveBack& asked);
  std::size_t way_of(sim::Key luck);
  void decide(BackLine& line, std::size_t way);
  void later(BackLine& line, std::string_view what);
  void end(BackLine& line, api::GivenBack state, api::BackFault fault);
  void tell(const std::string& number);
  void open_case(BankCase& open, std::size_t way);
  void reverse(BankCase& open, std::size_t way);
  // True when the service took it. An answer is put into `answer`.
  bool post_until_taken(const char* path, const std::string& body, std::string& answer);
  env::HttpResponse answer(const BackLine& line) const;
  sim::Key key(std::string_view what);
  void say(std::string text, const std::string& about, PaymentId payment);

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const ChannelSpec& spec_;
  ChannelBook& book_;
};

}  // namespace ordeal::aftersale
