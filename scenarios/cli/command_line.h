// The flags of a verb. A verb names its flags and where their values go; parse() fills them in or throws. The library
// that does it (CLI11) stays behind this header, for it takes longer to compile than everything else of a verb.
//
//   command_line.option("--seed", flags.seed, "N", "which world");
//
// Values stay as they were where the command line does not name them. Names are given as "-j,--jobs"; nothing is
// abbreviated. An empty value is none. Whatever is wrong is a BadInput (usage) that says what was probably meant.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace ordeal::cli {

// A flag or word as the help has it: what completion and the manual are made from.
struct Described {
  std::vector<std::string> names;  // "-j", "--jobs"; of a word its own
  std::string type;                // "N"; empty: it takes no value
  std::string help;
  bool is_word = false;
  bool required = false;
  bool repeats = false;
};

class CommandLine {
 public:
  // `program` as it is called: "ordeal hunt".
  CommandLine(const std::string& program, const std::string& summary);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // Values must live until parse() is done; `type` is what the help calls a value ("N", "TIME").
  void flag(const std::string& names, bool& value, const std::string& help);
  void option(const std::string& names, std::string& value, const std::string& type, const std::string& help);
  // One that may be repeated.
  void options(const std::string& names, std::vector<std::string>& values, const std::string& type,
               const std::string& help);
  // A word without a flag, in the order of the calls.
  void word(const std::string& name, std::string& value, const std::string& type, const std::string& help);
  void required_word(const std::string& name, std::string& value, const std::string& type,
                     const std::string& help);
  // At least one.
  void words(const std::string& name, std::vector<std::string>& values, const std::string& type,
             const std::string& help);

  // False when only help was asked for.
  bool parse(std::vector<std::string> arguments);
  std::string help() const;
  // In the order in which they were named.
  const std::vector<Described>& described() const { return described_; }

 private:
  void describe(const std::string& names, const std::string& type, const std::string& help);
  void check_flags(const std::vector<std::string>& arguments) const;

  struct Parser;
  std::string program_;
  std::vector<Described> described_;
  std::unique_ptr<Parser> parser_;
};

// Throws BadInput (usage): what is wrong, what was meant (may be empty) and where it is explained.
[[noreturn]] void misused(const std::string& what, const std::string& meant, const std::string& help);

}  // namespace ordeal::cli
