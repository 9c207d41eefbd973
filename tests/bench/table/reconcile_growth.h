// How a reconciliation grows with its files: time beside that of reading both, and the most memory it had.
#pragma once

namespace ordeal::bench {

// Ten thousand lines against as many, then ten times as many, up to a million; to ten million where ORDEAL_BENCH_LARGE is
// set, which writes 1.4 GB and as much of scratch.
void print_reconcile_growth();

}  // namespace ordeal::bench
