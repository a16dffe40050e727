// Signatures are checked by node:crypto with nothing but the public key that a client was given.
import { createPublicKey, verify } from 'node:crypto';
import { base64url, message } from './session.js';

export function publicKey(key) {
  const { n, e, x, y, crv } = key;
  const jwk = n
    ? { kty: 'RSA', n: base64url(n), e: base64url(e) }
    : { kty: 'EC', crv: crv === 'P-256K' ? 'secp256k1' : crv, x: base64url(x), y: base64url(y) };
  return createPublicKey({ key: jwk, format: 'jwk' });
}

/** node:crypto hashes by itself, so it checks the signature over the message, not over the digest. */
export function verified(key, hash, signature, more = {}) {
  return verify(hash, message, { key: publicKey(key), dsaEncoding: 'ieee-p1363', ...more }, signature);
}
