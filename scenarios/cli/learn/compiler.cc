#include "scenarios/cli/learn/compiler.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/files.h"
#include "scenarios/cli/places.h"
#include "scenarios/play/library.h"

extern char** environ;

namespace ordeal::cli {
namespace {

namespace fs = std::filesystem;

// One optimisation level for all: what a seam does is little beside the database.
constexpr std::string_view kFlags = "-std=c++20 -O1 -fPIC -shared -fvisibility=hidden -Wall -Wextra";

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// The code, and what the program asks a plug-in for (plug_in.cc). The line directive makes messages name the file that
// somebody wrote.
std::string translation_unit(const PlugInSource& source) {
  return fmt::format(
      "#line 1 \"{0}\"\n{1}\n#line 1 \"what the program asks for\"\n#include <typeinfo>\n"
      "#define ORDEAL_ASKS extern \"C\" __attribute__((visibility(\"default\")))\n"
      "ORDEAL_ASKS void (*ordeal_maker())() {{ return reinterpret_cast<void (*)()>(&{2}); }}\n"
      "ORDEAL_ASKS const char* ordeal_makes() {{ return typeid({2}()).name(); }}\n",
      source.file.string(), source.code, source.makes);
}

// Runs it to its end, with what it says in `log`. Its exit code, or -1 for one that was killed.
int run(const std::vector<std::string>& command, const fs::path& log) {
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0644);
  ::posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  pid_t process = -1;
  const int error = ::posix_spawnp(&process, words[0], &actions, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw IoError("cannot start the compiler " + command[0] + ": " + std::strerror(error));
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string whole(const fs::path& file) {
  std::error_code error;
  return fs::exists(file, error) ? play::read_text_file(file) : "";
}

}  // namespace

PlugInSource source_of(const fs::path& file, const std::string& makes) {
  return {file, play::read_text_file(file), makes};
}

fs::path compile(const PlugInSource& source, const fs::path& kept) {
  const std::string unit = translation_unit(source);
  Digest digest;
  digest.add(unit);
  digest.add(kEngine);
  digest.add(compiler_path());
  digest.add(compiler_flags());  // sanitizers: such plug-ins fit such programs alone
  const fs::path name = fmt::format("{}-{:016x}", source.file.stem().string(), digest.value());
  std::error_code error;
  // Whole, so that nobody has to know where they are to load it.
  const fs::path made = fs::absolute(kept, error) / (name.string() + ".so");
  if (fs::exists(made, error)) return made;
  fs::create_directories(kept, error);
  if (error) throw IoError("cannot make " + kept.string() + ": " + error.message());

  const std::string own = name.string() + "." + std::to_string(::getpid());
  const fs::path text = kept / (own + ".cc");
  const fs::path library = kept / (own + ".so");
  const fs::path log = kept / (own + ".log");
  write_whole(text, unit);
  std::vector<std::string> command{compiler_path()};
  for (const std::string& word : words_of(std::string(kFlags) + " " + compiler_flags()))
    command.push_back(word);
  command.insert(command.end(),
                 {"-Wl,-Bsymbolic", "-I" + sources().string(), text.string(), "-o", library.string()});
  const int code = run(command, log);
  const std::string said = whole(log);
  if (code == 0) fs::rename(library, made, error);
  for (const fs::path& left : {text, log, library}) {
    std::error_code ignored;
    fs::remove(left, ignored);
  }
  if (code != 0) throw NotCompiled(said);
  if (error) throw IoError("cannot keep " + made.string() + ": " + error.message());
  return made;
}

}  // namespace ordeal::cli
