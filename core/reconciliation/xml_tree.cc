#include "core/reconciliation/xml_tree.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/reconciliation/charset.h"
#include "core/reconciliation/columns.h"
#include "core/reconciliation/whole.h"

namespace ordeal::reconciliation {

Refused XmlTree::parse(std::string_view text) {
  text_ = text;
  if (Decoder decoder(Charset::utf8); !decoder.decode(text))
    return refused_at(text, decoder.bad_at(), "this byte is no UTF-8");
  // Attributes are read as they stand: what entity they hold is of no use to a statement.
  const pugi::xml_parse_result result = document_.load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_declaration, pugi::encoding_utf8);
  if (!result)
    return refused_at(
        text, static_cast<std::size_t>(result.offset),
        fmt::format("no XML from here on ({}): it may have been cut off", result.description()));
  const std::string_view encoding = document_.first_child().attribute("encoding").value();
  const auto is_letter = [](std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return (x | 0x20) == (y | 0x20); });
  };
  if (!encoding.empty() && !is_letter(encoding, "UTF-8"))
    return refused_at(text, 0, fmt::format("declared as {}: UTF-8 is expected", encoding));
  return std::nullopt;
}

Refusal XmlTree::at(pugi::xml_node node, std::string what) const {
  // pugixml points at the name, behind the bracket.
  const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 1));
  return refused_at(text_, offset - 1, std::move(what));
}

std::uint64_t XmlTree::line_of(pugi::xml_node node) const {
  const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
  if (offset < counted_to_) counted_to_ = 0, lines_ = 1;
  const auto from = text_.begin() + static_cast<std::ptrdiff_t>(counted_to_);
  lines_ +=
      static_cast<std::uint64_t>(std::count(from, text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
  counted_to_ = offset;
  return lines_;
}

std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node one : node.children()) {
    if (local_name(one) == name) return one;
  }
  return {};
}

pugi::xml_node at_path(pugi::xml_node node, std::string_view path) {
  while (node && !path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    node = child(node, path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return node;
}

std::string_view text_at(pugi::xml_node node, std::string_view path) {
  return trimmed(at_path(node, path).child_value());
}

pugi::xml_node stranger(pugi::xml_node node, std::span<const std::string_view> known) {
  for (const pugi::xml_node one : node.children()) {
    if (one.type() == pugi::node_element &&
        std::find(known.begin(), known.end(), local_name(one)) == known.end())
      return one;
  }
  return {};
}

}  // namespace ordeal::reconciliation
