// The planted bugs of a flash sale: one readable file each, shaped as the code one meets in the wild; the rows stand in flaws.cc.
#pragma once

#include <memory>
#include <vector>

#include "scenarios/flows/course_sale/seams.h"

namespace ordeal::course_sale {

std::vector<const play::FlawRow*> flaw_rows();

namespace planted {

std::unique_ptr<seckill::SeatLimit> make_count_then_write();    // F-34, breaks I-27
std::unique_ptr<seckill::WinnerTerms> make_no_terms();          // F-27, breaks I-15
std::unique_ptr<seckill::Publishing> make_publish_then_warm();  // F-38, breaks I-26
std::unique_ptr<classroom::Roll> make_look_then_enter();        // F-37, breaks I-43
std::unique_ptr<limits::Permits> make_counted_permits();        // F-32, breaks I-68
std::unique_ptr<seckill::Announcer> make_absent_is_rollback();  // F-49, breaks I-50
std::unique_ptr<seckill::SoldOut> make_until_told();            // F-29, breaks I-19
std::unique_ptr<seckill::Closer> make_everybody_closes();       // F-75, breaks I-14

}  // namespace planted
}  // namespace ordeal::course_sale
