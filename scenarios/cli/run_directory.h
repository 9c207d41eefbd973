// Where a run keeps what it found: OUT/20260101T120000Z-hunt-first_sale-4711/, with OUT/latest and
// OUT/last-failed pointing at the newest. Trouble with the disk never hides a verdict: it is remembered,
// everything else goes on, and the caller ends with exit code 74 and trouble().
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ordeal::cli {

class RunDirectory {
 public:
  // Makes the directory. `what` becomes part of its name: "hunt-first_sale".
  RunDirectory(std::filesystem::path out, std::string_view what);
  // One that is there already, of a run that is taken up again. What was half-written when it was cut off is removed.
  explicit RunDirectory(const std::filesystem::path& existing);
  ~RunDirectory();
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  bool usable() const { return !path_.empty(); }
  const std::filesystem::path& path() const { return path_; }
  // No run was kept in OUT before: somebody new is here.
  bool is_first() const { return first_; }

  // The path of the written file, or nothing after trouble.
  std::optional<std::filesystem::path> write(const std::string& name, std::string_view text);
  // The same, from the room that is kept for repros.
  void write_early(const std::string& name, std::string_view text);
  // Removes repros that are none of these: an earlier part of the run left them.
  void keep_only(const std::set<std::string>& repros);
  // Points OUT/latest here, and OUT/last-failed if asked and there is a repro to play.
  void mark_latest(bool failed);

  // The first thing that went wrong.
  const std::optional<std::string>& trouble() const { return trouble_; }
  void remember(std::string trouble);

 private:
  bool make(std::string_view what);
  void give_room();

  std::filesystem::path out_;
  std::filesystem::path path_;
  std::optional<std::string> trouble_;
  bool first_ = false;
  int room_ = -1;
};

// What WHAT names, a file or a run directory, "latest" or "last-failed" in `out`. BadInput (66) when it is not there.
std::filesystem::path find_run(std::string_view what, const std::filesystem::path& out);

// The repro files that WHAT names, at least one: a file, or all of a run directory, "latest" or "last-failed"
// in `out`, by name, small ones last. BadInput (66) when there is none.
std::vector<std::filesystem::path> find_repros(std::string_view what, const std::filesystem::path& out);

inline constexpr std::string_view kReproEnding = ".repro.json";
// Of a failure made small.
inline constexpr std::string_view kSmallEnding = ".small.repro.json";
bool is_small(const std::filesystem::path& repro);
// "I-10 no-oversell" → "I-10-no-oversell.repro.json"
std::string repro_name(std::string_view invariant);

}  // namespace ordeal::cli
