#include "scenarios/cli/hunt/results.h"

#include <system_error>
#include <utility>

#include "scenarios/cli/files.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

void Results::add(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw IoError("cannot open " + file.string());
  as_is_ = as_is_ && files_.empty();
  files_.push_back(file);
  std::int64_t offset = 0;
  for (std::string text; std::getline(in, text);) {
    as_is_ = as_is_ && !in.eof();  // its line feed is there
    const auto length = static_cast<std::int64_t>(text.size());
    add_line(files_.size() - 1, offset, text);
    offset += length + 1;
  }
  if (in.bad()) throw IoError("cannot read " + file.string());
}

void Results::add_line(std::size_t file, std::int64_t offset, const std::string& text) {
  const std::optional<TrialLine> line = line_from(text);
  as_is_ = as_is_ && line && (lines_.empty() || line->seed > lines_.rbegin()->first);
  if (!line) return;
  const auto [at, is_new] = lines_.try_emplace(line->seed, Where{file, offset, text.size()});
  if (is_new) return;
  const std::string before = text_at(at->second);
  if (before == text) return;
  const auto trace = [](const std::optional<TrialLine>& one) {
    return one && !one->trace_hash.empty() ? "trace " + one->trace_hash : std::string("no trace");
  };
  throw play::BadInput(
      play::ExitCode::merge,
      "seed " + std::to_string(line->seed) + " has two results, and one seed gives one world\n  " +
          trace(line_from(before)) + " in " + files_[at->second.file].string() + "\n  " + trace(line) +
          " in " + files_[file].string() +
          "\n  play the seed on both machines (ordeal run --seed): one of them, or a build, is broken");
}

std::string Results::text_at(const Where& where) {
  if (open_ != where.file) {
    in_ = std::ifstream(files_[where.file], std::ios::binary);
    open_ = where.file;
  }
  std::string text(where.length, '\0');
  in_.seekg(where.offset);
  if (!in_.read(text.data(), static_cast<std::streamsize>(text.size())))
    throw IoError("cannot read " + files_[where.file].string());
  return text;
}

std::vector<std::uint64_t> Results::seeds() const {
  std::vector<std::uint64_t> out;
  out.reserve(lines_.size());
  for (const auto& [seed, where] : lines_) out.push_back(seed);
  return out;
}

void Results::for_each(const std::function<bool(TrialLine)>& take) {
  for (const auto& [seed, where] : lines_) {
    std::optional<TrialLine> line = line_from(text_at(where));
    if (!line) throw IoError(files_[where.file].string() + " was changed while it was read");
    if (!take(*std::move(line))) return;
  }
}

void Results::write(const std::filesystem::path& file, std::optional<std::uint64_t> last_seed) {
  const bool all = !last_seed || lines_.empty() || lines_.rbegin()->first <= *last_seed;
  if (as_is_ && all && !files_.empty() && file == files_.front()) return;
  WholeFile out(file);
  for (const auto& [seed, where] : lines_) {
    if (last_seed && seed > *last_seed) break;
    out.append(text_at(where) + "\n");
  }
  out.commit();
}

}  // namespace ordeal::cli
