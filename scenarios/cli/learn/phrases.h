// What the program itself says in a lesson, in both languages. The texts of lessons stand in their folders.
#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "scenarios/cli/learn/lesson.h"

namespace ordeal::cli {

enum class Phrase : std::uint8_t {
  naive,
  claim,
  be_the_bad_day,
  calm_day,
  moments,
  how_to_play,
  prompt,
  no_such_moment,
  no_such_blow,
  can_happen,
  nothing_chosen,
  struck,
  still_holds,
  near_moment,
  near_later,
  near_earlier,
  other_promise,
  broken_by_you,
  at_par,
  over_par,
  hint_moment,
  hint_blow,
  no_more_hints,
  nothing_to_undo,
  taken_back,
  bad_day,
  but_for,
  needed,
  not_needed,
  needed_messages,
  fixed,
  same_day_held,
  same_day_broken,
  with_before,
  first_hidden,
  others_playing,
  others_held,
  others_broken,
  naive_would,
  part_two,
  half_day,
  half_other,
  fixed_day_two,
  follow_ups,
  read_on,
  next,
  go_on,
  done,
  ladder,
  ladder_minutes,
  ladder_done,
  ladder_how,
  practice_file,
  practice_kept,
  practice_how,
  stage_compiles,
  stage_calm,
  stage_bad_day,
  stage_part_two,
  stage_seeds,
  passed,
  failed,
  not_compiled,
  interface_in,
  mishap,
  all_passed,
  next_stage,
  hint_level,
  watching,
};

std::string_view text_of(Phrase phrase, Language language);

// With its gaps filled.
template <class... Values>
std::string say(Phrase phrase, Language language, const Values&... values) {
  return fmt::format(fmt::runtime(text_of(phrase, language)), values...);
}

}  // namespace ordeal::cli
