// Tale: what a trial says to people, beside its events. Lines of whoever did something or saw it, and what the entities
// in them are called. It is kept for full traces only and never enters the trace hash: who tells changes no trial.
//
// An entity is named by its id as text ("ord-00000007KQ", "shopper-4"). Lines and findings hold ids; whoever prints them
// puts names in their place. A name may hold ids again ("shopper-4's order"). A thing of somebody's is `of` another entity;
// what is nobody's (goods, a party) is shared by all who deal with it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ordeal::sim {

// How much a line matters when there is no room for all.
enum class Weight : std::uint8_t { detail, step };

struct Told {
  std::int64_t at_ns = 0;  // true time since the trial began
  std::uint32_t host = 0;
  std::string root{};                // of the cause: "shopper-4/checkout-1"
  std::vector<std::string> about{};  // ids
  std::string text{};                // one sentence without a full stop, ids in it
  Weight weight = Weight::step;
  bool outcome =
      false;  // what somebody was told in the end, which a story is about even when it had gone wrong before
  // Lines in a row that repeat one another have the same: "shopper-4 asks again". Empty: it is never a repetition.
  std::string again{};
};

class Tale {
 public:
  struct Entity {
    std::string name;
    std::string of;  // whose it is; empty: nobody's
  };

  // The first name stays.
  void call(const std::string& id, std::string name, std::string of = {}) {
    if (!id.empty()) entities_.try_emplace(id, Entity{std::move(name), std::move(of)});
  }
  // Somebody who acts, and is given a person's name by whoever prints.
  void introduce(std::string actor) { persons_.push_back(std::move(actor)); }
  void tell(Told line) { lines_.push_back(std::move(line)); }
  // How a place in a cause is said ("order.place" → "placing the order"), and a way at a fork ("callback: lost" →
  // "loses its callback").
  void phrase(std::string_view place, std::string_view words) { phrases_.emplace(place, words); }
  // A sentence for breaches with such a message ('*' stands for any run of characters); {KEY} stands for the evidence of
  // that key. The first that fits, and whose evidence is all there, is said.
  void breach(std::string_view message, std::string_view sentence) {
    breaches_.emplace_back(message, sentence);
  }

  const std::vector<Told>& lines() const { return lines_; }
  const std::vector<std::string>& persons() const { return persons_; }
  const std::map<std::string, Entity, std::less<>>& entities() const { return entities_; }
  const std::map<std::string, std::string, std::less<>>& phrases() const { return phrases_; }
  const std::vector<std::pair<std::string, std::string>>& breaches() const { return breaches_; }

 private:
  std::vector<Told> lines_;
  std::vector<std::string> persons_;
  std::map<std::string, Entity, std::less<>> entities_;
  std::map<std::string, std::string, std::less<>> phrases_;
  std::vector<std::pair<std::string, std::string>> breaches_;  // message, sentence
};

}  // namespace ordeal::sim
