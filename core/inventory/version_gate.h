// "version": an optimistic lock. Rows and their versions are read, it is decided, and what is written says which version it had
// seen. Nobody waits for anybody: who was overtaken between the two starts again, and who is overtaken every time is told to come
// back.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/inventory/gate.h"

namespace ordeal::inventory {

class VersionGate final : public Gate {
 public:
  static constexpr int kTries = 5;

  api::ReserveStatus reserve(env::Database& db, OrderId order, std::span<const api::Line> lines) override;
  std::string_view schema() const override;

 private:
  struct Seen {
    std::int64_t available = 0;
    std::int64_t version = 0;
  };
  static std::vector<Seen> see(env::Connection& connection, std::span<const api::Line> lines);
  // Nothing, and nothing written, if a version moved.
  static std::optional<api::ReserveStatus> write(env::Tx& tx, OrderId order, std::span<const api::Line> lines,
                                                 std::span<const Seen> seen);
};

}  // namespace ordeal::inventory
