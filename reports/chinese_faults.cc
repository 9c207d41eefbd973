// The sentences of reports/plain_faults.cc and reports/short_story.cc in Chinese.
#include "reports/translation.h"

namespace ordeal::reports {

std::vector<TranslationRow> chinese_faults() {
  return {
      // Around others.
      {"and so it stays: *", "最后仍是：{1}"},
      {"broken: *", "坏了：{1}"},
      {"fault: *", "故障：{1}"},
      {"*, * times", "{1}，共 {2} 次"},
      {"* (while *, for *)", "{1}（正在为 {3} {2}）"},
      {"* (while *)", "{1}（正在{2}）"},
      {"* (for *)", "{1}（为 {2}）"},
      {"… a line left out here and below: -v", "……这里和下面省去一行：-v"},
      {"… * lines left out here and below: -v", "……这里和下面省去 {1} 行：-v"},
      // Hosts.
      {"* and is up again at once", "{1}，随即恢复"},
      {"* crashes just before it commits and is up again after *", "{1} 在提交前一刻宕机，{2} 后恢复"},
      {"* crashes just after it committed and is up again after *", "{1} 刚提交完就宕机，{2} 后恢复"},
      {"* crashes just before it asks and is up again after *", "{1} 在发出请求前一刻宕机，{2} 后恢复"},
      {"* crashes just after it asked and is up again after *", "{1} 刚发出请求就宕机，{2} 后恢复"},
      {"* crashes just before it is asked and is up again after *", "{1} 在收到请求前一刻宕机，{2} 后恢复"},
      {"* crashes just before it writes and is up again after *", "{1} 在写盘前一刻宕机，{2} 后恢复"},
      {"* crashes just after it wrote and is up again after *", "{1} 刚写完盘就宕机，{2} 后恢复"},
      {"* crashes just before it commits and stays down", "{1} 在提交前一刻宕机，再没起来"},
      {"* crashes just after it committed and stays down", "{1} 刚提交完就宕机，再没起来"},
      {"* crashes just after it asked and stays down", "{1} 刚发出请求就宕机，再没起来"},
      {"* crashes just before it is asked and stays down", "{1} 在收到请求前一刻宕机，再没起来"},
      {"* crashes and is up again after *", "{1} 宕机，{2} 后恢复"},
      {"* crashes just before it commits", "{1} 在提交前一刻宕机"},
      {"* crashes just after it committed", "{1} 刚提交完就宕机"},
      {"* crashes just after it asked", "{1} 刚发出请求就宕机"},
      {"* crashes just before it is asked", "{1} 在收到请求前一刻宕机"},
      {"* crashes and stays down", "{1} 宕机，再没起来"},
      {"* freezes for * just before it commits", "{1} 在提交前卡住 {2}"},
      {"* freezes for * just after it committed", "{1} 刚提交完就卡住 {2}"},
      {"* freezes for * just after it asked", "{1} 刚发出请求就卡住 {2}"},
      {"* freezes for * just before it asks", "{1} 在发出请求前卡住 {2}"},
      {"* freezes for * just before it is asked", "{1} 在收到请求前卡住 {2}"},
      {"* freezes for *", "{1} 卡住 {2}"},
      {"* is slow for *", "{1} 变慢，持续 {2}"},
      {"* are up again", "{1} 恢复了"},
      {"* is up again", "{1} 恢复了"},
      // Messages.
      {"*'s request is lost", "{1} 的请求丢了"},
      {"*'s answer is lost", "{1} 的应答丢了"},
      {"*'s message is lost", "{1} 的消息丢了"},
      {"*'s request arrives twice", "{1} 的请求到了两次"},
      {"*'s answer arrives twice", "{1} 的应答到了两次"},
      {"*'s message arrives twice", "{1} 的消息到了两次"},
      {"*'s request comes * late", "{1} 的请求迟到 {2}"},
      {"*'s answer comes * late", "{1} 的应答迟到 {2}"},
      {"*'s message comes * late", "{1} 的消息迟到 {2}"},
      {"*'s request breaks off", "{1} 的请求中断了"},
      {"*'s answer breaks off", "{1} 的应答中断了"},
      {"*'s request is damaged on its way", "{1} 的请求在路上损坏了"},
      {"*'s answer is damaged on its way", "{1} 的应答在路上损坏了"},
      {"*'s request is held for *", "{1} 的请求被扣住 {2}"},
      {"*'s answer is held for *", "{1} 的应答被扣住 {2}"},
      // Disks.
      {"*'s disk stalls for *", "{1} 的磁盘停顿 {2}"},
      {"*'s disk fails", "{1} 的磁盘报错"},
      {"*'s disk is full", "{1} 的磁盘满了"},
      {"*'s disk says that it has written, and has not", "{1} 的磁盘说写好了，其实没有"},
  };
}

std::vector<TranslationRow> chinese_times() {
  return {
      {"* h * min", "{1} 小时 {2} 分"},
      {"* min * s", "{1} 分 {2} 秒"},
      {"* min", "{1} 分钟"},
      {"* ms", "{1} 毫秒"},
      {"* s", "{1} 秒"},
      {"* h", "{1} 小时"},
  };
}

}  // namespace ordeal::reports
