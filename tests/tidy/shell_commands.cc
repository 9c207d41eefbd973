// Finds the commands of a shell script: words where a command may stand. Knows as much of bash as the scripts of this
// tree use: quotes, substitutions, here-documents, arrays, arithmetic, [[ ]], case, functions.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/packages.h"
#include "tests/tidy/rules.h"

namespace ordeal::tidy {
namespace {

bool starts(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

bool one_of(std::string_view word, const std::vector<std::string_view>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

const std::vector<std::string_view> kBeforeCommand = {"if",    "then", "elif", "else", "do",  "while",
                                                      "until", "!",    "{",    "time", "exec"};
const std::vector<std::string_view> kRunners = {"env", "nice", "xargs", "sudo", "command"};

class Script {
 public:
  explicit Script(std::string_view text) : text_(text) {}

  std::vector<Need> commands() {
    while (at_ < text_.size()) part(Until::kEndOfFile);
    std::vector<Need> found;
    for (const Need& n : found_) {
      if (functions_.count(n.what) == 0) found.push_back(n);
    }
    return found;
  }

 private:
  std::string_view rest() const { return text_.substr(std::min(at_, text_.size())); }
  bool next(std::string_view token) {
    if (!starts(rest(), token)) return false;
    at_ += token.size();
    return true;
  }
  void newline() {
    ++at_;
    ++line_;
    for (const std::string& end : here_documents_) {
      std::string_view row;
      do {
        row = rest().substr(0, rest().find('\n'));
        at_ += std::min(row.size() + 1, rest().size());
        ++line_;
      } while (row != end && at_ < text_.size());
    }
    here_documents_.clear();
  }
  void to(std::string_view end) {  // behind the next `end`, whatever stands before it
    const std::size_t found = std::min(text_.find(end, at_), text_.size());
    line_ += static_cast<int>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                         text_.begin() + static_cast<std::ptrdiff_t>(found), '\n'));
    at_ = std::min(found + end.size(), text_.size());
  }

  enum class Until { kEndOfFile, kParenthesis, kEndOfBranch };

  // Commands up to the end asked for; a closing parenthesis is taken, the end of a case's branch is not.
  void part(Until until) {
    bool command = true;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (until == Until::kParenthesis && next(")")) return;
      if (until == Until::kEndOfBranch && (starts(rest(), ";;") || (command && starts(rest(), "esac"))))
        return;
      if (c == '\n') {
        newline();
        command = true;
      } else if (c == ' ') {
        ++at_;
      } else if (next("\\\n")) {
        ++line_;
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (command && next("((")) {
        to("))");
      } else if (next("(")) {
        part(Until::kParenthesis);
      } else if (!redirection()) {
        if (c == ';' || c == '|' || c == '&' || c == ')') {
          ++at_;
          command = true;
        } else {
          command = taken(word(), command);
        }
      }
    }
  }

  // Takes a redirection with its file or here-document, if one stands here.
  bool redirection() {
    if (starts(rest(), "<(") || starts(rest(), ">(")) {
      word();
    } else if (next("<<<") || next("<&") || next(">&") || next("&>") || next(">>")) {
      redirected();
    } else if (next("<<")) {
      std::string end = word();
      end.erase(std::remove_if(end.begin(), end.end(), [](char q) { return q == '\'' || q == '"'; }),
                end.end());
      here_documents_.push_back(end);
    } else if (next("<") || next(">")) {
      redirected();
    } else {
      return false;
    }
    return true;
  }

  void redirected() {
    while (next(" ")) {
    }
    word();
  }

  // Takes a word; may a command follow it?
  bool taken(const std::string& w, bool command) {
    if (!command) {
      // A function that runs what it is given, a list to look through: a program's name is seen there too.
      if (brought_by(w) != nullptr && !brought_by(w)->package.empty()) found_.push_back({line_, w});
      return false;
    }
    if (next("()")) {
      functions_.insert(w);
      return true;
    }
    if (w == "[[") {
      condition();
      return false;
    }
    if (w == "case") {
      cases();
      return false;
    }
    const bool descriptor = w.find_first_not_of("0123456789") == std::string::npos;  // of a redirection
    if (descriptor || one_of(w, kBeforeCommand) || starts(w, "-") || is_assignment(w)) return true;
    const bool name = !w.empty() && w.find_first_of("$/\"'\\*?~{}") == std::string::npos;
    if (name && !one_of(w, shell_builtins())) found_.push_back({line_, w});
    return one_of(w, kRunners);
  }

  static bool is_assignment(std::string_view w) {
    const std::size_t equals = w.find('=');
    return equals != 0 && equals != std::string_view::npos && w.substr(0, equals).find_first_of("$\"'") != 0;
  }

  void condition() {
    while (at_ < text_.size()) {
      if (next(" ") || next("(") || next(")") || next("<") || next(">") || next("&") || next("|")) continue;
      if (text_[at_] == '\n') {
        newline();
      } else if (word() == "]]") {
        return;
      }
    }
  }

  // From behind "case" to "esac": the patterns are not commands.
  void cases() {
    while (at_ < text_.size() && word() != "in") space();
    for (space(); at_ < text_.size() && !next("esac"); space()) {
      to(")");
      part(Until::kEndOfBranch);
      next(";;");
    }
  }

  void space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) {
      if (text_[at_] == '\n') {
        newline();
      } else {
        ++at_;
      }
    }
  }

  // A word with its quotes; what it substitutes is read for commands on the way.
  std::string word() {
    std::string w;
    bool quoted = false;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (!quoted && std::string_view(" \n;|&<>)").find(c) != std::string_view::npos &&
          !starts(rest(), "<(") && !starts(rest(), ">("))
        break;
      if (c == '(' && !quoted) {
        if (w.empty() || w.back() != '=') break;
        ++at_;
        array();
      } else if (next("$((")) {
        to("))");
      } else if (next("$(") || (!quoted && (next("<(") || next(">(")))) {
        part(Until::kParenthesis);
        w += '$';
      } else if (next("${")) {
        braces();
        w += '$';
      } else if (c == '\'' && !quoted) {
        const std::size_t opened = at_++;
        to("'");
        w += text_.substr(opened, at_ - opened);
      } else if (c == '"') {
        ++at_;
        quoted = !quoted;
        w += c;
      } else if (c == '\\') {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++line_;
        at_ += 2;
        w += c;
      } else {
        if (c == '\n') ++line_;
        w += c;
        ++at_;
      }
    }
    return w;
  }

  void array() {
    while (at_ < text_.size() && !next(")")) {
      space();
      if (!starts(rest(), ")")) word();
    }
  }

  void braces() {  // behind "${"
    while (at_ < text_.size() && !next("}")) {
      if (next("$(")) {
        part(Until::kParenthesis);
      } else if (next("${")) {
        braces();
      } else {
        at_ += text_[at_] == '\\' ? 2 : 1;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<std::string> here_documents_;
  std::set<std::string> functions_;
  std::vector<Need> found_;
};

}  // namespace

std::vector<Need> shell_commands(std::string_view text) { return Script(text).commands(); }

}  // namespace ordeal::tidy
