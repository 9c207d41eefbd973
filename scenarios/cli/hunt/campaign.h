// What all parts of a hunt have in common, wherever and whenever they are played: engine, scenario, cast, faults, seeds and
// when to stop. Every run directory of a hunt holds it as campaign.json before its first trial is played, so that a hunt
// that was cut off can be taken up again and shards can be merged by what they say themselves, not by their names. Nothing
// in it depends on a machine: the scenario and the fault plan stand in it whole.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "scenarios/cli/hunt/order.h"
#include "scenarios/cli/run/casting.h"

namespace ordeal::cli {

inline constexpr const char* kCampaignFile = "campaign.json";

struct Campaign {
  nlohmann::ordered_json common;  // equal in all parts
  Shard shard;
};

Campaign campaign_of(const Production& production, const HuntOrder& order);
std::string to_text(const Campaign& campaign);
// Of a run directory. Throws BadInput (data) for a file that is none of ours or from a later Ordeal.
Campaign read_campaign(const std::filesystem::path& directory);

// What differs between two, in words; nothing when they are parts of one hunt.
std::optional<std::string> difference(const Campaign& one, const Campaign& other);
// Throws BadInput (merge, 8) when another engine than this one played it: what it would add might not agree.
void check_engine(const Campaign& campaign, const std::filesystem::path& directory);

// As the hunt began. Throws BadInput (data) with the place in the file. The flows outlive the production.
Production production_of(const play::Flows& flows, const Campaign& campaign, const std::string& file);
HuntOrder order_of(const play::Flows& flows, const Campaign& campaign, const std::string& file);

}  // namespace ordeal::cli
