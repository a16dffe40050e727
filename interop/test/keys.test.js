// The official JavaScript clients, with nothing but the environment that `localhsm env` prints.
import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { test, describe } from 'node:test';
import { ClientSecretCredential, DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys';

const vaultUrl = process.env.LOCALHSM_URL;
const message = Buffer.from('a message to sign');

const credentials = {
  'a managed identity': () => new ManagedIdentityCredential(),
  'the default credential': () => new DefaultAzureCredential(),
  'a client secret': () =>
    new ClientSecretCredential(
      process.env.TEST_TENANT,
      process.env.TEST_CLIENT_ID,
      process.env.TEST_CLIENT_SECRET,
      { authorityHost: process.env.TEST_AUTHORITY, disableInstanceDiscovery: true },
    ),
};

const base64url = (bytes) => Buffer.from(bytes).toString('base64url');

function publicKey(key) {
  const { n, e, x, y, crv } = key;
  const jwk = n
    ? { kty: 'RSA', n: base64url(n), e: base64url(e) }
    : { kty: 'EC', crv: crv === 'P-256K' ? 'secp256k1' : crv, x: base64url(x), y: base64url(y) };
  return createPublicKey({ key: jwk, format: 'jwk' });
}

/** node:crypto hashes by itself, so it checks the signature over the message, not over the digest. */
function verified(key, hash, signature) {
  return verify(hash, message, { key: publicKey(key), dsaEncoding: 'ieee-p1363' }, signature);
}

describe('An unmodified JavaScript client', () => {
  for (const [name, build] of Object.entries(credentials)) {
    test(`creates a key, signs and verifies with ${name}`, async () => {
      const credential = build();
      const keys = new KeyClient(vaultUrl, credential);
      const key = await keys.createEcKey(`js-${name.replaceAll(' ', '-')}`, { curve: 'P-256' });
      assert.equal(key.keyType, 'EC-HSM');
      const client = new CryptographyClient(key, credential);
      const digest = createHash('sha256').update(message).digest();
      const { result } = await client.sign('ES256', digest);
      assert.equal(result.length, 64);
      assert.ok(verified(key.key, 'sha256', result));
      assert.equal((await client.verify('ES256', digest, result)).result, true);
    });
  }

  const algorithms = [
    ['EC', { curve: 'P-256K' }, 'ES256K', 'sha256'],
    ['EC', { curve: 'P-384' }, 'ES384', 'sha384'],
    ['EC', { curve: 'P-521' }, 'ES512', 'sha512'],
    ['RSA', { keySize: 2048 }, 'RS256', 'sha256'],
    ['RSA', { keySize: 3072 }, 'RS512', 'sha512'],
  ];
  for (const [kind, options, algorithm, hash] of algorithms) {
    test(`signs ${algorithm}, which node:crypto accepts`, async () => {
      const credential = new ManagedIdentityCredential();
      const keys = new KeyClient(vaultUrl, credential);
      const key =
        kind === 'RSA'
          ? await keys.createRsaKey(`js-${algorithm}`, options)
          : await keys.createEcKey(`js-${algorithm}`, options);
      const client = new CryptographyClient(key.id, credential);
      const { result } = await client.sign(algorithm, createHash(hash).update(message).digest());
      assert.ok(verified(key.key, hash, result));
    });
  }

  test('encrypts with the public key and lets the HSM decrypt', async () => {
    const credential = new ManagedIdentityCredential();
    const keys = new KeyClient(vaultUrl, credential);
    const key = await keys.createRsaKey('js-decrypt', { keySize: 2048 });
    const client = new CryptographyClient(key, credential);
    const { result } = await client.encrypt({ algorithm: 'RSA-OAEP-256', plaintext: message });
    const opened = await client.decrypt({ algorithm: 'RSA-OAEP-256', ciphertext: result });
    assert.deepEqual(Buffer.from(opened.result), message);
  });

  test('reads keys, versions and lists, and learns of a missing key', async () => {
    const keys = new KeyClient(vaultUrl, new ManagedIdentityCredential());
    const first = await keys.createEcKey('js-twice');
    const second = await keys.createEcKey('js-twice');
    assert.equal((await keys.getKey('js-twice')).id, second.id);
    const versions = [];
    for await (const properties of keys.listPropertiesOfKeyVersions('js-twice')) {
      versions.push(properties.id);
    }
    assert.deepEqual(versions, [first.id, second.id]);
    for (let i = 0; i < 26; i++) {
      await keys.createEcKey(`js-many-${i}`);
    }
    const names = new Set();
    for await (const properties of keys.listPropertiesOfKeys()) {
      assert.ok(!names.has(properties.name), properties.name);
      names.add(properties.name);
    }
    assert.ok(names.has('js-many-0') && names.has('js-many-25'));
    await assert.rejects(keys.getKey('never-made'), (error) => {
      assert.equal(error.statusCode, 404);
      assert.equal(error.code, 'KeyNotFound');
      return true;
    });
  });
});
