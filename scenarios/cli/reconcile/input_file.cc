#include "scenarios/cli/reconcile/input_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "faults/suggest.h"
#include "scenarios/cli/files.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

namespace fs = std::filesystem;
using play::BadInput;
using play::ExitCode;

namespace {

[[noreturn]] void not_there(const fs::path& path) {
  std::string message = "no file " + path.string();
  std::vector<std::string> names;
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  for (const auto& entry : fs::directory_iterator(folder, error))
    names.push_back(entry.path().filename().string());
  const std::vector<std::string_view> known(names.begin(), names.end());
  if (const auto meant = faults::nearest(path.filename().string(), known))
    message += "\n  did you mean  " +
               (path.has_parent_path() ? path.parent_path() / *meant : fs::path(*meant)).string();
  throw BadInput(ExitCode::not_found, message);
}

[[noreturn]] void cannot(const std::string& what, int error) {
  throw IoError("cannot " + what + ": " + std::strerror(error));
}

class TemporaryFile final : public reconciliation::Scratch {
 public:
  TemporaryFile() {
    const char* place = std::getenv("TMPDIR");
    name_ = (place == nullptr || *place == '\0' ? std::string("/tmp") : std::string(place)) +
            "/ordeal-reconcile-XXXXXX";
    file_ = ::mkostemp(name_.data(), O_CLOEXEC);
    if (file_ < 0) cannot("make a temporary file in " + fs::path(name_).parent_path().string(), errno);
    ::unlink(name_.c_str());
  }
  ~TemporaryFile() override { ::close(file_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t n = ::write(file_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) cannot("write a temporary file in " + fs::path(name_).parent_path().string(), errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }

  void read(std::uint64_t offset, std::span<char> to) override {
    while (!to.empty()) {
      const ssize_t n = ::pread(file_, to.data(), to.size(), static_cast<off_t>(offset));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0)
        cannot("read a temporary file in " + fs::path(name_).parent_path().string(), n < 0 ? errno : EIO);
      to = to.subspan(static_cast<std::size_t>(n));
      offset += static_cast<std::uint64_t>(n);
    }
  }

 private:
  std::string name_;
  int file_ = -1;
};

}  // namespace

InputFile::InputFile(const fs::path& path) : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (file_ < 0 && (errno == ENOENT || errno == ENOTDIR)) not_there(path);
  if (file_ < 0) throw IoError("cannot open " + path.string() + ": " + std::strerror(errno));
  struct stat status {};
  if (::fstat(file_, &status) == 0 && S_ISDIR(status.st_mode)) {
    ::close(file_);
    throw BadInput(ExitCode::data, path.string() + " is a directory; a file is expected");
  }
}

InputFile::~InputFile() { ::close(file_); }

std::size_t InputFile::read(std::span<char> to) {
  for (;;) {
    const ssize_t n = ::read(file_, to.data(), to.size());
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) throw IoError("cannot read " + path_.string() + ": " + std::strerror(errno));
  }
}

bool InputFile::is_same(const InputFile& other) const {
  struct stat a {};
  struct stat b {};
  return ::fstat(file_, &a) == 0 && ::fstat(other.file_, &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

std::unique_ptr<reconciliation::Scratch> new_scratch() { return std::make_unique<TemporaryFile>(); }

}  // namespace ordeal::cli
