#include "scenarios/cli/files.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace ordeal::cli {
namespace {

[[noreturn]] void cannot(std::string_view what, const std::filesystem::path& path, int error) {
  throw IoError("cannot " + std::string(what) + " " + path.string() + ": " + std::strerror(error));
}

// Closes what it holds.
class File {
 public:
  File(const std::filesystem::path& path, int flags)
      : path_(path), file_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
    if (file_ < 0) cannot("open", path, errno);
  }
  ~File() {
    if (file_ >= 0) ::close(file_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t n = ::write(file_, text.data(), text.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) cannot("write", path_, errno);
      text.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  // A directory on a file system that cannot sync directories is no failure.
  void sync() {
    if (::fsync(file_) != 0 && errno != EINVAL && errno != ENOTSUP) cannot("sync", path_, errno);
  }
  void close() {
    if (::close(std::exchange(file_, -1)) != 0 && errno != EINTR) cannot("close", path_, errno);
  }

 private:
  std::filesystem::path path_;
  int file_;
};

std::filesystem::path beside(const std::filesystem::path& path) {
  return path.string() + "." + std::to_string(::getpid()) + ".tmp";
}

}  // namespace

struct WholeFile::Open {
  explicit Open(const std::filesystem::path& path) : file(path, O_WRONLY | O_CREAT | O_TRUNC) {}
  File file;
};

WholeFile::WholeFile(std::filesystem::path path)
    : path_(std::move(path)), temporary_(beside(path_)), open_(std::make_unique<Open>(temporary_)) {}

WholeFile::~WholeFile() {
  if (open_) ::unlink(temporary_.c_str());
}

void WholeFile::append(std::string_view text) {
  constexpr std::size_t kBlock = std::size_t{1} << 20U;
  waiting_ += text;
  if (waiting_.size() < kBlock) return;
  open_->file.write(waiting_);
  waiting_.clear();
}

void WholeFile::commit() {
  open_->file.write(waiting_);
  open_->file.sync();
  open_->file.close();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) cannot("write", path_, errno);
  open_.reset();
  const std::filesystem::path parent = path_.has_parent_path() ? path_.parent_path() : ".";
  File(parent, O_RDONLY | O_DIRECTORY).sync();
}

void write_whole(const std::filesystem::path& path, std::string_view text) {
  WholeFile file(path);
  file.append(text);
  file.commit();
}

namespace {

// Where the text goes in the end.
std::filesystem::path target_of(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_symlink(path, error)) return path;
  const auto target = std::filesystem::weakly_canonical(path, error);
  return error ? path : target;
}

// A pipe or a device: nothing can take its place.
bool is_special(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error);
}

}  // namespace

void write_where_asked(const std::filesystem::path& path, std::string_view text) {
  if (is_special(path)) return File(path, O_WRONLY).write(text);
  write_whole(target_of(path), text);
}

void check_writable(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) cannot("write", path, EISDIR);
  if (is_special(path)) {
    if (::access(path.c_str(), W_OK) != 0) cannot("write", path, errno);
    return;
  }
  const std::filesystem::path temporary = beside(target_of(path));
  try {
    File(temporary, O_WRONLY | O_CREAT | O_TRUNC).close();
  } catch (const IoError&) {
    cannot("write", path, errno);
  }
  ::unlink(temporary.c_str());
}

FileLock::FileLock(const std::filesystem::path& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (file_ < 0) cannot("open", path, errno);
  held_ = ::flock(file_, LOCK_EX | LOCK_NB) == 0;
}

FileLock::~FileLock() { ::close(file_); }

void point_to(const std::filesystem::path& link, const std::filesystem::path& target) {
  const std::filesystem::path temporary = beside(link);
  ::unlink(temporary.c_str());
  if (::symlink(target.c_str(), temporary.c_str()) != 0) cannot("write", link, errno);
  if (::rename(temporary.c_str(), link.c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary.c_str());
    cannot("write", link, error);
  }
}

LineFile::LineFile(const std::filesystem::path& path)
    : path_(path), file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666)) {
  if (file_ < 0) cannot("open", path, errno);
}

LineFile::~LineFile() { ::close(file_); }

void LineFile::append(std::string line) {
  line += '\n';
  if (torn_) line.insert(0, "\n");  // only the torn line is lost, not the one after it
  std::string_view left = line;
  while (!left.empty()) {  // once, unless the disk is full
    const ssize_t n = ::write(file_, left.data(), left.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      torn_ = torn_ || left.size() != line.size();
      cannot("write", path_, errno);
    }
    left.remove_prefix(static_cast<std::size_t>(n));
  }
  torn_ = false;
}

}  // namespace ordeal::cli
