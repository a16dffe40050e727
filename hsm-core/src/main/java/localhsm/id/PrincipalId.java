package localhsm.id;

import java.util.UUID;

/** The object id of a user, service principal, managed identity or group. */
public record PrincipalId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
