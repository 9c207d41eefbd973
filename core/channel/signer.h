// Signer: makes and checks the signature over a message's canonical text. Both kinds are deterministic: the
// same key and text give the same signature. A text that does not verify must have no effect (I-33).
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace ordeal::channel {

class Signer {
 public:
  virtual ~Signer() = default;
  virtual std::string sign(std::string_view text) const = 0;
  virtual bool verify(std::string_view text, std::string_view signature) const = 0;
};

// HMAC-SHA256 with a shared key, in lower-case hex. Cheap: the default of simulations.
std::shared_ptr<const Signer> make_hmac_signer(std::string_view key);

// RSA2: SHA256withRSA, PKCS#1 v1.5, base64, as Alipay signs. The PEM texts may be empty: without a private
// key sign() is a programmer error, without a public key nothing verifies. Null when a PEM text is not an RSA key.
std::shared_ptr<const Signer> make_rsa2_signer(std::string_view private_pem, std::string_view public_pem);

}  // namespace ordeal::channel
