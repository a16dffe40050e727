// What time and operators do to a key: states, deletion, backup, rotation. The HSM's clock is moved, so files run one by one.
import assert from 'node:assert/strict';
import { createHash, publicEncrypt } from 'node:crypto';
import { afterEach, describe, test } from 'node:test';
import { message, refused, session, vaultUrl } from '../lib/session.js';
import { publicKey, verified } from '../lib/public-key.js';
import { DAY, advance, now, resume } from '../lib/lab.js';

const digest = createHash('sha256').update(message).digest();
const intervalInMs = 20;

describe('A key', () => {
  afterEach(resume);

  async function deleted(keys, name) {
    await (await keys.beginDeleteKey(name, { intervalInMs })).pollUntilDone();
    return keys.getDeletedKey(name);
  }

  async function signsWith(remote, key, algorithm = 'ES256') {
    const { result } = await remote(key).sign(algorithm, digest);
    assert.ok(verified(key.key, 'sha256', result));
  }

  test('that was deleted comes back as it was', async () => {
    const { keys, remote } = session();
    const key = await keys.createEcKey('js-lost');
    const lost = await deleted(keys, 'js-lost');
    assert.equal(lost.properties.recoveryId, `${vaultUrl}/deletedkeys/js-lost`);
    assert.equal(
      lost.properties.scheduledPurgeDate - lost.properties.deletedOn,
      lost.properties.recoverableDays * DAY * 1000,
    );
    await refused(assert, 404, 'KeyNotFound', keys.getKey('js-lost'));
    await refused(assert, 409, 'Conflict', keys.createEcKey('js-lost'));
    const names = [];
    for await (const one of keys.listDeletedKeys()) {
      names.push(one.name);
    }
    assert.ok(names.includes('js-lost'));

    const poller = await keys.beginRecoverDeletedKey('js-lost', { intervalInMs });
    await poller.pollUntilDone();
    assert.equal((await keys.getKey('js-lost')).id, key.id);
    await signsWith(remote, key);
  });

  test('that was purged comes back from its backup only', async () => {
    const { keys, remote } = session();
    const first = await keys.createEcKey('js-kept');
    const second = await keys.createEcKey('js-kept');
    const blob = await keys.backupKey('js-kept');
    await refused(assert, 409, 'Conflict', keys.restoreKeyBackup(blob));
    await deleted(keys, 'js-kept');
    await keys.purgeDeletedKey('js-kept');
    await refused(assert, 404, 'KeyNotFound', keys.getDeletedKey('js-kept'));

    const restored = await keys.restoreKeyBackup(blob);
    assert.equal(restored.id, second.id);
    await signsWith(remote, first);
    await signsWith(remote, second);
    const damaged = Buffer.from(blob);
    damaged[damaged.length - 1] ^= 1;
    await refused(assert, 400, 'MalformedBackupBlob', keys.restoreKeyBackup(damaged));
  });

  test('is rotated on demand and when it is due', async () => {
    const { keys, remote } = session();
    const first = await keys.createEcKey('js-turning');
    assert.deepEqual((await keys.getKeyRotationPolicy('js-turning')).lifetimeActions, []);
    await refused(assert, 400, 'BadParameter', keys.rotateKey('js-turning'));
    const policy = await keys.updateKeyRotationPolicy('js-turning', {
      expiresIn: 'P90D',
      lifetimeActions: [{ action: 'Rotate', timeAfterCreate: 'P30D' }],
    });
    assert.equal(policy.expiresIn, 'P90D');
    assert.equal(policy.lifetimeActions[0].timeAfterCreate, 'P30D');
    const second = await keys.rotateKey('js-turning');
    assert.notEqual(second.id, first.id);
    assert.equal(second.properties.expiresOn - second.properties.createdOn, 90 * DAY * 1000);
    await advance(30 * DAY + 60);
    const third = await keys.getKey('js-turning');
    assert.notEqual(third.id, second.id);
    for (const version of [first, second, third]) {
      await signsWith(remote, version);
    }
  });

  test('signs until it expires, and always opens what it has sealed', async () => {
    const { keys, remote } = session();
    const expiresOn = new Date((await now() + 2 * DAY) * 1000);
    const key = await keys.createRsaKey('js-mortal', { expiresOn });
    const ciphertext = publicEncrypt({ key: publicKey(key.key), oaepHash: 'sha256' }, message);
    await advance(DAY);
    await signsWith(remote, key, 'RS256');
    await advance(DAY);
    // the client's own clock has not moved, so that the HSM has to refuse
    await refused(assert, 403, 'Forbidden', remote(key).sign('RS256', digest));
    const { result } = await remote(key).decrypt({ algorithm: 'RSA-OAEP-256', ciphertext });
    assert.deepEqual(Buffer.from(result), message);
  });

  test('is purged when the time of retention ends', async () => {
    const { keys } = session();
    await keys.createEcKey('js-forgotten');
    const { properties } = await deleted(keys, 'js-forgotten');
    await advance(properties.recoverableDays * DAY + 60);
    await refused(assert, 404, 'KeyNotFound', keys.getDeletedKey('js-forgotten'));
  });
});
