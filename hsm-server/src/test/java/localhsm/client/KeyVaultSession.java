package localhsm.client;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;

/**
 * The official clients, built as everybody builds them: challenge verification stays on.
 *
 * @param policy sees every answer before the client does
 */
record KeyVaultSession(String vaultUrl, TokenCredential credential, HttpPipelinePolicy policy) {

  KeyClient keys() {
    return new KeyClientBuilder()
        .vaultUrl(vaultUrl)
        .credential(credential)
        .addPolicy(policy)
        .buildClient();
  }

  /** A client that leaves every operation to the server, none to the cached public key. */
  CryptographyClient cryptography(String keyId) {
    return new CryptographyClientBuilder()
        .keyIdentifier(keyId)
        .credential(credential)
        .addPolicy(policy)
        .disableKeyCaching()
        .buildClient();
  }

  /** A client as it is by default: with the public key it has once fetched, it works alone. */
  CryptographyClient cachingCryptography(String keyId) {
    return new CryptographyClientBuilder()
        .keyIdentifier(keyId)
        .credential(credential)
        .addPolicy(policy)
        .buildClient();
  }
}
