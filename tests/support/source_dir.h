// Where the tree of sources lies, for tests that read files of it. A function and no macro, so that the place of a clone is not part
// of what compilers see and ccache serves one clone's objects to the next.
#pragma once

#include <string>

namespace ordeal::test {

std::string source_dir();

}  // namespace ordeal::test
