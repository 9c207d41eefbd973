#include "core/sharding/router.h"

#include <optional>

namespace ordeal::sharding {
namespace {

class VersionedMap final : public Router {
 public:
  Place place_of(const Routing& routing, std::int64_t bucket) override {
    if (!map_) {
      map_ = env::in_read(routing.db, "router.map", [](env::Connection& from) { return read_map(from); });
    }
    return (*map_)[static_cast<std::size_t>(bucket)];
  }
  void moved() override { map_.reset(); }

 private:
  std::optional<Map> map_;
};

}  // namespace

std::unique_ptr<Router> make_router(std::string_view name) {
  return name == "versioned_map" ? std::make_unique<VersionedMap>() : nullptr;
}

}  // namespace ordeal::sharding
