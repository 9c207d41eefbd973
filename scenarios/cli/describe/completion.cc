// `ordeal completion bash|zsh|fish`: what completes verbs, flags and values in a shell, as a script for it to read:
//   eval "$(ordeal completion bash)"     ordeal completion fish | source
// Names of scenarios, flaws and designs stand in the script as they are now; completing starts no program.
#include <array>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "faults/suggest.h"
#include "scenarios/cli/describe/description.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/verbs.h"

namespace ordeal::cli {
namespace {

constexpr std::array<std::string_view, 3> kShells{"bash", "zsh", "fish"};
// What the script ./ordeal does itself.
constexpr std::array<std::string_view, 2> kOfScript{"test", "bench"};

// In single quotes, as bash and zsh read it.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string in_fish_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string words_of(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::vector<std::string> verb_names(const std::vector<DescribedVerb>& all) {
  std::vector<std::string> names{"help"};
  for (const DescribedVerb& verb : all) names.push_back(verb.name);
  names.insert(names.end(), kOfScript.begin(), kOfScript.end());
  return names;
}

// What stands before a bracket or a semicolon: a line of a menu.
std::string brief(std::string_view help) {
  std::string_view line = help.substr(0, help.find_first_of(";("));
  while (line.ends_with(' ')) line.remove_suffix(1);
  return std::string(line);
}

class Bash {
 public:
  explicit Bash(const Repertoire& repertoire)
      : repertoire_(repertoire), verbs_(described_verbs(repertoire)) {}

  std::string script() const {
    std::string out = R"(# bash completion for ordeal
_ordeal() {
  local cur="${COMP_WORDS[COMP_CWORD]}" at=$((COMP_CWORD - 1)) before="" flag verb="${COMP_WORDS[1]}"
  # bash breaks words at "=": what stands before it belongs to the word.
  if [[ $cur == "=" ]]; then
    cur="" before="${COMP_WORDS[at]}=" at=$((at - 1))
  elif [[ ${COMP_WORDS[at]} == "=" ]]; then
    before="${COMP_WORDS[at - 1]}=" at=$((at - 2))
  fi
  flag="${COMP_WORDS[at]}"
  if [[ $before == --*= ]]; then flag="${before%=}" before=""; fi
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
)";
    out += "    _ordeal_words " + in_quotes(words_of(verb_names(verbs_)) + " --version --help") + "\n";
    out += "    return\n  fi\n  case \"$verb\" in\n";
    out += "    help) _ordeal_words " + in_quotes(words_of(verb_names(verbs_))) + " ;;\n";
    for (const DescribedVerb& verb : verbs_) out += of(verb);
    return out + R"(  esac
}
# Of the given words those that go on as the word at the cursor begins.
_ordeal_words() {
  local word
  for word in $1; do
    if [[ $word == "$before$cur"* ]]; then COMPREPLY+=("${word#"$before"}"); fi
  done
}
_ordeal_files() {
  local name
  while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen "$1" -- "$cur")
  compopt -o filenames 2>/dev/null
}
complete -F _ordeal ordeal
)";
  }

 private:
  std::string of(const DescribedVerb& verb) const {
    std::string out = "    " + verb.name + ")\n      case \"$flag\" in\n";
    std::vector<std::string> flags{"--help"};
    Values free;
    for (const Described& one : verb.arguments) {
      const Values values = values_of(one.type, verb.name, repertoire_);
      if (one.is_word) {
        free.words.insert(free.words.end(), values.words.begin(), values.words.end());
        free.files = free.files || values.files;
        free.directories = free.directories || values.directories;
        continue;
      }
      flags.insert(flags.end(), one.names.begin(), one.names.end());
      if (one.type.empty()) continue;
      out += fmt::format("        {})\n{}          return\n          ;;\n", fmt::join(one.names, " | "),
                         proposing(values, "          "));
    }
    out += "      esac\n      if [[ $cur == -* ]]; then\n        _ordeal_words " +
           in_quotes(words_of(flags)) + "\n        return\n      fi\n" + proposing(free, "      ");
    return out + "      ;;\n";
  }

  static std::string proposing(const Values& values, const std::string& indent) {
    std::string out;
    if (!values.words.empty()) out += indent + "_ordeal_words " + in_quotes(words_of(values.words)) + "\n";
    if (values.files) out += indent + "_ordeal_files -f\n";
    if (values.directories) out += indent + "_ordeal_files -d\n";
    return out;
  }

  const Repertoire& repertoire_;
  std::vector<DescribedVerb> verbs_;
};

class Zsh {
 public:
  explicit Zsh(const Repertoire& repertoire) : repertoire_(repertoire), verbs_(described_verbs(repertoire)) {}

  std::string script() const {
    std::string out = "#compdef ordeal\n_ordeal() {\n  local -a verbs\n  verbs=(\n    'help:what there is'\n";
    for (const DescribedVerb& verb : verbs_)
      out += "    " + in_quotes(verb.name + ":" + brief(verb.summary)) + "\n";
    for (const std::string_view name : kOfScript) out += "    " + in_quotes(name) + "\n";
    out += R"(  )
  if ((CURRENT == 2)); then
    _describe verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  ((CURRENT--))
  case $verb in
    help) _describe verb verbs ;;
)";
    for (const DescribedVerb& verb : verbs_) out += of(verb);
    return out + R"(  esac
}
if [[ ${funcstack[1]} == _ordeal ]]; then
  _ordeal "$@"
else
  compdef _ordeal ordeal
fi
)";
  }

 private:
  std::string of(const DescribedVerb& verb) const {
    std::string out = "    " + verb.name + ")\n      _arguments -s '--help[print the help]'";
    for (const Described& one : verb.arguments) {
      if (one.is_word) {
        out += " \\\n        " + in_quotes((one.repeats    ? "*"
                                            : one.required ? ""
                                                           : ":") +
                                           (":" + one.type) + action(one, verb.name));
        continue;
      }
      for (const std::string& name : one.names) {
        const std::string value = one.type.empty() ? "" : ":" + escaped(one.type) + action(one, verb.name);
        const std::string others = one.names.size() > 1 ? "(" + words_of(one.names) + ")" : "";
        out += " \\\n        " +
               in_quotes((one.repeats ? "*" : others) + name + "[" + escaped(brief(one.help)) + "]" + value);
      }
    }
    return out + "\n      ;;\n";
  }

  // ":(a b)", ":_files", or nothing to propose.
  std::string action(const Described& one, const std::string& verb) const {
    const Values values = values_of(one.type, verb, repertoire_);
    if (values.files && !values.words.empty()) {
      std::vector<std::string> words;
      for (const std::string& word : values.words) words.push_back(escaped(word));
      return ":{ compadd -- " + words_of(words) + "; _files }";
    }
    if (values.files) return ":_files";
    if (values.directories) return ":_files -/";
    if (values.words.empty()) return ": ";
    std::vector<std::string> words;
    for (const std::string& word : values.words) words.push_back(escaped(word));
    return ":(" + words_of(words) + ")";
  }

  static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (std::string_view("[]:()|\\").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
    return out;
  }

  const Repertoire& repertoire_;
  std::vector<DescribedVerb> verbs_;
};

std::string fish_script(const Repertoire& repertoire) {
  std::string out = "# fish completion for ordeal\ncomplete -c ordeal -f\n";
  const auto at_start = [&](std::string_view name, std::string_view summary) {
    out += fmt::format("complete -c ordeal -n __fish_use_subcommand -a {} -d {}\n", name,
                       in_fish_quotes(summary));
  };
  at_start("help", "what there is");
  const std::vector<DescribedVerb> all = described_verbs(repertoire);
  for (const DescribedVerb& verb : all) at_start(verb.name, verb.summary);
  for (const std::string_view name : kOfScript) at_start(name, "of the script ./ordeal");
  out += "complete -c ordeal -n '__fish_seen_subcommand_from help' -a " +
         in_fish_quotes(words_of(verb_names(all))) + "\n";
  for (const DescribedVerb& verb : all) {
    for (const Described& one : verb.arguments) {
      out += fmt::format("complete -c ordeal -n '__fish_seen_subcommand_from {}'", verb.name);
      if (!one.is_word) {
        for (const std::string& name : one.names)
          out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
        out += " -d " + in_fish_quotes(brief(one.help));
      }
      const Values values = values_of(one.type, verb.name, repertoire);
      if (!one.type.empty() && !one.is_word) out += " -r";
      if (values.files) out += " -F";
      if (!values.words.empty()) out += " -a " + in_fish_quotes(words_of(values.words));
      if (values.directories) out += " -a '(__fish_complete_directories)'";
      out += "\n";
    }
  }
  return out;
}

play::ExitCode print_completion(const Repertoire& repertoire, const std::string& shell) {
  if (shell == "bash") {
    print(Bash(repertoire).script());
  } else if (shell == "zsh") {
    print(Zsh(repertoire).script());
  } else if (shell == "fish") {
    print(fish_script(repertoire));
  } else {
    misused("no completion for \"" + shell + "\": bash, zsh or fish",
            faults::nearest(shell, kShells).value_or(""), "ordeal completion --help");
  }
  return play::ExitCode::ok;
}

}  // namespace

Action declare_completion(CommandLine& command_line, const Repertoire& repertoire) {
  auto shell = std::make_shared<std::string>();
  command_line.required_word("shell", *shell, "SHELL", "bash, zsh or fish");
  return [shell, &repertoire] { return print_completion(repertoire, *shell); };
}

}  // namespace ordeal::cli
