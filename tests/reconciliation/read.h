// Files as a test reads them: all of their entries, or why there are none.
#pragma once

#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "core/reconciliation/formats.h"
#include "tests/support/source_dir.h"

namespace ordeal::test {

// Entries with numbers of their own.
class Entries final : public reconciliation::EntrySink {
 public:
  reconciliation::Refused take(const reconciliation::Entry& entry) override {
    list_.push_back(entry);
    numbers_.emplace_back(entry.number);
    list_.back().number = numbers_.back();
    numbers_.emplace_back(entry.channel_number);
    list_.back().channel_number = numbers_.back();
    return std::nullopt;
  }
  const std::vector<reconciliation::Entry>& list() const { return list_; }

 private:
  std::vector<reconciliation::Entry> list_;
  std::deque<std::string> numbers_;
};

inline std::filesystem::path samples() { return test::source_dir() + "/tests/reconciliation/samples"; }

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct ReadFile {
  reconciliation::Statement statement;
  Entries entries;
  reconciliation::Refused refused;

  // "line:column: what", as far as there are any; empty: it was taken.
  std::string why() const {
    if (!refused) return {};
    std::string place;
    if (refused->line != 0) place = std::to_string(refused->line) + ":";
    if (refused->line != 0 && refused->column != 0) place += std::to_string(refused->column) + ":";
    return place + (place.empty() ? "" : " ") + refused->what;
  }
};

inline std::unique_ptr<ReadFile> read_bytes(std::string_view bytes, std::string_view format = "",
                                            const reconciliation::Asked& asked = {}) {
  auto out = std::make_unique<ReadFile>();
  reconciliation::TextSource source(bytes);
  out->refused = reconciliation::read_statement(source, reconciliation::format_named(format), asked,
                                                out->entries, out->statement);
  return out;
}

inline std::unique_ptr<ReadFile> read_sample(const std::string& name, std::string_view format = "",
                                             const reconciliation::Asked& asked = {}) {
  return read_bytes(bytes_of(samples() / name), format, asked);
}

}  // namespace ordeal::test
