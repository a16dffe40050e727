// The official clients in the environment that `localhsm env` prints; every answer is written down when a file is named.
import { appendFileSync } from 'node:fs';
import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys';

export const vaultUrl = process.env.LOCALHSM_URL;
export const message = Buffer.from('a message to sign');
export const base64url = (bytes) => Buffer.from(bytes).toString('base64url');
export const bytes = (text) => Buffer.from(text, 'base64url');

/** Writes each answer as one line of JSON, for the check against the schemas. */
const record = {
  name: 'recordAnswers',
  async sendRequest(request, next) {
    const response = await next(request);
    appendFileSync(
      process.env.RECORD_ANSWERS,
      `${JSON.stringify({
        method: request.method,
        url: request.url,
        status: response.status,
        headers: response.headers.toJSON(),
        body: response.bodyAsText ?? '',
      })}\n`,
    );
    return response;
  },
};

const options = process.env.RECORD_ANSWERS
  ? { additionalPolicies: [{ policy: record, position: 'perRetry' }] }
  : {};

export const defaultCredential = () => new DefaultAzureCredential();
export const managedIdentity = () => new ManagedIdentityCredential();

export function session(credential = managedIdentity()) {
  const keys = new KeyClient(vaultUrl, credential, options);
  return {
    keys,
    /** Leaves to the HSM what it cannot do with the public key. */
    cryptography: (key) => new CryptographyClient(key, credential, options),
    /** Leaves everything to the HSM. */
    remote: (key) => keys.getCryptographyClient(key.name, { keyVersion: key.properties.version }),
  };
}

/** A promise is refused with this status and code. */
export async function refused(assert, status, code, promise) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.statusCode, status, error.message);
    assert.equal(error.code, code, error.message);
    return true;
  });
}
