package localhsm.server.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import localhsm.server.names.IpLiteral;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("OpenSSL with ca.pem")
class OpenSslClientTest {
  private static final Tool OPENSSL = new Tool("openssl");
  @TempDir static Path folder;
  private static Chains chains;

  @BeforeAll
  static void open() {
    OPENSSL.assumePresent("version");
    chains = Chains.in(folder);
  }

  @Test
  void verifiesEveryWantedNameStrictly() throws IOException {
    for (String name : Chains.WANTED) {
      assertThat(verify(chains.served(), name)).as(name).extracting(Tool.Result::exit).isEqualTo(0);
    }
  }

  @Test
  void verifiesNoOtherName() throws IOException {
    for (String name : Chains.FOREIGN) {
      assertThat(verify(chains.served(), name).output()).as(name).contains("mismatch");
    }
  }

  @Test
  void refusesWhateverTheIssuingKeySignsBeyondThem() throws IOException {
    for (Map.Entry<String, Chains.Chain> hostile : chains.hostile().entrySet()) {
      Tool.Result result = verify(hostile.getValue(), hostile.getKey());
      assertThat(result.exit()).as(hostile.getKey()).isNotEqualTo(0);
      assertThat(result.output())
          .containsAnyOf("permitted subtree violation", "path length constraint exceeded");
    }
  }

  @Test
  void connectsByEveryWantedName() throws Exception {
    try (TlsServer server =
        TlsServer.start(chains.served().certificates(), chains.served().key())) {
      for (String name : Chains.WANTED) {
        for (Path trusted :
            List.of(chains.good().trust().caPem(), chains.good().trust().bundle())) {
          Tool.Result result = connect(server, trusted, name);
          assertThat(result.output()).as(name).contains("Verify return code: 0 (ok)");
        }
      }
    }
  }

  @Test
  void breaksOffWhenTheIssuingKeySignsBeyondThem() throws Exception {
    for (Map.Entry<String, Chains.Chain> hostile : chains.hostile().entrySet()) {
      try (TlsServer server =
          TlsServer.start(hostile.getValue().certificates(), hostile.getValue().key())) {
        Tool.Result result = connect(server, chains.good().trust().caPem(), hostile.getKey());
        assertThat(result.exit()).as(hostile.getKey()).isNotEqualTo(0);
      }
    }
  }

  @Test
  void readsTheCaAsMeant() {
    for (String file : List.of(AuthorityFiles.ROOT, AuthorityFiles.ISSUING)) {
      Tool.Result result =
          OPENSSL.run(List.of("x509", "-noout", "-text", "-in", folder.resolve(file).toString()));
      assertThat(result.output())
          .contains("ecdsa-with-SHA256", "ASN1 OID: prime256v1", "O = Local HSM")
          .containsPattern("Basic Constraints: critical\\s+CA:TRUE, pathlen:[01]")
          .containsPattern("Key Usage: critical\\s+Certificate Sign, CRL Sign")
          .containsPattern(
              "Name Constraints: critical\\s+Permitted:\\s+DNS:blob.core.windows.net\\s+"
                  + "DNS:localhost\\s+DNS:login.microsoftonline.com\\s+DNS:managedhsm.azure.net\\s+"
                  + "DNS:management.azure.com\\s+IP:127.0.0.0/255.0.0.0\\s+"
                  + "IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF");
    }
  }

  private static Tool.Result verify(Chains.Chain chain, String name) throws IOException {
    Path file = Files.createTempFile(folder, "chain", ".pem");
    try {
      Files.writeString(file, new Pem(chain.certificates(), List.of()).text());
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "verify",
                  "-x509_strict",
                  "-purpose",
                  "sslserver",
                  "-CAfile",
                  chains.good().trust().caPem().toString(),
                  "-untrusted",
                  file.toString()));
      arguments.addAll(List.of("-verify_" + kind(name), name, file.toString()));
      return OPENSSL.run(arguments);
    } finally {
      Files.delete(file);
    }
  }

  private static Tool.Result connect(TlsServer server, Path trusted, String name) {
    return OPENSSL.run(
        List.of(
            "s_client",
            "-connect",
            "127.0.0.1:" + server.port(),
            "-CAfile",
            trusted.toString(),
            "-verify_return_error",
            "-verify_" + kind(name),
            name));
  }

  private static String kind(String name) {
    return IpLiteral.parse(name).isPresent() ? "ip" : "hostname";
  }
}
