#include "faults/plan/plan.h"

#include <tuple>

#include "faults/text.h"

namespace ordeal::faults {
namespace {

std::string join(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

// The value of a parameter in words.
std::string words(Duration v) { return text(v); }
std::string words(Ratio v) { return text(v); }
std::string words(std::int64_t v) { return std::to_string(v); }
std::string words(const std::string& v) { return v; }
std::string words(const std::vector<std::string>& v) { return join(v); }
std::string words(Partition::Cut v) { return std::string(name_of(v)); }
std::string words(MessageHold::Release v) { return std::string(name_of(v)); }
std::string words(CrashPoints v) {
  std::string out;
  for (const CrashPointName& row : crash_point_names()) {
    if (v.has(row.point)) out.append(out.empty() ? "" : " ").append(row.name);
  }
  return out;
}

}  // namespace

bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return true;
  // Greedy with one point to come back to: linear for the patterns people write, never exponential.
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_n = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_n = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++star_n;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool operator<(const Strike& a, const Strike& b) {
  return std::tuple(std::string_view(a.site), a.occurrence, readable(a.action)) <
         std::tuple(std::string_view(b.site), b.occurrence, readable(b.action));
}

std::string readable(const Strike& strike) {
  return "at " + strike.site + ", time " + std::to_string(strike.occurrence + 1) + ": " +
         readable(strike.action);
}

std::string readable(const Window& window) {
  std::string parameters;
  std::visit(
      [&](const auto& fault) {
        fault.fields(fault, [&](std::string_view name, const auto& value) {
          parameters.append(parameters.empty() ? "" : ", ").append(name).append(" ").append(words(value));
        });
      },
      window.fault);
  std::string out = window.id + ": " + std::string(info(kind_of(window.fault)).words);
  if (!parameters.empty()) out += " (" + parameters + ")";
  out += " from " + text(window.from) + " until ";
  out += window.until == kUntilHeal ? "heal" : text(window.until);
  if (!window.scope.hosts.empty()) out += ", hosts " + join(window.scope.hosts);
  if (!window.scope.from.empty()) out += ", from " + join(window.scope.from);
  if (!window.scope.to.empty()) out += ", to " + join(window.scope.to);
  if (!window.scope.file.empty()) out += ", files " + window.scope.file;
  return out;
}

std::string readable(const Plan& plan) {
  std::string out;
  for (const Window& window : plan.windows) out += readable(window) + "\n";
  for (const Strike& strike : plan.strikes) out += readable(strike) + "\n";
  if (!plan.never_returning.empty()) out += "never returning: " + join(plan.never_returning) + "\n";
  if (out.empty()) out = "no faults\n";
  for (const auto& [name, value] : plan.knobs) out += "knob " + name + ": " + value + "\n";
  return out;
}

}  // namespace ordeal::faults
