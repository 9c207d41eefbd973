#include "scenarios/cli/explore/explore_futures.h"

#include <charconv>

#include <fmt/format.h>
#include <tsl/robin_map.h>

#include "core/base/check.h"
#include "core/base/digest.h"

namespace ordeal::cli {
namespace {

// A question of the trial without faults that is asked again, word for word and at the same time.
std::uint64_t name_of(const faults::SiteAsked& site) {
  return Digest(site.site_id)
      .add(static_cast<std::uint64_t>(site.at_ns))
      .add((std::uint64_t{site.host} << 8) | static_cast<std::uint64_t>(site.question))
      .add((std::uint64_t{site.occurrence} << 8) | site.applicable.size())
      .value();
}

tsl::robin_map<std::uint64_t, std::size_t> places_in(const play::Played& clean) {
  tsl::robin_map<std::uint64_t, std::size_t> places;
  for (std::size_t q = 0; q < clean.sites.size(); ++q) places.emplace(name_of(clean.sites[q]), q);
  return places;
}

std::uint64_t number(std::string_view text, int base) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  ORDEAL_CHECK(error == std::errc{} && end == text.data() + text.size(), "a worker's future cannot be read");
  return value;
}

// Up to the separator, which is taken off too.
std::string_view cut(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  ORDEAL_CHECK(at != std::string_view::npos, "a worker's future cannot be read");
  const std::string_view piece = text.substr(0, at);
  text.remove_prefix(at + 1);
  return piece;
}

}  // namespace

std::optional<Sort> sort_of(const faults::SiteAsked& site, const faults::Action& action) {
  if (faults::is_crash(action)) return Sort::crash;
  if (std::holds_alternative<faults::act::Freeze>(action)) return Sort::freeze;
  if (std::holds_alternative<faults::act::DiskStall>(action)) return Sort::stall;
  if (std::holds_alternative<faults::act::DiskFail>(action))
    return site.op == sim::DiskOp::Kind::read ? Sort::fail_read : Sort::fail_write;
  return std::nullopt;
}

std::optional<Sort> Future::sort_in(char letter) {
  if (letter < 'a') return std::nullopt;
  return static_cast<Sort>(letter - 'a');
}

Future future_of(const play::Played& played, std::size_t first, const play::Played& clean,
                 const faults::Limits& limits) {
  const auto hashes = faults::futures(played.sites, played.trial.records, played.at_rest);
  const faults::Twins twins(played.sites, played.trial.records);
  const auto places = places_in(clean);
  Future future;
  if (first != 0) {
    const faults::Action& action = played.plan.strikes.front().action;
    future.after = faults::future_after(played.sites, hashes, first - 1, action);
    future.footprint =
        faults::footprint(clean.trial.records, played.trial.records, clean.sites[first - 1], action);
  }
  for (std::size_t q = first; q < played.sites.size(); ++q) {
    const faults::SiteAsked& site = played.sites[q];
    Future::Question& question = future.questions.emplace_back();
    question.hash = hashes[q];
    question.site = site.site_id;
    const auto place = places.find(name_of(site));
    if (place != places.end()) question.in_clean = place->second;
    for (std::size_t a = 0; a < site.applicable.size(); ++a) {
      const faults::Action& action = site.applicable[a];
      const bool may = faults::may_strike(site, action, limits);
      question.actions += !may                        ? Future::kMayNot
                          : twins.of(q, a) == nullptr ? Future::kMay
                                                      : Future::represented(*sort_of(site, action));
    }
  }
  return future;
}

std::string to_text(const Future& future) {
  std::string out = faults::to_text(future.footprint) + fmt::format("/{:x}/", future.after);
  for (const Future::Question& question : future.questions) {
    out += fmt::format("{:x},{:x},", question.hash, question.site);
    if (question.in_clean != Future::kNowhere) out += fmt::format("{:x}", question.in_clean);
    out += ',' + question.actions + ';';
  }
  return out;
}

Future future_from(std::string_view text) {
  Future future;
  auto footprint = faults::footprint_from(cut(text, '/'));
  ORDEAL_CHECK(footprint.has_value(), "a worker's footprint cannot be read");
  future.footprint = *std::move(footprint);
  future.after = number(cut(text, '/'), 16);
  while (!text.empty()) {
    Future::Question& question = future.questions.emplace_back();
    question.hash = number(cut(text, ','), 16);
    question.site = number(cut(text, ','), 16);
    const std::string_view place = cut(text, ',');
    if (!place.empty()) question.in_clean = static_cast<std::size_t>(number(place, 16));
    question.actions = cut(text, ';');
  }
  return future;
}

}  // namespace ordeal::cli
