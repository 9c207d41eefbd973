// From a repro file to something that can be played again. The engine that wrote it gets its plan; another
// one gets its strikes, which name places by what causes them.
//
// Fails with BadInput (bad data, 65) that names the file, the place in it, what was expected and what stood
// there: broken JSON, unknown keys, flaws, designs, hosts, actors, parts of their work, settings that cannot
// be adjusted, times that outlive heal, a broken scenario.
#pragma once

#include <string>

#include "reports/repro_json.h"
#include "scenarios/cli/run/casting.h"

namespace ordeal::cli {

reports::Repro read_repro_file(const std::string& file);

// `file` is for messages. Production::options is complete, the seed included.
// The flows outlive the production.
Production recall(const play::Flows& flows, const reports::Repro& repro, const std::string& file);

}  // namespace ordeal::cli
