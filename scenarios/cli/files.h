// Files that are whole or not there, and files that only grow. Every write ends in IoError when it cannot be
// done: a message that names the file and the reason, exit code 74.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ordeal::cli {

class IoError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Writes beside the target, syncs, renames over it, syncs the directory: a reader sees the old file or the
// new one, whole.
void write_whole(const std::filesystem::path& path, std::string_view text);

// The same for a text that comes in parts. Without commit() nothing of it stays.
class WholeFile {
 public:
  explicit WholeFile(std::filesystem::path path);
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  void append(std::string_view text);
  void commit();

 private:
  struct Open;
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  std::string waiting_;
  std::unique_ptr<Open> open_;
};

// A file that somebody named: whole as write_whole does it, through symbolic links; what is no file (a pipe, a terminal)
// is written to as it is.
void write_where_asked(const std::filesystem::path& path, std::string_view text);
// Throws IoError unless that can work, and leaves everything as it is.
void check_writable(const std::filesystem::path& path);

// Says that somebody is at work on a file that is there. Held until the destructor, or until this process and all that it
// forked have ended.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  // False: somebody else is.
  bool held() const { return held_; }

 private:
  int file_;
  bool held_ = false;
};

// A symbolic link, replaced in one step.
void point_to(const std::filesystem::path& link, const std::filesystem::path& target);

// A file of lines that several processes append to at once: each line goes out in one write, so lines do not
// mix, and what is written outlives the process at once. A line torn by a full disk or a lost machine is for
// readers to skip.
class LineFile {
 public:
  explicit LineFile(const std::filesystem::path& path);
  ~LineFile();
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  // `line` without its line feed.
  void append(std::string line);

 private:
  std::filesystem::path path_;
  int file_;
  bool torn_ = false;  // our last line is there in part
};

}  // namespace ordeal::cli
