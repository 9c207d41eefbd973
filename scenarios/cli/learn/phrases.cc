#include "scenarios/cli/learn/phrases.h"

#include <array>
#include <utility>

#include "core/base/check.h"

namespace ordeal::cli {
namespace {

struct Row {
  Phrase phrase;
  std::string_view english;
  std::string_view chinese;
};

constexpr std::array kRows{
    Row{Phrase::naive, "The design that comes to mind first", "最先想到的写法"},
    Row{Phrase::claim, "What candidates say for it: {}", "候选人通常这样说：{}"},
    Row{Phrase::be_the_bad_day, "Be the bad day", "你来当那个倒霉的一天"},
    Row{Phrase::calm_day, "On a calm day it works:", "平静的一天，一切正常："},
    Row{Phrase::moments, "The moments of that day:", "这一天里的各个时刻："},
    Row{Phrase::how_to_play,
        "Break it: a number shows what can happen at that moment, number and letter (5c) make it happen. "
        "h a hint, u take the last one back, m the moments again, s show me, q leave. Par is {}.",
        "来把它弄坏：输入编号，看那一刻会出什么事；编号加字母（如 5c）就让它发生。"
        "h 提示，u 撤回上一步，m 再列一遍时刻，s 直接看答案，q 离开。最少 {} 步。"},
    Row{Phrase::prompt, "what happens? ", "让什么发生？"},
    Row{Phrase::no_such_moment, "There is no moment {}; they go from 1 to {}.",
        "没有第 {} 个时刻；编号从 1 到 {}。"},
    Row{Phrase::no_such_blow, "Moment {} has no \"{}\"; a to {}.", "时刻 {} 没有“{}”；可选 a 到 {}。"},
    Row{Phrase::can_happen, "{}. {}: what can happen", "{}. {}：可能发生"},
    Row{Phrase::nothing_chosen, "A number, a number with a letter, or one of h u m s q.",
        "请输入编号、编号加字母，或 h u m s q 之一。"},
    Row{Phrase::struck, "You make it happen: {}", "你让它发生了：{}"},
    Row{Phrase::still_holds, "Nothing is broken. The design survives that.", "什么也没坏。这个写法扛住了。"},
    Row{Phrase::near_moment, "Close: this is the moment, but another thing has to happen at it.",
        "很近了：就是这个时刻，但要发生的是另一件事。"},
    Row{Phrase::near_later, "Close: this is what has to happen, but at a later moment.",
        "很近了：就是这件事，但要发生在更晚的时刻。"},
    Row{Phrase::near_earlier, "Close: this is what has to happen, but at an earlier moment.",
        "很近了：就是这件事，但要发生在更早的时刻。"},
    Row{Phrase::other_promise, "Something is broken, but not what this lesson is about: {}",
        "有东西坏了，但不是这一课要看的：{}"},
    Row{Phrase::broken_by_you, "Broken: {}", "坏了：{}"},
    Row{Phrase::at_par, "{} of par {}: as short as it gets.", "用了 {} 步，最少 {} 步：不能更短了。"},
    Row{Phrase::over_par, "{} strokes, par is {}.", "用了 {} 步，最少 {} 步。"},
    Row{Phrase::hint_moment, "Look at moment {}: {}.", "看看时刻 {}：{}。"},
    Row{Phrase::hint_blow, "At moment {}: {} ({}).", "在时刻 {}：{}（{}）。"},
    Row{Phrase::no_more_hints, "There is no further hint.", "没有更多提示了。"},
    Row{Phrase::nothing_to_undo, "There is nothing to take back.", "没有可撤回的。"},
    Row{Phrase::taken_back, "Taken back: {}", "已撤回：{}"},
    Row{Phrase::bad_day, "The bad day", "倒霉的一天"},
    Row{Phrase::but_for,
        "But for what would it have held? Each was taken away alone, and the day played again:",
        "少了什么就不会坏？每次只去掉一样，把这一天再放一遍："},
    Row{Phrase::needed, "needed      {}", "必需    {}"},
    Row{Phrase::not_needed, "not needed  {}", "不必需  {}"},
    Row{Phrase::needed_messages,
        "and of the {} messages of that day {}: had one been lost, it would have held",
        "这一天的 {} 条消息里有 {} 条也缺一不可"},
    Row{Phrase::fixed, "The design that holds", "正确的写法"},
    Row{Phrase::same_day_held, "The same bad day: held.", "同一个倒霉日：守住了。"},
    Row{Phrase::same_day_broken, "On that day {} is broken.", "这一天：{} 被违反。"},
    Row{Phrase::with_before, "Together with: {}", "连同之前的：{}"},
    Row{Phrase::first_hidden, "The first hidden day that broke:", "第一个出错的隐藏日："},
    Row{Phrase::others_playing, "{} other bad days …", "另外 {} 个倒霉日……"},
    Row{Phrase::others_held, "{} other bad days, faults drawn anew for each: held. {} ({} a second)",
        "另外 {} 个倒霉日，每天的故障都重新抽取：全部守住。{}（每秒 {} 天）"},
    Row{Phrase::others_broken, "{1} of {0} other bad days broke; the first is seed {2}: {3}",
        "另外 {} 个倒霉日里有 {} 天出错；第一天是种子 {}：{}"},
    Row{Phrase::naive_would, "The naive design on {1} of these days: {0} broken.",
        "最初的写法在其中 {1} 天里有 {0} 天出错。"},
    Row{Phrase::part_two, "Part two: one new fault", "第二幕：再来一个故障"},
    Row{Phrase::half_day, "The half-fix meets it:", "半吊子修法遇上它："},
    Row{Phrase::half_other, "It survives the first bad day.", "第一个倒霉日它倒是扛住了。"},
    Row{Phrase::fixed_day_two, "The fixed design on that day: held.", "正确的写法在这一天：守住了。"},
    Row{Phrase::follow_ups, "What they ask next", "面试官接着会问"},
    Row{Phrase::read_on, "Read on: {}", "延伸阅读：{}"},
    Row{Phrase::next, "Next: {}", "接下来：{}"},
    Row{Phrase::go_on, "Enter to go on ", "按回车继续 "},
    Row{Phrase::done, "That was \"{}\". Now write it yourself: {} learn {} --practice",
        "“{}”这一课讲完了。现在自己写一遍：{} learn {} --practice"},
    Row{Phrase::ladder, "Lessons, from easy to hard", "课程，由易到难"},
    Row{Phrase::ladder_minutes, "{} min", "{} 分钟"},
    Row{Phrase::ladder_done, "done", "已学"},
    Row{Phrase::ladder_how, "Play one: {} learn {}", "开始学：{} learn {}"},
    Row{Phrase::practice_file, "Your file is {}: the naive design, yours to change.",
        "你的文件是 {}：里面是最先那个写法，随你改。"},
    Row{Phrase::practice_kept, "Your file is {}.", "你的文件是 {}。"},
    Row{Phrase::practice_how,
        "Change it and run the same command again; --watch does that on each save, --hint 1 to 3 helps.",
        "改好后再运行同一条命令；--watch 会在每次保存时自动重跑，--hint 1 到 3 给提示。"},
    Row{Phrase::stage_compiles, "compiling", "编译"},
    Row{Phrase::stage_calm, "a calm day", "平静的一天"},
    Row{Phrase::stage_bad_day, "the bad day", "倒霉的一天"},
    Row{Phrase::stage_part_two, "the day of part two", "第二幕的那一天"},
    Row{Phrase::stage_seeds, "every one of {} hidden days", "{} 个隐藏的日子，全部守住"},
    Row{Phrase::passed, "{}: passed", "{}：通过"},
    Row{Phrase::failed, "{}: not yet", "{}：还没过"},
    Row{Phrase::not_compiled, "It does not compile:", "编译不过："},
    Row{Phrase::interface_in, "The interface is described in {}", "接口说明见 {}"},
    Row{Phrase::mishap, "Your code did not get through: {}", "你的代码没跑完：{}"},
    Row{Phrase::all_passed, "All {} stages passed: your design holds on every day that was tried.",
        "{} 关全部通过：试过的每一天你的写法都守住了。"},
    Row{Phrase::next_stage, "Next to pass: {}", "下一关：{}"},
    Row{Phrase::hint_level, "Hint {} of {}: {}", "提示 {} / {}：{}"},
    Row{Phrase::watching, "watching {}; Ctrl-C ends it", "正在盯着 {}；按 Ctrl-C 结束"},
};

// In the order of the enumeration, so that a phrase finds its row.
constexpr bool in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].phrase) != i) return false;
  }
  return kRows.size() == static_cast<std::size_t>(Phrase::watching) + 1;
}
static_assert(in_order());

}  // namespace

std::string_view text_of(Phrase phrase, Language language) {
  const Row& row = kRows[static_cast<std::size_t>(phrase)];
  return language == Language::chinese ? row.chinese : row.english;
}

}  // namespace ordeal::cli
