#include "tests/tidy/checks.h"

#include <algorithm>
#include <cstddef>

#include "tests/tidy/rules.h"

namespace ordeal::tidy {
namespace {

bool starts(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

bool ends(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Does the path lie under one of these beginnings? "!beginning" takes paths out again.
bool under(std::string_view path, const std::vector<std::string_view>& beginnings) {
  bool inside = false;
  for (const std::string_view b : beginnings) {
    if (starts(b, "!")) {
      if (starts(path, b.substr(1))) return false;
    } else {
      inside = inside || starts(path, b);
    }
  }
  return inside;
}

// Length of the match of pattern (with at most one '*') at the very start of text; 0 for none.
std::size_t match_here(std::string_view text, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return starts(text, pattern) ? pattern.size() : 0;
  const std::string_view head = pattern.substr(0, star);
  const std::string_view tail = pattern.substr(star + 1);
  if (!starts(text, head)) return 0;
  std::size_t end = head.size();
  while (end < text.size() && is_name(text[end])) ++end;
  for (std::size_t at = end; at >= head.size(); --at) {
    if (starts(text.substr(at), tail)) return at + tail.size();
    if (at == 0) break;
  }
  return 0;
}

bool holds_name(std::string_view line, std::string_view pattern) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (at > 0 && is_name(line[at - 1]) && is_name(pattern.front())) continue;
    const std::size_t length = match_here(line.substr(at), pattern);
    if (length == 0) continue;
    const std::size_t after = at + length;
    if (after < line.size() && is_name(line[after]) && is_name(line[after - 1])) continue;
    return true;
  }
  return false;
}

struct Include {
  std::string_view target;
  bool quoted = false;
};

// What an #include line asks for; an empty target for every other line.
Include include_of(std::string_view line) {
  const auto skip = [&line] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip();
  if (!starts(line, "#")) return {};
  line.remove_prefix(1);
  skip();
  if (!starts(line, "include")) return {};
  line.remove_prefix(7);
  skip();
  if (line.empty() || (line.front() != '"' && line.front() != '<')) return {};
  const bool quoted = line.front() == '"';
  line.remove_prefix(1);
  return {line.substr(0, line.find(quoted ? '"' : '>')), quoted};
}

bool is_core_module(std::string_view part) {
  return starts(part, "core/") && part != "core/base" && part != "core/env";
}

const Arrow* arrow_of(std::string_view part) {
  for (const Arrow& a : arrows()) {
    const bool any = ends(a.from, "/*") && starts(part, a.from.substr(0, a.from.size() - 1));
    if (a.from == part || any) return &a;
  }
  return nullptr;
}

bool may_include(std::string_view from, std::string_view to) {
  if (from == to) return true;
  const Arrow* arrow = arrow_of(from);
  if (arrow == nullptr) return false;
  if (is_core_module(from) && !arrow->pure && (to == "core/base" || to == "core/env" || to == "core/wire"))
    return true;
  return std::any_of(arrow->to.begin(), arrow->to.end(), [to](std::string_view allowed) {
    if (ends(allowed, "*")) return starts(to, allowed.substr(0, allowed.size() - 1));
    return allowed == to;
  });
}

// Collects the findings of one file.
class Checker {
 public:
  Checker(std::string_view path, std::string_view text) : path_(path), text_(text), lines_(lines_of(text)) {}

  std::vector<Finding> run() {
    const bool header = ends(path_, ".h");
    const bool code = header || ends(path_, ".cc");
    if (code) {
      includes();
      names();
    }
    if (header) header_top();
    if (code || ends(path_, ".sh")) size();
    file_name();
    // Data of tests shows what a program printed, or input with a mistake in it, to the letter.
    const bool data = starts(path_, "tests/") && (ends(path_, ".json") || ends(path_, ".txt")) &&
                      !ends(path_, "/CMakeLists.txt");
    if (!data) looks();
    words();
    return std::move(findings_);
  }

 private:
  void add(std::size_t line, std::string_view rule, std::string why) {
    findings_.push_back({std::string(path_), static_cast<int>(line), std::string(rule), std::move(why)});
  }

  void includes() {
    const std::string from = part_of(path_);
    if (from.empty() || arrow_of(from) == nullptr) {
      add(0, "unknown-part", "no arrow starts at '" + from + "': add this part to tests/tidy/rules.cc");
      return;
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Include include = include_of(lines_[i]);
      if (include.target.empty()) continue;
      if (include.quoted) {
        house_include(i + 1, from, include.target);
      } else {
        library_include(i + 1, include.target);
      }
    }
  }

  void house_include(std::size_t line, const std::string& from, std::string_view target) {
    const std::string to = part_of(target);
    if (to.empty()) {
      add(line, "include-path", "\"" + std::string(target) + "\" is not a path from the repository root");
    } else if (!may_include(from, to)) {
      add(line, "arrow", from + " must not include " + to + " (" + std::string(target) + ")");
    }
  }

  void library_include(std::size_t line, std::string_view target) {
    for (const Library& library : libraries()) {
      const bool whole = !ends(library.header, "/") && library.header != "rapidcheck";
      if (whole ? target != library.header : !starts(target, library.header)) continue;
      if (!under(path_, library.allowed_under)) {
        add(line, "library", "<" + std::string(target) + "> does not belong in this place");
      }
      return;  // the first line that fits decides
    }
    const bool standard =
        target.find('/') == std::string_view::npos && target.find('.') == std::string_view::npos;
    if (!standard) {
      add(line, "unknown-library", "<" + std::string(target) + "> is not in the table of libraries");
    }
  }

  void names() {
    const std::string code = code_only(text_);
    const std::vector<std::string_view> code_lines = lines_of(code);
    for (const BannedName& banned : banned_names()) {
      if (!under(path_, banned.banned_under) || under(path_, banned.except_under)) continue;
      for (std::size_t i = 0; i < code_lines.size(); ++i) {
        // A library's header is the library rule's business.
        if (!include_of(lines_[i]).target.empty() || !holds_name(code_lines[i], banned.pattern)) continue;
        if (!banned.marker.empty() && marked(lines_[i], banned.marker)) continue;
        std::string why = std::string(banned.pattern) + " is banned here; use " + std::string(banned.instead);
        if (!banned.marker.empty()) {
          why += ", or end the line with '// tidy: " + std::string(banned.marker) + " WHY'";
        }
        add(i + 1, "banned-name", std::move(why));
      }
    }
  }

  // Does the line hold "tidy: <marker>" and a reason behind it?
  static bool marked(std::string_view line, std::string_view marker) {
    const std::string whole = "tidy: " + std::string(marker);
    const std::size_t at = line.find(whole);
    return at != std::string_view::npos &&
           line.find_first_not_of(' ', at + whole.size()) != std::string_view::npos;
  }

  void header_top() {
    if (lines_.empty() || !starts(lines_[0], "// ")) {
      add(1, "header-comment", "a header starts with a comment: what it is, what it promises, how it fails");
    }
    if (std::find(lines_.begin(), lines_.end(), "#pragma once") == lines_.end()) {
      add(0, "pragma-once", "a header holds '#pragma once'");
    }
  }

  void size() {
    if (lines_.size() > static_cast<std::size_t>(kLinesMax)) {
      add(lines_.size(), "size",
          "more than " + std::to_string(kLinesMax) + " lines: find the file's second job");
    }
  }

  void file_name() {
    std::string_view name = path_.substr(path_.rfind('/') + 1);
    name = name.substr(0, name.find('.'));
    while (!name.empty()) {
      const std::size_t end = std::min(name.find('_'), name.size());
      const auto& empty_words = empty_file_words();
      if (std::find(empty_words.begin(), empty_words.end(), name.substr(0, end)) != empty_words.end()) {
        add(0, "file-name", "'" + std::string(name.substr(0, end)) + "' says nothing about the file's job");
      }
      name.remove_prefix(std::min(end + 1, name.size()));
    }
  }

  void looks() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].find('\t') != std::string_view::npos) add(i + 1, "tab", "a tab");
      if (ends(lines_[i], " ") || ends(lines_[i], "\r"))
        add(i + 1, "trailing-space", "white space at the end of the line");
    }
    if (!text_.empty() && text_.back() != '\n')
      add(lines_.size(), "last-newline", "the last line does not end");
  }

  void words() {
    if (path_ == "tests/tidy/rules.cc") return;  // the tables of these very words
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      for (const std::string_view word : unfinished_words()) {
        if (holds_name(lines_[i], word))
          add(i + 1, "unfinished", "'" + std::string(word) + "': do it or drop it");
      }
      for (const std::string_view place : machine_paths()) {
        const std::size_t at = lines_[i].find(place);
        if (at == std::string_view::npos) continue;
        const bool whole =
            at == 0 || (!is_name(lines_[i][at - 1]) &&
                        std::string_view("./}~-").find(lines_[i][at - 1]) == std::string_view::npos);
        if (whole) add(i + 1, "machine-path", std::string(place) + " exists on one machine only");
      }
    }
  }

  std::string_view path_;
  std::string_view text_;
  std::vector<std::string_view> lines_;
  std::vector<Finding> findings_;
};

}  // namespace

std::string to_string(const Finding& finding) {
  return finding.path + ":" + std::to_string(finding.line) + ": [" + finding.rule + "] " + finding.why;
}

std::string part_of(std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return "";
  const std::string_view top = path.substr(0, slash);
  if (top == "core") {
    const std::size_t second = path.find('/', slash + 1);
    return second == std::string_view::npos ? "" : std::string(path.substr(0, second));
  }
  if (starts(path, "sim/disk/")) return "sim/disk";
  if (top == "scenarios") {
    // A flow is a part of its own: "scenarios/flows/purchase"; what lies beside the flows is "scenarios/flows".
    constexpr std::string_view kFlows = "scenarios/flows/";
    const std::size_t from = starts(path, kFlows) ? kFlows.size() : slash + 1;
    const std::size_t end = path.find('/', from);
    return std::string(end == std::string_view::npos ? path.substr(0, from - 1) : path.substr(0, end));
  }
  for (const std::string_view known : {"sim", "faults", "reports", "tests"}) {
    if (top == known) return std::string(known);
  }
  return "";
}

std::string code_only(std::string_view text) {
  std::string out(text);
  const auto blank = [&out](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && i < out.size(); ++i) {
      if (out[i] != '\n') out[i] = ' ';
    }
  };
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    std::size_t end = at + 1;
    if (starts(rest, "//")) {
      end = std::min(text.find('\n', at), text.size());
      blank(at, end);
    } else if (starts(rest, "/*")) {
      const std::size_t close = text.find("*/", at + 2);
      end = close == std::string_view::npos ? text.size() : close + 2;
      blank(at, end);
    } else if (starts(rest, "R\"") && (at == 0 || !is_name(text[at - 1]))) {
      const std::size_t open = std::min(text.find('(', at), text.size());
      const std::string closing = ")" + std::string(text.substr(at + 2, open - at - 2)) + "\"";
      const std::size_t close = text.find(closing, open);
      end = close == std::string_view::npos ? text.size() : close + closing.size();
      blank(at + 2, end - 1);
    } else if (rest[0] == '"' || (rest[0] == '\'' && (at == 0 || !is_name(text[at - 1])))) {
      while (end < text.size() && text[end] != rest[0] && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      end = std::min(end, text.size());
      blank(at + 1, end);
      ++end;
    }
    at = end;
  }
  return out;
}

std::vector<Finding> check_file(std::string_view path, std::string_view text) {
  return Checker(path, text).run();
}

}  // namespace ordeal::tidy
