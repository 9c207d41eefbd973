#include "sim/trace.h"

#include <bit>
#include <span>

#include "core/base/check.h"
#include "sim/xxh3.h"

namespace ordeal::sim {

static_assert(std::endian::native == std::endian::little,
              "the trace hash is defined over little-endian records");

std::string_view name_of(EventKind kind) {
  static constexpr std::string_view kNames[] = {"fiber_started",
                                                "slept",
                                                "message_sent",
                                                "message_delivered",
                                                "message_lost",
                                                "rpc_timed_out",
                                                "disk_write",
                                                "disk_sync",
                                                "disk_crash",
                                                "transaction_began",
                                                "committed",
                                                "rolled_back",
                                                "fact",
                                                "host_up",
                                                "host_down",
                                                "host_frozen",
                                                "host_thawed",
                                                "clock_set",
                                                "fault",
                                                "party",
                                                "random",
                                                "mark",
                                                "log"};
  const auto index = static_cast<std::size_t>(kind);
  ORDEAL_CHECK(index < std::size(kNames));
  return kNames[index];
}

std::string TraceHash::text() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out(32, '0');
  for (std::size_t i = 0; i < 16; ++i) {
    out[15 - i] = kDigits[(high >> (4 * i)) & 15];
    out[31 - i] = kDigits[(low >> (4 * i)) & 15];
  }
  return out;
}

Trace::Trace(Mode mode) : mode_(mode), hasher_(std::make_unique<Xxh3Stream>()) {}
Trace::~Trace() = default;

void Trace::flush() {
  hasher_->add(std::as_bytes(std::span(buffer_).first(used_)));
  used_ = 0;
}

TraceHash Trace::hash() {
  flush();
  const auto [high, low] = hasher_->value();
  return {high, low};
}

void Trace::record(EventKind kind, std::int64_t at_ns, std::uint32_t host, SiteId site, std::uint64_t payload,
                   std::string text) {
  const bool asked = mode_ == Mode::with_causes && whence_;
  records_.push_back(
      {at_ns, site.value, payload, host, kind, std::move(text), asked ? whence_() : std::string()});
}

}  // namespace ordeal::sim
