// Where words go. Standard output gets the result, nothing else: text for people, or one JSON object with
// --json. Everything said on the way goes to standard error. Colours only on terminals, never with NO_COLOR
// (no-color.org) or a dumb terminal, unless
// --color always.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reports/text.h"
#include "scenarios/cli/command_line.h"

namespace ordeal::cli {

struct OutputFlags {
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  std::string color = "auto";
  std::string out = ".ordeal/runs";
};

void add_json_flag(CommandLine& command_line, OutputFlags& flags);
// --json, -q, -v, --color and --out.
void add_output_flags(CommandLine& command_line, OutputFlags& flags);
// Throws BadInput (usage) for a --color that is none.
void check(const OutputFlags& flags);

bool stdout_color(const OutputFlags& flags);
bool stderr_color(const OutputFlags& flags);
// Columns for text: what COLUMNS says, else what the terminal has, else 80; 20 to 100, since longer
// lines are hard to read and shorter ones cannot be told from noise.
std::size_t stdout_width();
std::size_t stderr_width();
reports::Style style_of(const OutputFlags& flags);

// First of all: whichever of the three standard descriptors is closed leads to /dev/null from now on. The next file that is
// opened would have its number, and what is said would be written into it.
void keep_standard_streams();

// Throws IoError when the text did not arrive (a full disk behind a redirection).
void print(std::string_view text);
void complain(std::string_view text);
// How the program was called, argv[0], for lines that people copy; before that "./ordeal".
void set_program_name(std::string name);
const std::string& program_name();

// "error: …" on standard error, without what would drive a terminal.
void print_error(std::string_view message);

}  // namespace ordeal::cli
