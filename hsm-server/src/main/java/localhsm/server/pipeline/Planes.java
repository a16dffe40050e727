package localhsm.server.pipeline;

import java.util.List;
import localhsm.problem.Problems;
import localhsm.server.http.Request;
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
   * A set of routes behind its own list of controls.
   *
   * @param router finds the routes of this plane; also one of the controls
   * @param controls what a request passes, in order; the router among them
   */
  public record Plane(Router router, List<Control> controls) {

    /** Keeps its own copy; without its router in the list no request could be handled. */
    public Plane {
      controls = List.copyOf(controls);
      if (!controls.contains(router)) {
        throw new IllegalArgumentException("the router is one of the controls");
      }
    }
  }

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
