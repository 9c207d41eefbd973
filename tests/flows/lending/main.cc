// The program with one more flow. It is the same program: only the list that it is handed differs.
#include "scenarios/cli/program.h"
#include "scenarios/flows/purchase/flow.h"
#include "scenarios/flows/spanning/laws.h"
#include "tests/flows/lending/flow.h"
#include "tests/support/source_dir.h"

int main(int argc, char** argv) {
  using namespace ordeal;
  const std::filesystem::path sources = test::source_dir();
  const play::Flows flows({&purchase::flow(), &spanning::flow(), &lending::flow()});
  return cli::run_program(
      {flows,
       {sources / "scenarios/flows/purchase/scenarios", sources / "tests/flows/lending/scenarios"},
       sources / "tests/flows/lending/repros"},
      {argv + 1, argv + argc});
}
