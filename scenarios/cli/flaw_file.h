// Where the code of a planted flaw stands.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace ordeal::cli {

// By its number, beside a shelf of lessons: F-01 is flaws/f01_….cc. Nothing: there is none.
std::optional<std::filesystem::path> flaw_file(const std::filesystem::path& shelf, const std::string& flaw);

}  // namespace ordeal::cli
