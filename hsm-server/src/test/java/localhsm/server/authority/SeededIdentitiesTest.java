package localhsm.server.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import localhsm.id.Scope;
import localhsm.rbac.AccessDecider;
import localhsm.rbac.BuiltInRoles;
import localhsm.rbac.DataAction;
import localhsm.rbac.Principal;
import localhsm.rbac.RoleAssignment;
import org.junit.jupiter.api.Test;

class SeededIdentitiesTest {

  @Test
  void haveTheDocumentedIds() {
    assertThat(
            SeededIdentities.ALL.stream()
                .map(i -> i.name() + " " + i.clientId() + " " + i.objectId()))
        .containsExactly(
            "admin a82aca06-ec08-42d8-8e10-3492ca3b281d a27f6cbc-a8c2-4ee0-82ff-bdb12e260424",
            "officer 83e0bd38-3aba-4bf1-873f-dcc1f9bbd769 8252a6bd-86d6-4736-bf64-9019955a9380",
            "user 78ec8864-79e4-4eba-9914-df01ff7ced5f 0a170a31-6032-45bb-9ef1-25a9ed3aa24e",
            "auditor 0efda492-f637-4a46-8297-ad0b438daf92 bb13b070-4f73-4526-8f49-f59a8684fcaf",
            "backup 805bb656-5ca4-4a90-821b-d7f56edd8a6d f7b139cd-d879-4dda-b395-c5db5e301f98",
            "nobody c5b5985d-3465-4036-9d3d-b55b7b0ca350 b8ede97d-28c7-4a48-9524-584cf15f6b31");
    assertThat(SeededIdentities.TENANT).hasToString("53bd01c3-c5be-4250-8f5d-a35f209f8975");
  }

  @Test
  void haveRandomUuidsAsIds() {
    Stream<UUID> ids =
        SeededIdentities.ALL.stream().flatMap(i -> Stream.of(i.clientId(), i.objectId().value()));
    assertThat(ids).allMatch(id -> id.version() == 4 && id.variant() == 2).doesNotHaveDuplicates();
  }

  @Test
  void startWithTheirRolesAtTheRoot() {
    assertThat(SeededIdentities.assignments())
        .hasSize(7)
        .allMatch(assignment -> assignment.scope().equals(Scope.ROOT))
        .isEqualTo(SeededIdentities.assignments());
    assertThat(SeededIdentities.assignments().stream().map(RoleAssignment::id))
        .doesNotHaveDuplicates();
    assertThat(SeededIdentities.ADMIN.roles())
        .containsExactly(
            BuiltInRoles.ADMINISTRATOR.id(),
            BuiltInRoles.CRYPTO_OFFICER.id(),
            BuiltInRoles.CRYPTO_USER.id());
  }

  @Test
  void letTheAdministratorDoEverything() {
    AccessDecider decider = new AccessDecider();
    decider.replace(List.of(), SeededIdentities.assignments());
    Principal admin = new Principal(SeededIdentities.ADMIN.objectId(), Set.of(), Optional.empty());
    assertThat(DataAction.values()).allMatch(action -> decider.allows(admin, action, Scope.ROOT));
  }
}
