// One hash over many trials in canonical order: two certificates, or two hunts of two builds, are compared by it.
// 128 bits from two 64-bit digests with seeds of their own: equal for equal trials, not a signature.
#pragma once

#include <string>

#include <fmt/format.h>

#include "core/base/digest.h"

namespace ordeal::cli {

class CertificateHash {
 public:
  template <class Value>
  void add(const Value& value) {
    high_.add(value);
    low_.add(value);
  }
  std::string text() const { return fmt::format("{:016x}{:016x}", high_.value(), low_.value()); }

 private:
  Digest high_{0x6365727469666963};
  Digest low_{0x6174652068617368};
};

}  // namespace ordeal::cli
