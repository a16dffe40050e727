// Symmetric keys: what the HSM does with a known key, node:crypto does too.
import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { refused, session } from '../lib/session.js';

const text = Buffer.from('twenty bytes of text');
const aad = Buffer.from('and some beside it');
const iv = Buffer.alloc(16, 7);

function cbc(bits, key, padded, plaintext) {
  const cipher = createCipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(padded);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]);
}

/** RFC 3394, or RFC 5649 with padding. */
function wrap(bits, key, padded, target) {
  const cipher = padded
    ? createCipheriv(`id-aes${bits}-wrap-pad`, key, Buffer.from('a65959a6', 'hex'))
    : createCipheriv(`id-aes${bits}-wrap`, key, Buffer.alloc(8, 0xa6));
  return Buffer.concat([cipher.update(target), cipher.final()]);
}

describe('A symmetric key', () => {
  for (const bits of [128, 192, 256]) {
    const raw = randomBytes(bits / 8);
    const imported = async () => {
      const { keys, remote } = session();
      const keyOps = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'sign', 'verify'];
      const key = await keys.importKey(`js-oct-${bits}`, { kty: 'oct', k: raw, keyOps });
      assert.equal(key.keyType, 'oct-HSM');
      assert.equal(key.key.k, undefined);
      return remote(key);
    };

    test(`of ${bits} bits encrypts and decrypts as node:crypto does`, async () => {
      const client = await imported();
      const algorithm = `A${bits}GCM`;
      const sealed = await client.encrypt({ algorithm, plaintext: text, additionalAuthenticatedData: aad });
      const decipher = createDecipheriv(`aes-${bits}-gcm`, raw, sealed.iv);
      decipher.setAAD(aad).setAuthTag(sealed.authenticationTag);
      assert.deepEqual(Buffer.concat([decipher.update(sealed.result), decipher.final()]), text);

      const cipher = createCipheriv(`aes-${bits}-gcm`, raw, iv.subarray(4)).setAAD(aad);
      const ciphertext = Buffer.concat([cipher.update(text), cipher.final()]);
      const own = {
        algorithm,
        ciphertext,
        iv: iv.subarray(4),
        authenticationTag: cipher.getAuthTag(),
        additionalAuthenticatedData: aad,
      };
      assert.deepEqual(Buffer.from((await client.decrypt(own)).result), text);
      const other = { ...own, additionalAuthenticatedData: Buffer.from('other') };
      await refused(assert, 400, 'BadParameter', client.decrypt(other));
    });

    test(`of ${bits} bits does CBC with and without padding`, async () => {
      const client = await imported();
      const padded = await client.encrypt({ algorithm: `A${bits}CBCPAD`, plaintext: text, iv });
      assert.deepEqual(Buffer.from(padded.result), cbc(bits, raw, true, text));
      const opened = await client.decrypt({ algorithm: `A${bits}CBCPAD`, ciphertext: padded.result, iv });
      assert.deepEqual(Buffer.from(opened.result), text);

      const filled = Buffer.concat([text, Buffer.alloc(12)]);
      const plain = await client.encrypt({ algorithm: `A${bits}CBC`, plaintext: text, iv });
      assert.deepEqual(Buffer.from(plain.result), cbc(bits, raw, false, filled));
      const whole = await client.decrypt({ algorithm: `A${bits}CBC`, ciphertext: plain.result, iv });
      assert.deepEqual(Buffer.from(whole.result), filled);
    });

    test(`of ${bits} bits wraps and unwraps keys`, async () => {
      const client = await imported();
      for (const [algorithm, padded, target] of [
        [`A${bits}KW`, false, Buffer.alloc(32, 1)],
        ['CKM_AES_KEY_WRAP', false, Buffer.alloc(24, 2)],
        ['CKM_AES_KEY_WRAP_PAD', true, text],
      ]) {
        const { result } = await client.wrapKey(algorithm, target);
        assert.deepEqual(Buffer.from(result), wrap(bits, raw, padded, target), algorithm);
        assert.deepEqual(Buffer.from((await client.unwrapKey(algorithm, result)).result), target);
      }
    });

    test(`of ${bits} bits makes message authentication codes`, async () => {
      const client = await imported();
      for (const size of [256, 384, 512]) {
        const digest = Buffer.alloc(size / 8, size % 251);
        const { result } = await client.sign(`HS${size}`, digest);
        assert.deepEqual(Buffer.from(result), createHmac(`sha${size}`, raw).update(digest).digest());
        assert.equal((await client.verify(`HS${size}`, digest, result)).result, true);
        result[0] ^= 1;
        assert.equal((await client.verify(`HS${size}`, digest, result)).result, false);
      }
    });
  }

  test('that the HSM made opens what it sealed', async () => {
    const { keys, remote } = session();
    const key = await keys.createOctKey('js-oct-made', { keySize: 256, hsm: true });
    assert.equal(key.keyType, 'oct-HSM');
    assert.ok(key.keyOperations.includes('deriveKey'));
    const sealed = await remote(key).encrypt({ algorithm: 'A256GCM', plaintext: text });
    const opened = await remote(key).decrypt({
      algorithm: 'A256GCM',
      ciphertext: sealed.result,
      iv: sealed.iv,
      authenticationTag: sealed.authenticationTag,
    });
    assert.deepEqual(Buffer.from(opened.result), text);
    await refused(assert, 400, 'BadParameter', keys.createOctKey('js-oct-odd', { keySize: 64 }));
  });
});
