// Makes one code file of a lesson, or a learner's, into a plug-in: a shared library that holds one implementation of a seam.
// The compiler is the one that built the program; nothing else is built, so it takes a second or two.
//
// Plug-ins are kept by the hash of what they are made of (the file, the engine), so the second time costs nothing. A file
// that the compiler refuses is NotCompiled with the compiler's own words; IoError when there is no compiler or no room.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace ordeal::cli {

// The texts that make a plug-in. `file` is what messages of the compiler name.
struct PlugInSource {
  std::filesystem::path file;
  std::string code;   // what stands in it
  std::string makes;  // the function that it defines: "ordeal::purchase::planted::make_check_then_act_gate"
};

class NotCompiled : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Of a file as it is.
PlugInSource source_of(const std::filesystem::path& file, const std::string& makes);

// The shared library, in a folder below `kept`.
std::filesystem::path compile(const PlugInSource& source, const std::filesystem::path& kept);

}  // namespace ordeal::cli
