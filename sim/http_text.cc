#include "sim/http_text.h"

#include "core/base/digest.h"

namespace ordeal::sim {

const env::MessageType& HttpText::type() {
  static const env::MessageType kType{
      "http",
      [](const void* v) {
        const auto& text = *static_cast<const HttpText*>(v);
        return Digest(static_cast<std::uint64_t>(text.status)).add(text.body).value();
      },
      [](const void* v) { return static_cast<const HttpText*>(v)->body; }, nullptr};
  return kType;
}

env::Message damaged(const HttpText& text, const Choices& choices, Key key) {
  HttpText out = text;
  const auto at = static_cast<std::size_t>(choices.below(key, lane("damaged byte"), out.body.size()));
  // Seven bits: text stays text, as after a faulty line; what is not ASCII any more would be found too easily.
  const auto bit = static_cast<unsigned>(choices.below(key, lane("damaged bit"), 7));
  out.body[at] = static_cast<char>(static_cast<unsigned char>(out.body[at]) ^ (1u << bit));
  return env::Message::of(std::move(out));
}

}  // namespace ordeal::sim
