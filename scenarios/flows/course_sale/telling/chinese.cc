// The sentences of this flow in Chinese.
#include "scenarios/flows/course_sale/telling/telling.h"

namespace ordeal::course_sale {
namespace {

using Rows = std::vector<play::WordRow>;

Rows breaches() {
  return {
      {"* has * and now * too: one each was the rule", "{1} 已有 {2}，现在又得到 {3}：规则是每人一个"},
      {"* seats of * are held and sold, and there are *", "{2} 已占和已售共 {1} 个名额，而总共只有 {3} 个"},
      {"one of * came back a second time for *", "因为 {2}，{1} 的一个名额归还了第二次"},
      {"* was won outside the hours of its sale", "{1} 是在秒杀时段之外抢到的"},
      {"* got * a second time for *", "{1} 凭 {3} 第二次得到 {2}"},
      {"* got * for *, which is not paid", "{1} 凭 {3} 得到 {2}，而它没有付款"},
      {"* is still *: it has no deadline, and nobody else will ever get it",
       "{1} 还是 {2}：没有期限，别人永远也得不到这个名额"},
      {"* is still *, and nobody is waiting for it", "{1} 还是 {2}，而没有谁在等它"},
      {"* is published, its counts are in no cache, and nobody is at it",
       "{1} 已发布，缓存里却没有库存计数，也没有谁在补"},
      {"* has paid * and never gets *", "{1} 付了 {2}，却永远得不到 {3}"},
      {"* is told that * is sold out, and it is not", "{1} 被告知 {2} 已售罄，其实还有"},
      {"nobody is inside, and * of * who ask are told that all permits are out",
       "里面没有人，来的 {2} 位中却有 {1} 位被告知许可已发完"},
  };
}

Rows deeds() {
  return {
      {"* asks for a seat", "{1} 来抢名额"},
      {"* is published", "{1} 发布了"},
      {"the counts of * stand in the cache", "{1} 的库存计数进了缓存"},
      {"* is won: *", "抢到 {1}：{2}"},
      {"* is confirmed", "{1} 已确认"},
      {"* has paid", "{1} 付了款"},
      {"* is paid", "{1} 已付款"},
      {"* lapses: one of * is there again", "{1} 过期作废：{2} 又多出一个名额"},
      {"* is closed: one of * is there again", "{1} 被关闭：{2} 又多出一个名额"},
      {"* gets * for *", "{1} 凭 {3} 得到课程 {2}"},
      {"* leaves", "{1} 走了"},
      {"*'s other seat", "{1} 的另一个名额"},
      {"*'s seat", "{1} 的名额"},
      {"the sale", "这场秒杀"},
  };
}

Rows doings() {
  return {
      {"asking for a seat", "抢名额"},
      {"publishing the sale", "发布秒杀"},
      {"opening the confirm page", "打开确认页"},
      {"confirming the seat", "确认名额"},
      {"paying for the seat", "为名额付款"},
      {"writing the seat", "写入名额"},
      {"noting that the counts are in the cache", "记下计数已进缓存"},
      {"noting that the seat is paid", "记下名额已付款"},
      {"giving the unit back", "归还名额"},
      {"closing the seat", "关闭名额"},
      {"telling the classroom", "通知课堂"},
      {"giving the course", "发放课程"},
      {"takes half a minute", "拖了半分钟"},
      {"takes the money and does not say so", "收了钱却不答复"},
      {"asks for a course that is not there", "要一门不存在的课"},
      {"asks without a number", "不带编号就来抢"},
      {"opens another's page", "打开别人的确认页"},
      {"confirms another's seat", "确认别人的名额"},
      {"confirms at a price of its own", "按自己写的价格确认"},
  };
}

Rows promises() {
  return {
      {"A user has one seat of an activity, on however many devices he asks.",
       "一个用户在一场活动里只有一个名额，无论用几台设备。"},
      {"Of no course are more seats held and sold than there are.", "任何课程占用和售出的名额不超过总数。"},
      {"A seat is won in the hours of its sale, by the server's clock.",
       "名额只在秒杀时段内抢到，以服务器时钟为准。"},
      {"The unit of a seat that was not paid comes back once.", "没有付款的名额只归还一次。"},
      {"A paid seat becomes one right to the course, however often it is told.",
       "付了款的名额变成一份课程权益，无论通知多少次。"},
      {"No course is given for a seat that is not paid.", "没有付款的名额不发课程。"},
      {"The counters of a course and its seats add up.", "课程的计数与名额相符。"},
      {"The till has the money of just those seats that are paid, and their price.",
       "收银台恰好收了已付款名额的钱，金额等于价格。"},
      {"What learners were told of their seats is so.", "告诉学员的名额情况属实。"},
      {"What is no request is refused, and changes nothing.", "不成请求的请求被拒绝，什么也不改变。"},
      {"The counts of a published activity get into the cache, whatever dies in between.",
       "已发布活动的计数一定会进缓存，无论中间谁崩溃。"},
      {"No seat is held for ever: who does not confirm or pay in time loses it.",
       "没有名额被永远占着：不按时确认或付款就失去它。"},
      {"Every paid seat becomes a right to its course.", "每个付了款的名额都会变成课程权益。"},
      {"Who is told that all is gone is told so while it is, or a flag's life later at most.",
       "被告知售罄时确实售罄，或者最多晚一个标记的寿命。"},
      {"Permits come back, also those of holders that died.", "许可都会归还，持有者崩溃的也一样。"},
      {"When nothing is wrong everybody gets an answer that is final.", "没有故障时，每个人都得到最终答复。"},
  };
}

Rows flaws() {
  return {
      {"till takes half a minute", "收银台处理了半分钟"},
      {"Registers a deadline with the formal order only: who wins and never confirms holds the unit for "
       "ever.",
       "只在正式下单时登记期限：抢到而不确认的人永远占着名额。"},
      {"Says \"sold out\" until it hears that a unit came back, which is told once: a node that missed it "
       "sends "
       "everybody away.",
       "在听到名额归还之前一直说“售罄”，而归还只通知一次：错过的节点把所有人都赶走。"},
      {"Counts permits and gives them back in `finally`: a process that dies has none, and its permit is "
       "gone.",
       "用计数发许可，在 finally 里归还：崩溃的进程没有 finally，许可就此丢失。"},
      {"Counts a user's seats, then writes one: two devices are both counted before either has written.",
       "先数用户的名额再写入：两台设备都在对方写入之前数完。"},
      {"Looks for the right, then inserts it: the same news twice at once both find nothing.",
       "先查权益再插入：同一消息同时来两次，两次都查不到。"},
      {"Commits PUBLISHED, then fills the cache: who dies in between leaves an activity that nobody can buy.",
       "先提交“已发布”再写缓存：中间崩溃，留下一场谁也买不到的活动。"},
      {"Asked about a half message, takes \"not paid yet\" for \"never\": the till is still at it, and the "
       "news are "
       "gone.",
       "回查半消息时把“还没付”当成“不会付”：收银台还在处理，消息却没了。"},
      {"Consumes a seat's end in broadcast mode: every instance puts the unit back.",
       "用广播模式消费名额到期消息：每个实例都归还一次。"},
  };
}

}  // namespace

std::vector<play::WordRow> chinese_rows() {
  Rows all;
  for (const Rows& rows : {promises(), flaws(), breaches(), doings(), deeds()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace ordeal::course_sale
