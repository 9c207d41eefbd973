// The languages that Ordeal speaks to people, and what trials tell in another than their own, English.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "reports/translation.h"
#include "scenarios/play/flows.h"

namespace ordeal::cli {

enum class Language : std::uint8_t { english, chinese };
inline constexpr std::array kLanguages{Language::english, Language::chinese};
// "en", "zh".
std::string_view code_of(Language language);

// Of what trials tell; null: they are told as they are. The rows of `flows` outlive it.
std::unique_ptr<reports::Translation> translation_into(Language language, const play::Flows& flows);

}  // namespace ordeal::cli
