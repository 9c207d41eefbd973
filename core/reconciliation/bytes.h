// Where bytes come from and where they may lie for a while. The core opens no file: who calls it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/reconciliation/refusal.h"

namespace ordeal::reconciliation {

class Source {
 public:
  virtual ~Source() = default;
  // Fills the beginning of `to` and says how much of it; 0: that was all, or what failure() says.
  virtual std::size_t read(std::span<char> to) = 0;
  virtual Refused failure() const { return std::nullopt; }
};

// A text that is there already.
class TextSource final : public Source {
 public:
  explicit TextSource(std::string_view text) : left_(text) {}
  std::size_t read(std::span<char> to) override {
    const std::size_t n = left_.copy(to.data(), to.size());
    left_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view left_;
};

// A place on a disk for what does not fit into memory.
class Scratch {
 public:
  virtual ~Scratch() = default;
  virtual void append(std::string_view bytes) = 0;
  // Exactly as many as there is room for; all of them were appended.
  virtual void read(std::uint64_t offset, std::span<char> to) = 0;
};

}  // namespace ordeal::reconciliation
