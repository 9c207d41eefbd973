#include "core/reconciliation/matcher.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace ordeal::reconciliation {
namespace {

std::int64_t moved(const Entry* entry) {
  if (entry == nullptr || !moves_money(entry->state)) return 0;
  return is_incoming(entry->kind) ? entry->amount : -entry->amount;
}

// An entry that outlives the step of the walk it came from.
struct Held {
  Entry entry{};
  std::string number;
  std::string channel_number;

  void hold(const Entry& from) {
    number = from.number;
    channel_number = from.channel_number;
    entry = from;
    entry.number = number;
    entry.channel_number = channel_number;
  }
};

// The lines of one event in one book.
class Events {
 public:
  explicit Events(const Book& book) : walk_(book.walk()), next_(walk_->next()) {}

  bool at_end() const { return next_ == nullptr; }
  const Entry& upcoming() const { return *next_; }
  void take_event() {
    size_ = 0;
    do {
      if (size_ == held_.size()) held_.push_back(std::make_unique<Held>());
      held_[size_++]->hold(*next_);
      next_ = walk_->next();
    } while (next_ != nullptr && compare_events(held_.front()->entry, *next_) == 0);
  }
  void take_none() { size_ = 0; }
  std::size_t size() const { return size_; }
  // By amount, so that equal ones meet.
  std::vector<const Entry*> by_amount() const {
    std::vector<const Entry*> all;
    for (std::size_t i = 0; i < size_; ++i) all.push_back(&held_[i]->entry);
    std::stable_sort(all.begin(), all.end(),
                     [](const Entry* a, const Entry* b) { return a->amount < b->amount; });
    return all;
  }
  const Entry* only() const { return size_ == 0 ? nullptr : &held_.front()->entry; }

 private:
  std::unique_ptr<Book::Walk> walk_;
  const Entry* next_;
  std::vector<std::unique_ptr<Held>> held_;
  std::size_t size_ = 0;
};

class Matcher {
 public:
  Matcher(const Book& ours, const Book& theirs, const MatchRules& rules, FindingSink& sink)
      : ours_(ours), theirs_(theirs), rules_(rules), sink_(sink) {}

  Outcome run() {
    while (!ours_.at_end() || !theirs_.at_end()) {
      const int order = ours_.at_end()     ? 1
                        : theirs_.at_end() ? -1
                                           : compare_events(ours_.upcoming(), theirs_.upcoming());
      order <= 0 ? ours_.take_event() : ours_.take_none();
      order >= 0 ? theirs_.take_event() : theirs_.take_none();
      if (ours_.size() <= 1 && theirs_.size() <= 1)
        judge(ours_.only(), theirs_.only());
      else
        pair_up();
    }
    return outcome_;
  }

 private:
  // One event with several lines in a book: equal amounts meet first, then what is left in its order; what has no partner
  // is a duplicate, unless nobody else has the event at all.
  void pair_up() {
    std::vector<const Entry*> ours = ours_.by_amount();
    std::vector<const Entry*> theirs = theirs_.by_amount();
    std::vector<const Entry*> ours_left;
    std::vector<const Entry*> theirs_left;
    std::size_t a = 0;
    std::size_t b = 0;
    bool any = false;
    while (a < ours.size() && b < theirs.size()) {
      if (ours[a]->amount == theirs[b]->amount) {
        judge(ours[a++], theirs[b++]);
        any = true;
      } else if (ours[a]->amount < theirs[b]->amount) {
        ours_left.push_back(ours[a++]);
      } else {
        theirs_left.push_back(theirs[b++]);
      }
    }
    ours_left.insert(ours_left.end(), ours.begin() + static_cast<std::ptrdiff_t>(a), ours.end());
    theirs_left.insert(theirs_left.end(), theirs.begin() + static_cast<std::ptrdiff_t>(b), theirs.end());
    const std::size_t pairs = std::min(ours_left.size(), theirs_left.size());
    for (std::size_t i = 0; i < pairs; ++i) judge(ours_left[i], theirs_left[i]);
    for (std::size_t i = pairs; i < std::max(ours_left.size(), theirs_left.size()); ++i) {
      const Entry* mine = i < ours_left.size() ? ours_left[i] : nullptr;
      const Entry* other = i < theirs_left.size() ? theirs_left[i] : nullptr;
      if (!any && pairs == 0 && i == 0)
        judge(mine, other);
      else
        tell(Class::duplicate, mine, other);
    }
  }

  void judge(const Entry* ours, const Entry* theirs) {
    if (ours != nullptr && theirs != nullptr) return tell(class_of(*ours, *theirs), ours, theirs);
    const Entry& alone = ours != nullptr ? *ours : *theirs;
    if (!moves_money(alone.state)) {
      ++outcome_.moved_nothing;
      return;
    }
    tell(class_of_one(alone, ours != nullptr), ours, theirs);
  }

  Class class_of(const Entry& ours, const Entry& theirs) const {
    if (moves_money(ours.state) != moves_money(theirs.state) ||
        (moves_money(ours.state) && ours.state != theirs.state))
      return Class::status;
    if (ours.amount != theirs.amount || ours.currency != theirs.currency) return of_amounts(ours, theirs);
    if (ours.has_fee && theirs.has_fee && ours.fee != theirs.fee) return Class::fee;
    const std::int64_t days = std::abs(day_of(ours.at) - day_of(theirs.at));
    if (days == 0) return Class::matched;
    const bool is_near =
        ours.only_day || theirs.only_day ? days == 1 : std::abs(ours.at - theirs.at) <= rules_.window;
    return is_near ? Class::day_cut : Class::late;
  }

  static Class of_amounts(const Entry& ours, const Entry& theirs) {
    if (flow_of(ours.kind) == Flow::trades) return Class::amount;
    if (ours.kind == Kind::fee || ours.kind == Kind::fee_back) return Class::fee;
    return moved(&theirs) >= moved(&ours) ? Class::surplus : Class::shortage;
  }

  Class class_of_one(const Entry& alone, bool is_ours) const {
    if (is_at_edge(alone, is_ours ? rules_.theirs : rules_.ours)) return Class::day_cut;
    if (flow_of(alone.kind) == Flow::trades) return is_ours ? Class::missing_there : Class::missing_here;
    if (alone.kind == Kind::fee || alone.kind == Kind::fee_back) return Class::fee;
    return (moved(&alone) > 0) != is_ours ? Class::surplus : Class::shortage;
  }

  // Whether the other file may have it on the day before its first or behind its last.
  bool is_at_edge(const Entry& entry, const std::optional<Days>& other) const {
    if (!other) return false;
    const std::int64_t day = day_of(entry.at);
    if (entry.only_day) return day == other->first - 1 || day == other->last + 1;
    return std::abs(entry.at - other->first * kSecondsPerDay) <= rules_.window ||
           std::abs(entry.at - (other->last + 1) * kSecondsPerDay) <= rules_.window;
  }

  void tell(Class what, const Entry* ours, const Entry* theirs) {
    const Finding finding{.what = what, .ours = ours, .theirs = theirs};
    Outcome::OfClass& sum = outcome_.of_class[static_cast<std::size_t>(what)];
    ++sum.events;
    sum.gap += gap(finding);
    sink_.found(finding);
  }

  Events ours_;
  Events theirs_;
  const MatchRules& rules_;
  FindingSink& sink_;
  Outcome outcome_;
};

}  // namespace

std::int64_t gap(const Finding& finding) { return moved(finding.theirs) - moved(finding.ours); }

std::int64_t Outcome::differences() const {
  std::int64_t sum = 0;
  for (std::size_t i = 1; i < kClasses; ++i) sum += of_class[i].events;
  return sum;
}

Outcome match(const Book& ours, const Book& theirs, const MatchRules& rules, FindingSink& sink) {
  return Matcher(ours, theirs, rules, sink).run();
}

}  // namespace ordeal::reconciliation
