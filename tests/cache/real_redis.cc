#include "tests/cache/real_redis.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ordeal::test {

std::unique_ptr<RealRedis> RealRedis::start() {
  for (const char* program : {"/usr/bin/redis-server", "/usr/bin/redis-check-rdb"}) {
    if (access(program, X_OK) != 0) continue;
    std::unique_ptr<RealRedis> redis(new RealRedis);
    redis->spawn(program);
    redis->wait_until_ready();
    redis->connect();
    return redis;
  }
  return nullptr;
}

void RealRedis::spawn(const std::string& program) {
  std::string pattern = (std::filesystem::temp_directory_path() / "ordeal-redis-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory: " + pattern);
  directory_ = pattern;
  const std::string socket = directory_ + "/s";
  std::array<int, 2> pipe_ends{};
  if (pipe(pipe_ends.data()) != 0) throw std::runtime_error("no pipe");
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("no fork");
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(pipe_ends[1], STDOUT_FILENO);
    dup2(pipe_ends[1], STDERR_FILENO);
    close(pipe_ends[0]);
    execl(program.c_str(), "redis-server", "--port", "0", "--unixsocket", socket.c_str(), "--save", "",
          "--appendonly", "no", "--dir", directory_.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  close(pipe_ends[1]);
  log_ = pipe_ends[0];
}

// Reads its log until it says so; a server that dies closes the log.
void RealRedis::wait_until_ready() {
  std::string said;
  std::array<char, 4096> chunk{};
  while (said.find("ready to accept connections") == std::string::npos) {
    const ssize_t got = read(log_, chunk.data(), chunk.size());
    if (got <= 0) throw std::runtime_error("redis-server did not start:\n" + said);
    said.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

void RealRedis::connect() {
  socket_ = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, (directory_ + "/s").c_str(), sizeof(address.sun_path) - 1);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    throw std::runtime_error("cannot connect to redis-server");
}

RealRedis::~RealRedis() {
  if (socket_ >= 0) close(socket_);
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (log_ >= 0) close(log_);
  std::error_code ignored;
  if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
}

env::CacheReply RealRedis::run(const env::CacheWords& words) {
  std::string request = "*" + std::to_string(words.size()) + "\r\n";
  for (const std::string& word : words) request += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
  if (write(socket_, request.data(), request.size()) != static_cast<ssize_t>(request.size()))
    throw std::runtime_error("redis-server is gone");
  return reply();
}

void RealRedis::load(const std::vector<env::CacheScript>& scripts) {
  std::string code = "#!lua name=ordeal\n";
  for (const env::CacheScript& script : scripts) {
    code += "redis.register_function('" + std::string(script.name) + "', function(keys, args)\n" +
            std::string(script.lua) + "\nend)\n";
  }
  const env::CacheReply said = run({"FUNCTION", "LOAD", "REPLACE", code});
  if (said.is_error()) throw std::runtime_error(said.text);
}

void RealRedis::fill() {
  std::array<char, 4096> chunk{};
  const ssize_t got = read(socket_, chunk.data(), chunk.size());
  if (got <= 0) throw std::runtime_error("redis-server is gone");
  buffer_.append(chunk.data(), static_cast<std::size_t>(got));
}

std::string RealRedis::line() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos) fill();
  std::string out = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return out;
}

std::string RealRedis::bytes(std::size_t count) {
  while (buffer_.size() < count + 2) fill();
  std::string out = buffer_.substr(0, count);
  buffer_.erase(0, count + 2);
  return out;
}

env::CacheReply RealRedis::reply() {
  using env::CacheReply;
  const std::string head = line();
  const std::string rest = head.substr(1);
  switch (head[0]) {
    case '+':
      return {CacheReply::Kind::status, 0, rest, {}};
    case '-':
      return CacheReply::fault(rest);
    case ':':
      return CacheReply::number(std::stoll(rest));
    case '$':
      return rest == "-1" ? CacheReply{} : CacheReply::bulk(bytes(std::stoul(rest)));
    case '*': {
      if (rest == "-1") return {};
      std::vector<CacheReply> items;
      for (std::size_t left = std::stoul(rest); left > 0; --left) items.push_back(reply());
      return CacheReply::many(std::move(items));
    }
    default:
      throw std::runtime_error("redis-server said " + head);
  }
}

}  // namespace ordeal::test
