// A flash sale of course seats, end to end as document E has it: published and warmed up, limited, counted in a cache, decided by the
// database, won with a deadline, confirmed, paid, told to the classroom, closed in time.
#pragma once

#include "scenarios/play/flow.h"

namespace ordeal::course_sale {

const play::Flow& flow();

}  // namespace ordeal::course_sale
