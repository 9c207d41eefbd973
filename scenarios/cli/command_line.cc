#include "scenarios/cli/command_line.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "faults/suggest.h"
#include "scenarios/play/bad_input.h"

namespace ordeal::cli {

struct CommandLine::Parser {
  Parser(const std::string& program, const std::string& summary) : app(summary, program) {}
  CLI::App app;
};

CommandLine::CommandLine(const std::string& program, const std::string& summary)
    : program_(program), parser_(std::make_unique<Parser>(program, summary)) {}

CommandLine::~CommandLine() = default;

void CommandLine::describe(const std::string& names, const std::string& type, const std::string& help) {
  Described& one = described_.emplace_back();
  one.type = type;
  one.help = help;
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t comma = std::min(names.find(',', at), names.size());
    one.names.push_back(names.substr(at, comma - at));
    at = comma + 1;
  }
  one.is_word = !one.names.front().starts_with('-');
}

void CommandLine::flag(const std::string& names, bool& value, const std::string& help) {
  describe(names, "", help);
  parser_->app.add_flag(names, value, help);
}

void CommandLine::option(const std::string& names, std::string& value, const std::string& type,
                         const std::string& help) {
  describe(names, type, help);
  parser_->app.add_option(names, value, help)->type_name(type);
}

void CommandLine::options(const std::string& names, std::vector<std::string>& values, const std::string& type,
                          const std::string& help) {
  describe(names, type, help);
  described_.back().repeats = true;
  parser_->app.add_option(names, values, help)->type_name(type)->take_all();
}

void CommandLine::word(const std::string& name, std::string& value, const std::string& type,
                       const std::string& help) {
  option(name, value, type, help);
}

void CommandLine::required_word(const std::string& name, std::string& value, const std::string& type,
                                const std::string& help) {
  describe(name, type, help);
  described_.back().required = true;
  parser_->app.add_option(name, value, help)->type_name(type)->required();
}

void CommandLine::words(const std::string& name, std::vector<std::string>& values, const std::string& type,
                        const std::string& help) {
  describe(name, type, help);
  described_.back().required = described_.back().repeats = true;
  parser_->app.add_option(name, values, help)->type_name(type)->required();
}

// The parser of the library neither guesses nor says which flag it did not know, so flags are looked at first.
void CommandLine::check_flags(const std::vector<std::string>& arguments) const {
  std::vector<std::string> known{"--help"};
  for (const CLI::Option* option : parser_->app.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  const std::vector<std::string_view> names(known.begin(), known.end());
  for (const std::string& argument : arguments) {
    if (argument == "--") return;
    if (!argument.starts_with("--")) continue;
    const std::string flag = argument.substr(0, argument.find('='));
    if (std::find(known.begin(), known.end(), flag) != known.end()) continue;
    misused("no flag " + flag, faults::nearest(flag, names).value_or(""), program_ + " --help");
  }
}

bool CommandLine::parse(std::vector<std::string> arguments) {
  check_flags(arguments);
  try {
    std::reverse(arguments.begin(), arguments.end());  // as the library wants them
    parser_->app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return false;
  } catch (const CLI::ParseError& error) {
    misused(error.what(), "", program_ + " --help");
  }
  // "--seeds $RANGE" with nothing in RANGE must not play the default.
  for (const CLI::Option* option : parser_->app.get_options()) {
    for (const std::string& value : option->results()) {
      if (value.empty()) misused(option->get_name() + " needs a value, found \"\"", "", program_ + " --help");
    }
  }
  return true;
}

std::string CommandLine::help() const { return parser_->app.help(); }

void misused(const std::string& what, const std::string& meant, const std::string& help) {
  std::string message = what;
  if (!meant.empty()) message += "\n  did you mean  " + meant;
  throw play::BadInput(play::ExitCode::usage, message + "\n  see           " + help);
}

}  // namespace ordeal::cli
