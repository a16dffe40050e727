package localhsm.client;

import com.azure.core.credential.TokenCredential;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;

/** The official clients, built as everybody builds them: challenge verification stays on. */
record KeyVaultSession(String vaultUrl, TokenCredential credential) {

  KeyClient keys() {
    return new KeyClientBuilder().vaultUrl(vaultUrl).credential(credential).buildClient();
  }

  /** A client that leaves every operation to the server, none to the cached public key. */
  CryptographyClient cryptography(String keyId) {
    return new CryptographyClientBuilder()
        .keyIdentifier(keyId)
        .credential(credential)
        .disableKeyCaching()
        .buildClient();
  }
}
