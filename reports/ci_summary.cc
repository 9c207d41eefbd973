#include "reports/ci_summary.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "reports/clean_text.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

constexpr std::size_t kLongest = 1'000;  // of one text from a trial
constexpr std::size_t kLines = 12;       // of what one failure takes

// One line of prose in which nothing is markup, a link or a mention.
std::string prose(std::string_view text) {
  std::string out;
  for (const char c : cut(clean(text), kLongest)) {
    if (c == '\n' || c == '\t') {
      out += ' ';
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '@') {
      out += "&#64;";
    } else {
      if (std::string_view("\\`*_{}[]()#!|~>").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

// Lines as code, in a fence that is longer than any in them.
std::string code(const std::vector<std::string>& lines, std::string_view language) {
  std::size_t fence = 3;
  std::string body;
  for (const std::string& line : lines) {
    const std::string text = cut(clean(line), kLongest);
    std::size_t run = 0;
    for (const char c : text) {
      run = c == '`' ? run + 1 : 0;
      fence = std::max(fence, run + 1);
      body += c == '\n' ? ' ' : c;
    }
    body += '\n';
  }
  const std::string marks(fence, '`');
  return marks + std::string(language) + "\n" + body + marks + "\n\n";
}

std::string failure_text(const CiReport& report, const CiCase& one) {
  std::string out =
      fmt::format("#### {} {}\n\n{} of {} trials, first with seed {}: {}\n\n", one.fails() ? "❌" : "☑️",
                  prose(one.law), grouped(one.times), grouped(report.trials), one.seed, prose(one.message));
  if (!one.takes.empty()) {
    std::vector<std::string> lines(
        one.takes.begin(),
        one.takes.begin() + static_cast<std::ptrdiff_t>(std::min(kLines, one.takes.size())));
    if (one.takes.size() > kLines) lines.push_back(fmt::format("and {} more", one.takes.size() - kLines));
    out += "It takes:\n\n" + code(lines, "text");
  }
  std::vector<std::string> commands;
  if (!one.run.empty()) commands.push_back(one.run);
  if (!one.replay.empty()) commands.push_back(one.replay);
  if (!commands.empty()) out += "Again:\n\n" + code(commands, "sh");
  return out;
}

std::string folded(const std::string& title, const std::string& body) {
  return fmt::format("<details><summary>{}</summary>\n\n{}\n</details>\n\n", title, body);
}

// What stands below the failures.
std::string rest_text(const CiReport& report) {
  std::string out;
  if (!report.not_shown.empty()) {
    out += "What this says nothing about:\n\n";
    for (const std::string& line : report.not_shown) out += "- " + prose(line) + "\n";
    out += "\n";
  }
  std::string held;
  std::size_t count = 0;
  for (const CiCase& one : report.cases) {
    if (one.broken) continue;
    held += "- " + prose(one.law) + "\n";
    ++count;
  }
  const char* how = report.trials == 0 ? "not tried" : "held";
  if (count != 0) out += folded(fmt::format("{} {} {}", count, count == 1 ? "law" : "laws", how), held);
  std::string figures = "| | |\n|---|---:|\n";
  for (const auto& [name, value] : report.figures)
    figures += "| " + prose(name) + " | " + prose(value) + " |\n";
  figures += "| engine | " + prose(report.engine) + " |\n";
  return out + folded("Figures", figures);
}

}  // namespace

std::string ci_summary(const CiReport& report) {
  std::string out = fmt::format("### {} ordeal {} {}\n\n**{}**", report.green() ? "✅" : "❌", report.verb,
                                prose(report.scenario), prose(report.verdict));
  if (!report.setting.empty()) out += "<br>\n" + prose(report.setting);
  out += "\n\n";
  const std::string rest = rest_text(report);
  std::size_t left_out = 0;
  const auto add = [&](const std::string& text) {
    constexpr std::size_t kSpare = 200;  // for what is said of what was left out
    if (out.size() + text.size() + rest.size() + kSpare > kSummaryLimit) {
      ++left_out;
    } else {
      out += text;
    }
  };
  for (const std::string& line : report.shortcomings) add("❌ " + prose(line) + "\n\n");
  for (const CiCase& one : report.cases) {
    if (one.broken) add(failure_text(report, one));
  }
  if (left_out != 0) out += fmt::format("… and {} more, left out for want of room.\n\n", grouped(left_out));
  return out.size() + rest.size() > kSummaryLimit ? out : out + rest;
}

}  // namespace ordeal::reports
