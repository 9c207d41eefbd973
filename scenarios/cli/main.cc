#include "scenarios/cli/output.h"
#include "scenarios/cli/places.h"
#include "scenarios/cli/program.h"
#include "scenarios/flows/flows.h"

int main(int argc, char** argv) {
  if (argc > 0) ordeal::cli::set_program_name(argv[0]);
  const ordeal::play::Flows& flows = ordeal::all_flows();
  return ordeal::cli::run_program({flows, ordeal::cli::default_shelves(flows), ordeal::cli::default_corpus(),
                                   ordeal::cli::default_lessons(flows)},
                                  {argv + 1, argv + argc});
}
