package localhsm.server.http;

import java.util.List;

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
