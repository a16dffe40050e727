// Secure key release and attestation, opened and checked by node:crypto.
import assert from 'node:assert/strict';
import { X509Certificate, createDecipheriv, createPrivateKey, generateKeyPairSync, privateDecrypt, verify } from 'node:crypto';
import { describe, test } from 'node:test';
import { bytes, refused, session } from '../lib/session.js';
import { attest, attestationIssuer } from '../lib/lab.js';

const claims = { 'sdk-test': true };
const hashes = { CKM_RSA_AES_KEY_WRAP: 'sha1', RSA_AES_KEY_WRAP_256: 'sha256', RSA_AES_KEY_WRAP_384: 'sha384' };
const json = (part) => JSON.parse(bytes(part).toString());

async function policy() {
  const authority = await attestationIssuer();
  const rules = { version: '1.0.0', anyOf: [{ authority, allOf: [{ claim: 'sdk-test', equals: true }] }] };
  return { encodedPolicy: Buffer.from(JSON.stringify(rules)) };
}

/** The payload of a release, whose signature the first certificate in its header has made. */
function opened(jws) {
  const [head, payload, signature] = jws.split('.');
  const { alg, x5c } = json(head);
  assert.equal(alg, 'RS256');
  const { publicKey } = new X509Certificate(Buffer.from(x5c[0], 'base64'));
  assert.ok(verify('sha256', Buffer.from(`${head}.${payload}`), publicKey, bytes(signature)));
  return json(payload);
}

/** The plain key: RSA-OAEP opens an AES key, RFC 5649 under that the rest. */
function plain(sealed, privateKey) {
  const key = createPrivateKey({ key: privateKey, format: 'jwk' });
  const ciphertext = bytes(sealed.ciphertext);
  const modulus = bytes(privateKey.n).length;
  const aes = privateDecrypt({ key, oaepHash: hashes[sealed.header.enc] }, ciphertext.subarray(0, modulus));
  const decipher = createDecipheriv(`id-aes${8 * aes.length}-wrap-pad`, aes, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([decipher.update(ciphertext.subarray(modulus)), decipher.final()]);
}

describe('An exportable key', () => {
  for (const algorithm of Object.keys(hashes)) {
    test(`leaves the HSM under ${algorithm} as it came`, async () => {
      const { keys } = session();
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { crv, x, y, d } = pair.privateKey.export({ format: 'jwk' });
      const name = `js-release-${algorithm.replaceAll('_', '-')}`;
      const key = await keys.importKey(
        name,
        { kty: 'EC', crv, x: bytes(x), y: bytes(y), d: bytes(d) },
        { exportable: true, releasePolicy: await policy() },
      );
      assert.equal(key.properties.exportable, true);
      const { token, privateKey } = await attest(claims);
      const { value } = await keys.releaseKey(name, token, { algorithm, nonce: 'once' });
      const { request, response } = opened(value);
      assert.equal(request.nonce, 'once');
      assert.equal(response.key.key.kid, key.id);
      const sealed = json(response.key.key.key_hsm);
      assert.equal(sealed.header.enc, algorithm);
      const released = createPrivateKey({ key: plain(sealed, privateKey), format: 'der', type: 'pkcs8' });
      assert.ok(released.equals(pair.privateKey));
    });
  }

  test('stays when the attestation does not say what the policy asks', async () => {
    const { keys } = session();
    await keys.createRsaKey('js-release-made', { exportable: true, hsm: true, releasePolicy: await policy() });
    const { token } = await attest({ 'sdk-test': false });
    await refused(assert, 403, 'Forbidden', keys.releaseKey('js-release-made', token));
    await refused(assert, 400, 'BadParameter', keys.createRsaKey('js-release-odd', { exportable: true }));
  });
});

describe('Every key', () => {
  test('is attested by the HSM', async () => {
    const { keys } = session();
    const made = [
      await keys.createRsaKey('js-attested-rsa'),
      await keys.createEcKey('js-attested-ec'),
      await keys.createOctKey('js-attested-oct'),
    ];
    for (const key of made) {
      const { attestation } = (await keys.getKeyAttestation(key.name)).properties;
      const { publicKey } = new X509Certificate(Buffer.from(attestation.certificatePemFile));
      const statement = Buffer.from(attestation.privateKeyAttestation);
      const text = statement.subarray(0, -256);
      assert.ok(verify('sha256', text, publicKey, statement.subarray(-256)));
      assert.equal(JSON.parse(text.toString()).kid, key.id);
      assert.equal(attestation.publicKeyAttestation === undefined, key.keyType === 'oct-HSM');
      assert.ok(!attestation.version.startsWith('MRVL'));
    }
  });
});
