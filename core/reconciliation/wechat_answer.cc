#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "core/reconciliation/wechat.h"
#include "core/reconciliation/whole.h"

namespace ordeal::reconciliation {
namespace {

// An answer is some hundred bytes.
constexpr std::size_t kLongestAnswer = 64 * 1024;

// The first of them that a text stands under.
template <std::size_t N>
std::string code_in(const nlohmann::json& json, const std::array<const char*, N>& names) {
  for (const char* name : names) {
    const auto found = json.find(name);
    if (found != json.end() && found->is_string()) return found->get<std::string>();
  }
  return {};
}

Refused judge(const std::string& code, Taking& taking) {
  if (code == "NO_STATEMENT_EXIST" || code == "NO_BILL_EXIST" || code == "20002") {
    taking.statement().no_bill = true;
    return std::nullopt;
  }
  if (code == "STATEMENT_CREATING" || code == "BILL_CREATING")
    return Refusal{.what = code + ": the bill is still being made; ask for it again", .why = Why::not_ready};
  return Refusal{.what =
                     fmt::format("an answer with the code \"{}\", which does not say that there is no bill: "
                                 "NO_STATEMENT_EXIST, NO_BILL_EXIST or 20002 would",
                                 code)};
}

Refused read_json(const std::string& text, Taking& taking) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object())
    return refused_at(text, text.size(), "an answer in JSON that does not end, or is none");
  const auto inner = json.find("respdata");
  const bool is_wrapped = inner != json.end() && inner->is_object();
  return judge(code_in(is_wrapped ? *inner : json, std::array{"code", "error_code", "err_code"}), taking);
}

Refused read_xml(const std::string& text, Taking& taking) {
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!result)
    return refused_at(text, static_cast<std::size_t>(result.offset),
                      fmt::format("no XML from here on: {}", result.description()));
  const pugi::xml_node xml = document.child("xml");
  for (const char* name : {"error_code", "err_code"}) {
    if (const pugi::xml_node code = xml.child(name)) return judge(code.child_value(), taking);
  }
  return judge(std::string(xml.child_value("return_code")), taking);
}

}  // namespace

Refused read_wechat_answer(Source& source, Taking& taking) {
  std::string text;
  if (Refused refused = read_whole(source, kLongestAnswer, text)) return refused;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return Refusal{.what = "nothing in it: an empty day is told by a code"};
  if (taking.asked().day) taking.statement().widen(*taking.asked().day);
  return text[first] == '<' ? read_xml(text, taking) : read_json(text, taking);
}

}  // namespace ordeal::reconciliation
