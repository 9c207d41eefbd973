// Words: two or three short texts joined on the stack, for the names of sites on hot paths ("send
// order.place").
#pragma once

#include <array>
#include <cstring>
#include <string_view>

namespace ordeal::sim {

class Words {
 public:
  explicit Words(std::string_view a, std::string_view b = {}, std::string_view c = {}) {
    add(a);
    add(b);
    add(c);
  }
  operator std::string_view() const { return {text_.data(), size_}; }
  std::string_view view() const { return *this; }

 private:
  // Longer names are cut: the site stays stable, only less readable.
  void add(std::string_view part) {
    const std::size_t n = part.size() < text_.size() - size_ ? part.size() : text_.size() - size_;
    if (n != 0) std::memcpy(text_.data() + size_, part.data(), n);
    size_ += n;
  }

  std::array<char, 120> text_;
  std::size_t size_ = 0;
};

}  // namespace ordeal::sim
