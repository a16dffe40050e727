// RSA and elliptic curve keys, lists and updates.
import assert from 'node:assert/strict';
import { constants, createHash, publicEncrypt } from 'node:crypto';
import { describe, test } from 'node:test';
import { ClientSecretCredential } from '@azure/identity';
import { defaultCredential, managedIdentity, message, refused, session } from '../lib/session.js';
import { publicKey, verified } from '../lib/public-key.js';

const credentials = {
  'a managed identity': managedIdentity,
  'the default credential': defaultCredential,
  'a client secret': () =>
    new ClientSecretCredential(
      process.env.TEST_TENANT,
      process.env.TEST_CLIENT_ID,
      process.env.TEST_CLIENT_SECRET,
      { authorityHost: process.env.TEST_AUTHORITY, disableInstanceDiscovery: true },
    ),
};

const digest = (hash) => createHash(hash).update(message).digest();

describe('An unmodified JavaScript client', () => {
  for (const [name, build] of Object.entries(credentials)) {
    test(`creates a key, signs and verifies with ${name}`, async () => {
      const { keys, cryptography } = session(build());
      const key = await keys.createEcKey(`js-${name.replaceAll(' ', '-')}`, { curve: 'P-256' });
      assert.equal(key.keyType, 'EC-HSM');
      const client = cryptography(key);
      const { result } = await client.sign('ES256', digest('sha256'));
      assert.equal(result.length, 64);
      assert.ok(verified(key.key, 'sha256', result));
      assert.equal((await client.verify('ES256', digest('sha256'), result)).result, true);
    });
  }

  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const algorithms = [
    ['EC', { curve: 'P-256K' }, 'ES256K', 'sha256'],
    ['EC', { curve: 'P-384' }, 'ES384', 'sha384'],
    ['EC', { curve: 'P-521' }, 'ES512', 'sha512'],
    ['RSA', { keySize: 2048 }, 'RS256', 'sha256'],
    ['RSA', { keySize: 3072 }, 'RS512', 'sha512'],
    ['RSA', { keySize: 2048 }, 'PS256', 'sha256', pss],
    ['RSA', { keySize: 2048 }, 'PS384', 'sha384', pss],
  ];
  for (const [kind, options, algorithm, hash, padding] of algorithms) {
    test(`signs ${algorithm}, which node:crypto accepts`, async () => {
      const { keys, remote } = session();
      const key =
        kind === 'RSA'
          ? await keys.createRsaKey(`js-${algorithm}`, options)
          : await keys.createEcKey(`js-${algorithm}`, options);
      const client = remote(key);
      const { result } = await client.sign(algorithm, digest(hash));
      assert.ok(verified(key.key, hash, result, padding));
      assert.equal((await client.verify(algorithm, digest(hash), result)).result, true);
      result[0] ^= 1;
      assert.equal((await client.verify(algorithm, digest(hash), result)).result, false);
    });
  }

  test('lets the HSM open what the public key has encrypted', async () => {
    const { keys, cryptography, remote } = session();
    const key = await keys.createRsaKey('js-decrypt', { keySize: 2048 });
    const own = publicEncrypt({ key: publicKey(key.key), oaepHash: 'sha256' }, message);
    for (const client of [cryptography(key), remote(key)]) {
      for (const algorithm of ['RSA-OAEP', 'RSA-OAEP-256', 'RSA1_5']) {
        const { result } = await client.encrypt({ algorithm, plaintext: message });
        const opened = await client.decrypt({ algorithm, ciphertext: result });
        assert.deepEqual(Buffer.from(opened.result), message);
        const wrapped = await client.wrapKey(algorithm, message);
        const unwrapped = await client.unwrapKey(algorithm, wrapped.result);
        assert.deepEqual(Buffer.from(unwrapped.result), message);
      }
      const opened = await client.decrypt({ algorithm: 'RSA-OAEP-256', ciphertext: own });
      assert.deepEqual(Buffer.from(opened.result), message);
    }
  });

  test('reads keys, versions and lists, and learns of a missing key', async () => {
    const { keys } = session();
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
    await refused(assert, 404, 'KeyNotFound', keys.getKey('never-made'));
  });

  test('updates a key, which then does only what it may', async () => {
    const { keys, remote } = session();
    const made = await keys.createEcKey('js-changing', { tags: { a: '1' } });
    const client = remote(made); // keeps what it knows of the key, so that the HSM has to refuse
    const { result: signature } = await client.sign('ES256', digest('sha256'));
    const changed = await keys.updateKeyProperties('js-changing', made.properties.version, {
      keyOps: ['verify'],
      tags: { b: '2' },
    });
    assert.equal(changed.id, made.id);
    assert.deepEqual(changed.properties.tags, { b: '2' });
    assert.deepEqual(changed.keyOperations, ['verify']);
    await refused(assert, 403, 'Forbidden', client.sign('ES256', digest('sha256')));
    assert.equal((await client.verify('ES256', digest('sha256'), signature)).result, true);

    const off = await keys.updateKeyProperties('js-changing', { enabled: false });
    assert.equal(off.properties.enabled, false);
    await refused(assert, 403, 'Forbidden', client.verify('ES256', digest('sha256'), signature));
  });

  test('gets random bytes', async () => {
    const { keys } = session();
    assert.equal((await keys.getRandomBytes(1)).length, 1);
    const [one, other] = [await keys.getRandomBytes(128), await keys.getRandomBytes(128)];
    assert.equal(one.length, 128);
    assert.notDeepEqual(one, other);
    await refused(assert, 400, 'BadParameter', keys.getRandomBytes(129));
  });
});
