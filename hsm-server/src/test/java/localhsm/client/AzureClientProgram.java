package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.util.Map;
import java.util.TreeSet;
import localhsm.schema.AnswerCheck;

/**
 * What a user's program does, in a JVM of its own whose environment is all it is told: arguments
 * are a step and a credential. It ends with 0 when every claim holds and every answer is as the
 * schemas say.
 */
public final class AzureClientProgram {
  private final KeyVaultSession session;
  private final KeyClient keys;

  private AzureClientProgram(KeyVaultSession session) {
    this.session = session;
    this.keys = session.keys();
  }

  public static void main(String[] args) throws Exception {
    Map<String, String> environment = System.getenv();
    Credentials credential = Credentials.valueOf(args[1]);
    AnswerCheck schemas = new AnswerCheck();
    String url = environment.get("LOCALHSM_URL");
    KeyVaultSession session =
        new KeyVaultSession(url, credential.build(environment), new SchemaPolicy(schemas));
    AzureClientProgram program = new AzureClientProgram(session);
    switch (args[0]) {
      case "first-signature" -> program.firstSignature("first-" + credential.name().charAt(0));
      case "sign-again" -> program.signAgain(args[2]);
      default -> Area.valueOf(args[0]).run(session, new Lab(url));
    }
    System.out.println("PASSED " + args[0] + " " + credential);
    System.out.println("SEEN " + String.join(" ", new TreeSet<>(schemas.succeeded())));
    System.exit(0);
  }

  private void firstSignature(String name) throws Exception {
    KeyVaultKey key = keys.createEcKey(new CreateEcKeyOptions(name));
    sign(key);
    System.out.println("KEY " + key.getId());
  }

  private void signAgain(String keyId) throws Exception {
    String[] parts = keyId.split("/", -1);
    KeyVaultKey key = keys.getKey(parts[4], parts[5]);
    assertThat(key.getId()).isEqualTo(keyId);
    sign(key);
  }

  private void sign(KeyVaultKey key) throws Exception {
    Signatures.signAndVerify(session, key, SignatureAlgorithm.ES256);
  }
}
