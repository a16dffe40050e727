package localhsm.id;

import java.util.UUID;

/** The directory (tenant) that an HSM trusts. */
public record TenantId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
