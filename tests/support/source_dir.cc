#include "tests/support/source_dir.h"

namespace ordeal::test {

std::string source_dir() { return ORDEAL_SOURCE_DIR; }

}  // namespace ordeal::test
