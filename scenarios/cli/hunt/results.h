// The finished trials of one hunt, from one or several results.jsonl, by seed. Lines that were torn by a full disk or a
// killed process are skipped; a seed that stands there several times with the same result counts once; two different
// results of one seed are refused with BadInput (merge, 8), for one seed gives one world.
//
// Holds where lines stand, not the lines: a few dozen bytes a trial.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/cli/run/trial_line.h"

namespace ordeal::cli {

inline constexpr const char* kResultsFile = "results.jsonl";

class Results {
 public:
  // A file that is not there adds nothing. Throws IoError when it cannot be read to its end.
  void add(const std::filesystem::path& file);

  std::size_t count() const { return lines_.size(); }
  bool has(std::uint64_t seed) const { return lines_.contains(seed); }
  std::vector<std::uint64_t> seeds() const;
  // By seed; ends when `take` returns false.
  void for_each(const std::function<bool(TrialLine line)>& take);
  // All of them up to `last_seed`, by seed, as one file: whole, or as it was before. Throws IoError.
  void write(const std::filesystem::path& file, std::optional<std::uint64_t> last_seed = {});

 private:
  struct Where {
    std::size_t file = 0;
    std::int64_t offset = 0;
    std::size_t length = 0;
  };

  std::string text_at(const Where& where);
  void add_line(std::size_t file, std::int64_t offset, const std::string& text);

  std::vector<std::filesystem::path> files_;
  std::map<std::uint64_t, Where> lines_;
  bool as_is_ = true;            // one file that has exactly these lines, by seed
  std::size_t open_ = SIZE_MAX;  // which file `in_` reads
  std::ifstream in_;
};

}  // namespace ordeal::cli
