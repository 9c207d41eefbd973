// The decisions of a flash sale that a scenario may take otherwise.
#pragma once

#include <vector>

#include "core/classroom/classroom.h"
#include "core/seckill/service.h"
#include "scenarios/play/seam.h"

namespace ordeal::course_sale {

const play::Seam<seckill::SeatLimit>& seat_limit();
const play::Seam<seckill::WinnerTerms>& winner_terms();
const play::Seam<seckill::Publishing>& publishing();
const play::Seam<seckill::SoldOut>& sold_out();
const play::Seam<limits::Permits>& permits();
const play::Seam<seckill::Closer>& closer();
const play::Seam<seckill::Announcer>& announcer();
const play::Seam<classroom::Roll>& roll();

std::vector<const play::SeamRow*> seam_rows();

}  // namespace ordeal::course_sale
