#include "core/channel/signer.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>

#include "core/base/check.h"

namespace ordeal::channel {
namespace {

struct Free {
  void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(const unsigned char* data, std::size_t size) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * size);
  for (std::size_t i = 0; i < size; ++i) {
    text += kDigits[data[i] >> 4];
    text += kDigits[data[i] & 15];
  }
  return text;
}

class Hmac : public Signer {
 public:
  explicit Hmac(std::string_view key) {
    const Owned<EVP_MAC> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    ORDEAL_CHECK(mac != nullptr);
    context_.reset(EVP_MAC_CTX_new(mac.get()));
    char digest[] = "SHA256";
    const std::array<OSSL_PARAM, 2> params{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                           OSSL_PARAM_construct_end()};
    ORDEAL_CHECK(EVP_MAC_init(context_.get(), bytes(key), key.size(), params.data()) == 1);
  }

  std::string sign(std::string_view text) const override {
    for (const Signed& one : recent_) {
      if (one.text == text && !one.signature.empty()) return one.signature;
    }
    Signed& oldest = recent_[next_++ % recent_.size()];
    oldest.text = text;
    oldest.signature = compute(text);
    return oldest.signature;
  }
  // Time attacks are outside the model, so a plain comparison does.
  bool verify(std::string_view text, std::string_view signature) const override {
    return sign(text) == signature;
  }

 private:
  struct Signed {
    std::string text;
    std::string signature;
  };

  std::string compute(std::string_view text) const {
    std::array<unsigned char, 32> out{};
    std::size_t size = 0;
    // A context that is set up again without a key keeps its own: no fetch and no key schedule for each text.
    ORDEAL_CHECK(EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1 &&
                 EVP_MAC_update(context_.get(), bytes(text), text.size()) == 1 &&
                 EVP_MAC_final(context_.get(), out.data(), &size, out.size()) == 1);
    return hex(out.data(), size);
  }

  Owned<EVP_MAC_CTX> context_;
  // What one end signs the other verifies a moment later: that need not be computed twice.
  mutable std::array<Signed, 16> recent_;
  mutable std::size_t next_ = 0;
};

std::string base64(const std::vector<unsigned char>& data) {
  std::string text(4 * ((data.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), data.data(),
                                   static_cast<int>(data.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::vector<unsigned char>> from_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return std::nullopt;
  std::vector<unsigned char> data(3 * text.size() / 4);
  if (EVP_DecodeBlock(data.data(), bytes(text), static_cast<int>(text.size())) < 0) return std::nullopt;
  for (std::size_t i = text.size(); i > text.size() - 2 && text[i - 1] == '='; --i) data.pop_back();
  return data;
}

class Rsa2 : public Signer {
 public:
  Rsa2(Owned<EVP_PKEY> private_key, Owned<EVP_PKEY> public_key)
      : private_(std::move(private_key)), public_(std::move(public_key)) {}

  std::string sign(std::string_view text) const override {
    ORDEAL_CHECK(private_ != nullptr, "no private key");
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    std::size_t size = 0;
    ORDEAL_CHECK(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, private_.get()) == 1 &&
                 EVP_DigestSign(context.get(), nullptr, &size, bytes(text), text.size()) == 1);
    std::vector<unsigned char> out(size);
    ORDEAL_CHECK(EVP_DigestSign(context.get(), out.data(), &size, bytes(text), text.size()) == 1);
    out.resize(size);
    return base64(out);
  }
  bool verify(std::string_view text, std::string_view signature) const override {
    const auto raw = from_base64(signature);
    if (!raw || public_ == nullptr) return false;
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, public_.get()) == 1 &&
           EVP_DigestVerify(context.get(), raw->data(), raw->size(), bytes(text), text.size()) == 1;
  }

 private:
  Owned<EVP_PKEY> private_;
  Owned<EVP_PKEY> public_;
};

}  // namespace

std::shared_ptr<const Signer> make_hmac_signer(std::string_view key) { return std::make_shared<Hmac>(key); }

std::shared_ptr<const Signer> make_rsa2_signer(std::string_view private_pem, std::string_view public_pem) {
  const auto read = [](std::string_view pem, auto* reader) {
    const Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return Owned<EVP_PKEY>(reader(bio.get(), nullptr, nullptr, nullptr));
  };
  Owned<EVP_PKEY> private_key;
  Owned<EVP_PKEY> public_key;
  if (!private_pem.empty() && (private_key = read(private_pem, PEM_read_bio_PrivateKey)) == nullptr)
    return nullptr;
  if (!public_pem.empty() && (public_key = read(public_pem, PEM_read_bio_PUBKEY)) == nullptr) return nullptr;
  const auto is_rsa = [](const Owned<EVP_PKEY>& key) {
    return key == nullptr || EVP_PKEY_is_a(key.get(), "RSA") == 1;
  };
  if (!is_rsa(private_key) || !is_rsa(public_key)) return nullptr;
  return std::make_shared<Rsa2>(std::move(private_key), std::move(public_key));
}

}  // namespace ordeal::channel
