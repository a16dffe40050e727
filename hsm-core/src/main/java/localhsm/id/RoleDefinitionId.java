package localhsm.id;

import java.util.UUID;

/** The GUID that names a role definition. */
public record RoleDefinitionId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
