// Designer: turns names into the objects of the design seams. A flaw takes the place of one seam's implementation;
// everything else stays as it is, so what a trial then finds is due to that one decision.
//
// Unknown names, two flaws at one seam, and a flaw of what is not chosen are BadInput.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/check.h"
#include "scenarios/play/flows.h"

namespace ordeal::play {

class Designer {
 public:
  // `designs`: seam → implementation, later entries of `overrides` win. `flaws`: ids such as "F-01".
  Designer(const Flows& flows, std::map<std::string, std::string> designs,
           const std::map<std::string, std::string>& overrides, const std::vector<std::string>& flaws);

  // What each seam stands at, defaults included.
  const std::map<std::string, std::string>& designs() const { return designs_; }

  // The object of a seam: its design, or the flaw that was planted there.
  template <class T>
  std::unique_ptr<T> make(const Seam<T>& seam) const {
    for (const FlawRow* flaw : flaws_) {
      if (&flaw->seam != &seam) continue;
      const auto* planted = dynamic_cast<const Flaw<T>*>(flaw);
      ORDEAL_CHECK(planted != nullptr, std::string(flaw->id));
      return planted->make();
    }
    auto made = seam.make(design_of(seam));
    ORDEAL_CHECK(made != nullptr, std::string(seam.name));
    return made;
  }
  std::string_view design_of(const SeamRow& seam) const;
  bool chose(const Choice& choice, std::string_view design) const { return design_of(choice) == design; }
  // True when nothing is needed, or it was chosen.
  bool meets(const FlawRow::Needs& needs) const {
    return needs.seam == nullptr || design_of(*needs.seam) == needs.design;
  }

 private:
  void choose_flaws(const Flows& flows, const std::vector<std::string>& ids);

  std::map<std::string, std::string> designs_;
  std::vector<const FlawRow*> flaws_;
};

}  // namespace ordeal::play
