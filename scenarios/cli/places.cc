#include "scenarios/cli/places.h"

namespace ordeal::cli {

std::string default_scenarios_dir() { return ORDEAL_SCENARIOS_DIR; }

}  // namespace ordeal::cli
