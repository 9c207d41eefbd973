#include "core/base/ids.h"

namespace ordeal {

std::string base32(std::uint64_t value) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::string text(10, '0');
  for (std::size_t i = text.size(); i-- > 0; value >>= 5) text[i] = kAlphabet[value & 31];
  return text;
}

}  // namespace ordeal
