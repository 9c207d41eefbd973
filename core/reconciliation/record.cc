#include "core/reconciliation/record.h"

#include <cstring>

#include "core/base/check.h"

namespace ordeal::reconciliation {
namespace {

template <class T>
void put(char*& to, T value) {
  std::memcpy(to, &value, sizeof value);
  to += sizeof value;
}

template <class T>
T get(const char*& from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  from += sizeof value;
  return value;
}

constexpr std::uint8_t kHasFee = 1;
constexpr std::uint8_t kOnlyDay = 2;
constexpr std::size_t kSizes = kRecordHead - 4;  // where the sizes of both numbers stand

}  // namespace

std::size_t record_size(const Entry& entry) {
  return kRecordHead + entry.number.size() + entry.channel_number.size();
}

void write_record(const Entry& entry, char* to) {
  ORDEAL_CHECK(entry.number.size() <= UINT16_MAX && entry.channel_number.size() <= UINT16_MAX);
  put(to, entry.amount);
  put(to, entry.settled);
  put(to, entry.fee);
  put(to, entry.at);
  put(to, entry.line);
  put(to, entry.kind);
  put(to, entry.state);
  put(to, static_cast<std::uint8_t>((entry.has_fee ? kHasFee : 0) | (entry.only_day ? kOnlyDay : 0)));
  put(to, entry.currency.code);
  put(to, static_cast<std::uint16_t>(entry.number.size()));
  put(to, static_cast<std::uint16_t>(entry.channel_number.size()));
  to += entry.number.copy(to, entry.number.size());
  entry.channel_number.copy(to, entry.channel_number.size());
}

std::size_t record_size(const char* from) {
  from += kSizes;
  const std::size_t number = get<std::uint16_t>(from);
  return kRecordHead + number + get<std::uint16_t>(from);
}

std::string_view record_number(const char* from) {
  const char* sizes = from + kSizes;
  return {from + kRecordHead, get<std::uint16_t>(sizes)};
}

Entry read_record(const char* from) {
  Entry entry{};
  entry.amount = get<std::int64_t>(from);
  entry.settled = get<std::int64_t>(from);
  entry.fee = get<std::int64_t>(from);
  entry.at = get<std::int64_t>(from);
  entry.line = get<std::uint64_t>(from);
  entry.kind = get<Kind>(from);
  entry.state = get<State>(from);
  const auto flags = get<std::uint8_t>(from);
  entry.has_fee = (flags & kHasFee) != 0;
  entry.only_day = (flags & kOnlyDay) != 0;
  entry.currency.code = get<std::array<char, 3>>(from);
  const std::size_t number = get<std::uint16_t>(from);
  const std::size_t channel_number = get<std::uint16_t>(from);
  entry.number = {from, number};
  entry.channel_number = {from + number, channel_number};
  return entry;
}

}  // namespace ordeal::reconciliation
