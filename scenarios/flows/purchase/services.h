// The services of a purchase, as rows: tables, first rows, and how each is put together from the doors it gets, its
// database and the chosen designs.
#pragma once

#include <vector>

#include "scenarios/play/flow.h"

namespace ordeal::purchase {

std::vector<play::ServiceRow> service_rows();

}  // namespace ordeal::purchase
