// The opponent of the swarm: every allowed kind at once, each a little, in every trial. It is how many fault injectors are
// set up, and what swarm testing is measured against (tests/negative/swarm_test.cc, docs/results.md).
#pragma once

#include "faults/search/swarm.h"

namespace ordeal::faults {

// One window of each kind on the menu over the whole storm: rates of 1/300 or the kind's strongest, whichever is less;
// what shuts a part down (a partition, an outage) lasts a minute at a drawn moment.
Plan everything_slightly(const sim::Choices& choices, const Menu& menu);

// Strange people in a sound machine: a quarter of the ways that parties have, each taken often or now and then. Nothing is
// late or lost between machines, so what the system does about people is held to narrow bounds.
Plan people_alone(const sim::Choices& choices, const Menu& menu);

// Two to four ways of parties (one less for each that is drawn twice), nearly each time that somebody stands before them; nothing
// else, but that in a quarter of these trials the program is as unlucky at a third of its points. What needs two rare things at one order (a
// refund that is refused, of a payment that came late) meets them here. A scenario may say what it is about (Menu::focus):
// three of four are chosen from that.
Plan people_insist(const sim::Choices& choices, const Menu& menu);

// What a hunt plays: no fault at all in one trial of sixteen, people alone in every fourth, half of whom insist; of the others
// a swarm in seven of eight, everything slightly on in the eighth. In an eighth of the swarms people insist, too. Where there
// is a focus, people have every second trial, three of four of them insist, and so they do in every second swarm. Bugs that
// need one common fault in the right moment show where everything is slightly on, bugs that need a strong fault or the absence
// of another in swarms. And on a calm day nothing excuses anything: who wants what is there has to get it.
Plan portfolio(const sim::Choices& choices, const Menu& menu);

}  // namespace ordeal::faults
