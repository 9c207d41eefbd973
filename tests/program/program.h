// Runs the built program as a user would and catches what it says.
#pragma once

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ordeal::test {

namespace fs = std::filesystem;

inline std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Ran {
  int code = -1;  // 128 + signal if it died of one
  std::string out;
  std::string err;

  nlohmann::json json() const {
    const auto parsed = nlohmann::json::parse(out, nullptr, false);
    EXPECT_FALSE(parsed.is_discarded()) << "standard output is not one JSON object:\n" << out;
    return parsed;
  }
  // Of results.jsonl in the run directory that a hunt named.
  static std::set<std::uint64_t> finished_seeds(const fs::path& results) {
    std::set<std::uint64_t> seeds;
    std::ifstream in(results);
    for (std::string line; std::getline(in, line);) {
      const auto json = nlohmann::json::parse(line, nullptr, false);
      if (!json.is_discarded()) seeds.insert(json.at("seed").get<std::uint64_t>());
    }
    return seeds;
  }
};

// A directory of its own for each test; the program is given `out()` as its place for runs.
class Program : public testing::Test {
 protected:
  Program()
      : root_(fs::path(testing::TempDir()) /
              ("ordeal-program-" + std::to_string(::getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~Program() override { fs::remove_all(root_); }

  std::string out() const { return (root_ / "runs").string(); }

  // Starts it; `finish` waits for its end. Its words go to files, so that no pipe can fill up.
  pid_t start(std::vector<std::string> arguments, const std::string& program = ORDEAL_PROGRAM) {
    arguments.insert(arguments.begin(), program);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC;
    const fs::path typed = root_ / "stdin";
    const char* input = fs::exists(typed) ? typed.c_str() : "/dev/null";
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, (root_ / "stdout").c_str(), kFlags, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, (root_ / "stderr").c_str(), kFlags, 0600);
    pid_t process = -1;
    const int error = posix_spawnp(&process, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    EXPECT_EQ(error, 0) << "cannot start " << program;
    return process;
  }

  Ran finish(pid_t process) {
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    Ran ran;
    ran.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    ran.out = slurp(root_ / "stdout");
    ran.err = slurp(root_ / "stderr");
    return ran;
  }

  Ran run(std::vector<std::string> arguments) { return finish(start(std::move(arguments))); }
  // With somebody who types.
  Ran run(std::vector<std::string> arguments, const std::string& typed) {
    std::ofstream(root_ / "stdin") << typed;
    const Ran ran = run(std::move(arguments));
    fs::remove(root_ / "stdin");
    return ran;
  }

  // The only run directory in out().
  fs::path run_directory() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(out())) {
      if (!entry.is_symlink()) found.push_back(entry.path());
    }
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? fs::path() : found.front();
  }

  fs::path root_;
};

}  // namespace ordeal::test
