// Three tries were too few: now it tries until everybody has acknowledged.
#include <utility>

#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class StubbornPublisher final : public outbox::Publisher {
 public:
  void publish(env::Tx&, outbox::Relay&, const env::Message& message) override {
    pending_.push_back(message);
  }

  void after_commit(outbox::Relay& relay) override {
    const auto messages = std::exchange(pending_, {});
    for (const env::Message& message : messages) {
      while (!relay.deliver(message)) {
      }
    }
  }

 private:
  std::vector<env::Message> pending_;
};

}  // namespace

std::unique_ptr<outbox::Publisher> make_after_commit_publisher() {
  return std::make_unique<StubbornPublisher>();
}

}  // namespace ordeal::purchase::planted
