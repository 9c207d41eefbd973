#include "reports/shrink_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/run_json.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kMessage = "message";

template <class... Args>
void add(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

Json sizes_json(const Sizes& sizes) {
  return {{"strikes", sizes.strikes}, {"windows", sizes.windows}, {"actors", sizes.actors}};
}

void size_line(std::string& out, std::string_view name, std::uint64_t before, std::uint64_t after) {
  if (before != 0 || after != 0) add(out, "  {:<9} {:>6} → {}\n", name, grouped(before), grouped(after));
}

void row_text(std::string& out, const ButForRow& row, const Style& style) {
  const std::string verdict = row.still_breaks ? painted(style.color, Paint::dim, "still breaks")
                                               : painted(style.color, Paint::bold, "it is needed");
  add(out, "    {}  {}  {}\n", verdict, row.kind, row.what);
}

}  // namespace

std::string sizes_text(const Sizes& sizes) {
  std::string out;
  const auto part = [&](std::uint64_t count, std::string_view name) {
    if (count == 0) return;
    add(out, "{}{} {}{}", out.empty() ? "" : ", ", grouped(count), name, count == 1 ? "" : "s");
  };
  part(sizes.strikes, "strike");
  part(sizes.windows, "window");
  part(sizes.actors, "actor");
  return out.empty() ? "nothing" : out;
}

Json small_json(const SmallFailure& small) {
  return {{"invariant", small.invariant},
          {"cause", small.cause},
          {"count", small.count},
          {"seed", small.seed},
          {"repro", small.repro.empty() ? Json(nullptr) : Json(small.repro)},
          {"before", sizes_json(small.before)},
          {"after", sizes_json(small.after)},
          {"tries", small.tries},
          {"finished", small.finished},
          {"takes", small.takes}};
}

Json but_for_json(const ButForTable& table) {
  Json rows = Json::array();
  for (const ButForRow& row : table.rows)
    rows.push_back({{"kind", row.kind}, {"what", row.what}, {"still_breaks", row.still_breaks}});
  return rows;
}

std::string but_for_text(const ButForTable& table, const Style& style) {
  std::string out = "  but for this, would it have happened?\n";
  std::uint64_t messages = 0;
  std::uint64_t needed = 0;
  for (const ButForRow& row : table.rows) {
    if (row.kind == kMessage) {
      ++messages;
      needed += row.still_breaks ? 0 : 1;
      if (row.still_breaks) continue;  // people retry what is lost: most messages can go
    }
    row_text(out, row, style);
  }
  add(out, "    of {} messages, each lost on its own, {}\n", grouped(messages),
      needed == 0 ? "none is needed" : grouped(needed) + (needed == 1 ? " is needed" : " are needed"));
  if (table.untried != 0) add(out, "    {} not tried: the budget was over\n", grouped(table.untried));
  return out;
}

Json shrink_json(const ShrinkReport& report) {
  Json json;
  json["schema"] = "ordeal/shrink/1";
  json["engine"] = report.setting.engine;
  json["scenario"] = report.setting.scenario;
  json["design"] = Json(report.setting.designs);
  json["flaws"] = report.setting.flaws;
  json["from"] = report.from;
  json["exit_code"] = report.exit_code;
  json["verdict"] = report.verdict;
  json["trace_hash"] = report.trace_hash;
  json.update(small_json(report.small));
  json["but_for"] = but_for_json(report.but_for);
  json["but_for_untried"] = report.but_for.untried;
  json["stopped_because"] = report.stopped_because;
  json["wall_ns"] = report.wall_ns;
  return json;
}

std::string shrink_text(const ShrinkReport& report, const Style& style) {
  const SmallFailure& small = report.small;
  std::string out;
  if (!style.quiet) {
    add(out, "{}  {}  seed {}\n", painted(style.color, Paint::bold, small.invariant), report.setting.scenario,
        small.seed);
    size_line(out, "strikes", small.before.strikes, small.after.strikes);
    size_line(out, "windows", small.before.windows, small.after.windows);
    size_line(out, "actors", small.before.actors, small.after.actors);
    add(out, "  {} tries in {}: {}\n", grouped(small.tries), wall_text(report.wall_ns),
        report.stopped_because);
    out += "  it takes\n";
    for (const std::string& line : small.takes) add(out, "    {}\n", line);
    if (!report.but_for.rows.empty()) out += but_for_text(report.but_for, style);
  }
  add(out, "{} {}: {}\n", painted(style.color, Paint::good, "✓"), small.invariant, sizes_text(small.after));
  if (!small.repro.empty()) add(out, "again  {} -v\n", replay_line(small.repro, style));
  return out;
}

std::string json_text(const ShrinkReport& report) { return json_text(shrink_json(report)); }

}  // namespace ordeal::reports
