// Files of users as the core's readers take them: opened once, read forwards, so that a pipe will do as well.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/reconciliation/bytes.h"

namespace ordeal::cli {

class InputFile final : public reconciliation::Source {
 public:
  // Throws BadInput: there is none (not found), it is a directory (data), it may not be read (I/O).
  explicit InputFile(const std::filesystem::path& path);
  ~InputFile() override;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  std::size_t read(std::span<char> to) override;
  // By whatever names they were opened.
  bool is_same(const InputFile& other) const;

 private:
  std::filesystem::path path_;
  int file_;
};

// A file without a name in TMPDIR (or /tmp): it is gone with the process, however that ends.
std::unique_ptr<reconciliation::Scratch> new_scratch();

}  // namespace ordeal::cli
