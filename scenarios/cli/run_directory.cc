#include "scenarios/cli/run_directory.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "faults/suggest.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/wall_clock.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

namespace fs = std::filesystem;
using play::BadInput;
using play::ExitCode;

namespace {

std::vector<fs::path> repros_in(const fs::path& directory) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().filename().string().ends_with(kReproEnding)) found.push_back(entry.path());
  }
  // Small ones after those they came from.
  std::sort(found.begin(), found.end(), [](const fs::path& a, const fs::path& b) {
    return std::pair(is_small(a), a) < std::pair(is_small(b), b);
  });
  return found;
}

}  // namespace

bool is_small(const fs::path& repro) { return repro.string().ends_with(kSmallEnding); }

RunDirectory::RunDirectory(fs::path out, std::string_view what) : out_(std::move(out)) {
  std::error_code none;
  first_ = !fs::exists(out_ / "latest", none);
  if (!make(what)) {
    path_.clear();
    return;
  }
  // Room for the repros: results must not fill the disk before what is worth more is written. Without a name, so that
  // nothing is left of it whatever ends the process.
  constexpr off_t kRoom = off_t{256} << 10;
  const fs::path room = path_ / ".room";
  room_ = ::open(room.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const int error = room_ < 0 ? errno : ::posix_fallocate(room_, 0, kRoom);
  ::unlink(room.c_str());
  if (error != 0) remember("no room for repros in " + path_.string() + ": " + std::strerror(error));
}

RunDirectory::RunDirectory(const fs::path& existing)
    : out_(existing.has_parent_path() ? existing.parent_path() : "."), path_(existing) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_, error)) {
    if (entry.path().extension() == ".tmp") fs::remove(entry.path(), error);
  }
}

RunDirectory::~RunDirectory() { give_room(); }

void RunDirectory::give_room() {
  if (room_ >= 0) ::close(std::exchange(room_, -1));
}

bool RunDirectory::make(std::string_view what) {
  std::error_code error;
  fs::create_directories(out_, error);
  if (error) return remember("cannot create " + out_.string() + ": " + error.message()), false;
  const std::string name = wall_stamp() + "-" + std::string(what) + "-" + std::to_string(::getpid());
  constexpr int kTries = 100;  // a process may run several times within one second
  for (int i = 0; i < kTries; ++i) {
    const fs::path path = out_ / (i == 0 ? name : name + "-" + std::to_string(i));
    if (::mkdir(path.c_str(), 0777) == 0) {
      path_ = path;
      return true;
    }
    if (errno != EEXIST)
      return remember("cannot create " + path.string() + ": " + std::strerror(errno)), false;
  }
  remember("cannot create a directory in " + out_.string() + ": every name is taken");
  return false;
}

void RunDirectory::remember(std::string trouble) {
  if (!trouble_) trouble_ = std::move(trouble);
}

std::optional<fs::path> RunDirectory::write(const std::string& name, std::string_view text) {
  if (!usable()) return std::nullopt;
  give_room();
  try {
    write_whole(path_ / name, text);
    return path_ / name;
  } catch (const IoError& error) {
    remember(error.what());
    return std::nullopt;
  }
}

void RunDirectory::write_early(const std::string& name, std::string_view text) {
  if (!usable()) return;
  try {
    write_whole(path_ / name, text);
  } catch (const IoError& error) {
    remember(error.what());
  }
}

void RunDirectory::keep_only(const std::set<std::string>& repros) {
  if (!usable()) return;
  std::error_code error;
  for (const fs::path& repro : repros_in(path_)) {
    if (!repros.contains(repro.filename().string())) fs::remove(repro, error);
  }
}

void RunDirectory::mark_latest(bool failed) {
  if (!usable()) return;
  try {
    point_to(out_ / "latest", path_.filename());
    if (failed && !repros_in(path_).empty()) point_to(out_ / "last-failed", path_.filename());
  } catch (const IoError& error) {
    remember(error.what());
  }
}

std::string repro_name(std::string_view invariant) {
  std::string name(invariant);
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (!plain) c = '-';
  }
  return name + std::string(kReproEnding);
}

fs::path find_run(std::string_view what, const fs::path& out) {
  constexpr std::array<std::string_view, 2> kNicknames{"latest", "last-failed"};
  const bool nickname = std::find(kNicknames.begin(), kNicknames.end(), what) != kNicknames.end();
  std::error_code error;
  fs::path path = nickname ? out / what : fs::path(what);
  // By its lasting name: the nickname means another run tomorrow.
  if (nickname && fs::is_symlink(path, error)) path = out / fs::read_symlink(path, error);
  if (!fs::exists(path, error)) {
    std::string message =
        nickname ? "no run yet in " + out.string() : "no repro file or run directory " + path.string();
    const auto meant = faults::nearest(what, kNicknames);
    if (!nickname && meant) message += "\n  did you mean  " + *meant;
    throw BadInput(ExitCode::not_found, message);
  }
  return path;
}

std::vector<fs::path> find_repros(std::string_view what, const fs::path& out) {
  const fs::path path = find_run(what, out);
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  std::vector<fs::path> found = repros_in(path);
  if (!found.empty()) return found;
  constexpr std::array kTraces{"results.jsonl", "hunt.json", "run.json", "explore.json"};
  const bool a_run = std::any_of(kTraces.begin(), kTraces.end(),
                                 [&](const char* name) { return fs::exists(path / name, error); });
  throw BadInput(ExitCode::not_found, "no repro in " + path.string() +
                                          (a_run ? ": that run found nothing, or could not keep it"
                                                 : ": it is not the directory of a run"));
}

}  // namespace ordeal::cli
