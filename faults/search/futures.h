// When are two trials the same from some moment on? The future of a question is one hash over everything that
// happens after it until the trial is over: every event with its payload, every question that is asked, how
// many events ran and fibers lived in between, and the state at rest that the caller adds. `explore` plays a
// second fault after one of two equal futures only.
//
// Why that is allowed. What a second fault meets is the state of the world at its question. State on disk: both
// futures write the same bytes at the same times and end with the same rows, so the pages that matter were the
// same. Messages under way and timers: they are events of the future. Memory of a process: whatever of it is
// used before the trial is at rest shows in the future. And what the future cannot show, because only a second
// fault brings it to light, is hashed as it stands at the question: what is written and not yet synced, which draws
// were used up (a retry takes the next one), and other ways that somebody took and may remember.
//
// What is left is memory of a process that nothing but a second fault uses; that is why a share of what was pruned
// is played all the same, and compared. Occurrences of disk reads and writes, and of steps, are left out: they name
// strikes, and nothing is drawn for them.
#pragma once

#include <cstdint>
#include <vector>

#include "faults/search/site_list.h"
#include "sim/trace.h"

namespace ordeal::faults {

// One hash a question. `records` is the full trace of the same trial, `at_rest` a hash of its last state.
std::vector<std::uint64_t> futures(const std::vector<SiteAsked>& asked,
                                   const std::vector<sim::TraceRecord>& records, std::uint64_t at_rest);

// Stretches of questions during which one host only thinks and writes without a sync: same host, same instant,
// nothing that outlives a crash, nobody else runs. One number a question, equal within a stretch.
//
// A crash anywhere in a stretch leaves the same world when what was not synced is lost: memory is gone, and
// nothing else had changed. A crash at its end can lose and keep all that earlier ones could. (A sync that was
// asked for does not belong to it: the delay of the next one is drawn for another occurrence.)
std::vector<std::size_t> stretches(const std::vector<SiteAsked>& asked,
                                   const std::vector<sim::TraceRecord>& records);

// Marks what is represented by another strike of its stretch, by question and action. Crashes and freezes by the
// last one. Stalls by that of the sync which the stretch ends with: before it nobody else can tell how far the disk
// has come. An I/O error at one of several writes (or reads) of one file by the first, and so a stall where no sync
// follows: they belong to one transaction (or one opening), which fails or waits as a whole. Claims, to be confirmed
// by futures.
struct Twin {
  std::size_t question;
  std::size_t action;
};
class Twins {
 public:
  Twins(const std::vector<SiteAsked>& asked, const std::vector<sim::TraceRecord>& records);
  // Who stands for this strike; null: itself.
  const Twin* of(std::size_t question, std::size_t action) const;

 private:
  template <class Is>
  void last_stands_for_all(const std::vector<SiteAsked>& asked, std::size_t begin, std::size_t end, Is is);
  void first_of_a_run_stands_for_all(const std::vector<SiteAsked>& asked, std::size_t begin, std::size_t end);

  std::vector<std::vector<Twin>> twins_;  // itself: question is its own and action too
};

// The future of a trial once the bustle of its strike is over. After a crash: behind the questions about what was
// not synced. After a stall or a freeze: once it is over and its instant has passed. Else: from the first question on
// that the struck host asks at another site. `struck` is the strike's question.
std::uint64_t future_after(const std::vector<SiteAsked>& asked, const std::vector<std::uint64_t>& futures,
                           std::size_t struck, const Action& action);

}  // namespace ordeal::faults
