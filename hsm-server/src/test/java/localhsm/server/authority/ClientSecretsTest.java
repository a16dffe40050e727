package localhsm.server.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClientSecretsTest {
  private final KeptInMemory kept = new KeptInMemory();
  private final Identity admin = SeededIdentities.ADMIN;

  private ClientSecrets open(Optional<SecretBytes> forAll) {
    return ClientSecrets.open(SeededIdentities.ALL, forAll, kept, new SecureRandom());
  }

  private static String text(SecretBytes secret) {
    return new String(secret.expose(), StandardCharsets.US_ASCII);
  }

  @Nested
  class FreshSecrets {
    @Test
    void are256RandomBitsAndAllDifferent() {
      ClientSecrets secrets = open(Optional.empty());
      List<String> texts = SeededIdentities.ALL.stream().map(i -> text(secrets.of(i))).toList();
      assertThat(texts).allMatch(t -> t.matches("[A-Za-z0-9_-]{43}")).doesNotHaveDuplicates();
      assertThat(texts).doesNotContain(text(secrets.identityHeader()));
    }

    @Test
    void proveTheirIdentityAlone() {
      ClientSecrets secrets = open(Optional.empty());
      String id = admin.clientId().toString();
      assertThat(secrets.authenticate(id, text(secrets.of(admin)))).contains(admin);
      assertThat(secrets.authenticate(id.toUpperCase(Locale.ROOT), text(secrets.of(admin))))
          .contains(admin);
      assertThat(secrets.authenticate(id, "")).isEmpty();
      assertThat(secrets.authenticate("", text(secrets.of(admin)))).isEmpty();
      assertThat(secrets.isIdentityHeader(text(secrets.identityHeader()))).isTrue();
      assertThat(secrets.isIdentityHeader(text(secrets.of(admin)))).isFalse();
    }
  }

  @Nested
  class KeptOnes {
    @Test
    void areTheSameAfterARestart() {
      ClientSecrets first = open(Optional.empty());
      ClientSecrets second = open(Optional.empty());
      assertThat(second.of(admin)).isEqualTo(first.of(admin));
      assertThat(second.identityHeader()).isEqualTo(first.identityHeader());
      assertThat(kept.values).hasSize(SeededIdentities.ALL.size() + 1);
    }
  }

  @Nested
  class AConfiguredSecret {
    @Test
    void isEverybodysAndNotKept() {
      SecretBytes configured = SecretBytes.owning("configured".getBytes(StandardCharsets.US_ASCII));
      ClientSecrets secrets = open(Optional.of(configured));
      for (Identity identity : SeededIdentities.ALL) {
        assertThat(secrets.authenticate(identity.clientId().toString(), "configured"))
            .contains(identity);
      }
      assertThat(kept.values).containsOnlyKeys("authority/identity-header");
    }
  }
}
