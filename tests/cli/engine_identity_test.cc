// The engine's identity follows the sources that a trace depends on, and nothing else.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "scenarios/cli/engine.h"
#include "tests/support/source_dir.h"

namespace ordeal {
namespace {

namespace fs = std::filesystem;

class EngineIdentity : public testing::Test {
 protected:
  EngineIdentity() : root_(fs::path(testing::TempDir()) / ("identity-" + std::to_string(::getpid()))) {
    fs::create_directories(root_ / "sim");
    write("sim/a.cc", "// What a is for.\nint a = 1;\n");
    write("sim/b.h", "int b();\n");
  }
  ~EngineIdentity() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(root_ / name) << text; }
  std::string made(const std::string& sources = "sim/a.cc,sim/b.h") const {
    const std::string command = "cmake -DROOT='" + root_.string() + "' -DOUT='" +
                                (root_ / "out.cc").string() + "' -DVERSION=1.2.3 -DSOURCES='" + sources +
                                "' -P '" + test::source_dir() + "/cmake/engine_identity.cmake'";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ifstream in(root_ / "out.cc");
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  fs::path root_;
};

TEST_F(EngineIdentity, IsOfTheCodeAndNotOfItsComments) {
  const std::string before = made();
  EXPECT_NE(before.find("\"ordeal 1.2.3+"), std::string::npos) << before;
  write("sim/a.cc", "// Otherwise said.\n\n\n  // And more.\nint a = 1;\n");
  EXPECT_EQ(made(), before);
  write("sim/a.cc", "int a = 2;\n");
  EXPECT_NE(made(), before);
}

TEST_F(EngineIdentity, CountsNamesAndNoOrder) {
  const std::string before = made();
  EXPECT_EQ(made("sim/b.h,sim/a.cc"), before);
  fs::rename(root_ / "sim/b.h", root_ / "sim/c.h");
  EXPECT_NE(made("sim/a.cc,sim/c.h"), before);
}

TEST(Engine, HasAVersionAndAnIdentity) {
  const std::string start = "ordeal " + std::string(cli::kVersion) + "+";
  EXPECT_EQ(cli::kEngine.substr(0, start.size()), start);
  EXPECT_EQ(cli::kEngine.size(), start.size() + 12);
}

}  // namespace
}  // namespace ordeal
