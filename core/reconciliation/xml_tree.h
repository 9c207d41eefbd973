// An XML text as a tree that knows where its elements stand. Elements go by their local name: banks put prefixes before.
// No document type is read and no entity but the five of XML, so nothing outside of the file is asked for.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "core/reconciliation/refusal.h"

namespace ordeal::reconciliation {

class XmlTree {
 public:
  // `text` is UTF-8 and outlives the tree.
  Refused parse(std::string_view text);

  pugi::xml_node root() const { return document_.document_element(); }
  Refusal at(pugi::xml_node node, std::string what) const;
  std::uint64_t line_of(pugi::xml_node node) const;

 private:
  std::string_view text_;
  pugi::xml_document document_;
  // Elements are asked for in their order, mostly: counting goes on where it was.
  mutable std::size_t counted_to_ = 0;
  mutable std::uint64_t lines_ = 1;
};

std::string_view local_name(pugi::xml_node node);
pugi::xml_node child(pugi::xml_node node, std::string_view name);
// "BookgDt/Dt"
pugi::xml_node at_path(pugi::xml_node node, std::string_view path);
std::string_view text_at(pugi::xml_node node, std::string_view path);
// The first child that is none of these; null: all are.
pugi::xml_node stranger(pugi::xml_node node, std::span<const std::string_view> known);

}  // namespace ordeal::reconciliation
