// A real redis-server for one test program: started on a unix socket in a directory of its own, without a port, a configuration or
// anything on disk; killed when this object goes. The binary comes with the Debian package redis-tools (as redis-check-rdb: one
// program that looks at the name it was started by), so that no system service is ever installed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

#include "core/env/cache.h"

namespace ordeal::test {

class RealRedis {
 public:
  // Null when there is no such program on this machine.
  static std::unique_ptr<RealRedis> start();
  ~RealRedis();
  RealRedis(const RealRedis&) = delete;
  RealRedis& operator=(const RealRedis&) = delete;

  env::CacheReply run(const env::CacheWords& words);
  // Makes these scripts callable by FCALL.
  void load(const std::vector<env::CacheScript>& scripts);

 private:
  RealRedis() = default;
  void spawn(const std::string& program);
  void wait_until_ready();
  void connect();
  std::string line();
  std::string bytes(std::size_t count);
  void fill();
  env::CacheReply reply();

  std::string directory_;
  pid_t pid_ = -1;
  int log_ = -1;
  int socket_ = -1;
  std::string buffer_;
};

}  // namespace ordeal::test
