// The languages that Ordeal speaks to people, and what trials tell in another than their own, English.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "reports/translation.h"
#include "scenarios/play/flows.h"

namespace ordeal::cli {

enum class Language : std::uint8_t { english, chinese };
inline constexpr std::array kLanguages{Language::english, Language::chinese};
// "en", "zh".
std::string_view code_of(Language language);
// `asked` is --lang, or empty: then it is what the locale says. BadInput (usage) for another word; `help` is where that is
// explained ("ordeal learn --help").
Language language_of(std::string_view asked, const std::string& help);

// The dictionary: what machines suffer, what the flows tell, and times behind all. A row that an earlier one would always
// be taken for is a mistake (tests/cli/dictionary_test.cc). The rows of `flows` outlive it.
std::vector<reports::TranslationRow> chinese_dictionary(const play::Flows& flows);
// Of what trials tell; null: they are told as they are. The rows of `flows` outlive it.
std::unique_ptr<reports::Translation> translation_into(Language language, const play::Flows& flows);

}  // namespace ordeal::cli
