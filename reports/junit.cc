#include "reports/junit.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/clean_text.h"

namespace ordeal::reports {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : clean(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Line feeds in an attribute would be read as spaces.
std::string attribute(std::string_view text) {
  std::string out;
  for (const char c : escaped(text))
    out += c == '\n' ? std::string("&#10;") : c == '\t' ? "&#9;" : std::string(1, c);
  return out;
}

std::string property(std::string_view name, std::string_view value, std::string_view indent) {
  return fmt::format("{}<property name=\"{}\" value=\"{}\"/>\n", indent, attribute(name), attribute(value));
}

std::string seconds(std::int64_t ns) { return fmt::format("{:.3f}", static_cast<double>(ns) / 1e9); }

std::string body_of(const CiCase& one) {
  std::string text = one.message + "\n";
  if (!one.takes.empty()) text += "it takes:\n  " + fmt::format("{}", fmt::join(one.takes, "\n  ")) + "\n";
  if (!one.replay.empty()) text += "again:    " + one.replay + "\n";
  if (!one.run.empty()) text += "anywhere: " + one.run + "\n";
  return text;
}

std::string case_xml(const CiReport& report, const CiCase& one) {
  std::string out = fmt::format("    <testcase classname=\"ordeal.{}\" name=\"{}\" time=\"0\"",
                                attribute(report.scenario), attribute(one.law));
  if (!one.broken && report.trials == 0)
    return out + "><skipped message=\"no trial was played\"/></testcase>\n";
  if (!one.broken) return out + "/>\n";
  out += ">\n      <properties>\n";
  out += property("seed", std::to_string(one.seed), "        ");
  out += property("trials that broke it", std::to_string(one.times), "        ");
  if (!one.replay.empty()) out += property("replay", one.replay, "        ");
  if (!one.run.empty()) out += property("run", one.run, "        ");
  out += "      </properties>\n";
  if (one.fails()) {
    out += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", attribute(one.kind),
                       attribute(fmt::format("seed {}: {}", one.seed, one.message)), escaped(body_of(one)));
  } else {
    out += "      <system-out>" + escaped("expected, and found\n" + body_of(one)) + "</system-out>\n";
  }
  return out + "    </testcase>\n";
}

std::string itself_xml(const CiReport& report) {
  std::string out = fmt::format("    <testcase classname=\"ordeal.{}\" name=\"the {} itself\" time=\"{}\"",
                                attribute(report.scenario), attribute(report.verb), seconds(report.wall_ns));
  if (report.shortcomings.empty()) return out + "/>\n";
  return out +
         fmt::format(">\n      <error type=\"exit code {}\" message=\"{}\">{}</error>\n    </testcase>\n",
                     report.exit_code, attribute(report.shortcomings.front()),
                     escaped(fmt::format("{}\n", fmt::join(report.shortcomings, "\n"))));
}

}  // namespace

std::string junit_xml(const CiReport& report) {
  const auto failures =
      std::count_if(report.cases.begin(), report.cases.end(), [](const CiCase& one) { return one.fails(); });
  const std::size_t skipped = report.trials == 0 ? report.cases.size() : 0;
  const std::string name = report.verb + " " + report.scenario;
  const std::string sums = fmt::format(
      "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{}\"", report.cases.size() + 1,
      failures, report.shortcomings.empty() ? 0 : 1, skipped, seconds(report.wall_ns));
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += "<testsuites name=\"ordeal\" " + sums + ">\n";
  out += fmt::format("  <testsuite name=\"{}\" {}>\n    <properties>\n", attribute(name), sums);
  out += property("engine", report.engine, "      ");
  out += property("setting", report.setting, "      ");
  out += property("verdict", report.verdict, "      ");
  out += property("exit code", std::to_string(report.exit_code), "      ");
  for (const auto& [figure, value] : report.figures) out += property(figure, value, "      ");
  for (const std::string& line : report.not_shown) out += property("not shown", line, "      ");
  out += "    </properties>\n";
  for (const CiCase& one : report.cases) out += case_xml(report, one);
  return out + itself_xml(report) + "  </testsuite>\n</testsuites>\n";
}

}  // namespace ordeal::reports
