#include "scenarios/cli/program.h"

int main(int argc, char** argv) { return ordeal::cli::run_program({argv + 1, argv + argc}); }
