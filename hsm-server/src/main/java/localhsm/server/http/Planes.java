package localhsm.server.http;

import java.util.List;
import localhsm.problem.Problems;
import localhsm.server.names.ServedNames;
import localhsm.server.names.Site;

/**
 * Step 0 of every request: Host and path choose the plane.
 *
 * @param data the HSM's own API
 * @param authority the embedded token authority
 * @param management the resource manager
 * @param lab everything under {@code /_localhsm/}, on any host
 */
public record Planes(ServedNames names, Plane data, Plane authority, Plane management, Plane lab) {
  private static final String LAB = "/_localhsm/";

  /**
   * Names the site of a request.
   *
   * @throws localhsm.problem.ProblemException for a host that is none of ours
   */
  Site site(Request request) {
    return names
        .resolve(request.host())
        .orElseThrow(() -> Problems.badParameter("The Host header names no host of this server."));
  }

  Plane select(Site site, Request request) {
    if (request.target().regionMatches(true, 0, LAB, 0, LAB.length())) {
      return lab;
    }
    return switch (site.role()) {
      case HSM -> data;
      case LOOPBACK -> byPath(request);
      case AUTHORITY -> authority;
      case MANAGEMENT -> management;
      case FOREIGN ->
          throw Problems.foreignHost(site.address().originOf(site.family().hsm(site.hsmName())));
    };
  }

  private Plane byPath(Request request) {
    // The data plane first: it has most of the requests.
    for (Plane plane : List.of(data, authority, management)) {
      if (plane.router().knows(request)) {
        return plane;
      }
    }
    return data;
  }
}
