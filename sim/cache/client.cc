#include "sim/cache/client.h"

#include <memory>
#include <utility>

#include "sim/cache/commands.h"
#include "sim/process.h"

namespace ordeal::sim::cache {

void Client::connect(Process& process, std::string_view service, Duration deadline) {
  process.connect(process.make<Client>(process.env().rpc, std::string(service), deadline));
}

env::Cache::Answer<env::CacheReply> Client::run(env::CacheWords words) {
  const Command* command = words.empty() ? nullptr : find_command(words[0]);
  const std::string_view method = command == nullptr ? "other" : command->name;
  const auto answer = rpc_.call<cache::Answer>(service_, method, Request{std::move(words)}, deadline_);
  if (!answer) {
    return Err{env::may_have_happened(answer.error()) ? env::CacheError::timeout
                                                      : env::CacheError::unreachable};
  }
  const env::CacheReply& reply = answer->reply;
  if (!reply.is_error()) return reply;
  return Err{reply.text.starts_with("OOM") ? env::CacheError::out_of_memory : env::CacheError::rejected};
}

}  // namespace ordeal::sim::cache
