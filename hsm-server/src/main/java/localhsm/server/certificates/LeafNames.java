package localhsm.server.certificates;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import localhsm.server.names.IpLiteral;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;

/** The names a server certificate carries (RFC 5280 4.2.1.6): sorted, each once. */
final class LeafNames {
  private LeafNames() {}

  /** All names under which clients reach the server, whatever name they came to know it by. */
  static List<String> of(ServedNames served) {
    Stream<String> families =
        served.families().stream().flatMap(family -> inFamily(family, served.hsmName()));
    Stream<String> everywhere = Stream.of("localhost", "127.0.0.1", "::1");
    return sorted(Stream.of(families, everywhere, served.extra().stream()).flatMap(names -> names));
  }

  /** The names of the HSM alone. */
  static List<String> ofHsm(ServedNames served) {
    return sorted(served.families().stream().map(family -> family.hsm(served.hsmName())));
  }

  /** The names that a certificate carries. */
  static List<String> in(X509Certificate certificate) {
    try {
      return sorted(
          Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
              .flatMap(Collection::stream)
              .map(typeAndName -> String.valueOf(typeAndName.get(1))));
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static Stream<String> inFamily(NameFamily family, String hsmName) {
    return Stream.of(
        family.hsm(hsmName),
        "*." + family.hsmDomain(),
        family.authority(),
        family.management(),
        "*." + family.blobDomain());
  }

  private static List<String> sorted(Stream<String> names) {
    return names
        .map(IpLiteral::canonical)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .distinct()
        .sorted()
        .toList();
  }
}
