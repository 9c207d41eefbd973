#include "reports/plain_faults.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "sim/cause.h"

namespace ordeal::reports {
namespace {

namespace act = faults::act;

// The hops of a site, and what is done there: "after send payment.settle".
std::vector<std::string_view> hops_of(std::string_view site) {
  std::vector<std::string_view> hops;
  for (;;) {
    const std::size_t at = site.find(sim::kHopSeparator);
    hops.push_back(site.substr(0, at));
    if (at == std::string_view::npos) return hops;
    site.remove_prefix(at + sim::kHopSeparator.size());
  }
}

// Of what is done at a site: the manner, in words, and the rest.
struct Manner {
  std::string_view prefix;
  std::string_view words;
};
constexpr std::array<Manner, 7> kManners{{{"before commit ", " just before it commits"},
                                          {"after commit ", " just after it committed"},
                                          {"before send ", " just before it asks"},
                                          {"after send ", " just after it asked"},
                                          {"before handling ", " just before it is asked"},
                                          {"send ", "request"},
                                          {"reply ", "answer"}}};

const Manner* manner_of(std::string_view what) {
  for (const Manner& manner : kManners) {
    if (what.starts_with(manner.prefix)) return &manner;
  }
  return nullptr;
}

// Exact, or a phrase that ends in '/' and begins it.
std::string_view phrase_of(std::string_view place, const sim::Tale& tale) {
  const auto exact = tale.phrases().find(place);
  if (exact != tale.phrases().end()) return exact->second;
  for (const auto& [beginning, words] : tale.phrases()) {
    if (beginning.ends_with('/') && place.starts_with(beginning)) return words;
  }
  return {};
}

// The innermost hop that somebody has words for.
std::string_view doing(const std::vector<std::string_view>& hops, const sim::Tale& tale) {
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const Manner* manner = manner_of(*hop);
    const std::string_view words =
        phrase_of(manner == nullptr ? *hop : hop->substr(manner->prefix.size()), tale);
    if (!words.empty()) return words;
  }
  return {};
}

// "order-1's"; a crowd shares one host: "shoppers'".
std::string possessive(const std::string& host) { return host + (host.ends_with('s') ? "'" : "'s"); }

// What an action does to a host, or to its message; actions that are not here are told as plans tell them.
class Words {
 public:
  Words(const std::string& host, std::string_view what, const sim::Tale& tale, bool times)
      : host_(host), what_(what), tale_(tale), times_(times) {
    const Manner* manner = manner_of(what);
    const bool message = manner != nullptr && (manner->prefix == "send " || manner->prefix == "reply ");
    thing_ = possessive(host) + " " + std::string(message ? manner->words : "message");
    if (manner != nullptr && !message) when_ = manner->words;
  }

  std::string operator()(const act::Drop&) const { return thing_ + " is lost"; }
  std::string operator()(const act::Reset&) const { return thing_ + " breaks off"; }
  std::string operator()(const act::Corrupt&) const { return thing_ + " is damaged on its way"; }
  std::string operator()(const act::Duplicate&) const { return thing_ + " arrives twice"; }
  std::string operator()(const act::Delay& a) const {
    return thing_ + " comes " + (times_ ? plain_time(a.extra) + " " : "") + "late";
  }
  std::string operator()(const act::Hold& a) const { return thing_ + " is held" + lasting(a.how_long); }
  std::string operator()(const act::Crash& a) const {
    return host_ + " crashes" + when_ + restart(a.restart_after);
  }
  std::string operator()(const act::CrashWiped& a) const {
    return host_ + " crashes" + when_ + restart(a.restart_after) + ", its disk empty";
  }
  std::string operator()(const act::CrashSwapped& a) const {
    return host_ + " crashes" + when_ + restart(a.restart_after) + ", with an old disk";
  }
  std::string operator()(const act::CrashBeforeDisk& a) const {
    return host_ + " crashes just before it writes" + restart(a.restart_after);
  }
  std::string operator()(const act::CrashAfterDisk& a) const {
    return host_ + " crashes just after it wrote" + restart(a.restart_after);
  }
  std::string operator()(const act::Freeze& a) const {
    return host_ + " freezes" + lasting(a.how_long) + when_;
  }
  std::string operator()(const act::Slow& a) const {
    return host_ + " is slow" + lasting(a.how_long) + when_;
  }
  std::string operator()(const act::DiskStall& a) const {
    return possessive(host_) + " disk stalls" + lasting(a.how_long);
  }
  std::string operator()(const act::DiskFail&) const { return possessive(host_) + " disk fails"; }
  std::string operator()(const act::DiskFull&) const { return possessive(host_) + " disk is full"; }
  std::string operator()(const act::DiskLie&) const {
    return possessive(host_) + " disk says that it has written, and has not";
  }
  std::string operator()(const act::CacheFailover& a) const {
    return host_ + " fails over" +
           (times_ ? ", and the writes of the last " + plain_time(a.lag) + " are gone" : "");
  }
  std::string operator()(const act::CacheRestartEmpty&) const { return host_ + " comes back empty"; }
  std::string operator()(const act::CacheEvict&) const { return host_ + " has let go of the key"; }
  std::string operator()(const act::BrokerRedeliver&) const {
    return host_ + " forgets that the message was dealt with, and brings it again";
  }
  std::string operator()(const act::BrokerDuplicate&) const { return host_ + " stores the message twice"; }
  std::string operator()(const act::BrokerHold& a) const {
    return host_ + " keeps the message back" + lasting(a.after);
  }
  std::string operator()(const act::BrokerCrash& a) const {
    return host_ + " loses what it had not written down" + restart(a.restart_after);
  }
  // A sentence of its own begins with a capital.
  std::string operator()(const act::Take& a) const {
    const std::string_view words = phrase_of(std::string(what_) + ": " + a.way, tale_);
    if (words.empty()) return fmt::format("{}: \"{}\" goes the way \"{}\"", host_, what_, a.way);
    const bool sentence = std::isupper(static_cast<unsigned char>(words.front())) != 0;
    return host_ + (sentence ? ": " : " ") + std::string(words);
  }
  template <class Other>
  std::string operator()(const Other& other) const {
    return host_ + ": " + readable(faults::Action(other));
  }

 private:
  std::string lasting(Duration time) const {
    if (!times_) return "";
    return time == faults::kNever ? " until all faults end" : " for " + plain_time(time);
  }
  std::string restart(Duration after) const {
    if (!times_) return "";
    if (after.ns == 0) return " and is up again at once";
    return after == faults::kNever ? " and stays down" : " and is up again after " + plain_time(after);
  }

  const std::string& host_;
  std::string_view what_;
  const sim::Tale& tale_;
  bool times_;
  std::string thing_;
  std::string when_;
};

}  // namespace

std::string plain_time(Duration duration) {
  const double seconds = static_cast<double>(duration.ns) / 1e9;
  if (duration.ns < 1'000'000) return fmt::format("{:.2g} ms", seconds * 1e3);
  if (duration.ns < 1'000'000'000) return fmt::format("{} ms", duration.ns / 1'000'000);
  if (seconds < 60) return fmt::format("{:.3g} s", seconds);
  const std::int64_t whole = duration.ns / 1'000'000'000;
  const auto two = [](std::int64_t big, const char* name, std::int64_t small, const char* smaller) {
    return small == 0 ? fmt::format("{} {}", big, name)
                      : fmt::format("{} {} {} {}", big, name, small, smaller);
  };
  if (whole < 3600) return two(whole / 60, "min", whole % 60, "s");
  return two(whole / 3600, "h", whole / 60 % 60, "min");
}

PlainStrike plain_strike(const faults::Strike& strike, const std::string& host, const sim::Tale& tale) {
  const auto hops = hops_of(strike.site);
  PlainStrike plain;
  const auto& action = static_cast<const faults::Action::OneOf&>(strike.action);
  plain.what = std::visit(Words(host, hops.back(), tale, true), action);
  plain.brief = std::visit(Words(host, hops.back(), tale, false), action);
  // What somebody does otherwise than usual says itself what it is about.
  if (!std::holds_alternative<act::Take>(strike.action)) plain.doing = doing(hops, tale);
  return plain;
}

std::string plain_message(std::string_view site, const sim::Tale& tale) {
  const auto hops = hops_of(site);
  const std::string_view words = doing(hops, tale);
  const Manner* manner = manner_of(hops.back());
  const std::string_view what = !words.empty()      ? words
                                : manner == nullptr ? hops.back()
                                                    : hops.back().substr(manner->prefix.size());
  const std::string actor(hops.front().substr(0, hops.front().find('/')));
  const auto& persons = tale.persons();
  const bool of_a_person = std::find(persons.begin(), persons.end(), actor) != persons.end();
  return std::string(what) + (of_a_person ? ", for " + actor : "") +
         (manner == nullptr ? "" : ": " + std::string(manner->words));
}

std::string plain_window(const faults::Window& window, const std::vector<std::string>& host_names) {
  const std::vector<std::string>& where = window.scope.hosts.empty() ? host_names : window.scope.hosts;
  const bool one = where.size() == 1;
  const std::string who = plain_list(where);
  if (const auto* loop = std::get_if<faults::CrashLoop>(&window.fault)) {
    return fmt::format("{} {}, up to {} times, and {} up again after {}", who, one ? "crashes" : "crash",
                       loop->times, one ? "is" : "are", plain_time(loop->restart_after));
  }
  if (std::holds_alternative<faults::HostKill>(window.fault))
    return one ? who + " crashes" : fmt::format("{} hosts crash at once: {}", where.size(), who);
  const bool ends =
      faults::info(window.fault).acts == faults::Acts::while_open && window.until < faults::kUntilHeal;
  const std::string until =
      ends ? ", for " + plain_time(Duration{window.until.ns - window.from.ns}) : ", until all faults end";
  if (std::holds_alternative<faults::HostOutage>(window.fault))
    return who + (one ? " is down" : " are down") + until;
  return std::string(faults::info(window.fault).words) + " on " + who + until;
}

std::string plain_list(const std::vector<std::string>& names) {
  if (names.empty()) return "nobody";
  if (names.size() == 1) return names[0];
  if (names.size() == 2) return names[0] + " and " + names[1];
  if (names.size() == 3) return names[0] + ", " + names[1] + " and " + names[2];
  return fmt::format("{}, {} and {} more", names[0], names[1], names.size() - 2);
}

}  // namespace ordeal::reports
