#include "faults/kinds/cause_of.h"

#include <set>

#include "sim/cause.h"

namespace ordeal::faults {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string abstracted(std::string_view site) {
  std::string out;
  for (std::size_t at = 0; at < site.size();) {
    if (!is_word(site[at])) {
      out += site[at++];
      continue;
    }
    bool number = false;  // from its first digit on, a word is an id
    for (; at < site.size() && is_word(site[at]); ++at) {
      if (!number && is_digit(site[at])) {
        number = true;
        out += 'N';
      }
      if (!number) out += site[at];
    }
  }
  return out;
}

std::string_view end_of_path(std::string_view site) {
  const std::size_t what = site.rfind(sim::kHopSeparator);
  if (what == std::string_view::npos || what == 0) return site;
  const std::size_t hop = site.rfind(sim::kHopSeparator, what - 1);
  return hop == std::string_view::npos ? site : site.substr(hop + sim::kHopSeparator.size());
}

std::string cause_of(const Plan& plan) {
  std::set<std::string> parts;
  for (const Strike& strike : plan.strikes)
    parts.insert(std::string(info(strike.action).name) + " at " + abstracted(end_of_path(strike.site)));
  for (const Window& window : plan.windows) {
    std::string part(name_of(kind_of(window.fault)));
    for (const std::string& host : window.scope.hosts) part += " " + abstracted(host);
    parts.insert(std::move(part));
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " + ") + part;
  return out.empty() ? "no fault" : out;
}

}  // namespace ordeal::faults
