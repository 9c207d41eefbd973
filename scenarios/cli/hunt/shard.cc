#include "scenarios/cli/hunt/shard.h"

#include <charconv>

#include "scenarios/play/bad_input.h"

namespace ordeal::cli {
namespace {

bool read(std::string_view text, std::uint64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

Shard parse_shard(std::string_view flag, std::string_view text) {
  const auto slash = text.find('/');
  Shard shard{0, 0};
  const bool numbers = slash != std::string_view::npos && read(text.substr(0, slash), shard.k) &&
                       read(text.substr(slash + 1), shard.n);
  if (numbers && shard.k >= 1 && shard.k <= shard.n) return shard;
  std::string message =
      std::string(flag) + " needs k/n with k from 1 to n, such as 3/8, found \"" + std::string(text) + "\"";
  if (numbers && shard.k == 0 && shard.n >= 1)
    message += "\n  did you mean  1/" + std::to_string(shard.n) + " (shards are counted from 1)";
  throw play::BadInput(play::ExitCode::usage, message);
}

bool has(const SeedRange& seeds, const Shard& shard, std::uint64_t seed) {
  return seed >= seeds.first && seed <= seeds.last && (seed - seeds.first) % shard.n == shard.k - 1;
}

SeedsLeft::SeedsLeft(const SeedRange& seeds, const Shard& shard, const std::vector<std::uint64_t>& done)
    : step_(shard.n) {
  const std::uint64_t reach = seeds.last - seeds.first;
  if (shard.k - 1 > reach) return;
  std::uint64_t left = (reach - (shard.k - 1)) / shard.n + 1;
  tail_ = seeds.first + (shard.k - 1);
  for (const std::uint64_t seed : done) {
    for (; tail_ < seed; tail_ += step_, --left) gaps_.push_back(tail_);
    tail_ += step_;
    --left;
  }
  tail_count_ = left;
}

std::uint64_t SeedsLeft::at(std::uint64_t place) const {
  return place < gaps_.size() ? gaps_[place] : tail_ + (place - gaps_.size()) * step_;
}

}  // namespace ordeal::cli
