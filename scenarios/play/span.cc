#include "scenarios/play/span.h"

#include "faults/text.h"

namespace ordeal::play {

const Shape<Span>& span_shape() {
  static const Shape<Span> shape = [] {
    Shape<Span> s;
    s.duration("from", &Span::from, "not before this");
    s.duration("until", &Span::until, "and before this");
    s.check([](const Span& span, const ObjectReader& in) {
      if (span.until <= span.from)
        in.place().key("until").fail("later than from, " + faults::text(span.from), shown(in.at("until")));
    });
    return s;
  }();
  return shape;
}

void within_the_storm(const Span& span, const Scenario& scenario, const Place& place) {
  if (span.until > scenario.storm)
    place.key("until").fail("at most the storm, " + faults::text(scenario.storm),
                            "\"" + faults::text(span.until) + "\"");
}

}  // namespace ordeal::play
