#include "scenarios/cli/files.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
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
  const std::filesystem::path& path_;
  int file_;
};

std::filesystem::path beside(const std::filesystem::path& path) {
  return path.string() + "." + std::to_string(::getpid()) + ".tmp";
}

}  // namespace

void write_whole(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path temporary = beside(path);
  try {
    File file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    file.write(text);
    file.sync();
    file.close();
    if (::rename(temporary.c_str(), path.c_str()) != 0) cannot("write", path, errno);
  } catch (const IoError&) {
    ::unlink(temporary.c_str());
    throw;
  }
  const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : ".";
  File(parent, O_RDONLY | O_DIRECTORY).sync();
}

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
