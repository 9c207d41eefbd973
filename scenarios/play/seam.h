// Seams: the decisions that a scenario may take otherwise. A seam has a question and correct designs; a flaw is one more
// implementation of one seam, wrong in the way its catalogue entry names. A Seam<T> makes objects of T, so a flaw for
// another seam does not compile; a Choice makes nothing, it only says which of its names was chosen. An implementation that
// comes from outside the program (a lesson's, a learner's) is plugged in as a flaw is, and checked by its type.
//
//   const Seam<inventory::Gate> kGate{"stock.gate", "How is stock taken …?", kGateDesigns};
//   process.own(designer.make(kGate))
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <typeinfo>
#include <utility>
#include <vector>

namespace ordeal::play {

class FlawRow;
class SeamRow;
struct FlawWords;
// Where a flaw can be met: only where this seam stands at this design. None: everywhere.
struct FlawNeeds {
  const SeamRow* seam = nullptr;
  std::string_view design;
};

// What a design cannot do without, beside hosts and databases.
enum class Device : std::uint8_t { none, cache, broker };

// What makes an implementation from outside: a `std::unique_ptr<T> (*)()` and the name that the compiler gives to
// `std::unique_ptr<T>`.
struct Maker {
  void (*make)() = nullptr;
  std::string_view makes;
};

// What all seams have: how they are listed, chosen and checked.
class SeamRow {
 public:
  SeamRow(std::string_view called, std::string_view asks) : name(called), question(asks) {}
  virtual ~SeamRow() = default;

  // The correct designs; the first is the default.
  virtual std::vector<std::string_view> designs() const = 0;
  virtual Device device_of(std::string_view) const { return Device::none; }
  // The row that plants what `maker` makes here. Null: this seam takes nothing of the kind.
  virtual std::unique_ptr<FlawRow> plug_in(const FlawWords& words, const FlawNeeds& needs,
                                           const Maker& maker) const;

  const std::string_view name;      // "stock.gate"
  const std::string_view question;  // what it decides, for a reader
};

template <class T>
struct Design {
  std::string_view name;
  std::unique_ptr<T> (*make)();
  Device needs = Device::none;
};

template <class T>
class Seam final : public SeamRow {
 public:
  Seam(std::string_view called, std::string_view asks, std::vector<Design<T>> designs)
      : SeamRow(called, asks), designs_(std::move(designs)) {}

  std::vector<std::string_view> designs() const override {
    std::vector<std::string_view> names;
    for (const Design<T>& design : designs_) names.push_back(design.name);
    return names;
  }
  Device device_of(std::string_view design) const override {
    for (const Design<T>& one : designs_) {
      if (one.name == design) return one.needs;
    }
    return Device::none;
  }
  // The design must be one of its own.
  std::unique_ptr<T> make(std::string_view design) const {
    for (const Design<T>& one : designs_) {
      if (one.name == design) return one.make();
    }
    return nullptr;
  }
  std::unique_ptr<FlawRow> plug_in(const FlawWords& words, const FlawNeeds& needs,
                                   const Maker& maker) const override;

 private:
  std::vector<Design<T>> designs_;
};

class Choice final : public SeamRow {
 public:
  Choice(std::string_view called, std::string_view asks, std::vector<std::string_view> names)
      : SeamRow(called, asks), designs_(std::move(names)) {}
  std::vector<std::string_view> designs() const override { return designs_; }

 private:
  std::vector<std::string_view> designs_;
};

// How a flaw is told and found.
struct FlawWords {
  std::string_view id;         // "F-01"
  std::string_view name;       // "check-then-act oversell"
  std::string_view invariant;  // the one the catalogue names, in one string: "I-10 no-oversell"
  std::string_view scenario;   // in which a hunt finds it
  std::string_view summary;    // the naive code and the bad day, one sentence
};

// A planted bug.
class FlawRow : public FlawWords {
 public:
  using Needs = FlawNeeds;
  FlawRow(const FlawWords& words, const SeamRow& at, Needs where)
      : FlawWords(words), seam(at), needs(where) {}
  virtual ~FlawRow() = default;

  const SeamRow& seam;  // which decision it gets wrong
  const Needs needs;
};

template <class T>
class Flaw final : public FlawRow {
 public:
  Flaw(const FlawWords& words, const Seam<T>& at, std::unique_ptr<T> (*maker)(), Needs where = {})
      : FlawRow(words, at, where), make(maker) {}

  std::unique_ptr<T> (*const make)();
};

inline std::unique_ptr<FlawRow> SeamRow::plug_in(const FlawWords&, const FlawNeeds&, const Maker&) const {
  return nullptr;
}

template <class T>
std::unique_ptr<FlawRow> Seam<T>::plug_in(const FlawWords& words, const FlawNeeds& needs,
                                          const Maker& maker) const {
  using Make = std::unique_ptr<T> (*)();
  if (maker.make == nullptr || maker.makes != typeid(std::unique_ptr<T>).name()) return nullptr;
  return std::make_unique<Flaw<T>>(words, *this, reinterpret_cast<Make>(maker.make), needs);
}

}  // namespace ordeal::play
