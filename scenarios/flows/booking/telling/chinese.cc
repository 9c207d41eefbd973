// Sentences of this flow in Chinese; one that is missing here is told in English. Of the rows that fit, those of other flows among
// them, the one with most of its text written out is taken (reports/translation.h); no sentence stands in two of them.
#include "scenarios/flows/booking/telling/telling.h"

namespace ordeal::booking {

std::vector<play::WordRow> chinese_rows() {
  return {
      {"* is told: \"it is yours\"", "{1} 得到答复：“是你的了”"},
      {"* is told: \"it is taken\"", "{1} 得到答复：“已被占用”"},
      {"* pays", "{1} 付款"},
      {"*'s booking", "{1} 的预订"},
      {"word: booking", "预订"},
      {"word: bookings", "预订"},
      {"word: CANCELLED", "已取消 CANCELLED"},
      {"* is written with token *, after one with *: the lock was another's",
       "{1} 凭令牌 {2} 写入，而之前已有令牌 {3}：锁早已是别人的"},
      {"*: Forty seconds pass between the lock and the write, as on a host that pauses.",
       "{1}：加锁与写入之间过了四十秒，像停顿的主机那样。"},
      {"Believes in its lock until it unlocks: after a pause the lock is another's, and the late write is "
       "made.",
       "解锁之前一直相信锁还是自己的：停顿之后锁已属别人，迟来的写入照样落下。"},
      {"Has a perfect lock in the cache and nothing behind it: a failover forgets the lock, and two hold it.",
       "缓存里的锁很完美，背后却什么都没有：主从切换忘了锁，于是两人同时持有。"},
      {"* of day *", "第 {2} 天 {1}"},
      {"* wants *, * of day *", "{1} 想订第 {4} 天 {3} 的 {2}"},
      {"writes down *: *, * of day *", "记下 {1}：第 {4} 天 {3} 的 {2}"},
      {"writes down *: *, * of day *, token *", "记下 {1}：第 {4} 天 {3} 的 {2}，令牌 {5}"},
      {"* has * * of day *, and * has it * of day *",
       "{1} 订到了第 {4} 天 {3} 的 {2}，{5} 也订到了它第 {7} 天的 {6}"},
      {"cancels *, which is unpaid", "取消 {1}：一直没有付款"},
      {"counts * as paid", "认定 {1} 已付款"},
      {"booking", "预订"},
      {"takes forty seconds over the booking", "处理预订花了四十秒"},
      {"all come the moment the day is opened", "大家在开放预订的那一刻一起来"},
      {"asks on two devices", "在两台设备上同时预订"},
      {"asking the lock", "请求锁"},
      {"keeping the lock", "看护锁"},
      {"looking at the venue", "查看场地"},
      {"looking whether it is free", "查看是否空闲"},
      {"paying for the booking", "为预订付款"},
      {"cancelling what is unpaid", "取消未付款的预订"},
      {"Locks the interval that is asked for: who wants 10 to 12 and who wants 11 to 13 lock two keys.",
       "锁的是所要的时段本身：想订 10 到 12 点的和想订 11 到 13 点的锁的是两个键。"},
      {"Unlocks when the method ends and commits after it: the next one looks in between and sees it free.",
       "方法结束就解锁，之后才提交：下一个人在两者之间查看，看到的仍是空闲。"},
      {"*'s 2. booking", "{1} 的第二个预订"},
      {"Nothing is written under a lock that is somebody else's by then.", "锁已属别人时，不得再凭它写入。"},
      {"Bookings of one venue do not overlap.", "同一场地的预订时段互不重叠。"},
      {"A booking ends once: paid or cancelled.", "预订只终结一次：付款或取消。"},
      {"A slot is somebody's exactly as long as an active booking has it.", "时段只在有效预订期间被占用。"},
      {"What a guest is told about a booking is so.", "告诉客人的预订情况都是真的。"},
  };
}

}  // namespace ordeal::booking
