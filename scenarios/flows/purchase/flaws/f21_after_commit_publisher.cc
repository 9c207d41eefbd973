// F-21: `commit(); publish();` with three tries and no outbox. A process that dies in between, or three tries
// in a row that fail, lose the event for ever: the order is PAID and nobody else learns it (I-51).
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

constexpr int kTries = 3;

class AfterCommitPublisher final : public outbox::Publisher {
 public:
  void publish(env::Tx&, outbox::Relay&, const env::Message& message) override {
    pending_.push_back(message);
  }

  void after_commit(outbox::Relay& relay) override {
    const auto messages = std::exchange(pending_, {});
    for (const env::Message& message : messages) {
      for (int i = 0; i < kTries && !relay.deliver(message); ++i) {
      }
    }
  }

 private:
  std::vector<env::Message> pending_;
};

}  // namespace

std::unique_ptr<outbox::Publisher> make_after_commit_publisher() {
  return std::make_unique<AfterCommitPublisher>();
}

}  // namespace ordeal::purchase::planted
