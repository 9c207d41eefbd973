#include "tests/tidy/packages.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "tests/tidy/rules.h"

namespace ordeal::tidy {
namespace {

bool starts(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

bool ends(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == '"' || c == ',') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

struct Call {  // of a CMake command
  int line = 0;
  std::string name;
  std::vector<std::string> words;
};

std::vector<Call> calls_of(std::string_view text) {
  std::string code(text);
  bool remark = false;
  for (char& c : code) {
    remark = c != '\n' && (remark || c == '#');
    if (remark) c = ' ';
  }
  std::vector<Call> calls;
  std::size_t at = 0;
  while ((at = code.find('(', at)) != std::string::npos) {
    std::size_t begin = at;
    while (begin > 0 &&
           (std::isalnum(static_cast<unsigned char>(code[begin - 1])) != 0 || code[begin - 1] == '_')) {
      --begin;
    }
    std::size_t end = at;
    for (int depth = 0; end < code.size(); ++end) {
      depth += code[end] == '(' ? 1 : code[end] == ')' ? -1 : 0;
      if (depth == 0) break;
    }
    const auto line = 1 + std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
    calls.push_back({static_cast<int>(line), code.substr(begin, at - begin),
                     words_of(std::string_view(code).substr(at + 1, end - at - 1))});
    at = end;
  }
  return calls;
}

bool is_bare_name(std::string_view word) { return word.find_first_of("$/:<>.") == std::string_view::npos; }

std::vector<Need> needs_of_cmake(std::string_view text) {
  const std::vector<Call> calls = calls_of(text);
  std::set<std::string> made;  // programs of this very build
  for (const Call& c : calls) {
    if (starts(c.name, "add_") && !c.words.empty()) made.insert(c.words[0]);
    if (starts(c.name, "ordeal_") && !c.words.empty()) made.insert(c.words[0]);
  }
  std::vector<Need> needs;
  for (const Call& c : calls) {
    const bool package = c.name == "find_package";
    if (package || c.name == "find_library" || c.name == "find_program" || c.name == "find_path" ||
        c.name == "find_file") {
      const bool required = std::find(c.words.begin(), c.words.end(), "REQUIRED") != c.words.end();
      needs.push_back({c.line, c.words.at(package ? 0 : 1), !required, false});
      continue;
    }
    for (std::size_t i = 0; i + 1 < c.words.size(); ++i) {
      const std::string& program = c.words[i + 1];
      if (c.words[i] != "COMMAND" || !is_bare_name(program) || made.count(program) == 1) continue;
      needs.push_back({c.line, program, false, c.name == "add_test"});
    }
  }
  return needs;
}

// "Ninja" and the compilers, out of CMakePresets.json. `release` and what it inherits are the build; the others are for tests.
std::vector<Need> needs_of_presets(std::string_view text) {
  std::vector<Need> needs;
  int line = 0;
  bool of_tests = false;
  while (!text.empty()) {
    const std::string_view row = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(row.size() + 1, text.size()));
    ++line;
    const auto value = [row](std::string_view key) {
      const std::string whole = '"' + std::string(key) + "\": \"";
      const std::size_t at = row.find(whole);
      if (at == std::string_view::npos) return std::string();
      const std::string_view rest = row.substr(at + whole.size());
      return std::string(rest.substr(0, rest.find('"')));
    };
    if (const std::string name = value("name"); !name.empty()) of_tests = name != "base" && name != "release";
    for (const char* key : {"generator", "CMAKE_CXX_COMPILER"}) {
      if (const std::string found = value(key); !found.empty())
        needs.push_back({line, found, false, of_tests});
    }
  }
  return needs;
}

std::vector<Need> imports_of(std::string_view text) {
  std::vector<Need> needs;
  int line = 0;
  while (!text.empty()) {
    const std::string_view row = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(row.size() + 1, text.size()));
    ++line;
    if (!starts(row, "import ") && !starts(row, "from ")) continue;
    const std::string module = words_of(row).at(1);
    needs.push_back({line, "python3:" + module.substr(0, module.find('.')), false, true});
  }
  return needs;
}

}  // namespace

std::map<std::string, std::string> read_packages(std::string_view text) {
  std::map<std::string, std::string> packages;
  std::string section;
  while (!text.empty()) {
    const std::string_view row = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(row.size() + 1, text.size()));
    for (const std::string& word : words_of(row.substr(0, row.find('#')))) {
      if (starts(word, "[")) {
        section = word.substr(1, word.size() - 2);
      } else {
        packages[word] = section;
      }
    }
  }
  return packages;
}

std::vector<Need> needs_of(std::string_view path, std::string_view text) {
  if (ends(path, "CMakeLists.txt") || ends(path, ".cmake")) return needs_of_cmake(text);
  if (ends(path, "CMakePresets.json")) return needs_of_presets(text);
  std::vector<Need> needs;
  if (ends(path, ".py")) {
    needs = imports_of(text);
  } else if (starts(text, "#!") && text.substr(0, text.find('\n')).find("bash") != std::string_view::npos) {
    needs = shell_commands(text);
  }
  for (Need& n : needs) n.of_tests = path != "ordeal";
  return needs;
}

std::vector<Finding> check_needs(std::string_view path, std::string_view text,
                                 const std::map<std::string, std::string>& packages) {
  std::vector<Finding> findings;
  for (const Need& n : needs_of(path, text)) {
    const auto add = [&](std::string why) {
      findings.push_back({std::string(path), n.line, "package", "'" + n.what + "' " + std::move(why)});
    };
    const Brought* row = brought_by(n.what);
    if (row == nullptr) {
      add("comes from a package that the table in tests/tidy/rules.cc does not know");
      continue;
    }
    if (row->package.empty()) continue;
    const auto listed = packages.find(std::string(row->package));
    const std::string name(row->package);
    if (listed == packages.end()) {
      add("needs " + name + ", which packages.txt does not list");
    } else if (!n.optional && listed->second != "build" && !(n.of_tests && listed->second == "test")) {
      add("needs " + name + ", which packages.txt has under [" + listed->second + "], too late for this");
    }
  }
  return findings;
}

}  // namespace ordeal::tidy
