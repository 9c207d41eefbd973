// Added: a field that a message was given later. Absent, it is neither written nor part of the digest, so what was said
// before there was such a field is said in the same way today, and fingerprints of then are fingerprints of now.
#pragma once

#include <optional>

namespace ordeal::wire {

template <class T>
class Added : public std::optional<T> {
 public:
  using std::optional<T>::optional;
  bool operator==(const Added&) const = default;
};

}  // namespace ordeal::wire
