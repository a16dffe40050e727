package localhsm.client;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import java.util.Map;

/**
 * The credentials that users of the real service build, with the options they would have to set.
 */
enum Credentials {
  /** Nothing but the environment that {@code localhsm env} prints. */
  MANAGED_IDENTITY {
    @Override
    TokenCredential build(Map<String, String> environment) {
      return new ManagedIdentityCredentialBuilder().build();
    }
  },
  /** Nothing but the environment that {@code localhsm env} prints. */
  DEFAULT {
    @Override
    TokenCredential build(Map<String, String> environment) {
      return new DefaultAzureCredentialBuilder().build();
    }
  },
  /** A private authority has to be named, and discovery at the public one switched off. */
  CLIENT_SECRET {
    @Override
    TokenCredential build(Map<String, String> environment) {
      return new ClientSecretCredentialBuilder()
          .authorityHost(environment.get("TEST_AUTHORITY"))
          .disableInstanceDiscovery()
          .tenantId(environment.get("TEST_TENANT"))
          .clientId(environment.get("TEST_CLIENT_ID"))
          .clientSecret(environment.get("TEST_CLIENT_SECRET"))
          .build();
    }
  };

  abstract TokenCredential build(Map<String, String> environment);
}
