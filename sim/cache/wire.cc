#include "sim/cache/wire.h"

namespace ordeal::sim::cache {

std::string text_of(const env::CacheWords& words) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : " ").append(word);
  return out;
}

std::string text_of(const env::CacheReply& reply) {
  using Kind = env::CacheReply::Kind;
  switch (reply.kind) {
    case Kind::nil:
      return "(nil)";
    case Kind::integer:
      return "(integer) " + std::to_string(reply.integer);
    case Kind::status:
      return reply.text;
    case Kind::text:
      return "\"" + reply.text + "\"";
    case Kind::error:
      return "(error) " + reply.text;
    case Kind::list:
      break;
  }
  std::string out;
  for (const env::CacheReply& item : reply.list) out.append(out.empty() ? "" : ", ").append(text_of(item));
  return "[" + out + "]";
}

const env::MessageType& Request::type() {
  static const env::MessageType kType{
      "cache.Request",
      [](const void* v) { return digest_of(text_of(static_cast<const Request*>(v)->words)); },
      [](const void* v) { return text_of(static_cast<const Request*>(v)->words); }, nullptr};
  return kType;
}

const env::MessageType& Answer::type() {
  static const env::MessageType kType{
      "cache.Answer", [](const void* v) { return digest_of(text_of(static_cast<const Answer*>(v)->reply)); },
      [](const void* v) { return text_of(static_cast<const Answer*>(v)->reply); }, nullptr};
  return kType;
}

}  // namespace ordeal::sim::cache
