#include "tests/bench/table/reconcile_growth.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/reconciliation/formats.h"
#include "core/reconciliation/matcher.h"
#include "core/reconciliation/plain.h"
#include "scenarios/cli/reconcile/input_file.h"

namespace ordeal::bench {
namespace {

namespace fs = std::filesystem;
using namespace reconciliation;

constexpr std::int64_t kMidnight = 1'767'312'000;  // 2026-01-02

struct Cost {
  double seconds = 0;  // of the processor: others may be at work beside
  double mebibytes = 0;
};

// In a process of its own, so that what it needs is only its own.
Cost cost_of(const std::function<bool()>& work) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) _exit(work() ? 0 : 1);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) fmt::print("a reconciliation failed\n");
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime), static_cast<double>(usage.ru_maxrss) / 1024};
}

// Lines in no order: a step that shares no factor with a power of ten visits each once. Of theirs a few differ.
void write_book(const fs::path& path, std::int64_t lines, bool theirs) {
  constexpr std::int64_t kStep = 7'919;
  std::ofstream out(path, std::ios::binary);
  out << plain_header();
  for (std::int64_t n = 0; n < lines; ++n) {
    const std::int64_t i = n * kStep % lines;
    if (i % 100'003 == (theirs ? 17 : 5)) continue;
    const std::string number = fmt::format("{}20260102{:010}", i % 10 == 0 ? 'R' : 'T', i);
    const std::string channel_number = fmt::format("42000000002026010200{:08}", i);
    Entry entry{};
    entry.kind = i % 10 == 0 ? Kind::refund : Kind::payment;
    entry.number = number;
    entry.channel_number = channel_number;
    entry.amount = entry.settled = 100 + i * 31 % 100'000 + (theirs && i % 50'021 == 3 ? 1 : 0);
    entry.fee = entry.amount * 6;
    entry.has_fee = true;
    entry.at = kMidnight + i % kSecondsPerDay;
    out << plain_line(entry);
  }
}

class Nowhere final : public EntrySink {
 public:
  Refused take(const Entry&) override { return std::nullopt; }
};
class Unheard final : public FindingSink {
 public:
  void found(const Finding&) override {}
};

bool read_into(const fs::path& path, EntrySink& sink) {
  cli::InputFile file(path);
  Statement statement;
  return !read_statement(file, nullptr, {}, sink, statement);
}

bool read_both(const fs::path& ours, const fs::path& theirs) {
  Nowhere nowhere;
  return read_into(ours, nowhere) && read_into(theirs, nowhere);
}

bool reconcile_both(const fs::path& ours, const fs::path& theirs) {
  Book our_book(cli::new_scratch);
  Book their_book(cli::new_scratch);
  if (!read_into(ours, our_book) || !read_into(theirs, their_book)) return false;
  our_book.sort();
  their_book.sort();
  if (our_book.check(false) || their_book.check(false)) return false;
  Unheard unheard;
  return match(our_book, their_book, {}, unheard).differences() != 0;
}

}  // namespace

void print_reconcile_growth() {
  const fs::path folder = fs::temp_directory_path() / fmt::format("ordeal-bench-{}", getpid());
  fs::create_directories(folder);
  const fs::path ours = folder / "ours.csv";
  const fs::path theirs = folder / "theirs.csv";
  fmt::print("\n{:<28} {:>12} {:>14} {:>8} {:>14}   {}\n", "reconcile, lines each", "reading both",
             "reconciling", "ratio", "memory", "target <= 4, <= 256 MiB");
  const std::int64_t most = std::getenv("ORDEAL_BENCH_LARGE") != nullptr ? 10'000'000 : 1'000'000;
  for (std::int64_t lines = 10'000; lines <= most; lines *= 10) {
    write_book(ours, lines, false);
    write_book(theirs, lines, true);
    const Cost reading = cost_of([&] { return read_both(ours, theirs); });
    const Cost all = cost_of([&] { return reconcile_both(ours, theirs); });
    fmt::print("{:<28} {:>10.2f} s {:>12.2f} s {:>8.2f} {:>10.0f} MiB\n", lines, reading.seconds, all.seconds,
               all.seconds / reading.seconds, all.mebibytes);
  }
  fs::remove_all(folder);
}

}  // namespace ordeal::bench
