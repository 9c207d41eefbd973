// The rules of the house as data: who may include what, which names are banned where, and how a file must
// look. To allow or forbid something new, change a line here; checks.cc holds no names.
#pragma once

#include <string_view>
#include <vector>

namespace ordeal::tidy {

// May `from` include files of `to`? A part may always include itself. "*" stands for every part.
// A module of the core may include core/base, core/env and core/wire besides, unless it is `pure`: then it has what its
// list says, neither ports nor words for the wire.
struct Arrow {
  std::string_view from;
  std::vector<std::string_view> to;
  bool pure = false;
};

// Headers of one library (by the start of what stands between < and >) and the only places that may include
// them (by the start of the path). A header that is neither C++ standard nor listed here is a finding.
// `package` is the Debian package that brings them; none for those of the compiler and the C library.
struct Library {
  std::string_view header;
  std::vector<std::string_view> allowed_under;
  std::string_view package = {};
};

// What a build file or script asks for by a name of its own, and the Debian package that brings it; none where a bare
// Debian has it already (its essential packages).
struct Brought {
  std::string_view what;
  std::string_view package;
};

// A name that code (not comments, not strings) must not use under `banned_under`, but for `except_under`.
// `pattern` may hold one '*' for any run of identifier characters; it matches whole identifiers only.
struct BannedName {
  std::string_view pattern;
  std::string_view instead;
  std::vector<std::string_view> banned_under;
  std::vector<std::string_view> except_under;
  // When set, a line holding "tidy: <marker>" followed by a reason is allowed.
  std::string_view marker = {};
};

const std::vector<Arrow>& arrows();
const std::vector<Library>& libraries();
const std::vector<BannedName>& banned_names();
const Brought* brought_by(std::string_view what);  // null for what no row knows
// Keywords and builtins of bash that the scripts use.
const std::vector<std::string_view>& shell_builtins();

// Words that mark unfinished work.
const std::vector<std::string_view>& unfinished_words();
// Words in a file's name that say nothing about its job.
const std::vector<std::string_view>& empty_file_words();
// Beginnings of paths that exist on one machine only.
const std::vector<std::string_view>& machine_paths();

inline constexpr int kLinesMax = 600;

}  // namespace ordeal::tidy
