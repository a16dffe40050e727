// Keys that were made by node:crypto.
import assert from 'node:assert/strict';
import { constants, createHash, generateKeyPairSync, privateDecrypt, publicEncrypt, createCipheriv, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { base64url, bytes, message, refused, session } from '../lib/session.js';
import { publicKey, verified } from '../lib/public-key.js';

const curves = { 'P-256': 'ES256', 'P-256K': 'ES256K', 'P-384': 'ES384', 'P-521': 'ES512' };

/** The members of a JWK as the client wants them. */
function jwk(privateKey) {
  const { kty, crv, ...numbers } = privateKey.export({ format: 'jwk' });
  const key = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, bytes(value)]));
  return { kty, ...(crv && { crv: crv === 'secp256k1' ? 'P-256K' : crv }), ...key };
}

/** PKCS #11's CKM_RSA_AES_KEY_WRAP in the transfer file of the service's documentation. */
function transfer(exchange, target) {
  const aes = randomBytes(32);
  const sealed = publicEncrypt(
    { key: publicKey(exchange.key), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    aes,
  );
  const cipher = createCipheriv('id-aes256-wrap-pad', aes, Buffer.from('a65959a6', 'hex'));
  const file = {
    schema_version: '1.0.0',
    header: { kid: exchange.id, alg: 'dir', enc: 'CKM_RSA_AES_KEY_WRAP' },
    ciphertext: base64url(Buffer.concat([sealed, cipher.update(target), cipher.final()])),
    generator: 'a test',
  };
  return Buffer.from(JSON.stringify(file));
}

describe('A key made elsewhere', () => {
  test('of RSA does in the HSM what its owner can do', async () => {
    const { keys, remote } = session();
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = await keys.importKey('js-imported-rsa', jwk(pair.privateKey));
    assert.equal(key.keyType, 'RSA-HSM');
    assert.equal(key.key.d, undefined);
    assert.ok(publicKey(key.key).equals(pair.publicKey));
    const client = remote(key);
    const { result } = await client.sign('RS256', createHash('sha256').update(message).digest());
    assert.ok(verified(jwk(pair.privateKey), 'sha256', result));
    const { result: sealed } = await client.encrypt({ algorithm: 'RSA-OAEP-256', plaintext: message });
    assert.deepEqual(privateDecrypt({ key: pair.privateKey, oaepHash: 'sha256' }, sealed), message);
    const { result: wrapped } = await client.wrapKey('RSA-OAEP', message);
    assert.deepEqual(privateDecrypt({ key: pair.privateKey, oaepHash: 'sha1' }, wrapped), message);
  });

  for (const [curve, algorithm] of Object.entries(curves)) {
    test(`on ${curve} signs in the HSM`, async () => {
      const { keys, remote } = session();
      const namedCurve = curve === 'P-256K' ? 'secp256k1' : curve;
      const pair = generateKeyPairSync('ec', { namedCurve });
      const key = await keys.importKey(`js-imported-${curve}`, jwk(pair.privateKey));
      assert.equal(key.keyType, 'EC-HSM');
      assert.ok(publicKey(key.key).equals(pair.publicKey));
      const hash = { ES384: 'sha384', ES512: 'sha512' }[algorithm] ?? 'sha256';
      const { result } = await remote(key).sign(algorithm, createHash(hash).update(message).digest());
      assert.ok(verified(jwk(pair.privateKey), hash, result));
    });
  }

  test('comes encrypted for an exchange key', async () => {
    const { keys, remote } = session();
    const exchange = await keys.createRsaKey('js-exchange', { keySize: 3072, hsm: true, keyOps: ['import'] });
    assert.deepEqual(exchange.keyOperations, ['import']);
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pkcs8 = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
    const key = await keys.importKey('js-byok', { kty: 'EC-HSM', crv: 'P-256', t: transfer(exchange, pkcs8) });
    assert.ok(publicKey(key.key).equals(pair.publicKey));
    const { result } = await remote(key).sign('ES256', createHash('sha256').update(message).digest());
    assert.ok(verified(jwk(pair.privateKey), 'sha256', result));

    const garbage = transfer(exchange, randomBytes(64));
    await refused(assert, 400, 'BadParameter', keys.importKey('js-byok-bad', { kty: 'EC-HSM', crv: 'P-256', t: garbage }));
  });

  test('is refused when its parts do not belong together', async () => {
    const { keys } = session();
    const key = jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    const other = jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    await refused(assert, 400, 'BadParameter', keys.importKey('js-odd', { ...key, x: other.x, y: other.y }));
    await refused(assert, 404, 'KeyNotFound', keys.getKey('js-odd'));
  });
});
