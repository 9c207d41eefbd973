#include "scenarios/flows/flows.h"

#include "scenarios/flows/aftersale/flow.h"
#include "scenarios/flows/booking/flow.h"
#include "scenarios/flows/course_sale/flow.h"
#include "scenarios/flows/marketplace/flow.h"
#include "scenarios/flows/netting/flow.h"
#include "scenarios/flows/payout/flow.h"
#include "scenarios/flows/placing/flow.h"
#include "scenarios/flows/purchase/flow.h"
#include "scenarios/flows/settlement/flow.h"
#include "scenarios/flows/spanning/laws.h"

namespace ordeal {

const play::Flows& all_flows() {
  static const play::Flows flows({&purchase::flow(), &course_sale::flow(), &marketplace::flow(),
                                  &booking::flow(), &payout::flow(), &aftersale::flow(), &placing::flow(),
                                  &netting::flow(), &settlement::flow(), &spanning::flow()});
  return flows;
}

}  // namespace ordeal
