#include "scenarios/cli/output.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "faults/suggest.h"
#include "reports/words.h"
#include "scenarios/cli/files.h"
#include "scenarios/play/bad_input.h"
#include "scenarios/play/harmless.h"

namespace ordeal::cli {
namespace {

constexpr std::array<std::string_view, 3> kColors{"auto", "always", "never"};

bool set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool wants_color(std::string_view choice, int stream) {
  if (choice == "always") return true;
  if (choice == "never" || set("NO_COLOR") || ::isatty(stream) == 0) return false;
  const char* terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) != "dumb";
}

std::size_t width_of(int stream) {
  constexpr std::size_t kUsual = 80;
  constexpr std::size_t kLeast = 20;
  constexpr std::size_t kMost = 100;
  std::size_t columns = 0;
  if (const char* said = std::getenv("COLUMNS"); said != nullptr) {
    const std::string_view text(said);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
    if (error != std::errc() || end != text.data() + text.size()) columns = 0;
  }
  winsize size{};
  if (columns == 0 && ::ioctl(stream, TIOCGWINSZ, &size) == 0) columns = size.ws_col;
  return columns == 0 ? kUsual : std::clamp(columns, kLeast, kMost);
}

std::string& called_as() {
  static std::string name = "./ordeal";
  return name;
}

}  // namespace

void add_json_flag(CommandLine& command_line, OutputFlags& flags) {
  command_line.flag("--json", flags.json, "one JSON object on standard output, nothing else");
}

void add_output_flags(CommandLine& command_line, OutputFlags& flags) {
  add_json_flag(command_line, flags);
  command_line.flag("-q,--quiet", flags.quiet, "only the verdict and what reproduces it");
  command_line.flag("-v,--verbose", flags.verbose,
                    "tell more: of one trial its whole story, of a hunt every failure, and the tables");
  command_line.option("--color", flags.color, "WHEN", "auto, always or never");
  command_line.option("--out", flags.out, "DIR", "where runs are kept (" + flags.out + ")");
}

void check(const OutputFlags& flags) {
  for (const std::string_view color : kColors) {
    if (flags.color == color) return;
  }
  std::string message = "--color needs auto, always or never, found \"" + flags.color + "\"";
  if (const auto meant = faults::nearest(flags.color, kColors)) message += "\n  did you mean  " + *meant;
  throw play::BadInput(play::ExitCode::usage, message);
}

bool stdout_color(const OutputFlags& flags) { return wants_color(flags.color, STDOUT_FILENO); }
bool stderr_color(const OutputFlags& flags) { return wants_color(flags.color, STDERR_FILENO); }
std::size_t stdout_width() { return width_of(STDOUT_FILENO); }
std::size_t stderr_width() { return width_of(STDERR_FILENO); }

void set_program_name(std::string name) {
  if (!name.empty()) called_as() = std::move(name);
}

const std::string& program_name() { return called_as(); }

reports::Style style_of(const OutputFlags& flags) {
  return {.color = stdout_color(flags),
          .quiet = flags.quiet,
          .verbose = flags.verbose,
          .width = stdout_width(),
          .program = program_name()};
}

void print(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw IoError(std::string("cannot write to standard output: ") + std::strerror(errno));
  }
}

void keep_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0 || errno != EBADF) continue;
    if (::open("/dev/null", O_RDWR) != stream) throw IoError("cannot open /dev/null for a closed descriptor");
  }
}

void complain(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void print_error(std::string_view message) { complain("error: " + play::harmless(message) + "\n"); }

}  // namespace ordeal::cli
