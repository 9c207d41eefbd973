#include "scenarios/cli/learn/plug_in.h"

#include <algorithm>
#include <stdexcept>

#include <dlfcn.h>

#include "core/base/check.h"

namespace ordeal::cli {
namespace {

[[noreturn]] void refuse() {
  const char* why = ::dlerror();
  throw std::runtime_error(std::string("the plug-in cannot be loaded: ") +
                           (why == nullptr ? "no reason" : why));
}

// Stays loaded as long as the process: what it made may live longer than whoever loaded it.
play::Maker load(const std::filesystem::path& library) {
  void* handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) refuse();
  const auto maker = reinterpret_cast<void (*(*)())()>(::dlsym(handle, "ordeal_maker"));
  const auto makes = reinterpret_cast<const char* (*)()>(::dlsym(handle, "ordeal_makes"));
  if (maker == nullptr || makes == nullptr) refuse();
  return {maker(), makes()};
}

}  // namespace

PlugIn::PlugIn(const play::Flows& flows, const std::string& flaw, const std::filesystem::path& library) {
  const play::FlawRow* planted = flows.flaw(flaw);
  ORDEAL_CHECK(planted != nullptr, flaw);
  row_ = planted->seam.plug_in(*planted, planted->needs, load(library));
  if (row_ == nullptr)
    throw std::runtime_error("the plug-in makes something that the seam \"" +
                             std::string(planted->seam.name) + "\" does not take");
  std::vector<const play::Flow*> all = flows.all();
  for (const play::Flow*& flow : all) {
    if (std::find(flow->flaws.begin(), flow->flaws.end(), planted) == flow->flaws.end()) continue;
    flow_ = std::make_unique<play::Flow>(*flow);
    std::replace(flow_->flaws.begin(), flow_->flaws.end(), planted,
                 static_cast<const play::FlawRow*>(row_.get()));
    flow = flow_.get();
  }
  flows_ = std::make_unique<play::Flows>(std::move(all));
}

}  // namespace ordeal::cli
