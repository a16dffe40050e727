package localhsm.server.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Node with ca.pem")
class NodeClientTest {
  private static final Tool NODE = new Tool("node");

  /** Connects under each name in turn and prints it with "ok" or the error's code. */
  private static final String SCRIPT =
      """
      const [ca, port, ...names] = process.argv.slice(1);
      const tls = require('tls');
      const next = () => {
        const name = names.shift();
        if (!name) return;
        const said = (text) => { console.log(name + ' ' + text); socket.destroy(); next(); };
        const socket = tls.connect({
          host: '127.0.0.1', port, ca: require('fs').readFileSync(ca),
          servername: require('net').isIP(name) ? '' : name,
          checkServerIdentity: (host, certificate) => tls.checkServerIdentity(name, certificate),
        });
        socket.once('secureConnect', () => said('ok')).once('error', (e) => said(e.code === 'UNSPECIFIED' ? e.message : e.code));
      };
      next();
      """;

  @TempDir static Path folder;
  private static Chains chains;

  @BeforeAll
  static void open() {
    NODE.assumePresent("--version");
    chains = Chains.in(folder);
  }

  @Test
  void acceptsEveryWantedName() throws Exception {
    String expected = String.join(" ok\n", Chains.WANTED) + " ok\n";
    assertThat(connect(chains.served(), Chains.WANTED)).isEqualTo(expected);
  }

  @Test
  void acceptsNoOtherName() throws Exception {
    String code = " ERR_TLS_CERT_ALTNAME_INVALID\n";
    assertThat(connect(chains.served(), Chains.FOREIGN))
        .isEqualTo(String.join(code, Chains.FOREIGN) + code);
  }

  @Test
  void refusesWhateverTheIssuingKeySignsBeyondThem() throws Exception {
    for (Map.Entry<String, Chains.Chain> hostile : chains.hostile().entrySet()) {
      assertThat(connect(hostile.getValue(), List.of(hostile.getKey())))
          .isIn(
              hostile.getKey() + " permitted subtree violation\n",
              hostile.getKey() + " PATH_LENGTH_EXCEEDED\n");
    }
  }

  private static String connect(Chains.Chain chain, List<String> names) throws Exception {
    try (TlsServer server = TlsServer.start(chain.certificates(), chain.key())) {
      List<String> arguments = new ArrayList<>(List.of("-e", SCRIPT));
      arguments.add(chains.good().trust().caPem().toString());
      arguments.add(Integer.toString(server.port()));
      arguments.addAll(names);
      return NODE.run(arguments).output();
    }
  }
}
