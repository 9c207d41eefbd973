#include "sim/cause.h"

#include <algorithm>
#include <vector>

namespace ordeal::sim {
namespace {

constexpr std::size_t kBlockBytes = 16 * 1024;

std::uint64_t root_hash(std::string_view name) { return Digest(0x726f6f74).add(name).value(); }
std::uint64_t hop_hash(TraceContext from, std::string_view name) {
  return Digest(static_cast<std::uint64_t>(from.id) ^ 0x686f70).add(name).value();
}
TraceContext context(std::uint64_t hash) { return {static_cast<std::int64_t>(hash)}; }

}  // namespace

SiteId site_of_path(std::string_view path) {
  TraceContext cause{};
  bool first = true;
  for (;;) {
    const auto end = path.find(kHopSeparator);
    const std::string_view name = path.substr(0, end);
    if (end == std::string_view::npos) return first ? site_of({}, name) : site_of(cause, name);
    cause = context(first ? root_hash(name) : hop_hash(cause, name));
    first = false;
    path.remove_prefix(end + kHopSeparator.size());
  }
}

TraceContext Causes::root(std::string_view name) { return remember(root_hash(name), {}, name); }

TraceContext Causes::hop(TraceContext from, std::string_view name) {
  return remember(hop_hash(from, name), from, name);
}

TraceContext Causes::remember(std::uint64_t hash, TraceContext parent, std::string_view name) {
  const TraceContext id = context(hash);
  if (nodes_.find(id.id) == nodes_.end()) nodes_.emplace(id.id, Node{parent.id, keep(name)});
  return id;
}

std::string_view Causes::keep(std::string_view name) {
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < name.size()) {
    blocks_.emplace_back().reserve(std::max(kBlockBytes, name.size()));
  }
  std::string& block = blocks_.back();
  const std::size_t at = block.size();
  block.append(name);
  return std::string_view(block).substr(at, name.size());
}

std::string Causes::path(TraceContext cause) const {
  std::string text;
  text.reserve(128);
  std::vector<std::string_view> names;  // upwards
  names.reserve(16);
  while (cause.id != 0) {
    const auto found = nodes_.find(cause.id);
    if (found == nodes_.end()) {
      text = "?" + std::to_string(cause.id);
      break;
    }
    names.push_back(found->second.name);
    cause = {found->second.parent};
  }
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    if (!text.empty()) text += kHopSeparator;
    text += *name;
  }
  return text;
}

std::string Causes::root_name(TraceContext cause) const {
  auto found = nodes_.find(cause.id);
  while (found != nodes_.end() && found->second.parent != 0) found = nodes_.find(found->second.parent);
  return found == nodes_.end() ? std::string() : std::string(found->second.name);
}

TraceContext Causes::root_of(TraceContext cause) const {
  auto found = nodes_.find(cause.id);
  while (found != nodes_.end() && found->second.parent != 0) {
    cause = {found->second.parent};
    found = nodes_.find(cause.id);
  }
  return cause;
}

std::string Causes::site_path(TraceContext cause, std::string_view what) const {
  std::string text = path(cause);
  if (!text.empty()) text += kHopSeparator;
  return text.append(what);
}

}  // namespace ordeal::sim
