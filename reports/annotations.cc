#include "reports/annotations.h"

#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reports/clean_text.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

constexpr std::size_t kMost = 10;
constexpr std::size_t kLongest = 2'000;

std::string escaped(std::string_view text, bool in_title) {
  std::string out;
  for (const char c : cut(clean(text), kLongest)) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\n') {
      out += "%0A";
    } else if (in_title && c == ':') {
      out += "%3A";
    } else if (in_title && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

struct Line {
  std::string title;
  std::string text;
};

std::string lines_of(std::string_view kind, std::vector<Line> lines) {
  if (lines.size() > kMost) {
    const std::size_t more = lines.size() - (kMost - 1);
    lines.resize(kMost - 1);
    lines.push_back({"ordeal", fmt::format("and {} more", grouped(more))});
  }
  std::string out;
  for (const Line& line : lines)
    out += fmt::format("::{} title={}::{}\n", kind, escaped(line.title, true), escaped(line.text, false));
  return out;
}

}  // namespace

std::string github_annotations(const CiReport& report) {
  const std::string name = "ordeal " + report.verb + " " + report.scenario;
  std::vector<Line> errors;
  for (const CiCase& one : report.cases) {
    if (!one.fails()) continue;
    const std::string& again = one.run.empty() ? one.replay : one.run;
    errors.push_back({one.law, fmt::format("{}, seed {}: {}{}", report.scenario, one.seed, one.message,
                                           again.empty() ? "" : "\nagain: " + again)});
  }
  for (const std::string& line : report.shortcomings) errors.push_back({name, line});
  std::vector<Line> warnings;
  for (const std::string& line : report.not_shown) warnings.push_back({name, line});
  return lines_of("error", std::move(errors)) + lines_of("warning", std::move(warnings)) +
         lines_of("notice", {{name, report.verdict}});
}

}  // namespace ordeal::reports
