// `ordeal hunt SCENARIO`: many trials in worker processes. Each finished trial is in results.jsonl before
// anybody counts it, so whatever ends the hunt, what was found is reported and saved, and `hunt --resume` goes on from
// there.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <unistd.h>

#include "reports/words.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/hunt/campaign.h"
#include "scenarios/cli/hunt/hunt_end.h"
#include "scenarios/cli/hunt/hunt_sums.h"
#include "scenarios/cli/hunt/novelty.h"
#include "scenarios/cli/hunt/order.h"
#include "scenarios/cli/hunt/past_hunts.h"
#include "scenarios/cli/hunt/results.h"
#include "scenarios/cli/hunt/what_it_was.h"
#include "scenarios/cli/hunt/workers.h"
#include "scenarios/cli/interrupts.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/progress.h"
#include "scenarios/cli/run/casting.h"
#include "scenarios/cli/run/judging.h"
#include "scenarios/cli/run/trial_line.h"
#include "scenarios/cli/run_directory.h"
#include "scenarios/cli/verbs.h"
#include "scenarios/cli/wall_clock.h"

namespace ordeal::cli {
namespace {

using play::ExitCode;

// A trial that is still not over so long after everything should stop is given up.
constexpr std::int64_t kPatience = 10'000'000'000;
constexpr int kPollMs = 50;

// A hunt from its beginning, or one that is taken up again in its own run directory.
class Hunt {
 public:
  Hunt(const HuntFlags& flags, HuntOrder order, Production production)
      : flags_(flags),
        order_(std::move(order)),
        production_(std::move(production)),
        directory_(
            std::make_unique<RunDirectory>(flags.output.out, "hunt-" + production_.stage->scenario().name)),
        sums_(order_.seeds, order_.max_failures, order_.shard) {}
  // Whoever takes it up has locked it.
  Hunt(const HuntFlags& flags, HuntOrder order, Production production, const std::filesystem::path& existing,
       std::unique_ptr<FileLock> lock)
      : flags_(flags),
        order_(std::move(order)),
        production_(std::move(production)),
        directory_(std::make_unique<RunDirectory>(existing)),
        sums_(order_.seeds, order_.max_failures, order_.shard),
        lock_(std::move(lock)) {}

  ExitCode run() {
    const Interrupts interrupts;
    const bool is_first = directory_->is_first();
    begin();
    if (directory_->trouble())  // now, not after a night of trials
      print_error(*directory_->trouble() + "; going on, but nothing will be kept");
    corpus_ = replay_corpus_of(flags_.repertoire, order_, production_);
    remembered_ = replay_remembered_of(flags_.repertoire, flags_.remember, production_);
    began_ns_ = wall_now_ns();
    play();
    const reports::HuntReport report = end_hunt({.production = production_,
                                                 .order = order_,
                                                 .output = flags_.output,
                                                 .ci = flags_.ci,
                                                 .corpus = corpus_,
                                                 .remembered = remembered_,
                                                 .because = because_,
                                                 .wall_ns = wall_now_ns() - began_ns_,
                                                 .before = before_,
                                                 .crash = crash_,
                                                 .merged_from = 0,
                                                 .missing = {}},
                                                sums_, *directory_);
    if (is_first && !flags_.output.json && !flags_.output.quiet && report.exit_code == 0)
      print(what_it_was(report, stdout_width()));
    return static_cast<ExitCode>(report.exit_code);
  }

 private:
  // Says what is hunted before anything is, and takes over what is there.
  void begin() {
    novelty_.emplace(order_.patience, wall_now_ns());
    if (!directory_->usable()) return;
    try {
      if (lock_) {
        take_over();
      } else {
        directory_->write_early(kCampaignFile, to_text(campaign_of(production_, order_)));
        if (!directory_->trouble()) lock_ = std::make_unique<FileLock>(directory_->path() / kCampaignFile);
      }
      results_ = std::make_unique<LineFile>(directory_->path() / kResultsFile);
    } catch (const IoError& error) {
      directory_->remember(error.what());
    }
  }

  void take_over() {
    Results results;
    results.add(directory_->path() / kResultsFile);
    done_ = results.seeds();
    const auto stranger = std::find_if(done_.begin(), done_.end(), [&](std::uint64_t seed) {
      return !has(order_.seeds, order_.shard, seed);
    });
    if (stranger != done_.end()) {
      throw play::BadInput(ExitCode::data, (directory_->path() / kResultsFile).string() + ": seed " +
                                               std::to_string(*stranger) + " is not one of this hunt");
    }
    results.write(directory_->path() / kResultsFile);  // without a torn line, which the next one would join
    results.for_each([&](TrialLine line) {
      ++before_.trials;
      before_.events += line.events;
      before_.orders += line.counts[std::string(reports::kOrdersPlaced)];
      novelty_->add(line, wall_now_ns());
      sums_.add(std::move(line));
      return true;
    });
  }

  // In a worker.
  std::string play_one(std::uint64_t seed) {
    play::PlayOptions options = production_.options;
    options.seed = seed;
    TrialLine line;
    try {
      line = line_of(seed, play_and_judge(*production_.stage, options, order_.rerun_share));
    } catch (const std::exception& error) {
      line.seed = seed;
      line.our_bug = error.what();
    }
    const std::string text = to_text(line);
    if (!results_) return text;
    try {
      results_->append(text);
      return text;
    } catch (const IoError& error) {
      line.unsaved = error.what();
      return to_text(line);
    }
  }

  void play() {
    std::optional<std::int64_t> until;
    if (order_.budget) until = began_ns_ + order_.budget->ns;
    look_for_reasons_to_stop(until, began_ns_);
    const SeedsLeft left(order_.seeds, order_.shard, done_);
    if (because_.empty() && left.count() != 0) play(left, until);
    stop_because(kAllPlayed);
  }

  void play(const SeedsLeft& left, std::optional<std::int64_t> until) {
    // A line that is redrawn would run into what -v says.
    const bool redraw = ::isatty(STDERR_FILENO) != 0 && !flags_.output.verbose;
    const auto mode = flags_.output.quiet ? Progress::Mode::none
                      : redraw            ? Progress::Mode::redraw
                                          : Progress::Mode::lines;
    Progress progress(mode, left.count(), until, began_ns_);
    Workers workers({0, left.count() - 1}, order_.jobs,
                    [&](std::uint64_t place) { return play_one(left.at(place)); });
    while (workers.running()) {
      workers.wait(kPollMs, [this](const std::string& text) { take(text); });
      const std::int64_t now = wall_now_ns();
      note_crash(workers, left);
      look_for_reasons_to_stop(until, now);
      if (!because_.empty()) wind_up(workers, now);
      progress.show(sums_.arrived() - before_.trials, sums_.failures_seen(), now, novelty_->words(now));
    }
    note_crash(workers, left);
    if (crash_) stop_because(ended_by(*crash_));
  }

  // Workers know places, people know seeds.
  void note_crash(const Workers& workers, const SeedsLeft& left) {
    crash_ = workers.crash();
    if (crash_) crash_->seed = left.at(crash_->seed);
  }

  void take(const std::string& text) {
    std::optional<TrialLine> line = line_from(text);
    if (!line) return directory_->remember("a worker sent a line that cannot be read: " + text.substr(0, 80));
    if (line->unsaved) directory_->remember(*line->unsaved);
    if (flags_.output.verbose) {
      for (const TrialLine::Broken& one : line->findings) {
        complain("seed " + std::to_string(line->seed) + "  " + one.invariant + ": " + one.message + "\n");
      }
    }
    novelty_->add(*line, wall_now_ns());
    sums_.add(*std::move(line));
  }

  // The first reason counts.
  void stop_because(const std::string& reason) {
    if (because_.empty()) because_ = reason;
  }

  void look_for_reasons_to_stop(std::optional<std::int64_t> until, std::int64_t now) {
    if (Interrupts::count() > 0) stop_because(kInterrupted);
    if (crash_) stop_because(ended_by(*crash_));
    if (sums_.full()) stop_because(limit_reached(order_));
    if (until && now >= *until) stop_because(kBudgetOver);
    if (const auto stale = novelty_->stale(now)) stop_because(*stale);
  }

  void wind_up(Workers& workers, std::int64_t now) {
    if (!stopping_since_) {
      stopping_since_ = now;
      workers.stop();
    }
    if (Interrupts::count() > 1 || now - *stopping_since_ > kPatience) workers.kill();
  }

  const HuntFlags& flags_;
  HuntOrder order_;
  Production production_;
  std::unique_ptr<RunDirectory> directory_;
  HuntSums sums_;
  std::unique_ptr<FileLock> lock_;
  std::unique_ptr<LineFile> results_;
  std::vector<std::uint64_t> done_;  // before this process began
  reports::PlayedBefore before_;
  std::optional<Novelty> novelty_;
  std::int64_t began_ns_ = 0;
  std::string because_;
  std::optional<std::int64_t> stopping_since_;
  std::optional<Crash> crash_;
  CorpusOutcome corpus_;
  std::optional<Remembered> remembered_;
};

ExitCode resume(const HuntFlags& flags) {
  check_resuming(flags);
  const std::filesystem::path directory = unfinished_hunt(flags.resume, flags.output.out);
  const std::string file = (directory / kCampaignFile).string();
  const Campaign campaign = read_campaign(directory);
  check_engine(campaign, directory);
  auto lock = std::make_unique<FileLock>(file);
  if (!lock->held())
    throw play::BadInput(ExitCode::try_again, "a hunt is still at work in " + directory.string());
  HuntOrder order = order_of(flags.repertoire.flows, campaign, file);
  order.jobs = jobs_of(flags.jobs);
  if (!flags.budget.empty()) order.budget = parse_budget(flags.budget);
  return Hunt(flags, std::move(order), production_of(flags.repertoire.flows, campaign, file), directory,
              std::move(lock))
      .run();
}

struct Part {
  std::filesystem::path directory;
  std::unique_ptr<FileLock> lock;
};

// The newest part of this very hunt, at which nobody is at work. One with an open end that came to it is over.
std::optional<Part> part_of(const Campaign& campaign, bool open_end, const std::filesystem::path& out) {
  for (const std::filesystem::path& directory : open_end ? cut_off_hunts_in(out) : newest_first(out)) {
    try {
      const Campaign other = read_campaign(directory);
      if (difference(campaign, other) || campaign.shard != other.shard) continue;
      auto lock = std::make_unique<FileLock>(directory / kCampaignFile);
      if (lock->held()) return Part{directory, std::move(lock)};
    } catch (const play::BadInput&) {
      continue;  // of another Ordeal, or none of ours
    }
  }
  return std::nullopt;
}

// A scheduler that lost a job gives the same command once more.
ExitCode begin_or_resume(const HuntFlags& flags, HuntOrder order, Production production) {
  std::optional<Part> part = part_of(campaign_of(production, order), order.open_end(), flags.output.out);
  if (!part) return Hunt(flags, std::move(order), std::move(production)).run();
  if (!flags.output.quiet) complain("going on with " + part->directory.string() + "\n");
  return Hunt(flags, std::move(order), std::move(production), part->directory, std::move(part->lock)).run();
}

ExitCode hunt(const HuntFlags& flags) {
  check(flags.ci);
  const bool automatic = flags.resume == "auto";
  if (!flags.resume.empty() && !automatic) return resume(flags);
  HuntOrder order = order_of(flags);
  Production production = produce(flags.repertoire, flags.cast);
  if (automatic) return begin_or_resume(flags, std::move(order), std::move(production));
  return Hunt(flags, std::move(order), std::move(production)).run();
}

}  // namespace

Action declare_hunt(CommandLine& command_line, const Repertoire& repertoire) {
  auto flags = std::make_shared<HuntFlags>(repertoire);
  add_hunt_flags(command_line, *flags);
  return [flags] { return hunt(*flags); };
}

}  // namespace ordeal::cli
