// What a test does with the HSM that no client of the service can: its clock and attestations.
import assert from 'node:assert/strict';
import { vaultUrl } from './session.js';

async function send(method, path, body) {
  const response = await fetch(`${vaultUrl}/_localhsm/${path}`, {
    method,
    headers: { 'Localhsm-Lab': '1', 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.equal(response.status, 200, `${method} ${path}: ${text}`);
  return JSON.parse(text);
}

export const DAY = 24 * 60 * 60;

/** The HSM's time in seconds. */
export const now = async () => (await send('GET', 'clock')).now;

/** Moves the HSM's clock; what became due is done afterwards. */
export const advance = (seconds) => send('PUT', 'clock', { advance: seconds });

/** Gives the HSM the real time back. */
export const resume = () => send('PUT', 'clock', { resume: true });

export const attestationIssuer = async () =>
  (await send('GET', 'attestation/.well-known/openid-configuration')).issuer;

/** An attestation with these claims and a key of its own. */
export const attest = (claims) => send('POST', 'attestation/mint', { claims });
